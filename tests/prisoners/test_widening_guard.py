"""Showing more of somebody takes two people; showing less takes one, and acts at once."""

import pytest
from django.db import connection

from prisoners.acting import acting
from prisoners.models import Arrest, Review
from tests.factories import as_operator, make_prisoner
from tests.prisoners.guarded import WAYS, by, open_items, refusal, set_raw

pytestmark = pytest.mark.django_db
SHOWINGS = [
    # visibility, days until the embargo ends; then the same afterwards; what it is
    ("initials", None, "named", None, "more"),
    ("internal", None, "counted", None, "more"),
    ("counted", None, "initials", None, "more"),
    ("named", None, "initials", None, "less"),
    ("counted", None, "internal", None, "less"),
    ("named", 10, "named", None, "more"),
    ("named", 10, "named", 9, "more"),
    ("named", 10, "named", 11, "less"),
    ("named", None, "named", 1, "less"),
    ("named", 0, "named", None, "same"),
    ("named", -1, "named", None, "same"),
    ("initials", 10, "named", 11, "more"),
    ("named", 10, "initials", None, "more"),
]


def day(days):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date + %s::integer", [days])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("was", "was_until", "now", "now_until", "what"), SHOWINGS)
def test_showing_more_needs_a_second_person_and_less_acts_at_once(way, was, was_until, now, now_until, what):
    person = make_prisoner(visibility=was, embargo_until=day(was_until))
    with by("bahdan"):
        rule = refusal(lambda: way(person, visibility=now, embargo_until=day(now_until)))
    assert rule == ("widening_needs_second_person" if what == "more" else None)
    assert open_items(person) == ([("bahdan", "narrowing")] if what == "less" else [])


class TestWidening:
    def proposal(self, person, author="anna", **changes):
        with by(author):
            return Review.objects.create(prisoner=person, kind="widening", **{"to_visibility": "named", **changes})

    def test_proposal_is_approved_by_another_person_alone(self):
        person = make_prisoner(visibility="initials")
        self.proposal(person)
        with by("anna"):
            assert refusal(lambda: set_raw(person, visibility="named")) == "widening_needs_second_person"
        with by("bahdan"):
            assert refusal(lambda: set_raw(person, visibility="named")) is None
        decided = Review.objects.get(prisoner=person, kind="widening")
        assert (decided.author, decided.decision, decided.decided_by) == ("anna", "approved", "bahdan")

    def test_proposal_covers_nothing_else(self):
        person = make_prisoner(visibility="counted")
        self.proposal(person, to_visibility="initials")
        with by("bahdan"):
            assert refusal(lambda: set_raw(person, visibility="named")) == "widening_needs_second_person"
            assert refusal(lambda: set_raw(person, visibility="initials", home_region="BY-BR")) == "widening_needs_second_person"

    def test_whoever_changed_the_record_after_the_proposal_can_not_approve_it(self):
        person = make_prisoner(visibility="initials")
        self.proposal(person)
        with by("bahdan"):
            Arrest.objects.create(prisoner=person, country="BY")
            assert refusal(lambda: set_raw(person, visibility="named")) == "widening_needs_second_person"

    def test_whoever_proposed_it_can_not_approve_it_after_a_colleague_s_change(self):
        person = make_prisoner(visibility="initials")
        self.proposal(person)
        with by("bahdan"):
            Arrest.objects.create(prisoner=person, country="BY")
        with by("anna"):
            assert refusal(lambda: set_raw(person, visibility="named")) == "widening_needs_second_person"

    def test_embargo_is_lifted_early_by_two_people_and_on_its_day_by_the_command(self):
        person, due = make_prisoner(embargo_until=day(30)), make_prisoner(embargo_until=day(1))
        self.proposal(person, to_visibility="", changes_embargo=True)
        with by("bahdan"):
            assert refusal(lambda: set_raw(person, embargo_until=None)) is None
        # The day has begun where the site is, though not yet where the database is: at most 14 hours apart.
        with acting(actor="embargo", capacity="embargo"):
            assert refusal(lambda: set_raw(make_prisoner(embargo_until=day(2)), embargo_until=None)) is not None
            with connection.cursor() as cursor:
                cursor.execute("SELECT (transaction_timestamp() AT TIME ZONE 'UTC' + interval '14 hours')::date >= %s", [day(1)])
                is_over = cursor.fetchone()[0]
            assert (refusal(lambda: set_raw(due, embargo_until=None)) is None) == is_over

    def test_operator_widens_alone_and_that_is_on_record(self):
        person = make_prisoner(visibility="initials")
        with as_operator():
            set_raw(person, visibility="named")
        decided = Review.objects.get(prisoner=person, kind="widening")
        assert (decided.decision, decided.by_operator) == ("approved", True)
