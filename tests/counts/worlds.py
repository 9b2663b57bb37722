"""Random small populations for property-based tests, made through the same models as everything else."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from hypothesis import strategies as st

from prisoners.models import Arrest, Prisoner, Recognition, State, Visibility
from prisoners.recheck import check_now
from releases.models import Release
from tests.factories import make_arrest, make_organisation, make_prisoner, recognise

DAYS = st.dates(date(2020, 6, 1), date(2022, 6, 30))


@st.composite
def uncertain_dates(draw):
    """A date in any of the forms, within two years."""
    day = draw(DAYS)
    later = day + timedelta(days=draw(st.integers(0, 60)))
    forms = [
        day.isoformat(),
        day.isoformat()[:7],
        day.isoformat()[:4],
        f"{day.isoformat()[:7]}~",
        f"{day}/{later}",
        f"{day}/..",
        f"../{day}",
    ]
    # Days known exactly are the most frequent in real lists.
    return draw(st.sampled_from([forms[0]] * 4 + forms))


arrest_facts = st.fixed_dictionaries(
    {
        "began": st.none() | uncertain_dates(),
        "ended": st.none() | uncertain_dates(),
        "last_confirmed_on": st.none() | DAYS,
        "region": st.sampled_from(["", "BY-HM", "BY-BR"]),
    }
)
recognition_facts = st.fixed_dictionaries(
    {
        "made_on": st.none() | uncertain_dates(),
        "withdrawn_on": st.none() | st.none() | uncertain_dates(),
        "by": st.sampled_from(["monitor", "watch"]),
    }
)
mechanisms = st.sampled_from([None, None, "pardon", "death_in_custody", "sentence_served"])
person_facts = st.fixed_dictionaries(
    {
        "born": st.none() | st.sampled_from(["1960", "1990-05-17", "2002-08/2003-02", "1950/2000", "../1975", "2003/.."]),
        "died": st.none() | st.none() | st.none() | uncertain_dates(),
        "gender": st.sampled_from(["female", "male", "unknown"]),
        "state": st.sampled_from([State.PUBLISHED] * 5 + [State.DRAFT, State.WITHDRAWN]),
        "visibility": st.sampled_from(
            [Visibility.NAMED] * 4 + [Visibility.INITIALS] * 2 + [Visibility.COUNTED] * 2 + [Visibility.INTERNAL]
        ),
        "embargo_until": st.sampled_from([None] * 6 + [date(2020, 1, 1)]),
        "published_on": st.none() | DAYS,
    }
)
lives = st.tuples(
    person_facts,
    st.lists(st.tuples(arrest_facts, st.lists(recognition_facts, max_size=2), mechanisms), min_size=1, max_size=2),
)
populations = st.lists(lives, min_size=1, max_size=5)


def unless_refused(make):
    """What the maker makes; None when the database refuses it, as it should with many random facts."""
    try:
        with transaction.atomic():
            made = make()
            check_now()
            return made
    except IntegrityError:
        return None


def make_recognised() -> Prisoner:
    """Somebody published whom the monitor recognises, so that readers may name it in queries."""
    arrest = make_arrest(began="2020-08-09")
    recognise(arrest)
    return arrest.prisoner


def settle_population(population) -> list[Prisoner]:
    people = []
    for facts, arrests in population:
        person = unless_refused(lambda facts=facts: make_prisoner(**facts))
        if person is None:
            continue
        people.append(person)
        for arrest_fact, recognitions, mechanism in arrests:
            add_arrest(person, arrest_fact, recognitions, mechanism)
    return people


def add_arrest(person, facts, recognitions, mechanism) -> Arrest | None:
    arrest = unless_refused(lambda: Arrest.objects.create(prisoner=person, country="BY", **facts))
    if arrest is None:
        return None
    for fact in recognitions:
        organisation = make_organisation(fact["by"])
        dates = {name: fact[name] for name in ("made_on", "withdrawn_on")}
        unless_refused(
            lambda organisation=organisation, dates=dates: Recognition.objects.create(
                arrest=arrest, organisation=organisation, **dates
            )
        )
    if mechanism and arrest.ended:
        Release.objects.create(arrest=arrest, mechanism_id=mechanism)
    return arrest
