"""Publishing and withdrawing people, and choosing the heading."""

import pytest
from django.core.exceptions import ValidationError

from prisoners.models import Arrest, Citation, Name, Prisoner, State
from prisoners.services import publish, set_heading, withdraw
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db


def make_draft(name="", **fields):
    """A draft that lacks nothing."""
    person = make_prisoner(name, state=State.DRAFT, **fields)
    make_arrest(person)
    return person


def state_of(person):
    return Prisoner.objects.get(pk=person.pk).state


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_person_who_lacks_nothing_is_published(state):
    person = make_draft()
    Prisoner.objects.filter(pk=person.pk).update(state=state)
    assert publish(people=[person]) == 1
    assert state_of(person) == State.PUBLISHED


def test_published_person_stays_published_and_is_not_counted_as_changed():
    person = make_draft()
    assert publish(people=[person]) == 1
    assert publish(people=[person]) == 0
    assert state_of(person) == State.PUBLISHED


def test_person_without_heading_is_not_published():
    person = make_draft(code="BY-000001")
    person.names.update(is_heading=False)
    assert obstacles([person]) == ["BY-000001: no name is marked as the heading"]


def test_person_without_arrest_is_not_published():
    person = make_prisoner(state=State.DRAFT, code="BY-000001")
    Citation.objects.create(prisoner=person, source=make_source())
    assert obstacles([person]) == ["BY-000001: there is no arrest"]


def test_person_without_source_is_not_published():
    person = make_prisoner(state=State.DRAFT, code="BY-000001")
    Arrest.objects.create(prisoner=person, country="BY")
    assert obstacles([person]) == ["BY-000001: there is no source"]


def test_source_of_the_person_is_enough():
    person = make_prisoner(state=State.DRAFT)
    Arrest.objects.create(prisoner=person, country="BY")
    Citation.objects.create(prisoner=person, source=make_source())
    assert publish(people=[person]) == 1


def test_one_person_who_lacks_something_keeps_all_unpublished_and_everything_is_said():
    ready = make_draft()
    bare = Prisoner.objects.create(code="BY-000001", country="BY")
    assert obstacles([ready, bare]) == [
        "BY-000001: no name is marked as the heading",
        "BY-000001: there is no arrest",
        "BY-000001: there is no source",
    ]
    assert state_of(ready) == State.DRAFT


def test_nobody_is_published_when_nobody_is_chosen():
    person = make_draft()
    assert publish(people=Prisoner.objects.none()) == 0
    assert state_of(person) == State.DRAFT


def obstacles(people):
    with pytest.raises(ValidationError) as refused:
        publish(people=people)
    assert {state_of(person) for person in people} == {State.DRAFT}
    return refused.value.messages


def test_published_person_is_withdrawn_at_once_and_others_stay():
    gone, stays, draft = make_prisoner(), make_prisoner(), make_draft()
    assert withdraw(people=[gone, draft]) == 1
    assert (state_of(gone), state_of(stays), state_of(draft)) == (State.WITHDRAWN, State.PUBLISHED, State.DRAFT)
    assert list(Prisoner.objects.published()) == [stays]


def test_nobody_is_withdrawn_when_nobody_is_chosen():
    person = make_prisoner()
    assert withdraw(people=[]) == 0
    assert state_of(person) == State.PUBLISHED


def test_heading_moves_to_the_chosen_name_of_this_person_only():
    person, other = make_prisoner("First"), make_prisoner("Other")
    chosen = Name.objects.create(prisoner=person, text="Second")
    set_heading(name=chosen)
    set_heading(name=chosen)
    headings = Name.objects.filter(is_heading=True).order_by("text").values_list("prisoner", "text")
    assert list(headings) == [(other.pk, "Other"), (person.pk, "Second")]
