"""Publishing and withdrawing people, from the list and from the page of one person."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from desk.admin.labels import page_of
from desk.admin.publishing import AT_ONCE
from prisoners.models import Prisoner, State, Visibility
from tests.desk.admin_forms import filled_in, list_page
from tests.factories import make_arrest, make_prisoner

LIST = list_page(Prisoner)


def draft(name="Jan Novik", **fields):
    person = make_prisoner(name, state=State.DRAFT, **fields)
    make_arrest(person)
    return person


def public(name="Jan Novik", **fields):
    return make_prisoner(name, **fields)


def act(desk, action, *people, **more):
    return desk.post(LIST, {"action": action, "_selected_action": [person.pk for person in people], **more})


def press(desk, person, button):
    address = page_of(person)
    return desk.post(address, {**filled_in(desk.get(address)), button: "1"})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def states(*people):
    return [Prisoner.objects.get(pk=person.pk).state for person in people]


class TestPublishing:
    def test_drafts_that_are_complete_become_public(self, desk):
        first, second, third = draft(), draft(), public()
        response = act(desk, "publish_people", first, second, third)
        assert states(first, second, third) == [State.PUBLISHED] * 3
        assert told(response) == [
            f"2 people were published: {second.code}, {first.code}.",
            f"1 was public before: {third.code}.",
        ]

    def test_one_that_lacks_something_stops_all_and_is_named(self, desk):
        good, bare = draft(), make_prisoner("Nobody", state=State.DRAFT)
        response = act(desk, "publish_people", good, bare)
        assert states(good, bare) == [State.DRAFT, State.DRAFT]
        assert told(response) == [
            f"Nobody was published. What is missing: {bare.code}: there is no arrest; {bare.code}: there is no source"
        ]

    def test_person_who_is_not_named_is_published_with_a_warning(self, desk):
        person = draft(visibility=Visibility.INTERNAL)
        assert told(act(desk, "publish_people", person)) == [
            f"1 person was published: {person.code}.",
            "1 is published, but not by name, or not before the embargo is lifted: " + f"{person.code}.",
        ]

    def test_button_saves_what_was_typed_and_publishes(self, desk):
        person = draft()
        address = page_of(person)
        response = desk.post(address, {**filled_in(desk.get(address)), "home_region": "BY-HM", "_publish": "1"})
        assert (response.status_code, response.url, states(person)) == (302, address, [State.PUBLISHED])
        assert Prisoner.objects.get().home_region == "BY-HM"
        assert told(response) == [f"{person.code} was saved.", f"1 person was published: {person.code}."]

    def test_button_keeps_what_was_typed_when_something_is_missing(self, desk):
        person = make_prisoner(state=State.DRAFT)
        address = page_of(person)
        response = desk.post(address, {**filled_in(desk.get(address)), "home_region": "BY-HM", "_publish": "1"})
        assert (states(person), Prisoner.objects.get().home_region) == ([State.DRAFT], "BY-HM")
        assert told(response)[1].startswith("Nobody was published. What is missing:")

    def test_page_offers_what_the_state_allows(self, desk):
        drafted, published = (desk.get(page_of(person)).content.decode() for person in (draft(), public()))
        assert ('name="_publish"' in drafted, 'name="_withdraw"' in drafted) == (True, False)
        assert ('name="_publish"' in published, 'name="_withdraw"' in published) == (False, True)


class TestWithdrawing:
    def test_action_asks_first_and_names_how_many(self, desk):
        first, second, other = public(), public(), draft()
        response = act(desk, "withdraw_people", first, second, other)
        assert (response.status_code, states(first, second)) == (200, [State.PUBLISHED] * 2)
        assert response.context["title"] == "Withdraw 2 people?"
        assert (response.context["public"], response.context["others"]) == ([second, first], [other])

    def test_confirmed_action_withdraws_and_says_who_was_not_public(self, desk):
        first, other = public(), draft()
        response = act(desk, "withdraw_people", first, other, confirmed="yes")
        assert states(first, other) == [State.WITHDRAWN, State.DRAFT]
        assert told(response) == [
            f"1 person was withdrawn, and is on no public page any more: {first.code}.",
            f"1 was not public, and stays as it was: {other.code}.",
        ]

    def test_button_asks_first(self, desk):
        person = public()
        response = press(desk, person, "_withdraw")
        assert (response.status_code, response.context["title"], states(person)) == (200, "Withdraw 1 person?", [State.PUBLISHED])

    def test_page_that_asks_sends_what_the_action_needs(self, desk):
        person = public()
        html = press(desk, person, "_withdraw").content.decode()
        assert f'action="{LIST}"' in html
        assert f'name="_selected_action" value="{person.pk}"' in html
        assert states(person) == [State.PUBLISHED]
        act(desk, "withdraw_people", person, confirmed="yes")
        assert states(person) == [State.WITHDRAWN]

    def test_withdrawn_person_can_be_published_again(self, desk):
        person = draft()
        Prisoner.objects.update(state=State.WITHDRAWN)
        act(desk, "publish_people", person)
        assert states(person) == [State.PUBLISHED]


@pytest.mark.parametrize("action", ["publish_people", "withdraw_people"])
def test_more_people_than_can_be_overseen_are_refused(desk, action):
    Prisoner.objects.bulk_create(Prisoner(country="BY", code=f"BY-{n:06}", state="draft") for n in range(AT_ONCE + 1))
    response = act(desk, action, Prisoner.objects.first(), select_across="1", index="0")
    assert told(response) == [f"Nothing was done: choose at most {AT_ONCE} people at a time."]
    assert not Prisoner.objects.exclude(state=State.DRAFT).exists()


def test_editor_without_permission_to_change_can_not_publish(client, stranger):
    stranger.is_staff = True
    stranger.save()
    stranger.user_permissions.add(Permission.objects.get(codename="view_prisoner"))
    client.force_login(stranger)
    person = draft()
    act(client, "publish_people", person)
    assert states(person) == [State.DRAFT]
    assert 'name="_publish"' not in client.get(page_of(person)).content.decode()
