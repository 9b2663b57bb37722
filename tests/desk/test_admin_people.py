"""The page of a person: names, arrests, what is refused and in which words."""

import pytest

from desk.admin.labels import page_of
from prisoners.models import Arrest, Context, Name, Prisoner, State
from releases.models import Mechanism, Release
from tests.desk.admin_forms import add_page, complaints, filled_in, rows, save
from tests.factories import make_arrest, make_prisoner, make_source

ADD = add_page(Prisoner)
DUPLICATE = "Please correct the duplicate values below."
AFTER_END = "Custody was confirmed after it had ended."
NO_DAY = "This is not a day: write it as 2020-08-09."


def name_row(text, **values):
    return {"text": text, "language": "be", "kind": "legal", **values}


def new_person(**changes):
    return {"country": "BY", **rows("names", name_row("Ян Новік")), **changes}


def marks(person):
    return [(name.text, name.is_heading) for name in person.names.order_by("pk")]


def two_names(desk):
    save(desk, ADD, new_person(**rows("names", name_row("Ян Новік"), name_row("Jan Novik", language="en"))))
    person = Prisoner.objects.get()
    assert marks(person) == [("Ян Новік", True), ("Jan Novik", False)]
    return person


def test_new_person_with_arrest_and_source_is_a_draft_with_a_code(desk):
    source = make_source()
    sent = {**rows("arrests", {"began": "2020-08-09/2020-08-12"}), **rows("citations", {"source": source.pk})}
    assert complaints(save(desk, ADD, new_person(country="by", **sent))) == {}
    person = Prisoner.objects.get()
    assert (person.code[:3], person.country, person.state) == ("BY-", "BY", State.DRAFT)
    assert marks(person) == [("Ян Новік", True)]
    assert [(str(arrest.began), arrest.country) for arrest in person.arrests.all()] == [("2020-08-09/2020-08-12", "BY")]
    assert [citation.source for citation in person.citations.all()] == [source]


def test_person_without_name_is_refused_at_the_name(desk):
    assert complaints(save(desk, ADD, {"country": "BY"})) == {"names-0-text": ["This field is required."]}


def test_last_name_deleted_is_refused(desk):
    person = make_prisoner("Jan Novik")
    assert complaints(save(desk, page_of(person), {"names-0-DELETE": "on"})) == {"names": ["A person needs at least one name."]}


@pytest.mark.parametrize("heading", [0, 1])
def test_heading_moved_to_another_row_in_one_go_moves(desk, heading):
    person = two_names(desk)
    Name.objects.update(is_heading=False)
    Name.objects.filter(pk=person.names.order_by("pk")[1 - heading].pk).update(is_heading=True)
    sent = {f"names-{heading}-is_heading": "on", f"names-{1 - heading}-is_heading": ""}
    assert complaints(save(desk, page_of(person), sent)) == {}
    assert [is_heading for _text, is_heading in marks(person)] == [heading == 0, heading == 1]


def test_two_headings_are_refused_by_name(desk):
    person = two_names(desk)
    refused = complaints(save(desk, page_of(person), {"names-1-is_heading": "on"}))
    assert refused == {"names": ["Only one name can be the heading. Marked are: Ян Новік; Jan Novik."]}


def test_heading_unmarked_goes_to_the_first_name(desk):
    person = two_names(desk)
    save(desk, page_of(person), {"names-0-is_heading": ""})
    assert marks(person) == [("Ян Новік", True), ("Jan Novik", False)]


def test_heading_deleted_goes_to_the_first_that_is_left(desk):
    person = two_names(desk)
    assert complaints(save(desk, page_of(person), {"names-0-DELETE": "on", "reason": "misspelt"})) == {}
    assert marks(person) == [("Jan Novik", True)]


def test_heading_deleted_while_another_row_takes_it_moves(desk):
    person = two_names(desk)
    save(desk, page_of(person), {"names-0-is_heading": "", "names-1-is_heading": "on"})
    sent = {"names-1-DELETE": "on", "names-0-is_heading": "on", "reason": "misspelt"}
    assert complaints(save(desk, page_of(person), sent)) == {}
    assert marks(person) == [("Ян Новік", True)]


def test_two_primary_names_of_one_language_are_refused_at_the_second(desk):
    sent = rows("names", name_row("Ян", is_primary="on"), name_row("Янка", is_primary="on"))
    refused = complaints(save(desk, ADD, new_person(**sent)))
    assert refused == {"names-1-is_primary": ["There is a primary name in this language already."]}


def test_primary_names_that_exchange_their_languages_are_saved(desk):
    sent = rows("names", name_row("Ян", is_primary="on"), name_row("Иван", language="ru", is_primary="on"))
    save(desk, ADD, new_person(**sent))
    person = Prisoner.objects.get()
    assert complaints(save(desk, page_of(person), {"names-0-language": "ru", "names-1-language": "be"})) == {}
    assert [(name.text, name.language) for name in person.names.order_by("pk")] == [("Ян", "ru"), ("Иван", "be")]


def test_same_name_twice_is_refused(desk):
    refused = complaints(save(desk, ADD, new_person(**rows("names", name_row("Ян"), name_row("Ян")))))
    assert refused == {"names": ["Please correct the duplicate data for text."], "names-1-__all__": [DUPLICATE]}


def test_codes_of_a_name_in_a_wrong_form_are_refused_with_the_right_form(desk):
    refused = complaints(save(desk, ADD, new_person(**rows("names", name_row("Ян", language="Belarusian"[:8], script="cyrl")))))
    assert refused == {
        "names-0-language": ["Use a code of ISO 639, such as be, ru or zh; “und” if it is not known."],
        "names-0-script": ["Use a code of ISO 15924, such as Latn, Cyrl or Arab."],
    }


def test_birth_that_can_not_be_is_refused_with_the_reason_and_kept_as_typed(desk):
    response = save(desk, ADD, new_person(born="1954-02-29"))
    assert complaints(response) == {"born": ["“1954-02-29”: February 1954 has 28 days, not a day 29."]}
    assert response.context["adminform"].form["born"].value() == "1954-02-29"
    assert 'value="1954-02-29"' in response.content.decode()


def test_arrest_that_can_not_be_is_refused_in_its_row_and_kept_as_typed(desk):
    response = save(desk, ADD, new_person(**rows("arrests", {"began": "9 Aug"})))
    assert list(complaints(response)) == ["arrests-0-began"]
    assert 'value="9 Aug"' in response.content.decode()


def test_death_before_birth_is_refused_at_the_death(desk):
    refused = complaints(save(desk, ADD, new_person(born="1980", died="1979-05")))
    assert refused == {"died": ["The death comes before the birth."]}


def test_region_that_does_not_exist_is_refused_with_those_that_do(desk):
    refused = complaints(save(desk, ADD, new_person(home_region="by-xx")))
    assert list(refused) == ["home_region"]
    assert refused["home_region"][0].endswith("Valid: BY-BR, BY-HM, BY-HO, BY-HR, BY-MA, BY-MI, BY-VI.")


def test_country_and_state_of_a_person_can_not_be_typed_over(desk):
    person = make_prisoner(state=State.DRAFT)
    assert complaints(save(desk, page_of(person), {"country": "RU", "state": "published", "code": "RU-000000"})) == {}
    code = person.code
    person.refresh_from_db()
    assert (person.country, person.state, person.code) == ("BY", State.DRAFT, code)


class TestArrestRows:
    def test_two_new_arrests_that_overlap_are_refused_at_the_second(self, desk):
        sent = rows("arrests", {"began": "2020-08-09", "ended": "2021"}, {"began": "2020-12-01"})
        assert list(complaints(save(desk, ADD, new_person(**sent)))) == ["arrests-1-began"]

    def test_new_arrest_that_overlaps_an_old_one_names_it(self, desk):
        arrest = make_arrest(ended="2021-05-01")
        response = save(desk, page_of(arrest.prisoner), rows("arrests", {"began": "2020-12-01"}, after=1))
        refused = complaints(response)
        assert list(refused) == ["arrests-1-began"]
        assert "under another arrest: 2020-08-09 – 2021-05-01." in refused["arrests-1-began"][0]

    def test_old_arrest_moved_into_another_is_refused_at_the_moved_one(self, desk):
        later = make_arrest(began="2022-01-01")
        earlier = make_arrest(later.prisoner, began="2020", ended="2021-01-05")
        refused = complaints(save(desk, page_of(earlier.prisoner), {"arrests-0-ended": "2022-05-01"}))
        assert list(refused) == ["arrests-0-began"]

    def test_arrest_on_the_day_of_the_release_is_saved(self, desk):
        arrest = make_arrest(ended="2021-05-01")
        assert complaints(save(desk, page_of(arrest.prisoner), rows("arrests", {"began": "2021-05-01"}, after=1))) == {}
        assert Arrest.objects.count() == 2

    @pytest.mark.parametrize(
        ("row", "field", "words"),
        [
            ({"began": "2021", "ended": "2020-12-31"}, "ended", "The custody ends before it begins."),
            ({"began": "2021", "last_confirmed_on": "2020-12-31"}, "last_confirmed_on", "Custody was confirmed before it began."),
            ({"ended": "2021-05", "last_confirmed_on": "2021-06-01"}, "last_confirmed_on", AFTER_END),
            ({"began": "2021", "region": "LT-VL"}, "region", "The region is not in the country."),
            ({"began": "2021", "last_confirmed_on": "08/09/2021"}, "last_confirmed_on", NO_DAY),
        ],
    )
    def test_arrest_that_can_not_be_is_refused_at_the_field(self, desk, row, field, words):
        assert complaints(save(desk, ADD, new_person(**rows("arrests", row)))) == {f"arrests-0-{field}": [words]}

    def test_end_of_an_arrest_with_a_release_can_not_be_cleared(self, desk):
        arrest = make_arrest(ended="2021")
        Release.objects.create(arrest=arrest, mechanism=Mechanism.objects.get(pk="pardon"))
        refused = complaints(save(desk, page_of(arrest.prisoner), {"arrests-0-ended": ""}))
        assert list(refused) == ["arrests-0-ended"]
        assert refused["arrests-0-ended"][0].startswith("There is a release, which needs the day")

    def test_arrest_can_not_be_deleted_from_the_person(self, desk):
        arrest = make_arrest()
        save(desk, page_of(arrest.prisoner), {"arrests-0-DELETE": "on"})
        assert Arrest.objects.count() == 1

    def test_row_links_to_the_page_of_the_arrest(self, desk):
        arrest = make_arrest()
        assert f'href="{page_of(arrest)}"' in desk.get(page_of(arrest.prisoner)).content.decode()

    def test_page_asks_as_often_for_three_arrests_as_for_one(self, desk, django_assert_num_queries):
        protests = Context.objects.create(slug="protests", title="Protests")
        arrest = make_arrest(ended="2021-01-01", context=protests)
        desk.get(page_of(arrest.prisoner))  # content types are asked for once a process
        with django_assert_num_queries(14):
            desk.get(page_of(arrest.prisoner))
        for year in (2022, 2024):
            make_arrest(arrest.prisoner, began=f"{year}-01-01", ended=f"{year}-06-01", context=protests)
        with django_assert_num_queries(14):
            desk.get(page_of(arrest.prisoner))


def test_new_person_of_a_like_name_is_saved_with_a_warning_that_leads_to_the_other(desk):
    known = make_prisoner("Jan Novik")
    make_prisoner("Jan Novikava")
    page = desk.post(ADD, {**filled_in(desk.get(ADD)), "_continue": "1", **new_person()}, follow=True)
    [warning] = [str(message) for message in page.context["messages"] if message.level_tag == "warning"]
    assert warning == (
        f'Possibly recorded already, under a like name: <a href="{page_of(known)}">Jan Novik {known.code}</a>. '
        "Compare before you go on."
    )
    assert Prisoner.objects.count() == 3


def test_new_person_of_a_name_of_their_own_and_any_change_warn_of_nobody(desk):
    person = make_prisoner("Jan Novikava")
    for address, sent in ((ADD, new_person()), (page_of(person), {"gender": "female"})):
        page = desk.post(address, {**filled_in(desk.get(address)), "_continue": "1", **sent}, follow=True)
        assert [message for message in page.context["messages"] if message.level_tag == "warning"] == []
