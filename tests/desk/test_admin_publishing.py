"""Sending for review, publishing, sending back and withdrawing, from the list and from the page of one person."""

import re

import pytest
from django.contrib.messages import get_messages

from desk.admin.labels import page_of
from desk.admin.publishing import AT_ONCE
from prisoners.acting import acting
from prisoners.models import Prisoner, Review, State, Visibility
from tests.desk.admin_forms import filled_in, list_page
from tests.factories import make_arrest, make_prisoner

LIST = list_page(Prisoner)


def make(state, name="Jan Novik", **fields):
    """Somebody who lacks nothing, last changed by the operator."""
    person = make_prisoner(name, state=state, **fields)
    make_arrest(person)
    return person


def draft(**fields):
    return make(State.DRAFT, **fields)


def waiting(**fields):
    return make(State.IN_REVIEW, **fields)


def public(**fields):
    return make(State.PUBLISHED, **fields)


def act(desk, action, *people, **more):
    return desk.post(LIST, {"action": action, "_selected_action": [person.pk for person in people], **more})


def confirm(desk, action, *people, **more):
    """Choose the action, and send what the page that asks would send."""
    asked = act(desk, action, *people).content.decode()
    return act(desk, action, *people, confirmed="yes", seen=re.findall(r'name="seen" value="([^"]+)"', asked), **more)


def press(desk, person, button, **changes):
    address = page_of(person)
    return desk.post(address, {**filled_in(desk.get(address)), **changes, button: "1"})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def states(*people):
    return [Prisoner.objects.get(pk=person.pk).state for person in people]


class TestSending:
    def test_drafts_and_withdrawn_people_are_sent_for_review(self, desk):
        first, second, third = draft(), make(State.WITHDRAWN), public()
        response = act(desk, "send_people", first, second, third)
        assert states(first, second, third) == [State.IN_REVIEW, State.IN_REVIEW, State.PUBLISHED]
        assert told(response) == [
            f"2 people were sent for review: {second.code}, {first.code}.",
            f"1 stays as it was: {third.code}.",
        ]

    def test_one_that_lacks_something_stops_all_and_is_named(self, desk):
        good, bare = draft(), make_prisoner("Nobody", state=State.DRAFT)
        response = act(desk, "send_people", good, bare)
        assert states(good, bare) == [State.DRAFT, State.DRAFT]
        assert told(response) == [f"Nothing was done. {bare.code}: there is no arrest; {bare.code}: there is no source"]

    def test_button_saves_what_was_typed_and_sends(self, desk):
        person = draft()
        response = press(desk, person, "_send", home_region="BY-HM")
        assert (response.status_code, response.url, states(person)) == (302, page_of(person), [State.IN_REVIEW])
        assert Prisoner.objects.get().home_region == "BY-HM"
        assert told(response) == [f"{person.code} was saved.", f"1 person was sent for review: {person.code}."]

    def test_button_keeps_what_was_typed_when_something_is_missing(self, desk):
        person = make_prisoner(state=State.DRAFT)
        response = press(desk, person, "_send", home_region="BY-HM")
        assert (states(person), Prisoner.objects.get().home_region) == ([State.DRAFT], "BY-HM")
        assert told(response)[1].startswith("Nothing was done.")


class TestPublishing:
    def test_people_in_review_are_published_once_confirmed(self, desk):
        first, second, third = waiting(), waiting(), draft()
        asked = act(desk, "publish_people", first, second, third)
        assert asked.context["title"] == "Publish 2 people?"
        assert [person for person, _moment in asked.context["ready"]] == [second, first]
        assert asked.context["others"] == [(third, "It has to be sent for review first.")]
        assert states(first, second) == [State.IN_REVIEW] * 2
        assert told(confirm(desk, "publish_people", first, second)) == [f"2 people were published: {second.code}, {first.code}."]
        assert states(first, second) == [State.PUBLISHED] * 2

    def test_who_made_the_last_change_is_told_who_could_approve(self, desk, django_user_model):
        person = waiting()
        with acting(actor="editor"):
            Prisoner.objects.update(home_region="BY-HM")
        other = django_user_model.objects.create_user("bahdan")
        other.assignments.create(role="publisher", countries=["BY"])
        django_user_model.objects.create_user("elsewhere").assignments.create(role="publisher", countries=["RU"])
        django_user_model.objects.create_user("contributor").assignments.create(role="contributor")
        html = desk.get(page_of(person)).content.decode()
        assert "You made the last change, so somebody else must approve it. These could: bahdan." in html
        assert 'value="publish_people"' not in html
        response = act(desk, "publish_people", person, confirmed="yes")
        assert told(response) == [
            f"Nothing was done. {person.code}: you (editor) made the last change, so somebody else must approve it."
        ]
        assert states(person) == [State.IN_REVIEW]

    def test_record_changed_after_the_page_asked_is_not_published(self, desk):
        person = waiting()
        asked = act(desk, "publish_people", person).content.decode()
        with acting(actor="anna"):
            Prisoner.objects.update(home_region="BY-HM")
        seen = re.findall(r'name="seen" value="([^"]+)"', asked)
        response = act(desk, "publish_people", person, confirmed="yes", seen=seen)
        assert states(person) == [State.IN_REVIEW]
        assert told(response) == [
            f"Nothing was done. {person.code} was changed after you opened it: look at it again, then decide."
        ]

    def test_person_who_is_not_named_is_published_with_a_warning(self, desk):
        person = waiting(visibility=Visibility.INTERNAL)
        assert told(confirm(desk, "publish_people", person)) == [
            f"1 person was published: {person.code}.",
            "1 is published, but readers see less than all of this person (visibility or embargo): " + f"{person.code}.",
        ]

    @pytest.mark.parametrize(
        ("maker", "offered"),
        [
            (draft, {"_send", "send_people"}),
            (waiting, {"publish_people", "send_back_people"}),
            (public, {"_withdraw", "withdraw_people"}),
        ],
    )
    def test_page_offers_what_the_state_allows(self, desk, maker, offered):
        html = desk.get(page_of(maker())).content.decode()
        buttons = {"_send", "_withdraw", "send_people", "publish_people", "send_back_people", "withdraw_people"}
        assert {name for name in buttons if f'name="{name}"' in html or f'value="{name}"' in html} == offered

    def test_visibility_of_a_published_person_is_no_plain_field(self, desk):
        person = public(visibility="initials")
        assert {"visibility", "embargo_until"} & set(desk.get(page_of(person)).context["adminform"].form.fields) == set()
        press(desk, person, "_continue", visibility="named", embargo_until="2020-01-01")
        person.refresh_from_db()
        assert (person.visibility, person.embargo_until) == ("initials", None)

    def test_person_is_sent_back(self, desk):
        person, other = waiting(), draft()
        response = act(desk, "send_back_people", person, other)
        assert states(person, other) == [State.DRAFT, State.DRAFT]
        assert told(response) == [f"1 person was sent back: {person.code}.", f"1 stays as it was: {other.code}."]


class TestWithdrawing:
    def test_action_asks_first_and_names_how_many(self, desk):
        first, second, other = public(), public(), draft()
        response = act(desk, "withdraw_people", first, second, other)
        assert (response.status_code, states(first, second)) == (200, [State.PUBLISHED] * 2)
        assert response.context["title"] == "Withdraw 2 people?"
        assert (response.context["public"], response.context["others"]) == ([second, first], [other])

    def test_confirmed_action_withdraws_and_says_who_was_not_public(self, desk):
        first, other = public(), draft()
        response = act(desk, "withdraw_people", first, other, confirmed="yes", reason="The family asked.")
        assert states(first, other) == [State.WITHDRAWN, State.DRAFT]
        assert told(response) == [
            f"1 person was withdrawn, and is on no public page any more: {first.code}.",
            f"1 was not public, and stays as it was: {other.code}.",
        ]
        assert list(Review.objects.filter(decision="").values_list("author", "kind")) == [("editor", "withdrawal")]

    def test_reason_is_asked_for(self, desk):
        person = public()
        response = act(desk, "withdraw_people", person, confirmed="yes", reason=" ")
        assert (response.context["lacks_reason"], states(person)) == (True, [State.PUBLISHED])

    def test_button_asks_first(self, desk):
        person = public()
        response = press(desk, person, "_withdraw")
        assert (response.status_code, response.context["title"], states(person)) == (200, "Withdraw 1 person?", [State.PUBLISHED])

    def test_page_that_asks_sends_what_the_action_needs(self, desk):
        person = public()
        html = press(desk, person, "_withdraw").content.decode()
        assert f'action="{LIST}"' in html
        assert f'name="_selected_action" value="{person.pk}"' in html
        assert 'name="reason"' in html
        assert states(person) == [State.PUBLISHED]

    def test_withdrawn_person_comes_back_by_two_people(self, desk):
        person = make(State.WITHDRAWN)
        act(desk, "send_people", person)
        act(desk, "publish_people", person, confirmed="yes")
        assert states(person) == [State.IN_REVIEW]
        with acting(actor="anna"):
            Prisoner.objects.update(state="published")
        assert states(person) == [State.PUBLISHED]


@pytest.mark.parametrize("action", ["send_people", "publish_people", "send_back_people", "withdraw_people"])
def test_more_people_than_can_be_overseen_are_refused(desk, action):
    Prisoner.objects.bulk_create(Prisoner(country="BY", code=f"BY-{n:06}", state="draft") for n in range(AT_ONCE + 1))
    response = act(desk, action, Prisoner.objects.first(), select_across="1", index="0")
    assert told(response) == [f"Nothing was done: choose at most {AT_ONCE} people at a time."]
    assert not Prisoner.objects.exclude(state=State.DRAFT).exists()


def test_published_person_can_not_be_deleted(desk):
    person = public()
    assert desk.post(f"{page_of(person)[:-7]}delete/", {"post": "yes"}).status_code == 403
    act(desk, "delete_selected", person, post="yes")
    assert states(person) == [State.PUBLISHED]
