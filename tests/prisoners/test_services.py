"""Publishing, withdrawing, showing more and less: what each asks of whom; and choosing the heading."""

import datetime
import itertools

import pytest
from django.core.exceptions import ValidationError

from prisoners.acting import acting
from prisoners.models import Arrest, Citation, Decision, Name, Prisoner, Review, ReviewKind, State, Visibility
from prisoners.roles import GRANTS, Action, Actor, Grant, Role, operator
from prisoners.services import (
    ChangedMeanwhile,
    Incomplete,
    NeedsRole,
    NeedsSecondPerson,
    NotPossible,
    decide,
    moment_of,
    publish,
    send_back,
    send_for_review,
    set_heading,
    set_visibility,
    withdraw,
)
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db
TOMORROW = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=2)


def actor(name, *roles, countries=()):
    return Actor(name, tuple(Grant(role, frozenset(countries)) for role in roles))


ANNA = actor("anna", Role.EDITOR, Role.PUBLISHER)
BAHDAN = actor("bahdan", Role.EDITOR, Role.PUBLISHER)


def make_person(state=State.IN_REVIEW, *, author="anna", name="", **fields):
    """Somebody who lacks nothing, last changed by the author."""
    person = make_prisoner(name, state=state, **fields)
    make_arrest(person)
    with acting(actor=author):
        Prisoner.objects.filter(pk=person.pk).update(home_region="BY-HM")
    return Prisoner.objects.get(pk=person.pk)


def state_of(person):
    return Prisoner.objects.get(pk=person.pk).state


def item_of(person):
    return Review.objects.filter(decision="").get(prisoner=person)


def propose(person, visibility=Visibility.NAMED, by=ANNA):
    return set_visibility(person=person, visibility=visibility, embargo_until=None, by=by).proposal


# Each action as a service does it on somebody whom `author` changed last.
def do_send(author, country, by):
    send_for_review(people=[make_person(State.DRAFT, author=author, country=country)], by=by)


def do_send_back(author, country, by):
    send_back(people=[make_person(author=author, country=country)], by=by)


def do_publish(author, country, by):
    publish(people=[make_person(author=author, country=country)], by=by)


def do_withdraw(author, country, by):
    withdraw(people=[make_person(State.PUBLISHED, author=author, country=country)], by=by)


def do_narrow(author, country, by):
    person = make_person(State.PUBLISHED, author=author, country=country)
    set_visibility(person=person, visibility=Visibility.COUNTED, embargo_until=None, by=by)


def do_propose(author, country, by):
    propose(make_person(State.PUBLISHED, author=author, country=country, visibility="counted"), by=by)


def do_widen(author, country, by):
    person = make_person(State.PUBLISHED, author="cimafiej", country=country, visibility="counted")
    proposal = propose(person, by=actor(author, Role.EDITOR))
    decide(review=proposal, decision=Decision.APPROVED, by=by)


def do_review(author, country, by):
    decide(review=item_of(make_person(State.PUBLISHED, author=author, country=country)), decision=Decision.APPROVED, by=by)


DOING = {
    Action.SEND: do_send,
    Action.SEND_BACK: do_send_back,
    Action.PUBLISH: do_publish,
    Action.NARROW: do_narrow,
    Action.WITHDRAW: do_withdraw,
    Action.PROPOSE: do_propose,
    Action.WIDEN: do_widen,
    Action.REVIEW: do_review,
}
NEED_ANOTHER = {Action.PUBLISH, Action.WIDEN, Action.REVIEW}


@pytest.mark.parametrize(
    ("role", "action", "country", "author"), list(itertools.product(Role, DOING, ["BY", "RU"], ["anna", "bahdan"]))
)
def test_service_does_it_for_the_right_role_in_its_country_on_another_person_s_work(role, action, country, author):
    by = actor("anna", role, countries=["BY"])
    if action not in GRANTS[role] or country != "BY":
        with pytest.raises(NeedsRole, match="you need the role"):
            DOING[action](author, country, by)
    elif action in NEED_ANOTHER and author == "anna":
        with pytest.raises(NeedsSecondPerson, match="somebody else must approve it"):
            DOING[action](author, country, by)
    else:
        DOING[action](author, country, by)


def test_refusal_says_which_role_is_needed_and_where():
    person = make_person(code="BY-000001")
    with pytest.raises(NeedsRole) as refused:
        publish(people=[person], by=actor("bahdan", Role.EDITOR))
    assert refused.value.messages == ["BY-000001: to approve a publication you need the role publisher for BY."]


class TestPublishing:
    def test_person_in_review_who_lacks_nothing_is_published_once(self):
        person = make_person()
        assert publish(people=[person], by=BAHDAN) == 1
        assert publish(people=[person], by=BAHDAN) == 0
        assert state_of(person) == State.PUBLISHED

    @pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
    def test_person_not_in_review_is_sent_there_first(self, state):
        person = make_person(state, code="BY-000001")
        with pytest.raises(NotPossible, match=f"BY-000001 is {state.label}: send it for review first."):
            publish(people=[person], by=BAHDAN)
        send_for_review(people=[person], by=ANNA)
        assert publish(people=[person], by=BAHDAN) == 1

    @pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.IN_REVIEW])
    def test_operator_publishes_from_anywhere(self, state):
        person = make_person(state, author="operator")
        assert publish(people=[person], by=operator()) == 1

    @pytest.mark.parametrize(
        ("lose", "words"),
        [
            (lambda person: person.names.update(is_heading=False), "no name is marked as the heading"),
            (lambda person: person.arrests.all().delete(), "there is no arrest"),
            (lambda person: Citation.objects.all().delete(), "there is no source"),
        ],
    )
    def test_person_who_lacks_a_part_is_neither_sent_nor_published(self, lose, words):
        waiting, draft = make_person(), make_person(State.DRAFT)
        for person in (waiting, draft):
            Citation.objects.create(prisoner=person, source=make_source())
            lose(person)
        with pytest.raises(Incomplete) as refused:
            publish(people=[waiting], by=BAHDAN)
        assert refused.value.messages == [f"{waiting.code}: {words}"]
        with pytest.raises(Incomplete):
            send_for_review(people=[draft], by=BAHDAN)

    def test_one_who_lacks_something_keeps_all_unpublished_and_everything_is_said(self):
        ready, bare = make_person(), make_person(code="BY-000001")
        bare.names.all().delete()
        bare.arrests.all().delete()
        with pytest.raises(ValidationError) as refused:
            publish(people=[ready, bare], by=BAHDAN)
        assert refused.value.messages == [
            "BY-000001: no name is marked as the heading",
            "BY-000001: there is no arrest",
            "BY-000001: there is no source",
        ]
        assert state_of(ready) == State.IN_REVIEW

    def test_record_changed_after_it_was_looked_at_is_not_published(self):
        person = make_person()
        seen = {person.pk: person.changed_at}
        with acting(actor="anna"):
            person.names.update(kind="alias")
            Prisoner.objects.filter(pk=person.pk).update(home_region="BY-BR")
        with pytest.raises(ChangedMeanwhile, match="was changed after you opened it"):
            publish(people=[person], by=BAHDAN, seen=seen)
        assert state_of(person) == State.IN_REVIEW

    def test_nobody_is_published_when_nobody_is_chosen(self):
        assert publish(people=Prisoner.objects.none(), by=BAHDAN) == 0

    def test_person_sent_back_is_a_draft_again_and_withdrawn_where_they_were(self):
        new, old = make_person(State.DRAFT), make_person(State.IN_REVIEW)
        publish(people=[old], by=BAHDAN)
        withdraw(people=[old], by=BAHDAN)
        send_for_review(people=[new, old], by=BAHDAN)
        assert send_back(people=[new, old], by=BAHDAN) == 2
        assert (state_of(new), state_of(old)) == (State.DRAFT, State.WITHDRAWN)


class TestWithdrawing:
    def test_published_person_is_withdrawn_at_once_and_others_stay(self):
        gone, stays, draft = make_person(State.PUBLISHED), make_person(State.PUBLISHED), make_person(State.DRAFT)
        assert withdraw(people=[gone, draft], by=ANNA, reason="The family asked.") == 1
        assert [state_of(person) for person in (gone, stays, draft)] == [State.WITHDRAWN, State.PUBLISHED, State.DRAFT]

    def test_another_person_is_shown_it_afterwards(self):
        person = make_person(State.PUBLISHED, author="cimafiej")
        withdraw(people=[person], by=ANNA)
        item = Review.objects.get(kind=ReviewKind.WITHDRAWAL, decision="")
        with pytest.raises(NeedsSecondPerson):
            decide(review=item, decision=Decision.APPROVED, by=ANNA)
        decide(review=item, decision=Decision.APPROVED, by=BAHDAN)
        assert state_of(person) == State.WITHDRAWN


class TestVisibility:
    def test_less_acts_at_once(self):
        person = make_prisoner()
        outcome = set_visibility(person=person, visibility=Visibility.COUNTED, embargo_until=TOMORROW, by=ANNA)
        person.refresh_from_db()
        assert (outcome.is_changed, outcome.proposal, person.visibility, person.embargo_until) == (
            True,
            None,
            "counted",
            TOMORROW,
        )

    def test_more_waits_for_another_person(self):
        person = make_prisoner(visibility="counted", embargo_until=TOMORROW)
        outcome = set_visibility(person=person, visibility=Visibility.NAMED, embargo_until=None, by=ANNA)
        person.refresh_from_db()
        assert (outcome.is_changed, person.visibility, person.embargo_until) == (False, "counted", TOMORROW)
        decide(review=outcome.proposal, decision=Decision.APPROVED, by=BAHDAN)
        person.refresh_from_db()
        assert (person.visibility, person.embargo_until) == ("named", None)

    def test_more_in_one_respect_and_less_in_the_other_do_each_its_own(self):
        person = make_prisoner(visibility="counted")
        outcome = set_visibility(person=person, visibility=Visibility.NAMED, embargo_until=TOMORROW, by=ANNA)
        person.refresh_from_db()
        assert (outcome.is_changed, person.visibility, person.embargo_until) == (True, "counted", TOMORROW)
        assert (outcome.proposal.to_visibility, outcome.proposal.changes_embargo) == ("named", False)

    def test_proposal_made_anew_replaces_the_first(self):
        person = make_prisoner(visibility="internal")
        assert propose(person, Visibility.COUNTED).pk == propose(person, Visibility.NAMED).pk
        assert item_of(person).to_visibility == "named"

    def test_proposal_changed_after_it_was_looked_at_is_not_approved(self):
        person = make_prisoner(visibility="internal")
        seen = moment_of(propose(person, Visibility.COUNTED))
        proposal = propose(person, Visibility.NAMED)
        with pytest.raises(ChangedMeanwhile):
            decide(review=proposal, decision=Decision.APPROVED, by=BAHDAN, seen=seen)

    def test_proposal_is_taken_back_by_its_author_or_declined_by_a_publisher(self):
        for by in (ANNA, actor("bahdan", Role.PUBLISHER)):
            proposal = propose(make_prisoner(visibility="internal"))
            decide(review=proposal, decision=Decision.DECLINED, by=by)
            proposal.refresh_from_db()
            assert (proposal.decision, proposal.decided_by) == ("declined", by.name)

    def test_proposal_that_shows_no_more_than_now_is_not_approved(self):
        person = make_prisoner(visibility="internal")
        proposal = propose(person, Visibility.COUNTED)
        decide(review=propose(person, by=actor("cimafiej", Role.EDITOR)), decision=Decision.APPROVED, by=BAHDAN)
        with pytest.raises(NotPossible, match="no more than now"):
            decide(review=proposal, decision=Decision.APPROVED, by=BAHDAN)

    def test_draft_is_set_freely_by_who_may_write_it(self):
        person = make_person(State.DRAFT, visibility="internal")
        by = actor("bahdan", Role.CONTRIBUTOR)
        assert set_visibility(person=person, visibility=Visibility.NAMED, embargo_until=None, by=by).is_changed
        assert Prisoner.objects.get(pk=person.pk).visibility == "named"


class TestReview:
    def test_approval_covers_what_was_looked_at_and_nothing_later(self):
        person = make_person(State.PUBLISHED)
        item = item_of(person)
        seen = moment_of(item)
        decide(review=item, decision=Decision.APPROVED, by=BAHDAN, seen=seen)
        with acting(actor="anna"):
            Arrest.objects.filter(prisoner=person).update(place="Minsk")
        later = item_of(person)
        with pytest.raises(ChangedMeanwhile):
            decide(review=later, decision=Decision.APPROVED, by=BAHDAN, seen=seen)

    def test_what_was_decided_is_not_decided_again(self):
        item = item_of(make_person(State.PUBLISHED))
        decide(review=item, decision=Decision.RESTORED, by=BAHDAN)
        with pytest.raises(NotPossible, match="decided meanwhile"):
            decide(review=item, decision=Decision.APPROVED, by=BAHDAN)

    @pytest.mark.parametrize(("state", "decision"), [(State.PUBLISHED, Decision.DECLINED), (State.IN_REVIEW, Decision.RESTORED)])
    def test_decision_that_makes_no_sense_is_refused(self, state, decision):
        with pytest.raises(NotPossible):
            decide(review=item_of(make_person(state)), decision=decision, by=BAHDAN)

    def test_publication_is_approved_or_declined_from_the_list(self):
        yes, no = make_person(), make_person()
        decide(review=item_of(yes), decision=Decision.APPROVED, by=BAHDAN, seen=moment_of(item_of(yes)))
        decide(review=item_of(no), decision=Decision.DECLINED, by=BAHDAN)
        assert (state_of(yes), state_of(no)) == (State.PUBLISHED, State.DRAFT)


def test_heading_moves_to_the_chosen_name_of_this_person_only():
    person, other = make_prisoner("First"), make_prisoner("Other")
    chosen = Name.objects.create(prisoner=person, text="Second")
    set_heading(name=chosen)
    set_heading(name=chosen)
    headings = Name.objects.filter(is_heading=True).order_by("text").values_list("prisoner", "text")
    assert list(headings) == [(other.pk, "Other"), (person.pk, "Second")]
