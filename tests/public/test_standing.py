"""How a person stands on a day: by examples, and held against the ledger's own reading in SQL."""

from datetime import date

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts import bounds
from counts.ledger import settle
from counts.models import LedgerRow
from counts.tally import flag
from prisoners.models import Arrest, Judgment, Prisoner
from public.coarse import coarse_dates, coarse_person
from public.standing import Kind, Standing, standing_of
from releases.models import Release
from tests.counts.worlds import populations, settle_population
from tests.factories import make_arrest, make_prisoner

TODAY = date(2026, 11, 22)


def standing(person: Prisoner, day: date = TODAY) -> Standing | None:
    kept = Prisoner.objects.get(pk=person.pk)  # with its dates read back
    return standing_of(kept, list(kept.arrests.all()), day)


def told(found: Standing | None) -> tuple[str, str, bool] | None:
    return (found.kind, found.length, found.is_confirmed) if found else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"began": "2025-11-22"}, ("held", "1 year", False)),
        ({"began": "2025-11-23"}, ("held", "11 months", True)),
        ({"began": "2020-08", "last_confirmed_on": date(2026, 3, 1)}, ("held", "6 years, 2–3 months", True)),
        (
            {"began": "2020-08/..", "last_confirmed_on": date(2026, 3, 1)},
            ("held", "between 8 months and 6 years, 3 months", True),
        ),
        ({"began": None}, ("possibly_held", "", False)),
        ({"began": "2024-01-10", "ended": "2024-03-10"}, ("released", "2 months", True)),
        ({"began": "2024-01-10", "ended": "2024-01-10"}, ("released", "0 days", True)),
        ({"began": "2024-01-10", "ended": "2026-11"}, ("possibly_held", "2 years, 9–10 months", True)),
        ({"began": "2024-01-10", "ended": "2026-11-23"}, ("held", "2 years, 10 months", True)),
        ({"began": "2024-01-10", "ended": "2026-11-22"}, ("released", "2 years, 10 months", True)),
        ({"began": "2027-01-01"}, None),
    ],
)
def test_standing_of_one_arrest_follows_its_dates(facts, expected) -> None:
    person = make_prisoner()
    make_arrest(person, **facts)
    assert told(standing(person)) == expected


@pytest.mark.django_db
def test_standing_of_someone_arrested_again_is_held() -> None:
    person = make_prisoner()
    make_arrest(person, began="2020-08-09", ended="2020-08-24")
    again = make_arrest(person, began="2026-04-03")
    found = standing(person)
    assert found is not None
    assert (found.kind, found.arrest) == (Kind.HELD, again)
    between = standing(person, date(2022, 1, 1))
    assert between is not None
    assert between.kind == Kind.RELEASED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mechanism", "died", "kind"),
    [
        ("death_in_custody", "2024-05-07", Kind.DIED),
        ("execution", None, Kind.DIED),
        ("pardon", "2025-01-01", Kind.RELEASED),
    ],
)
def test_standing_after_the_end_tells_death_from_release(mechanism: str, died: str | None, kind: Kind) -> None:
    person = make_prisoner(died=died)
    Release.objects.create(arrest=make_arrest(person, ended="2024-05-07"), mechanism_id=mechanism)
    found = standing(person)
    assert found is not None
    assert found.kind == kind


@pytest.mark.django_db
def test_standing_of_someone_who_died_and_has_no_release_is_died() -> None:
    person = make_prisoner(died="2024-05-07")
    make_arrest(person, began="2020-08-09")
    found = standing(person)
    assert found is not None
    assert (found.kind, str(found.ended), found.length) == (Kind.DIED, "2024-05-07", "3 years, 8 months")


@pytest.mark.django_db
@pytest.mark.parametrize(("ends", "is_confirmed"), [("2026-11-21", False), ("2026-11-22", True), ("2020-01", True)])
def test_standing_past_the_sentence_is_unconfirmed(ends: str, is_confirmed: bool) -> None:
    arrest = make_arrest(began="2020-08-09", last_confirmed_on=date(2026, 11, 1))
    Judgment.objects.create(arrest=arrest, decided_on="2019", is_in_absentia=True, ends=ends)
    found = standing(arrest.prisoner)
    assert found is not None
    assert found.is_confirmed == is_confirmed


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(populations, st.dates(date(2020, 6, 1), date(2023, 12, 31)))
def test_standing_agrees_with_the_ledger(population, day: date) -> None:
    people = [person.pk for person in settle_population(population)]
    settle()
    for person in Prisoner.objects.published().filter(pk__in=people):
        for arrest in person.arrests.all():
            for each in {day, *_days_that_decide(person, arrest)}:
                assert _as_the_page_says(person, arrest, each) == _as_the_ledger_says(arrest, each)
    Prisoner.objects.filter(pk__in=people).delete()


def _days_that_decide(person: Prisoner, arrest: Arrest) -> set[date]:
    bound = {day for dated in (arrest.began, arrest.ended) if dated for day in (dated.earliest, dated.latest) if day}
    bound |= {day for day in (arrest.last_confirmed_on, person.published_on) if day}
    return bound | {day.replace(month=month, day=end) for day in bound for month, end in ((1, 1), (12, 31))}


def _as_the_page_says(person: Prisoner, arrest: Arrest, day: date) -> tuple[str, bool] | None:
    if person.visibility == "initials":
        found = standing_of(coarse_person(person), [coarse_dates(person, arrest)], day)
    else:
        found = standing_of(person, [arrest], day)
    return (found.kind, found.is_in_custody and not found.is_confirmed) if found else None


def _as_the_ledger_says(arrest: Arrest, day: date) -> tuple[str, bool] | None:
    rules = {
        "held": bounds.held(day).certain,
        "possibly_held": bounds.held(day).possible,
        "died": bounds.died(day).possible & Q(is_death=True),
        "begun": bounds.begun_by(day).possible,
        "unconfirmed": bounds.unconfirmed(day).possible,
    }
    row = LedgerRow.objects.current().filter(arrest_id=arrest.pk)
    says = row.annotate(**{name: flag(rule) for name, rule in rules.items()}).values(*rules).get()
    if not says["begun"]:
        return None
    return next((name for name in ("held", "possibly_held", "died") if says[name]), "released"), says["unconfirmed"]
