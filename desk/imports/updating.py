"""A case that comes again with other values: what of it changes, and what an editor has changed since and so stays.

Each fact is compared three ways: what the file said the last time, what it says now, what the record says. A cell that is
empty now says nothing. Lists only grow.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from prisoners.models import Arrest, Judgment, Recognition
from prisoners.models.law import SentenceKind
from releases.models import Release

from .checks import Finding
from .deriving import UNKNOWN_MECHANISM
from .known import KnownCase
from .mapping import fold
from .people import Person
from .registry import Registry
from .rows import Row
from .sources import Key, source_keys

_ARREST_FIELDS = {"region": "region", "place": "place", "arrested": "began"}
SENTENCE = ("sentence_kind", "sentence_months", "sentence_ends")


@dataclass(slots=True)
class ArrestUpdate:
    """What a row changes about an arrest that is there. The records are changed in memory, and saved by `saving`."""

    row: Row
    case: KnownCase
    person: Person
    arrest: Arrest
    findings: list[Finding] = field(default_factory=list)
    judgment: Judgment | None = None
    release: Release | None = None
    recognition: Recognition | None = None
    adds_judgment: bool = False
    adds_release: bool = False
    adds_recognition: bool = False
    adds_stay: bool = False
    renamed: list[str] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    treatments: list[str] = field(default_factory=list)
    sources: list[Key] = field(default_factory=list)

    def before(self, name: str) -> str:
        """What the import wrote the last time, as the file said it or as it followed from it."""
        return self.case.values.get(name) or self.case.values.get(f"_{name}", "")

    def says_anew(self, *names: str) -> bool:
        """Whether the file says something else than the last time."""
        return any((self.row.values.get(name) or self.row.values.get(f"_{name}", "")) != self.before(name) for name in names)

    def may_set(self, name: str, new: str, current: str) -> bool:
        """Whether the record is to say something else; a finding where an editor has had a say since."""
        if not new or new == current or not self.says_anew(name):
            return False
        if not current or self.before(name) == current:
            return True
        reason = _("The record says “%(current)s”, and that isn't from an earlier import of this case.")
        self.findings.append((name, reason % {"current": current}))
        return False


def load_arrests(keys: Iterable[int | None]) -> dict[int, Arrest]:
    """Arrests by key, with everything that a row is compared with."""
    asked = [key for key in keys if key]
    if not asked:
        return {}
    arrests = Arrest.objects.filter(pk__in=asked).select_related("context", "case", "release__pardon__wave")
    related = ("judgments", "charges", "stays__facility", "recognitions__organisation", "treatments", "citations__source")
    return {arrest.pk: arrest for arrest in arrests.prefetch_related(*related)}


def plan_update(update: ArrestUpdate) -> ArrestUpdate:
    """Work out what changes."""
    _plan_fields(update)
    _plan_end(update)
    _plan_sentence(update)
    _plan_recognition(update)
    _plan_additions(update)
    return update


def _plan_fields(update: ArrestUpdate) -> None:
    row, arrest = update.row, update.arrest
    for name, attribute in _ARREST_FIELDS.items():
        if update.may_set(name, row.values.get(name, ""), str(getattr(arrest, attribute) or "")):
            setattr(arrest, attribute, getattr(row, name))
    for name, current in (("context", str(arrest.context or "")), ("case", str(arrest.case or ""))):
        named = row.values.get(name, "")
        if fold(named) != fold(current) and update.may_set(name, named, current):
            update.renamed.append(name)
    confirmed = arrest.last_confirmed_on
    if row.last_confirmed and (confirmed is None or confirmed < row.last_confirmed):  # a confirmation is never taken back
        arrest.last_confirmed_on = row.last_confirmed


def _plan_end(update: ArrestUpdate) -> None:
    row, arrest = update.row, update.arrest
    if not row.has_end:
        return
    update.release = getattr(arrest, "release", None)
    if update.release is None:
        update.adds_release = True
    else:
        _plan_release(update, update.release)
    # A later day by which the end was known says less than an earlier one.
    is_better_known = row.is_end_derived and arrest.ended is not None
    if not is_better_known and update.may_set("released", str(row.released or ""), str(arrest.ended or "")):
        arrest.ended = row.released


def _plan_release(update: ArrestUpdate, release: Release) -> None:
    row = update.row
    current_mechanism = "" if release.mechanism_id == UNKNOWN_MECHANISM else release.mechanism_id
    if row.mechanism != UNKNOWN_MECHANISM and update.may_set("mechanism", row.mechanism, current_mechanism):
        release.mechanism_id = row.mechanism
    current = release.pardon
    path = f"{current.wave.slug}/{current.slug}" if current else ""
    if row.pardon and update.may_set("pardon", row.pardon.path, path):
        release.pardon_id = row.pardon.pk


def _plan_sentence(update: ArrestUpdate) -> None:
    """The judgment that still is as the import wrote it changes; another that an editor added stays."""
    row = update.row
    before = _sentence(*(update.before(name) for name in SENTENCE))
    now = _sentence(*(row.values.get(name, "") for name in SENTENCE))
    judgments = {_of_judgment(judgment): judgment for judgment in update.arrest.judgments.all()}
    if not row.has_sentence or now in judgments or now == before != _sentence("", "", ""):
        return
    if not judgments:
        update.adds_judgment = True
    elif before in judgments:
        update.judgment = judgments[before]
        update.judgment.sentence_kind = now[0]
        update.judgment.sentence_months, update.judgment.ends = row.sentence_months, row.sentence_ends
    else:
        update.findings.append(("sentence_kind", _("An editor has recorded another sentence for this arrest.")))


def _of_judgment(judgment: Judgment) -> tuple[str, str, str]:
    return _sentence(judgment.sentence_kind, str(judgment.sentence_months or ""), str(judgment.ends or ""))


def _sentence(kind: str, months: str, ends: str) -> tuple[str, str, str]:
    return kind or SentenceKind.UNKNOWN.value, months, ends


def _plan_recognition(update: ArrestUpdate) -> None:
    row = update.row
    if not row.recognised_by or not update.says_anew("recognised_by", "recognised"):
        return
    made = {fold(text): r for r in update.arrest.recognitions.all() for text in (r.organisation.slug, r.organisation.name)}
    update.recognition = made.get(fold(row.recognised_by))
    if update.recognition is None:
        update.adds_recognition = True
    elif update.may_set("recognised", str(row.recognised or ""), str(update.recognition.made_on or "")):
        update.recognition.made_on = row.recognised


def _plan_additions(update: ArrestUpdate) -> None:
    row, arrest = update.row, update.arrest
    if update.says_anew("facility"):
        facilities = {fold(text) for stay in arrest.stays.all() for text in (stay.facility.slug, stay.facility.name)}
        update.adds_stay = bool(row.facility) and fold(row.facility) not in facilities
    if update.says_anew("articles"):
        charged = {charge.statute_id for charge in arrest.charges.all()}
        update.articles = [statute for statute in row.articles if statute not in charged]
    if update.says_anew("treatments"):
        treated = {treatment.kind_id for treatment in arrest.treatments.all()}
        update.treatments = [kind for kind in row.treatments if kind not in treated]
    if update.says_anew("source_url", "source_title", "source_date"):
        cited = [citation.source for citation in arrest.citations.all()]
        there = {(s.url, "", "") for s in cited} | {("", s.title, str(s.published_on or "")) for s in cited}
        update.sources = [key for key in source_keys(row) if key not in there]


def save(updates: list[ArrestUpdate], registry: Registry) -> None:
    """Save what was changed in memory, in one query a table."""
    for update in updates:
        if "context" in update.renamed:
            update.arrest.context_id = registry.contexts.key_for(update.row)
        if "case" in update.renamed:
            update.arrest.case_id = registry.cases.key_for(update.row)
    arrest_fields = [*_ARREST_FIELDS.values(), "ended", "last_confirmed_on", "context_id", "case_id"]
    Arrest.objects.bulk_update([update.arrest for update in updates], arrest_fields)
    Judgment.objects.bulk_update([u.judgment for u in updates if u.judgment], ["sentence_kind", "sentence_months", "ends"])
    Release.objects.bulk_update([u.release for u in updates if u.release], ["mechanism_id", "pardon_id"])
    Recognition.objects.bulk_update([u.recognition for u in updates if u.recognition], ["made_on"])
