"""Open lines are offered when somebody new could fit, without anybody paging through them."""

from io import StringIO

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from desk.intake.confirming import confirm_intake, plan_of
from desk.intake.undoing import undo_intake
from desk.offers.fitting import number_offered
from desk.offers.models import Offer, OpenLine, Progress
from desk.offers.noticing import Left, notice
from prisoners.acting import acting
from prisoners.models import Arrest, Name, Prisoner
from releases.models import Citation, PardonLine, Release
from tests.desk.accounts import signed_in
from tests.desk.intake.scene import EDITOR, begin, choose, held, make_pardon
from tests.factories import as_operator, make_source

PAGE = "/desk/intake/unidentified/"
pytestmark = pytest.mark.django_db


def committed():
    """What a commit would do: the history is sealed."""
    connection.check_constraints()


def confirmed(text, pardon=None, **settings):
    committed()
    intake = begin(text, pardon, **settings)
    committed()
    confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=plan_of(intake, EDITOR).seen)
    return intake


def unmatched(text="Ivan Petrov", pardon=None, position=1):
    """A line that came without an intake."""
    pardon = pardon or make_pardon()
    if not Citation.objects.filter(pardon=pardon).exists():
        Citation.objects.create(pardon=pardon, source=make_source())
    return PardonLine.objects.create(pardon=pardon, position=position, as_written=text)


def page(client, query=""):
    committed()
    return client.get(PAGE + query)


def offered(client, query=""):
    """What the page shows; the number that is told elsewhere is the same."""
    response = page(client, query)
    rows = response.context["list"].rows
    assert response.context["list"].page.paginator.count == len(rows)
    assert [row for row in rows if not row.candidates] == []
    return {row.line.as_written: [one.person for one in row.candidates] for row in rows}


def put_aside(client, as_written):
    row = next(row for row in page(client).context["list"].rows if row.line.as_written == as_written)
    return client.post(PAGE, {"line": row.line.pk, "arrest": "", "offers": row.keys})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestLinesOfIntakes:
    def test_somebody_new_is_offered_and_identified(self, desk):
        intake = confirmed("Ivan Petrov, 1987\nAnna Sidorova")
        assert offered(desk) == {}
        arrest = held("Пётр Иной")
        assert offered(desk) == {}
        with acting(actor="anna"):
            Name.objects.create(prisoner=arrest.prisoner, text="Иван Петров", language="ru", script="Cyrl")
        assert offered(desk) == {"Ivan Petrov, 1987": [arrest.prisoner]}
        key = PardonLine.objects.get(position=1).pk
        response = desk.post(PAGE, {"line": key, "arrest": arrest.pk})
        assert told(response) == ["“Ivan Petrov, 1987” is identified."]
        release = Release.objects.get()
        assert (release.arrest, release.pardon, str(release.arrest.ended)) == (arrest, intake.pardon, "2024-08-16")
        assert list(release.citations.values_list("source", flat=True)) == [intake.source_id]
        assert (PardonLine.objects.get(pk=key).arrest, intake.lines.get(number=1).arrest) == (arrest, arrest)
        assert offered(desk) == {}

    def test_whoever_was_known_when_it_was_confirmed_has_been_looked_at(self, desk):
        arrest = held("Ivan Petrov")
        confirmed("Ivan Petrov")
        assert offered(desk) == {}
        with acting(actor="anna"):
            Prisoner.objects.filter(pk=arrest.prisoner_id).update(born="1987")
        assert offered(desk) == {"Ivan Petrov": [arrest.prisoner]}

    def test_whoever_was_entered_while_the_list_was_open_is_offered(self, desk):
        committed()
        intake = begin("Ivan Petrov")
        arrest = held("Ivan Petrov")
        confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=plan_of(intake, EDITOR).seen)
        assert offered(desk) == {"Ivan Petrov": [arrest.prisoner]}

    def test_intake_that_was_taken_back_leaves_nothing_to_offer(self, desk):
        intake = confirmed("Ivan Petrov")
        held("Ivan Petrov")
        assert len(offered(desk)) == 1
        undo_intake(intake=intake, by=EDITOR, reason="wrong")
        assert offered(desk) == {}
        assert (OpenLine.objects.count(), Offer.objects.count()) == (0, 0)


class TestLinesWithoutAnIntake:
    def test_they_are_compared_with_everybody_once(self, desk):
        arrest = held("Ivan Petrov")
        line = unmatched("1. Ivan Petrov, 1987")
        assert offered(desk) == {"1. Ivan Petrov, 1987": [arrest.prisoner]}
        desk.post(PAGE, {"line": line.pk, "arrest": arrest.pk})
        assert Release.objects.get().pardon == line.pardon

    def test_without_a_source_nobody_is_released(self, desk):
        line, arrest = unmatched(), held("Ivan Petrov")
        Citation.objects.all().delete()
        response = desk.post(PAGE, {"line": line.pk, "arrest": arrest.pk})
        assert told(response) == ["Nothing was done. First act needs a source, before anybody is released by it."]
        assert Release.objects.count() == 0

    def test_line_that_says_something_else_is_compared_anew(self, desk):
        arrest, line = held("Anna Sidorova"), unmatched("Ivan Petrov")
        assert offered(desk) == {}
        PardonLine.objects.filter(pk=line.pk).update(as_written="Anna Sidorova")
        assert offered(desk) == {"Anna Sidorova": [arrest.prisoner]}

    def test_line_that_lost_its_match_is_offered_again(self, desk):
        arrest, line = held("Ivan Petrov"), unmatched()
        PardonLine.objects.filter(pk=line.pk).update(arrest=arrest)
        assert offered(desk) == {}
        PardonLine.objects.filter(pk=line.pk).update(arrest=None)
        assert offered(desk) == {"Ivan Petrov": [arrest.prisoner]}


class TestPuttingAside:
    @pytest.fixture(params=["intake", "admin"])
    def offer(self, request, desk):
        if request.param == "intake":
            confirmed("Ivan Petrov")
        else:
            unmatched("Ivan Petrov")
        return held("Ivan Petrov")

    def test_what_fits_nobody_now_comes_back_when_the_person_is_changed(self, desk, offer):
        response = put_aside(desk, "Ivan Petrov")
        assert told(response) == ["Line 1 stays unidentified, and is offered again when somebody new could fit."]
        assert offered(desk) == {}
        assert list(Offer.objects.values_list("put_aside_by", flat=True)) == ["editor"]
        with acting(actor="anna"):
            Prisoner.objects.filter(pk=offer.prisoner_id).update(born="1987")
        assert offered(desk) == {"Ivan Petrov": [offer.prisoner]}

    def test_somebody_new_is_offered_alone(self, desk, offer):
        put_aside(desk, "Ivan Petrov")
        other = held("Иван Петров")
        assert offered(desk) == {"Ivan Petrov": [other.prisoner]}

    def test_who_came_after_the_page_was_opened_is_not_put_aside(self, desk, offer):
        row = page(desk).context["list"].rows[0]
        other = held("Иван Петров")
        page(signed_in("anna", editor=[]))
        desk.post(PAGE, {"line": row.line.pk, "arrest": "", "offers": row.keys})
        assert offered(desk) == {"Ivan Petrov": [other.prisoner]}

    def test_one_editor_puts_nothing_aside_that_they_may_not_change(self, desk, offer):
        row = page(desk).context["list"].rows[0]
        signed_in("anna", editor=["RU"]).post(PAGE, {"line": row.line.pk, "arrest": "", "offers": row.keys})
        assert offered(desk) == {"Ivan Petrov": [offer.prisoner]}

    def test_offers_of_another_line_are_not_put_aside(self, desk, offer):
        other = unmatched("Petrov Ivan", make_pardon("act-2", title="Second act"))
        row = next(row for row in page(desk).context["list"].rows if row.line.as_written == "Ivan Petrov")
        desk.post(PAGE, {"line": other.pk, "arrest": "", "offers": row.keys})
        assert set(offered(desk)) == {"Ivan Petrov", "Petrov Ivan"}


class TestWhoFits:
    @pytest.mark.parametrize(
        ("arrest", "is_offered"),
        [
            ({"began": "2024-09-01"}, False),
            ({"began": "2024-08"}, True),
            ({"began": "2021", "arrest": {"ended": "2022"}}, False),
            ({"began": "2021", "arrest": {"ended": "2024-08-16"}}, True),
            ({"began": "2021", "died": "2023"}, False),
        ],
    )
    def test_who_can_have_been_held_on_the_day(self, desk, arrest, is_offered):
        unmatched()
        held("Ivan Petrov", **arrest)
        assert len(offered(desk)) == is_offered

    @pytest.mark.parametrize(
        ("began", "ended", "is_offered"),
        [
            ("2024-08-20", None, True),
            ("2024-09-01", None, False),
            ("2021", "2024-08-05", True),
            ("2021", "2024-07-31", False),
        ],
    )
    def test_act_of_which_only_the_month_is_known(self, desk, began, ended, is_offered):
        unmatched(pardon=make_pardon(announced_on="2024-08"))
        held("Ivan Petrov", began=began, arrest={"ended": ended})
        assert len(offered(desk)) == is_offered

    def test_act_on_an_unknown_day_could_have_freed_whoever_is_held_or_left_nobody_knows_how(self, desk):
        line = unmatched(pardon=make_pardon(announced_on=None))
        still, gone, released = held("Ivan Petrov"), held("Ivan Petrov", arrest={"ended": "2022"}), held("Ivan Petrov")
        with as_operator():
            Arrest.objects.filter(pk=released.pk).update(ended="2023")
            Release.objects.create(arrest=released, mechanism_id="sentence_served")
        held("Ivan Petrov", died="2023")
        assert set(offered(desk)["Ivan Petrov"]) == {still.prisoner, gone.prisoner}
        desk.post(PAGE, {"line": line.pk, "arrest": still.pk})
        assert str(Arrest.objects.get(pk=still.pk).ended) == f"../{timezone.localdate()}"
        assert Release.objects.get(arrest=still).pardon == line.pardon

    def test_day_that_becomes_known_changes_who_fits(self, desk):
        pardon = make_pardon(announced_on=None)
        unmatched(pardon=pardon)
        arrest = held("Ivan Petrov", began="2024-10-01")
        assert len(offered(desk)) == 1
        type(pardon).objects.filter(pk=pardon.pk).update(announced_on="2024-08-16")
        assert offered(desk) == {}
        type(pardon).objects.filter(pk=pardon.pk).update(announced_on="2024-10-01")
        assert offered(desk) == {"Ivan Petrov": [arrest.prisoner]}

    def test_whoever_is_in_the_pardon_already_is_not_offered(self, desk):
        arrest, line = held("Ivan Petrov"), unmatched()
        PardonLine.objects.create(pardon=line.pardon, position=2, as_written="x", arrest=arrest)
        assert offered(desk) == {}
        response = desk.post(PAGE, {"line": line.pk, "arrest": arrest.pk})
        assert told(response) == [f"Nothing was done. {arrest.prisoner.code} is already in this pardon."]

    def test_name_that_was_taken_away_is_offered_no_more(self, desk):
        arrest = held("Ivan Petrov")
        unmatched()
        assert len(offered(desk)) == 1
        with as_operator():
            Name.objects.filter(prisoner=arrest.prisoner).update(text="Someone Else")
        assert offered(desk) == {}

    def test_somebody_deleted_is_offered_no_more(self, desk):
        arrest = held("Ivan Petrov", state="draft")
        unmatched()
        assert len(offered(desk)) == 1
        with as_operator():
            arrest.prisoner.delete()
        assert offered(desk) == {}

    @pytest.mark.parametrize("name", ["Иван Петров", "I. Petrov", "Petrov Ivan Sergeevich", "Ivan Pertov", "Uladzimir Petrou"])
    def test_offers_come_by_the_judge_of_names(self, desk, name):
        confirmed("Ivan Petrov")
        held(name)
        assert (len(offered(desk)) == 1) is (name != "Uladzimir Petrou")

    def test_people_of_other_countries_are_neither_offered_nor_counted_nor_taken(self, desk):
        line, arrest = unmatched(), held("Ivan Petrov", country="RU")
        assert len(offered(desk)) == 1
        client = signed_in("anna", editor=["BY"])
        assert offered(client) == {}
        assert "may name" not in client.get("/desk/admin/").content.decode()
        response = client.post(PAGE, {"line": line.pk, "arrest": arrest.pk})
        assert told(response) == ["Nothing was done. There is no such arrest that you may change."]


class TestWhereItIsTold:
    def test_first_page_and_the_pardon_say_how_many(self, desk):
        pardon = make_pardon()
        for position, name in enumerate(("Ivan Petrov", "Anna Sidorova", "Nobody Known"), start=1):
            unmatched(name, pardon, position)
        unmatched("Ivan Petrov", make_pardon("act-2", title="Second act"))
        held("Ivan Petrov")
        held("Сидорова Анна")
        committed()
        front = desk.get("/desk/admin/")
        assert front.context["lines_offered"] == 3
        assert "3 unidentified lines</a> of pardons may name people entered or changed since" in front.content.decode()
        of_pardon = desk.get(f"/desk/admin/releases/pardon/{pardon.pk}/change/").content.decode()
        assert f'{PAGE}?pardon={pardon.pk}">2 unidentified lines may name people entered or changed since' in of_pardon
        assert len(offered(desk, f"?pardon={pardon.pk}")) == 2

    def test_nothing_is_told_where_there_is_nothing(self, desk):
        unmatched()
        committed()
        assert "may name" not in desk.get("/desk/admin/").content.decode()

    @pytest.mark.parametrize("sent", [{"line": "x"}, {"line": "1", "arrest": "²"}, {"line": "1", "offers": "1;2"}, {}])
    def test_what_no_page_sends_is_refused(self, desk, sent):
        assert desk.post(PAGE, sent).status_code == 400

    @pytest.mark.parametrize(("query", "status"), [("?pardon=x", 400), ("?pardon=99", 404), ("?page=x", 200)])
    def test_addresses_that_do_not_exist(self, desk, query, status):
        assert page(desk, query).status_code == status

    def test_line_that_a_colleague_identified_meanwhile_is_told(self, desk):
        line, arrest = unmatched(), held("Ivan Petrov")
        PardonLine.objects.filter(pk=line.pk).update(arrest=arrest)
        response = desk.post(PAGE, {"line": line.pk, "arrest": "", "offers": ""})
        assert told(response) == ["Nothing was done. Somebody has identified this line meanwhile, or deleted it."]

    @pytest.mark.parametrize("number", [1, 3])
    def test_number_of_queries_does_not_grow_with_the_lines(self, desk, django_assert_num_queries, number):
        pardon = make_pardon()
        for position, name in enumerate(("Ivan Petrov", "Anna Sidorova", "Maria Kavalenka")[:number], start=1):
            held(name)
            unmatched(name, pardon, position)
        page(desk)
        with django_assert_num_queries(20):
            desk.get(PAGE)


class TestSteps:
    def test_a_step_is_bounded_and_the_next_goes_on(self, desk):
        confirmed("\n".join(("Ivan Petrov", "Anna Sidorova", "Maria Novak")))
        committed()
        assert notice() == Left()
        for name in ("Ivan Petrov", "Anna Sidorova", "Maria Novak"):
            held(name)
        committed()
        numbers = []
        for _ in range(2):
            left = notice(people=2)
            numbers.append((left.is_done, number_offered(EDITOR)))
        assert numbers == [(False, 2), (True, 3)]

    def test_command_goes_on_until_all_is_compared(self, desk, monkeypatch):
        monkeypatch.setattr("desk.offers.noticing.NEVER_LOOKED_AT", 1)
        pardon = make_pardon()
        held("Ivan Petrov")
        for position in (1, 2, 3):
            unmatched("Ivan Petrov", pardon, position)
        committed()
        said = StringIO()
        call_command("compare_lines", "--json", stdout=said)
        assert said.getvalue() == '{"lines": 3, "offered": 3}\n'

    def test_nothing_new_is_one_look(self, desk, django_assert_num_queries):
        unmatched()
        committed()
        notice()
        with django_assert_num_queries(6):
            notice()

    def test_progress_is_one_row(self):
        assert list(Progress.objects.values_list("pk", flat=True)) == [1]


def test_confirmed_people_are_not_offered_to_their_brothers_lines(desk):
    arrest = held("Ivan Petrov")
    committed()
    intake = begin("Ivan Petrov\nPetrov Ivan")
    choose(intake, {1: arrest})
    confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=plan_of(intake, EDITOR).seen)
    assert offered(desk) == {}


def test_lines_are_compared_anew_when_names_have_other_keys(desk, monkeypatch):
    confirmed("Ivan Petrov")
    unmatched("Taras Zubko", make_pardon("act-2", title="Second act"))
    person, other = held("Ivan Petrov").prisoner, held("Taras Zubko").prisoner
    put_aside(desk, "Ivan Petrov")
    assert offered(desk) == {"Taras Zubko": [other]}
    OpenLine.objects.update(keys=["v:1", "t:nothing"])
    assert offered(desk) == {"Taras Zubko": [other]}
    assert {line.as_written: "t:nothing" in line.keys for line in OpenLine.objects.all()} == {
        "Ivan Petrov": False,
        "Taras Zubko": False,
    }
    with acting(actor="anna"):
        Prisoner.objects.filter(pk=person.pk).update(born="1987")
    assert offered(desk) == {"Ivan Petrov": [person], "Taras Zubko": [other]}
    with monkeypatch.context() as patch:
        patch.setattr("desk.offers.noticing.LINES", 1)
        OpenLine.objects.update(keys=["v:1"])
        assert [notice().is_done for _ in range(3)] == [False, False, True]
