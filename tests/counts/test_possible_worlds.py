"""Bounds are true: whatever the uncertain dates turn out to have been, the number lies between `at_least` and `at_most`.

Each test draws a small population, then what may really have happened to it: one day for each uncertain date, such that
nobody is in two custodies at once. That world is counted by plain reading, without any doubt, and compared.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts import nameable
from counts.answering import answer
from counts.ledger import settle
from counts.listing import Listing
from prisoners.models import Arrest, Facility, Prisoner, Stay
from tests.counts import worlds
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2022, 1, 15)
DAY = timedelta(days=1)
LONG_AGO, FAR_OFF = date(2018, 1, 1), date(2024, 12, 31)
FACILITIES = ("remand", "colony")
property_based = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Life:
    """What happened to one person in one world."""

    born: date | None
    custodies: tuple["Custody", ...]
    visibility: str

    def is_released(self, day):
        return any(one.is_end_by(day) and not one.is_death and not self.is_held_after(one, day) for one in self.custodies)

    def is_held_after(self, one, day):
        return any(other is not one and one.end <= other.begin <= day for other in self.custodies)


@dataclass(frozen=True, eq=False)
class Custody:
    """One custody of a world, from `begin` up to, not including, `end`; FAR_OFF for one that goes on."""

    begin: date
    end: date
    has_end: bool
    is_death: bool
    recognised: tuple[tuple[date, date], ...]
    stays: tuple[tuple[str, date, date], ...]

    def is_held(self, day):
        return self.begin <= day < self.end

    def is_recognised(self, day):
        return any(made <= day < withdrawn for made, withdrawn in self.recognised)

    def is_at(self, facility, day):
        return any(slug == facility and begin <= day < end for slug, begin, end in self.stays)

    def is_end_by(self, day):
        return self.has_end and self.end <= day

    def ends_within(self, first, last):
        return self.has_end and first <= self.end <= last


def draw_day(chance, dated, otherwise, lowest=LONG_AGO, highest=FAR_OFF):
    """A day that an uncertain date can be; more often one of its edges, where mistakes show."""
    if dated is None:
        return otherwise
    first, last = dated.earliest or lowest, dated.latest or highest
    return chance.choice([first, last, first + timedelta(days=chance.randint(0, (last - first).days))])


def draw_custody(chance, arrest: Arrest, died: date) -> Custody | None:
    anywhere = LONG_AGO + timedelta(days=chance.randint(0, 2000))
    begin = draw_day(chance, arrest.began, min(anywhere, arrest.last_confirmed_on or anywhere))
    ended = draw_day(chance, arrest.ended, FAR_OFF)
    end, release = min(ended, died), getattr(arrest, "release", None)
    is_death = release.mechanism.is_death if release else died < FAR_OFF and died <= ended
    confirmed = arrest.last_confirmed_on
    is_possible = begin <= end and (confirmed is None or begin <= confirmed < end)
    is_alive_at_release = is_death or died >= ended
    if not (is_possible and is_alive_at_release):
        return None
    recognised = tuple(
        (draw_day(chance, one.made_on, anywhere), draw_day(chance, one.withdrawn_on, FAR_OFF))
        for one in arrest.recognitions.all()
    )
    has_end = arrest.ended is not None or arrest.prisoner.died is not None
    stays = draw_stays(chance, arrest, begin)
    return None if stays is None else Custody(begin, end, has_end, is_death, recognised, stays)


def draw_stays(chance, arrest: Arrest, begin: date):
    """Stays one after another; of several without a beginning any can be the one that began with the arrest. None: no order."""
    found = list(arrest.stays.all())
    undated = [stay for stay in found if stay.began is None]
    with_arrest = chance.choice(undated) if undated else None
    anywhere = begin + timedelta(days=chance.randint(0, 600))
    begins = [(LONG_AGO if stay == with_arrest else draw_day(chance, stay.began, anywhere), stay.pk, stay) for stay in found]
    begins.sort()
    if len({day for day, *_ in begins}) < len(begins):
        return None
    until = [*(day for day, *_ in begins[1:]), FAR_OFF]
    return tuple(
        (stay.facility.slug, day, draw_day(chance, stay.ended, next_day))
        for (day, _pk, stay), next_day in zip(begins, until, strict=False)
    )


def draw_life(chance, person: Prisoner) -> Life | None:
    """None when chance drew days that contradict each other."""
    died = draw_day(chance, person.died, FAR_OFF)
    custodies = [draw_custody(chance, arrest, died) for arrest in person.arrests.all()]
    if None in custodies:
        return None
    in_order = sorted(custodies, key=lambda one: (one.begin, one.end))
    if any(one.end > other.begin for one, other in pairwise(in_order)):
        return None
    born = draw_day(chance, person.born, None, lowest=date(1900, 1, 1), highest=TODAY)
    return Life(born, tuple(in_order), person.visibility)


def draw_world(chance, people) -> list[Life] | None:
    """A life for each; None for a population whose records contradict each other."""
    lives = [next(filter(None, (draw_life(chance, person) for _ in range(200))), None) for person in people]
    return None if None in lives else lives


def make_population(population, stays):
    make_organisation("monitor")
    places = {slug: Facility.objects.create(slug=slug, name=slug, country="BY") for slug in FACILITIES}
    worlds.settle_population(population)
    for arrest, own in zip(Arrest.objects.order_by("pk"), stays, strict=False):
        for slug, began, ended in own:
            worlds.unless_refused(
                lambda arrest=arrest, slug=slug, began=began, ended=ended: Stay.objects.create(
                    arrest=arrest, facility=places[slug], began=began, ended=ended
                )
            )
    settle()
    known = Prisoner.objects.in_numbers().prefetch_related(
        "arrests__release__mechanism", "arrests__recognitions", "arrests__stays__facility"
    )
    return list(known)


def people_with(lives, is_so):
    return sum(any(is_so(one) for one in life.custodies) for life in lives)


def age_of(life, day):
    return None if life.born is None else day.year - life.born.year - ((day.month, day.day) < (life.born.month, life.born.day))


def counted(lives, day, last):
    """The true number, by query. Places are told of named people alone, and ages of nobody who is only counted."""
    named, listed = ([life for life in lives if life.visibility in of] for of in (["named"], ["named", "initials"]))
    period = f"from={day}&to={last}&recognised=any"
    held = {
        f"on={day}&recognised=any": lambda one: True,
        f"on={day}": lambda one: one.is_recognised(day),
    }
    placed = {
        f"on={day}&recognised=any&facility={slug}": lambda one, slug=slug: one.is_held(day) and one.is_at(slug, day)
        for slug in nameable.facilities().values_list("slug", flat=True)
    }
    ages = {
        f"on={day}&recognised=any&age_min=18&age_max=29": lambda life: life.born and 18 <= age_of(life, day) <= 29,
        f"on={day}&recognised=any&age_min=30": lambda life: life.born and age_of(life, day) >= 30,
    }
    return {
        **{query: people_with(lives, lambda one, also=also: one.is_held(day) and also(one)) for query, also in held.items()},
        **{query: people_with(named, is_so) for query, is_so in placed.items()},
        **{query: people_with([x for x in listed if is_so(x)], lambda one: one.is_held(day)) for query, is_so in ages.items()},
        f"measure=arrests&{period}": people_with(lives, lambda one: day <= one.begin <= last),
        f"measure=releases&{period}": people_with(lives, lambda one: one.ends_within(day, last) and not one.is_death),
        f"measure=deaths&{period}": people_with(lives, lambda one: one.ends_within(day, last) and one.is_death),
        f"measure=ever&on={day}&recognised=any": people_with(lives, lambda one: one.begin <= day),
    }


stays = st.tuples(st.sampled_from(FACILITIES), st.none() | worlds.uncertain_dates(), st.none() | worlds.uncertain_dates())


@property_based
@given(
    population=worlds.populations,
    stays=st.lists(st.lists(stays, max_size=3), max_size=6),
    day=worlds.DAYS,
    length=st.integers(0, 300),
    seed=st.integers(0, 2**32),
)
def test_number_lies_within_its_bounds_in_every_possible_world(population, stays, day, length, seed):
    with transaction.atomic():
        people = make_population(population, stays)
        lives = draw_world(Random(seed), people)
        for query, number in counted(lives, day, day + timedelta(days=length)).items() if lives is not None else ():
            found = answer(QueryDict(query), today=TODAY, now=timezone.now()).total
            assert (query, found.at_least <= number <= found.at_most, found, number) == (query, True, found, number)
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations, day=worlds.DAYS, seed=st.integers(0, 2**32))
def test_list_of_the_released_holds_its_bounds_in_every_possible_world(population, day, seed):
    with transaction.atomic():
        lives = draw_world(Random(seed), make_population(population, []))
        if lives is not None:
            found = Listing(QueryDict(f"status=released&on={day}"), today=TODAY).total
            number = sum(life.is_released(day) for life in lives if life.visibility != "counted")
            assert found.at_least <= number <= found.at_most
        transaction.set_rollback(True)
