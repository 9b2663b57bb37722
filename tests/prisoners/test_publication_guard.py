"""What the database lets nobody do, whatever way the write takes."""

import itertools

import pytest
from django.db import IntegrityError, connection, transaction

from prisoners.acting import OPERATOR, acting
from prisoners.models import Arrest, Citation, Name, Prisoner, Review, State, Visibility
from prisoners.roles import MOVES, OPERATORS_MOVES
from tests.factories import as_operator, make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db


def by(name):
    return acting(actor=name)


def make_person(state=State.DRAFT, *, author="anna", **fields):
    """Somebody who lacks nothing, in this state, last changed by the author."""
    person = make_prisoner(state=state, **fields)
    make_arrest(person)
    with by(author):
        Prisoner.objects.filter(pk=person.pk).update(home_region="BY-HM")
    return person


def refusal(write):
    """The name of the rule that refuses the write; None when it is let through."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return None


def check_at_once():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def set_raw(person, **columns):
    assignments = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE prisoners_prisoner SET {assignments} WHERE id = %s", [*columns.values(), person.pk])


def set_bulk(person, **columns):
    for name, value in columns.items():
        setattr(person, name, value)
    Prisoner.objects.bulk_update([person], list(columns))


def set_saved(person, **columns):
    for name, value in columns.items():
        setattr(person, name, value)
    person.save()


WAYS = [set_raw, set_bulk, set_saved]


def open_items(person=None):
    items = Review.objects.filter(decision="", **({"prisoner": person} if person else {}))
    return sorted(items.values_list("author", "kind"))


class TestSecondPerson:
    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize(
        ("actor", "rule"),
        [("anna", "publication_needs_second_person"), ("", "publication_needs_second_person"), ("bahdan", None)],
    )
    def test_publishing_is_for_somebody_known_who_did_not_make_the_last_change(self, way, actor, rule):
        person = make_person(State.IN_REVIEW)
        with by(actor):
            assert refusal(lambda: way(Prisoner.objects.get(pk=person.pk), state="published")) == rule
        assert Prisoner.objects.get(pk=person.pk).state == (State.IN_REVIEW if rule else State.PUBLISHED)

    def test_publishing_and_changing_in_one_write_is_refused(self):
        person = make_person(State.IN_REVIEW)
        with by("bahdan"):
            assert refusal(lambda: set_raw(person, state="published", home_region="BY-BR")) == "publication_needs_second_person"
            assert refusal(lambda: set_raw(person, state="published", visibility="initials")) == "publication_needs_second_person"

    def test_operator_publishes_alone_and_that_is_on_record(self):
        person = make_person(author=OPERATOR)
        with as_operator():
            assert refusal(lambda: set_raw(person, state="published")) is None
        decided = Review.objects.get(prisoner=person)
        assert (decided.kind, decided.decision, decided.decided_by, decided.by_operator) == (
            "publication",
            "approved",
            OPERATOR,
            True,
        )

    def test_account_called_operator_has_no_more_rights_than_others(self):
        person = make_person(State.IN_REVIEW, author=OPERATOR)
        with by(OPERATOR):
            assert refusal(lambda: set_raw(person, state="published")) == "publication_needs_second_person"

    @pytest.mark.parametrize(
        ("state", "rule"),
        [
            ("draft", None),
            ("in_review", "record_starts_as_draft"),
            ("published", "publication_needs_second_person"),
            ("withdrawn", "record_starts_as_draft"),
        ],
    )
    def test_new_record_is_a_draft(self, state, rule):
        with by("anna"):
            assert refusal(lambda: Prisoner.objects.create(country="BY", state=state)) == rule

    def test_author_can_not_be_written_over(self):
        person = make_person(State.IN_REVIEW)
        with by("bahdan"):
            set_raw(person, last_changed_by="bahdan")
            set_raw(person, last_changed_by="somebody")
        assert Prisoner.objects.get(pk=person.pk).last_changed_by == "anna"

    def test_change_of_any_table_of_the_record_is_a_change_by_its_author(self):
        person = make_person(State.IN_REVIEW)
        with by("bahdan"):
            person.arrests.update(place="Minsk")
            assert refusal(lambda: set_raw(person, state="published")) == "publication_needs_second_person"
        with by("anna"):
            assert refusal(lambda: set_raw(person, state="published")) is None

    def test_write_that_changes_nothing_is_nobody_s_change(self):
        person = make_person(State.IN_REVIEW)
        moment = Prisoner.objects.get(pk=person.pk).changed_at
        with by("bahdan"):
            Prisoner.objects.get(pk=person.pk).save()
            person.arrests.update(place="")
        person.refresh_from_db()
        assert (person.last_changed_by, person.changed_at) == ("anna", moment)

    def test_who_brings_a_withdrawn_person_back_has_made_the_last_change(self):
        person = make_person(State.WITHDRAWN)
        with by("bahdan"):
            set_raw(person, state="in_review")
            assert refusal(lambda: set_raw(person, state="published")) == "publication_needs_second_person"
        with by("anna"):
            assert refusal(lambda: set_raw(person, state="published")) is None

    def test_sending_for_review_is_no_change_so_the_author_still_can_not_approve(self):
        person = make_person(State.DRAFT)
        with by("bahdan"):
            set_raw(person, state="in_review")
        with by("anna"):
            assert refusal(lambda: set_raw(person, state="published")) == "publication_needs_second_person"
        assert open_items(person) == [("anna", "publication")]


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(State.values, 2)))
@pytest.mark.parametrize("capacity", ["", OPERATOR])
def test_record_moves_from_state_to_state_as_the_table_says(before, after, capacity):
    person = make_person(before)
    with acting(actor="bahdan", capacity=capacity):
        rule = refusal(lambda: set_raw(person, state=after))
    moves = OPERATORS_MOVES if capacity else MOVES
    assert rule == (None if (before, after) in moves else "state_follows_state")


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


class TestWholeness:
    PARTS = ("heading", "arrest", "source")

    @pytest.fixture(autouse=True)
    def whole(self, whole_publications):
        pass

    def lacking(self, part, state=State.IN_REVIEW):
        with as_operator():
            person = Prisoner.objects.create(country="BY", state=state)
            if part != "heading":
                Name.objects.create(prisoner=person, text="A name", is_heading=True)
            if part != "arrest":
                Arrest.objects.create(prisoner=person, country="BY")
            if part != "source":
                Citation.objects.create(prisoner=person, source=make_source())
        return person

    @pytest.mark.parametrize("part", PARTS)
    def test_publication_without_a_part_is_refused_by_name(self, part):
        person = self.lacking(part)
        for context in (by("bahdan"), as_operator()):
            with context:
                assert refusal(lambda: set_raw(person, state="published")) == f"publication_needs_{part}"

    @pytest.mark.parametrize("part", PARTS)
    def test_new_published_person_is_looked_at_when_the_transaction_ends(self, part):
        def write():
            self.lacking(part, State.PUBLISHED)
            check_at_once()

        assert refusal(write) == f"publication_needs_{part}"

    def test_new_published_person_who_lacks_nothing_is_let_through(self):
        def write():
            self.lacking("nothing", State.PUBLISHED)
            check_at_once()

        assert refusal(write) is None

    @pytest.mark.parametrize(
        ("lose", "rule"),
        [
            (lambda p: p.names.update(is_heading=False), "publication_needs_heading"),
            (lambda p: p.names.all().delete(), "publication_needs_heading"),
            (lambda p: Citation.objects.filter(prisoner=p).delete(), "publication_needs_source"),
            (lambda p: Citation.objects.update(prisoner=None, arrest=make_arrest().pk), "publication_needs_source"),
            (lambda p: p.arrests.all().delete(), "publication_needs_arrest"),
            (lambda p: p.arrests.update(prisoner=make_person()), "publication_needs_arrest"),
            (lambda p: p.arrests.update(place="Minsk"), None),
            (lambda p: Name.objects.create(prisoner=p, text="Another"), None),
        ],
    )
    def test_published_person_loses_no_part(self, lose, rule):
        person = self.lacking("nothing", State.PUBLISHED)
        check_at_once()

        def write():
            lose(person)
            check_at_once()

        assert refusal(write) == rule

    def test_heading_may_move_within_a_transaction(self):
        person = self.lacking("nothing", State.PUBLISHED)
        other = Name.objects.create(prisoner=person, text="Another")

        def write():
            person.names.update(is_heading=False)
            Name.objects.filter(pk=other.pk).update(is_heading=True)
            check_at_once()

        assert refusal(write) is None

    def test_draft_may_lose_every_part(self):
        person = make_person()

        def write():
            person.names.all().delete()
            person.arrests.all().delete()
            check_at_once()

        assert refusal(write) is None


class TestReviewList:
    def test_each_author_s_change_to_a_published_person_is_listed_once(self):
        person = make_prisoner()
        make_arrest(person)
        for author in ("anna", "bahdan", "anna"):
            with by(author):
                person.arrests.update(place=f"Seen by {author}")
                Name.objects.create(prisoner=person, text=f"{author} {Name.objects.count()}")
        assert open_items() == [("anna", "change"), ("bahdan", "change")]

    def test_change_to_a_draft_is_not_listed(self):
        make_person()
        assert open_items() == []

    def test_bulk_change_lists_each_person(self):
        people = [make_prisoner() for _ in range(3)]
        with by("anna"):
            Prisoner.objects.update(home_region="BY-HM")
        assert open_items() == [("anna", "change")] * 3
        assert {item.prisoner_id for item in Review.objects.filter(decision="")} == {person.pk for person in people}

    def test_change_by_nobody_known_is_listed_too(self):
        person = make_prisoner()
        Prisoner.objects.filter(pk=person.pk).update(home_region="BY-BR")
        assert open_items() == [("", "change")]

    def test_change_after_an_approval_opens_a_new_item(self):
        person = make_person(State.PUBLISHED)
        with by("bahdan"):
            Review.objects.filter(decision="").update(decision="approved")
        assert open_items() == []
        with by("anna"):
            person.arrests.update(place="Minsk")
        assert open_items() == [("anna", "change")]

    def test_withdrawal_is_listed_and_ends_proposals_to_show_more(self):
        person = make_prisoner(visibility="initials")
        with by("anna"):
            Review.objects.create(prisoner=person, kind="widening", to_visibility="named")
        with by("bahdan"):
            set_raw(person, state="withdrawn")
        assert open_items(person) == [("bahdan", "withdrawal")]

    def test_sending_back_closes_the_publication(self):
        person = make_person()
        with by("anna"):
            set_raw(person, state="in_review")
            set_raw(person, state="draft")
        decided = Review.objects.get(prisoner=person)
        assert (decided.kind, decided.decision, decided.decided_by) == ("publication", "declined", "anna")

    def test_change_during_review_makes_it_the_work_of_who_changed_last(self):
        person = make_person(State.IN_REVIEW)
        assert open_items(person) == [("anna", "publication")]
        with by("bahdan"):
            person.arrests.update(place="Minsk")
        assert open_items(person) == [("bahdan", "publication")]

    def test_deleted_person_takes_reviews_along(self):
        person = make_person(State.PUBLISHED)
        person.delete()
        check_at_once()
        assert Review.objects.count() == 0


class TestReviewGuard:
    @pytest.fixture
    def item(self):
        make_person(State.PUBLISHED)
        return Review.objects.get(kind="change", author="anna")

    def decide(self, item, actor, **columns):
        with by(actor):
            return refusal(lambda: Review.objects.filter(pk=item.pk).update(**columns))

    @pytest.mark.parametrize(
        ("actor", "decision", "rule"),
        [
            ("anna", "approved", "review_needs_second_person"),
            ("anna", "restored", "review_needs_second_person"),
            ("", "approved", "review_needs_second_person"),
            ("bahdan", "declined", "review_follows_record"),
            ("bahdan", "approved", None),
            ("bahdan", "restored", None),
        ],
    )
    def test_change_is_decided_by_another_person(self, item, actor, decision, rule):
        assert self.decide(item, actor, decision=decision) == rule

    def test_decision_is_by_who_acts_whoever_it_names(self, item):
        assert self.decide(item, "anna", decision="approved", decided_by="bahdan") == "review_needs_second_person"

    def test_author_can_not_be_changed(self, item):
        assert self.decide(item, "anna", author="somebody") == "review_is_kept"

    def test_decision_is_final(self, item):
        self.decide(item, "bahdan", decision="approved")
        assert self.decide(item, "bahdan", decision="restored") == "review_decided_once"

    def test_item_can_not_be_deleted(self, item):
        with by("bahdan"):
            assert refusal(lambda: item.delete()) == "review_is_kept"

    def test_publication_is_not_approved_beside_the_record(self):
        make_person(State.IN_REVIEW)
        assert self.decide(Review.objects.get(kind="publication"), "bahdan", decision="approved") == "review_follows_record"

    @pytest.mark.parametrize("kind", ["publication", "change", "narrowing", "withdrawal"])
    def test_nobody_opens_what_the_database_opens(self, kind):
        person = make_prisoner()
        with by("anna"):
            assert refusal(lambda: Review.objects.create(prisoner=person, kind=kind)) == "review_follows_record"

    def test_proposal_is_its_author_s_whoever_it_names(self):
        person = make_prisoner(visibility=Visibility.INITIALS)
        with by("anna"):
            Review.objects.create(prisoner=person, kind="widening", author="bahdan", to_visibility="named")
        assert open_items() == [("anna", "widening")]
