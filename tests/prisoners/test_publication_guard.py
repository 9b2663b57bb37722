"""What the database lets nobody do about publishing, whatever way the write takes."""

import itertools

import pytest

from prisoners.acting import OPERATOR, acting
from prisoners.models import Arrest, Citation, Name, Prisoner, Review, State
from prisoners.roles import MOVES, OPERATORS_MOVES
from tests.factories import as_operator, make_arrest, make_source
from tests.prisoners.guarded import WAYS, by, check_at_once, make_person, open_items, refusal, set_raw

pytestmark = pytest.mark.django_db


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
