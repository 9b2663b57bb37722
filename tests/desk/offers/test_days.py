"""Who can have been held when an act was made: the rule for an arrest in memory, for a query, and for all offers is one rule."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.intake.days import Days
from desk.intake.standing import standing_of
from desk.offers.fitting import fitting
from desk.offers.models import Offer, OpenLine
from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Prisoner
from releases.models import PardonLine, Release
from tests.desk.intake.scene import EDITOR, make_pardon
from tests.factories import as_operator, make_prisoner

DATES = [
    "2024-08-16",
    "2024-08-17",
    "2024-08",
    "2024",
    "2024-08-10/2024-08-20",
    "2024-08-16/..",
    "../2024-08-16",
    "2024-07",
    "2025",
]
dates = st.none() | st.sampled_from(DATES)
arrests = st.lists(st.tuples(dates, dates, st.booleans()), max_size=2)


def held_person(of_arrests, died):
    """Somebody with these arrests; those that the database refuses beside each other are left out."""
    person = make_prisoner("Ivan Petrov", died=died)
    for began, ended, has_release in of_arrests:
        try:
            with as_operator(), transaction.atomic():
                arrest = Arrest.objects.create(prisoner=person, country="BY", began=began, ended=ended)
                if has_release and ended:
                    Release.objects.create(arrest=arrest, mechanism_id="sentence_served")
        except IntegrityError:
            continue
    return Prisoner.objects.prefetch_related("arrests__release__mechanism").get(pk=person.pk)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(act=dates, of_arrests=arrests, died=dates)
def test_memory_query_and_offers_agree_on_who_can_have_been_held(act, of_arrests, died):
    with transaction.atomic():
        person = held_person(of_arrests, died)
        days = Days.of(UncertainDate.parse(act) if act else None)
        own = list(person.arrests.all())
        in_memory = any(days.holds(arrest) for arrest in own)
        assert days.held(Prisoner.objects.filter(pk=person.pk)).exists() is in_memory
        line = PardonLine.objects.create(pardon=make_pardon(f"act-{person.pk}"), position=1, as_written="Ivan Petrov")
        Offer.objects.create(
            line=OpenLine.objects.create(line=line, as_written="Ivan Petrov", held_on=act, name="Ivan Petrov"),
            prisoner=person,
            form="Ivan Petrov",
            score=1.0,
        )
        assert fitting(EDITOR).filter(line=line.pk).exists() is standing_of(person, own, days).is_held
        transaction.set_rollback(True)
