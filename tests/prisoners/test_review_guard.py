"""The list of what a second person looks at: opened by the database, decided by another, kept."""

import pytest

from prisoners.models import Name, Prisoner, Review, State, Visibility
from tests.factories import make_arrest, make_prisoner
from tests.prisoners.guarded import by, check_at_once, make_person, open_items, refusal, set_raw

pytestmark = pytest.mark.django_db


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
