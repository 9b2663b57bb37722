"""The history as editors see it: actions and differences, one moment, two versions, what was deleted."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from desk.admin.labels import page_of
from desk.models import FamilyContact
from prisoners.acting import acting
from prisoners.history import reading
from prisoners.history.subjects import Subject
from prisoners.models import Consent, HistoryEntry, Name, Prisoner, Summary
from tests.cases import make_full_case
from tests.desk.accounts import signed_in
from tests.desk.private_world import make_private
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db


def page_of_history(of, **query):
    subject = Subject.of(of)
    return reverse("desk-history", args=[subject.table, subject.key], query=query or None)


def entry_of(record):
    return HistoryEntry.objects.filter(subject=str(Subject.of(record))).first()


def action(change, *args, actor="jan", reason="", **kwargs):
    connection.check_constraints()
    with acting(actor=actor, reason=reason):
        change(*args, **kwargs)
    connection.check_constraints()


def told(response):
    """Each action of the page: who, why, and the changes of each record."""
    return [
        (
            a.taken.actor,
            a.taken.reason,
            [(r.kind, r.title, r.what, [(c.label, c.before, c.after) for c in r.changes]) for r in a.records],
        )
        for a in response.context["actions"]
    ]


@pytest.fixture
def person(db):
    person = make_prisoner("Jan Novik", born="1988-03")
    connection.check_constraints()
    return person


class TestRecord:
    def test_button_of_the_record_leads_here(self, desk, person):
        html = desk.get(page_of(person)).content.decode()
        assert f'href="{page_of(person).removesuffix("change/")}history/"' in html
        response = desk.get(f"{page_of(person).removesuffix('change/')}history/")
        assert (response.status_code, response.url) == (302, page_of_history(person))

    def test_actions_stand_newest_first_with_who_why_and_each_field_in_words(self, desk, person):
        action(Prisoner.objects.update, reason="a letter came", born="1990", gender="male", citizenships=["BY", "PL"])
        action(person.occupations.set, ["engineer"], actor="alena")
        first, second, *_rest = told(desk.get(page_of_history(person)))
        title = f"Jan Novik ({person.code})"
        assert first == ("alena", "", [("Person", title, "changed", [("Occupations", "", "+ engineer")])])
        assert second == (
            "jan",
            "a letter came",
            [
                (
                    "Person",
                    title,
                    "changed",
                    [("Gender", "unknown", "male"), ("Born", "1988-03", "1990"), ("Citizenships", "–", "BY, PL")],
                )
            ],
        )

    def test_children_that_are_gone_are_there_and_called_by_their_last_image(self, desk):
        person = make_prisoner(state="draft")
        arrest = make_arrest(person)
        action(arrest.delete)
        (_who, _why, records), *_rest = told(desk.get(page_of_history(person)))
        assert [(kind, what) for kind, _title, what, _changes in records] == [("Citation", "deleted"), ("Arrest", "deleted")]
        assert records[1][1] == f"{person.code}: 2020-08-09"

    def test_long_text_marks_the_words_that_came_and_went_without_colour(self, desk, person):
        summary = Summary.objects.create(prisoner=person, language="en", text="He was taken at home.")
        action(Summary.objects.filter(pk=summary.pk).update, text="She was taken at work.")
        html = desk.get(page_of_history(person)).content.decode()
        marked = re.sub(
            r"<span[^>]*>\[?(.*?)</span>", "", re.search(r'<td colspan="2" class="text-change".*?</td>', html).group()
        )
        assert (
            re.sub(r"<td[^>]*>|</td>", "", marked) == "<del>He </del><ins>She </ins>was taken at <del>home.</del><ins>work.</ins>"
        )
        assert '<span class="visually-hidden">[removed: </span>He ' in html

    def test_record_and_actor_narrow_the_page(self, desk, person):
        name = person.names.get()
        action(Name.objects.update, text="Jan Kavalenka")
        action(Prisoner.objects.update, born="1990", actor="alena")
        by_record = told(desk.get(page_of_history(person, record=str(Subject.of(name)))))
        by_actor = told(desk.get(page_of_history(person, who="=alena")))
        assert [who for who, _why, _records in by_record] == ["jan", "operator"]
        assert [(who, records[0][3]) for who, _why, records in by_actor] == [("alena", [("Born", "1988-03", "1990")])]

    def test_unknown_record_or_actor_is_refused_and_shows_nothing(self, desk, person):
        response = desk.get(page_of_history(person, who="=stranger"))
        assert (response.status_code, response.context["actions"]) == (400, [])

    def test_pages_go_on_by_key(self, desk, person, monkeypatch):
        monkeypatch.setattr(reading, "AT_ONCE", 2)
        for year in range(1990, 1995):
            action(Prisoner.objects.update, born=str(year))
        seen, address = [], page_of_history(person)
        while address:
            response = desk.get(address)
            seen += [change[2] for _who, _why, records in told(response) for change in records[0][3] if change[0] == "Born"]
            query = response.context["next"]
            address = f"{page_of_history(person)}?{query}" if query else ""
        assert seen == ["1994", "1993", "1992", "1991", "1990", "1988-03"]

    def test_markup_of_a_reason_or_value_is_shown_as_text(self, desk, person):
        action(Prisoner.objects.update, reason="<script>alert(1)</script>", born="1990")
        Summary.objects.create(prisoner=person, language="en", text="<img src=x onerror=alert(1)>")
        html = desk.get(page_of_history(person)).content.decode()
        assert ("<script>alert" in html, "<img" in html) == (False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page_do_not_grow_with_the_history(desk, django_assert_num_queries, count):
    person = make_full_case()
    connection.check_constraints()
    for number in range(count):
        action(Prisoner.objects.update, born=str(1990 + number))
        action(make_arrest, person, began=str(2001 + 2 * number), ended=str(2002 + 2 * number))
        action(person.occupations.set, ["engineer"] if number % 2 else ["lawyer"])
    with django_assert_num_queries(QUERIES):
        desk.get(page_of_history(person))


QUERIES = 36  # one a kind of record that is named, of which a full case has 25


def test_moment_shows_the_record_and_what_belonged_to_it_as_they_were(desk, person):
    then = entry_of(person)
    action(Prisoner.objects.update, born="1990")
    action(make_arrest, person)
    response = desk.get(reverse("desk-history-moment", args=[then.id]))
    sheets = {sheet.kind: {line.label: line.value for line in sheet.lines} for sheet in response.context["sheets"]}
    assert (list(sheets), sheets["Person"]["Born"], sheets["Name"]["Name"]) == (["Person", "Name"], "1988-03", "Jan Novik")


def test_any_two_versions_are_compared_whichever_is_named_first(desk, person):
    first = entry_of(person)
    action(Prisoner.objects.update, born="1990")
    action(Prisoner.objects.update, gender="male")
    person.occupations.set(["lawyer"])
    last = entry_of(person)
    subject = Subject.of(person)
    for left, right in ((first, last), (last, first)):
        address = reverse("desk-history-compare", args=[subject.table, subject.key], query={"left": left.id, "right": right.id})
        changes = [(c.label, c.before, c.after) for c in desk.get(address).context["changes"]]
        assert changes[:2] == [("Gender", "unknown", "male"), ("Born", "1988-03", "1990")]


@pytest.mark.parametrize("query", [{}, {"left": "x", "right": "1"}, {"left": "1", "right": "9" * 30}])
def test_versions_that_are_not_there_are_not_found(desk, person, query):
    subject = Subject.of(person)
    address = reverse("desk-history-compare", args=[subject.table, subject.key], query=query or None)
    assert desk.get(address).status_code == 404


def test_page_of_versions_offers_two_to_compare(desk, person):
    action(Prisoner.objects.update, born="1990")
    subject = Subject.of(person)
    html = desk.get(reverse("desk-history-versions", args=[subject.table, subject.key])).content.decode()
    assert (html.count('name="left"'), html.count('name="right"'), html.count(" checked")) == (2, 2, 2)


class TestDeleted:
    def test_front_page_leads_here(self, desk):
        assert reverse("desk-deleted") in desk.get(reverse("admin:index")).content.decode()

    def test_deleted_records_are_listed_newest_first_with_who_and_why(self, desk, person):
        make_arrest(person)
        source = make_source(title="A leaflet")
        action(person.delete, reason="entered twice")
        action(source.delete, actor="alena")
        rows = desk.get(reverse("desk-deleted")).context["rows"]
        assert [(row["kind"], row["name"], row["entry"].actor, row["entry"].reason) for row in rows] == [
            ("Source", "A leaflet", "alena", ""),
            ("Person", f"Jan Novik ({person.code})", "jan", "entered twice"),
        ]

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow_with_the_list(self, desk, django_assert_num_queries, count):
        for _number in range(count):
            action(make_prisoner().delete)
        with django_assert_num_queries(6):
            desk.get(reverse("desk-deleted"))


class TestAccess:
    def test_without_an_account_each_page_asks_to_sign_in(self, client, person):
        entry = entry_of(person)
        addresses = [page_of_history(person), reverse("desk-deleted")]
        addresses += [reverse(f"desk-history-{name}", args=[entry.id]) for name in ("moment", "restore", "undo")]
        found = [client.get(address) for address in addresses]
        assert [(r.status_code, r.url.startswith("/desk/admin/login/")) for r in found] == [(302, True)] * 5

    def test_record_that_the_account_may_not_see_is_refused(self, person):
        client, entry = signed_in("keeper", administrator=[]), entry_of(person)
        assert client.get(page_of_history(person)).status_code == 403
        assert [client.get(reverse(f"desk-history-{n}", args=[entry.id])).status_code for n in ("moment", "restore", "undo")] == [
            403
        ] * 3

    def test_parts_that_the_account_may_not_see_are_left_out(self, person):
        make_private(FamilyContact, person)
        kinds = [
            {kind for _who, _why, records in told(client.get(page_of_history(person))) for kind, *_rest in records}
            for client in (signed_in("publisher", publisher=[]), signed_in("auditor", auditor=[]))
        ]
        assert kinds == [{"Person", "Name"}, {"Person", "Name", "Family contact"}]

    def test_record_of_another_country_is_refused(self, person):
        assert signed_in("there", editor=["LT"]).get(page_of_history(person)).status_code == 403

    def test_part_without_a_page_of_its_own_is_as_closed_as_its_person(self, person):
        consent = Consent.objects.create(prisoner=person, scope="photo", given_by="family", given_on="2021-01-01")
        connection.check_constraints()
        address = reverse("desk-history", args=["prisoners_consent", consent.pk])
        accounts = {"there": {"editor": ["LT"]}, "drafts": {"contributor": []}, "here": {"editor": ["BY"]}}
        status = {name: signed_in(name, **roles).get(address).status_code for name, roles in accounts.items()}
        assert status == {"there": 403, "drafts": 403, "here": 200}

    def test_private_parts_are_for_those_who_read_them_in_every_country(self, person):
        make_private(FamilyContact, person)
        client = signed_in("mixed", publisher=[], editor=["LT"])
        kinds = {kind for _who, _why, records in told(client.get(page_of_history(person))) for kind, *_rest in records}
        assert kinds == {"Person", "Name"}

    def test_deleted_records_are_for_those_who_read_every_country(self, person):
        action(person.delete)
        found = [signed_in("here", editor=["BY"]), signed_in("keeper", administrator=[]), signed_in("all", publisher=[])]
        assert [client.get(reverse("desk-deleted")).status_code for client in found] == [403, 403, 200]

    def test_history_of_accounts_has_no_page(self, desk, editor):
        assert desk.get(page_of_history(editor)).status_code == 403

    @pytest.mark.parametrize(
        ("table", "key"), [("prisoners_prisoner", "999999"), ("no_such_table", "1"), ("prisoners_prisoner", "x")]
    )
    def test_record_that_never_was_is_not_found(self, desk, table, key):
        assert desk.get(reverse("desk-history", args=[table, key])).status_code == 404
