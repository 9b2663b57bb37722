"""Status on any day, three ways: the ledger's list, the page's standing, and a plain reading of the records.

Held, released, died and unconfirmed are never typed in. Random lives bring uncertain dates, ends, deaths, every kind of
mechanism, releases that came to nothing, confirmations and sentences.
"""

import calendar
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.ledger import settle
from counts.listing import Listing
from prisoners.models import Arrest, Judgment, Prisoner
from public.standing import Kind, standing_of
from releases.models import Release, VoidRelease
from tests.counts import plain, worlds
from tests.factories import as_operator, make_arrest

pytestmark = pytest.mark.django_db
TODAY = date(2024, 1, 1)
DAY, DAYS_TRIED = timedelta(days=1), 6
STATUSES = ("held", "released", "died", "unconfirmed")
MECHANISMS = ["pardon", "amnesty", "parole", "acquitted", "exchange", "escape", "unknown", "death_in_custody", "execution"]
property_based = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# For each arrest in turn: how it ended, if it did; the day of a release that came to nothing; when a source says that the
# sentence is over.
extras = st.lists(
    st.tuples(st.none() | st.sampled_from(MECHANISMS), st.none() | worlds.DAYS, st.none() | worlds.uncertain_dates()), max_size=8
)


def make_lives(population, more):
    """Everybody by name: what initials tell of days is tried beside the pages that show them."""
    worlds.settle_population(population)
    with as_operator():
        Prisoner.objects.update(visibility="named")
    people = Prisoner.objects.published().order_by("pk").prefetch_related("arrests")
    arrests = [arrest for person in people for arrest in person.arrests.all()]
    for arrest, (mechanism, void_on, ends) in zip(arrests, more, strict=False):
        if mechanism and arrest.ended:
            Release.objects.update_or_create(arrest=arrest, defaults={"mechanism_id": mechanism})
        if void_on:
            void = VoidRelease(arrest=arrest, mechanism_id="pardon", happened_on=str(void_on), because="Taken back.")
            worlds.unless_refused(void.save)
        if ends:
            Judgment.objects.create(arrest=arrest, sentence_kind="imprisonment", ends=ends)
    settle()


def listed(status, day):
    """The people of a list, and how many of them are certain."""
    listing = Listing(QueryDict(f"status={status}&on={day}&recognised=any"), today=TODAY)
    return set(listing.ledger_rows().values_list("prisoner_id", flat=True)), listing.total.at_least


def plainly(is_so, day):
    """The same by plain reading."""
    begun = [one for one in plain.custodies() if one.possible_from <= day]
    possible, certain = ({one.prisoner for one in begun if is_so(one, day, sure)} for sure in (False, True))
    return possible, len(certain)


def is_held(custody, day, sure):
    return custody.is_held(day, sure)


def has_died(custody, day, sure):
    ended = custody.possible_until if sure else custody.certain_until
    return custody.has_ended and ended <= day and custody.ended_by(True, sure)


def is_unconfirmed(custody, day, sure):
    if custody.has_ended or not custody.is_held(day, sure):
        return False
    arrest = custody.arrest
    confirmed = max((known for known in (arrest.began and arrest.began.latest, arrest.last_confirmed_on) if known), default=None)
    if confirmed is None or a_year_later(confirmed) <= day:
        return True
    over = [last_day_of(judgment, arrest) for judgment in arrest.judgments.all()]
    return any(end and confirmed <= end < day for end in over)


def last_day_of(judgment, arrest):
    """What the source says, else so many months from the arrest; a month that is too short ends with its last day."""
    if judgment.ends:
        return judgment.ends.latest
    start = arrest.began and arrest.began.latest
    if not start or not judgment.sentence_months:
        return None
    year, month = divmod(start.month - 1 + judgment.sentence_months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def first_that_exists(day):
    """What counts as a year after 29 February is the 28th."""
    return (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)


@property_based
@given(population=worlds.populations, more=extras, day=worlds.DAYS)
def test_list_of_each_status_is_the_plain_one_on_any_day(population, more, day):
    with transaction.atomic():
        make_lives(population, more)
        for each in days_that_decide(day):
            for status, is_so in {"held": is_held, "died": has_died, "unconfirmed": is_unconfirmed}.items():
                assert (status, each, *listed(status, each)) == (status, each, *plainly(is_so, each))
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations, more=extras, day=worlds.DAYS)
def test_page_says_of_each_person_what_the_lists_say(population, more, day):
    with transaction.atomic():
        make_lives(population, more)
        for each in days_that_decide(day):
            found = {status: listed(status, each)[0] for status in STATUSES}
            certain = {one.prisoner for one in plain.custodies() if one.is_held(each, True)}
            for person in Prisoner.objects.published():
                standing = standing_of(person, list(person.arrests.all()), each)
                if standing is None:
                    assert {status for status in STATUSES if person.pk in found[status]} == set()
                    continue
                assert standing.is_in_custody == (person.pk in found["held"])
                assert (standing.kind == Kind.HELD) == (person.pk in certain)
                if standing.kind == Kind.DIED:
                    assert person.pk in found["died"]
                if standing.is_in_custody and not standing.is_confirmed:
                    assert person.pk in found["unconfirmed"]
                if is_dated_exactly(person):
                    assert told(standing) == {status for status in STATUSES if person.pk in found[status]}
        transaction.set_rollback(True)


open_custodies = st.fixed_dictionaries(
    {
        "began": st.none() | worlds.uncertain_dates(),
        "last_confirmed_on": st.none() | worlds.DAYS,
        "ends": st.none() | worlds.uncertain_dates(),
        "sentence_months": st.none() | st.integers(1, 30),
    }
)


@property_based
@given(custodies=st.lists(open_custodies, min_size=1, max_size=4))
def test_custody_is_unconfirmed_from_the_same_day_for_all(custodies):
    with transaction.atomic():
        for facts in custodies:
            sentence = {name: facts.pop(name) for name in ("ends", "sentence_months")}
            arrest = worlds.unless_refused(lambda facts=facts: make_arrest(**facts))
            if arrest and any(sentence.values()):
                Judgment.objects.create(arrest=arrest, **sentence)
        settle()
        for day in changing_days():
            standings = [standing_of(person, list(person.arrests.all()), day) for person in Prisoner.objects.published()]
            on_pages = {one.person.pk for one in standings if one and one.is_in_custody and not one.is_confirmed}
            assert (day, listed("unconfirmed", day)[0]) == (day, on_pages) == (day, plainly(is_unconfirmed, day)[0])
        transaction.set_rollback(True)


def told(standing):
    """The lists that somebody whose days are all known stands in; who died in custody after a release did both."""
    if standing.is_in_custody:
        return {"held"} if standing.is_confirmed else {"held", "unconfirmed"}
    return {"died"} if standing.kind == Kind.DIED else {"released"}


def is_dated_exactly(person):
    """One arrest, every day of it known."""
    dates = [date for arrest in person.arrests.all() for date in (arrest.began, arrest.ended) if date] + [person.died] * bool(
        person.died
    )
    return person.arrests.count() == 1 and person.arrests.get().began and all(one.is_exact for one in dates)


def days_that_decide(day):
    """The day, and some of those on which a status can change."""
    near = changing_days()
    return {day, *Random(day.toordinal()).sample(near, min(DAYS_TRIED, len(near)))}


def changing_days():
    """Each bound, a year after each confirmation, the day after each sentence."""
    found = set(plain.edges())
    for arrest in Arrest.objects.prefetch_related("judgments"):
        known = [arrest.began and arrest.began.latest, arrest.last_confirmed_on]
        found |= {a_year_later(each) for each in known if each}
        found |= {one.ends.latest + DAY for one in arrest.judgments.all() if one.ends and one.ends.latest}
    return sorted(each for each in found if each < TODAY)


def a_year_later(day):
    return date(day.year + 1, *first_that_exists(day))
