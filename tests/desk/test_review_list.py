"""The review list: what it holds for whom, what can be done there, and that it stays bounded."""

import re

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from desk.review.listing import PAGE
from prisoners.acting import acting
from prisoners.models import Prisoner, Review, State, Visibility
from tests.desk.accounts import signed_in
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
LIST = "/desk/review/"


def changed(by="anna", country="BY", state=State.PUBLISHED, **fields):
    """Somebody whom this person changed."""
    person = make_prisoner(state=state, country=country, **fields)
    make_arrest(person)
    with acting(actor=by):
        Prisoner.objects.filter(pk=person.pk).update(home_region=f"{country}-HM")
    return Prisoner.objects.get(pk=person.pk)


def proposed(by="anna", **fields):
    person = make_prisoner(visibility="initials", **fields)
    with acting(actor=by):
        Review.objects.create(prisoner=person, kind="widening", to_visibility="named")
    return person


def people(response):
    return [item.review.prisoner for item in response.context["list"].items]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def press(client, person, decision="approved", address=LIST):
    """Press a button of the person's item as the page sends it."""
    item = Review.objects.get(prisoner=person, decision="")
    form = re.search(rf'action="{LIST}{item.pk}/decide/">(.*?)</form>', client.get(address).content.decode(), re.DOTALL)
    seen = re.search(r'name="seen" value="([^"]+)"', form[1])[1] if form else timezone.now().isoformat()
    return client.post(f"{LIST}{item.pk}/decide/", {"decision": decision, "seen": seen})


class TestList:
    def test_items_stand_oldest_first(self, desk):
        first, second, third = changed(), changed(state=State.IN_REVIEW), proposed()
        assert people(desk.get(LIST)) == [first, second, third]

    def test_filters_narrow_by_kind_country_and_person(self, desk):
        here, there, wide = changed(), changed(country="RU"), proposed()
        assert people(desk.get(LIST, {"kind": "change"})) == [here, there]
        assert people(desk.get(LIST, {"kind": "widening"})) == [wide]
        assert people(desk.get(LIST, {"country": "RU"})) == [there]
        assert people(desk.get(LIST, {"person": here.code})) == [here]
        assert people(desk.get(LIST, {"kind": "change", "country": "BY"})) == [here]

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({"kind": "nonsense"}, "“nonsense” is no kind here. Valid: publication, widening, change, narrowing, withdrawal."),
            ({"country": "XX"}, "“XX” is no country here. Valid: BY."),
            ({"colour": "red"}, "There is no filter “colour”. Valid: kind, country, person."),
            ({"page": "2"}, "There is no page “2”: there are 1."),
            ({"page": "٢"}, "There is no page “٢”: there are 1."),
        ],
    )
    def test_wrong_filter_is_refused_with_what_is_valid(self, desk, query, words):
        changed()
        response = desk.get(LIST, query)
        assert (response.status_code, response.context["problem"]) == (400, words)

    def test_country_limits_the_list_its_filters_its_number_and_what_can_be_decided(self):
        client = signed_in("bahdan", publisher=["BY"])
        here, there = changed(), changed(country="RU")
        response = client.get(LIST)
        assert (people(response), response.context["list"].countries) == ([here], ["BY"])
        assert client.get("/desk/admin/").context["number_open"] == 1
        assert press(client, there).status_code == 404

    def test_list_is_bounded_and_asks_as_often_for_many_as_for_one(self, desk, django_assert_num_queries):
        for number in (1, PAGE + 1):
            for _ in range(number):
                changed()
            with django_assert_num_queries(6):  # session, account, countries, number, items, names
                assert len(desk.get(LIST).context["list"].items) == min(number, PAGE)
        assert len(desk.get(LIST, {"page": 2}).context["list"].items) == 2

    def test_front_page_leads_there_with_the_number(self, desk):
        changed()
        html = desk.get("/desk/admin/").content.decode()
        assert (f'<a href="{LIST}">' in html, "1 item waits for a second person" in html) == (True, True)

    @pytest.mark.parametrize(
        ("roles", "status"), [({"contributor": []}, 403), ({"administrator": []}, 403), ({"auditor": []}, 200)]
    )
    def test_list_is_for_those_who_read_every_record(self, roles, status):
        assert signed_in("bahdan", **roles).get(LIST).status_code == status

    def test_nobody_from_outside_sees_it(self, outside, client):
        person = changed()
        item = Review.objects.get(prisoner=person, decision="")
        for visitor in (outside, client):
            for address in (LIST, f"{LIST}people/{person.code}/visibility/"):
                assert visitor.get(address).status_code == 302
            visitor.post(f"{LIST}{item.pk}/decide/", {"decision": "approved", "seen": timezone.now().isoformat()})
        assert Review.objects.get(pk=item.pk).decision == ""


class TestDeciding:
    def test_change_is_approved_by_another_person(self, desk):
        person = changed()
        assert told(press(desk, person)) == [f"Change of {person.code} by anna: approved."]
        decided = Review.objects.get(prisoner=person, kind="change")
        assert (decided.decision, decided.decided_by) == ("approved", "editor")

    def test_own_change_has_no_button_and_is_refused_when_sent(self, desk):
        person = changed(by="editor")
        assert "Your own: somebody else must decide." in desk.get(LIST).content.decode()
        assert told(press(desk, person)) == [
            f"Nothing was done. {person.code}: you (editor) made the last change, so somebody else must approve it."
        ]

    def test_auditor_has_no_button_and_is_refused_when_sending(self):
        client, person = signed_in("bahdan", auditor=[]), changed()
        assert "<button" not in re.search(r"<tbody>.*</tbody>", client.get(LIST).content.decode(), re.DOTALL)[0]
        assert "you need the role publisher" in told(press(client, person))[0]
        assert Review.objects.get(prisoner=person, kind="change").decision == ""

    @pytest.mark.parametrize(("decision", "state"), [("approved", State.PUBLISHED), ("declined", State.DRAFT)])
    def test_publication_is_decided_from_the_list(self, desk, decision, state):
        person = changed(state=State.IN_REVIEW)
        press(desk, person, decision)
        assert Prisoner.objects.get().state == state

    def test_widening_is_approved_from_the_list(self, desk):
        person = proposed()
        press(desk, person)
        assert Prisoner.objects.get(pk=person.pk).visibility == "named"

    def test_change_made_after_the_page_was_opened_is_not_approved_with_it(self, desk):
        person = changed()
        item = Review.objects.get(prisoner=person, decision="")
        seen = item.last_at.isoformat()
        with acting(actor="anna"):
            Prisoner.objects.update(home_region="BY-BR")
        response = desk.post(f"{LIST}{item.pk}/decide/", {"decision": "approved", "seen": seen})
        assert "was changed after you opened it" in told(response)[0]
        assert Review.objects.get(pk=item.pk).decision == ""

    @pytest.mark.parametrize("sent", [{}, {"decision": "approved"}, {"decision": "nonsense", "seen": "2024-01-01"}])
    def test_what_no_page_sends_is_refused(self, desk, sent):
        item = Review.objects.get(prisoner=changed(), decision="")
        assert desk.post(f"{LIST}{item.pk}/decide/", sent).status_code == 400

    def test_decision_is_sent_and_never_followed_by_a_link(self, desk):
        item = Review.objects.get(prisoner=changed(), decision="")
        assert desk.get(f"{LIST}{item.pk}/decide/").status_code == 405


class TestVisibilityPage:
    def send(self, client, person, **wish):
        address = f"{LIST}people/{person.code}/visibility/"
        form = client.get(address).context["form"]
        return client.post(address, {**form.initial, "embargo_until": "", "reason": "The family asked.", **wish})

    def test_less_acts_at_once_and_is_listed(self, desk):
        person = changed()
        response = self.send(desk, person, visibility="counted")
        assert told(response) == [f"Readers see less of {person.code} from now on."]
        assert Prisoner.objects.get().visibility == Visibility.COUNTED
        assert sorted(Review.objects.filter(decision="").values_list("author", "kind")) == [
            ("anna", "change"),
            ("editor", "narrowing"),
        ]

    def test_more_waits_for_another_person(self, desk):
        person = changed(visibility="counted")
        assert told(self.send(desk, person, visibility="named")) == [
            f"Showing more of {person.code} waits for another person’s approval."
        ]
        assert Prisoner.objects.get().visibility == Visibility.COUNTED

    def test_reason_is_needed_and_a_day_is_a_day(self, desk):
        response = self.send(desk, changed(), reason="", embargo_until="soon")
        assert response.context["form"].errors == {
            "reason": ["This field is required."],
            "embargo_until": ["This is not a day: write it as 2020-08-09."],
        }

    def test_record_changed_meanwhile_is_looked_at_again(self, desk):
        person = changed()
        address = f"{LIST}people/{person.code}/visibility/"
        initial = desk.get(address).context["form"].initial
        with acting(actor="anna"):
            Prisoner.objects.update(home_region="BY-BR")
        response = desk.post(address, {**initial, "embargo_until": "", "visibility": "counted", "reason": "x"})
        assert "was changed after you opened it" in response.context["form"].non_field_errors()[0]
        assert Prisoner.objects.get().visibility == Visibility.NAMED

    def test_draft_leads_to_its_own_page(self, desk):
        person = changed(state=State.DRAFT)
        assert desk.get(f"{LIST}people/{person.code}/visibility/").url == f"/desk/admin/prisoners/prisoner/{person.pk}/change/"

    @pytest.mark.parametrize(
        ("roles", "status"), [({"auditor": []}, 403), ({"editor": ["RU"]}, 404), ({"publisher": ["BY"]}, 200)]
    )
    def test_page_is_for_those_who_may(self, roles, status):
        person = changed()
        assert signed_in("bahdan", **roles).get(f"{LIST}people/{person.code}/visibility/").status_code == status
