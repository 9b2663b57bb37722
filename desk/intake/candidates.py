"""Whom each line may name: people of those whom the editor may read, those held on the day before all others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from prisoners.codes import is_code
from prisoners.finding import Found, find
from prisoners.models import Arrest, Prisoner
from prisoners.names import Band, band, similarity
from prisoners.roles import Actor
from releases.models import PardonLine

from ..admin.access import seen_by, writes
from .evidence import Evidence, Verdict, evidence_for
from .models import Intake, IntakeLine, LineDecision, LineKind
from .standing import Standing, standing_of

HELD, OTHERS, SHOWN = 6, 4, 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a line may name, with the form of the name that fits best. `why_not` says why they can't be chosen."""

    person: Prisoner
    form: str
    band: Band
    score: float
    standing: Standing
    evidence: list[Evidence]
    why_not: str = ""

    @property
    def contradictions(self) -> int:
        return sum(one.verdict is Verdict.CONTRADICTS for one in self.evidence)

    @property
    def is_likely(self) -> bool:
        """A likely name of somebody held, with nothing against it."""
        return self.band is Band.LIKELY and not self.contradictions and self.standing.is_held and not self.why_not

    @property
    def likelihood(self) -> str:
        """In words: a score is of the name alone."""
        if self.band is Band.LIKELY and self.contradictions:
            return _("the name is likely, but something contradicts")
        if self.band is Band.LIKELY:
            return _("likely") if self.standing.is_held else _("the name is likely")
        if self.band is Band.POSSIBLE:
            return _("possible, but something contradicts") if self.contradictions else _("possible")
        return _("the name is another")


def people_seen(actor: Actor) -> QuerySet[Prisoner]:
    """Whom the editor may read."""
    return Prisoner.objects.filter(seen_by(actor))


def candidates_for(lines: Sequence[IntakeLine], *, intake: Intake, actor: Actor) -> dict[int, list[Candidate]]:
    """For each line, by its number, whom it may name.

    Whom it was matched to is among them, unless the editor may not read them.
    """
    named = [line for line in lines if line.name and line.kind == LineKind.NAME]
    everybody = people_seen(actor)
    texts = [line.name for line in named]
    held = find(texts, among=intake.days.held(everybody), at_most=HELD)
    others = find(texts, among=everybody, at_most=HELD + OTHERS)
    found = {line.number: _merged(*both) for line, *both in zip(named, held, others, strict=True)}
    for line in lines:
        if line.arrest and all(one.prisoner_id != line.arrest.prisoner_id for one in found.get(line.number, [])):
            found.setdefault(line.number, []).append(_chosen(line))
    return told(lines, found, intake, actor)


def candidates_by_search(line: IntakeLine, query: str, *, intake: Intake, actor: Actor) -> list[Candidate]:
    """Whom an editor's own words find: a name in any script, or a code."""
    everybody = people_seen(actor)
    code = query.strip().upper()
    if is_code(code):
        names = {person.pk: person.name() for person in everybody.filter(code=code).prefetch_related("names")}
        found = [_scored(line, pk, name.text if name else "") for pk, name in names.items()]
    else:
        found = find([query], among=everybody, at_most=HELD + OTHERS)[0]
    return told([line], {line.number: found}, intake, actor)[line.number]


def _merged(held: list[Found], others: list[Found]) -> list[Found]:
    known = {one.prisoner_id for one in held}
    return [*held, *(one for one in others if one.prisoner_id not in known)]


def _chosen(line: IntakeLine) -> Found:
    assert line.arrest is not None
    return _scored(line, line.arrest.prisoner_id, "")


def _scored(line: IntakeLine, prisoner_id: int, text: str) -> Found:
    score = similarity(line.name, text)
    return Found(prisoner_id, 0, text, score, band(score))


def told(lines: Sequence[IntakeLine], found: dict[int, list[Found]], intake: Intake, actor: Actor) -> dict[int, list[Candidate]]:
    """Those found for each line, by its number, with all that is said of them; the likeliest first, and few."""
    keys = {one.prisoner_id for each in found.values() for one in each}
    people = {person.pk: person for person in _with_facts(people_seen(actor).filter(pk__in=keys))} if keys else {}
    taken = _Taken.of(intake, keys)
    candidates_of: dict[int, list[Candidate]] = {}
    for line in lines:
        candidates = [
            _candidate(line, one, people[one.prisoner_id], intake, actor, taken)
            for one in found.get(line.number, ())
            if one.prisoner_id in people
        ]
        candidates.sort(key=lambda one: (not one.standing.is_held, one.band is not Band.LIKELY, one.contradictions, -one.score))
        own = line.arrest.prisoner_id if line.arrest else None
        candidates_of[line.number] = [one for at, one in enumerate(candidates) if at < SHOWN or one.person.pk == own]
    return candidates_of


def _with_facts(people: QuerySet[Prisoner]) -> QuerySet[Prisoner]:
    arrests = Arrest.objects.select_related("case", "release__mechanism", "release__pardon").prefetch_related(
        "charges__statute", "stays__facility"
    )
    return people.prefetch_related("names", Prefetch("arrests", queryset=arrests))


def _candidate(line: IntakeLine, found: Found, person: Prisoner, intake: Intake, actor: Actor, taken: "_Taken") -> Candidate:
    standing = standing_of(person, list(person.arrests.all()), intake.days)
    form = found
    if not found.text:
        best = max(person.names.all(), key=lambda name: similarity(line.name, name.text))
        form = _scored(line, person.pk, best.text)
    why_not = taken.why_not(line, person) or ("" if standing.is_choosable else standing.words)
    if not why_not and not writes(actor, person):
        why_not = _("you may read this record, but not change it")
    evidence = evidence_for(line, person, standing.arrest, intake.days)
    return Candidate(person, form.text, form.band, form.score, standing, evidence, why_not)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Who is matched already: to lines that the pardon has, and to lines of this list."""

    of_pardon: dict[int, int]
    of_list: dict[int, list[int]]

    @classmethod
    def of(cls, intake: Intake, people: Iterable[int]) -> "_Taken":
        before = PardonLine.objects.filter(pardon=intake.pardon_id, arrest__prisoner__in=people)
        own = IntakeLine.objects.filter(intake=intake.pk, decision=LineDecision.CHOSEN, arrest__prisoner__in=people)
        of_list: dict[int, list[int]] = defaultdict(list)
        for person, number in own.values_list("arrest__prisoner", "number"):
            of_list[person].append(number)
        return cls(dict(before.values_list("arrest__prisoner", "position")), of_list)

    def why_not(self, line: IntakeLine, person: Prisoner) -> str:
        other = next((number for number in self.of_list.get(person.pk, ()) if number != line.number), None)
        if other is not None:
            return _("matched to line %(number)s of this list") % {"number": other}
        position = self.of_pardon.get(person.pk)
        if position is not None and position != line.position:
            return _("already in this pardon, as its line %(number)s") % {"number": position}
        return ""
