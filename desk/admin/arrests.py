"""Forms of arrests: rows on the person's page, and the page of one arrest."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from prisoners.models import Arrest, Prisoner
from releases.models import Release

from .forms import RecordForm, RecordFormSet
from .labels import arrest_days
from .overlaps import Custody, overlapping
from .rules import ACROSS, RULES


class ArrestForm(RecordForm):
    """An arrest. An empty country is the person's; an arrest with a release keeps its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            self.fields["country"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        person = self._person()
        if person and not self.cleaned_data.get("country") and "country" not in self.errors:
            self.cleaned_data["country"] = person.country
        if "ended" in self.changed_data and "ended" not in self.errors and not self.cleaned_data["ended"]:
            self._refuse_release_without_end()
        return self.cleaned_data

    def _person(self) -> Prisoner | None:
        return self.cleaned_data.get("prisoner") or (self.instance.prisoner if self.instance.prisoner_id else None)

    def _refuse_release_without_end(self) -> None:
        if self.instance.pk and Release.objects.filter(arrest=self.instance).exists():
            self.add_error("ended", str(RULES["release_needs_end"].words))


class ArrestPageForm(ArrestForm):
    """An arrest on its own page, held against the person's other arrests."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person = self._person()
        if person and not {"began", "ended", "last_confirmed_on"} & set(self.errors):
            self._refuse_overlap(person)
        return cleaned

    def _refuse_overlap(self, person: Prisoner) -> None:
        others = list(person.arrests.exclude(pk=self.instance.pk))
        cleaned = self.cleaned_data
        typed = Custody(cleaned.get("began"), cleaned.get("ended"), cleaned.get("last_confirmed_on"))
        pairs = overlapping([typed, *map(custody_of, others)])
        for other in [others[right - 1] for left, right in pairs if left == 0]:
            self.add_error("began", overlap_words(other))


class ArrestFormSet(RecordFormSet):
    """All arrests of one person, held against each other as they will be after saving."""

    def check_rows(self, rows: list[Any]) -> None:
        for left, right in overlapping([custody_of(form.instance) for form in rows]):
            changed, other = (rows[right], rows[left]) if rows[right].has_changed() else (rows[left], rows[right])
            changed.add_error("began", overlap_words(other.instance))
        for form in rows:
            if form.instance.pk and {"began", "ended"} & set(form.changed_data):
                _hold_against_parts(form)


def _hold_against_parts(form: ArrestForm) -> None:
    """What belongs to an arrest isn't on the person's page, and stays as it is when the dates of the arrest change there."""
    for rule in (rule for rule in ACROSS if rule.owner == "arrest"):
        for part in rule.model._default_manager.filter(arrest=form.instance):
            setattr(part, rule.owner, form.instance)
            held = rule.broken_by(part)
            if held is not None and held[2] in form.changed_data:
                form.add_error(held[2], f"{rule.words} {capfirst(part._meta.verbose_name)}: {part}, {getattr(part, held[0])}.")


def custody_of(arrest: Any) -> Custody:
    return Custody(arrest.began, arrest.ended, arrest.last_confirmed_on)


def overlap_words(other: Arrest) -> str:
    return _(
        "This person was certainly in custody on some of these days under another arrest: %(days)s. "
        "Correct the dates of one of the two, or make them less certain."
    ) % {"days": arrest_days(other)}
