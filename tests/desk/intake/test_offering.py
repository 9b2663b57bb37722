"""Lines that were left unidentified come back when somebody new could fit."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.utils import timezone

from desk.intake.confirming import confirm_intake, plan_of
from prisoners.acting import acting
from prisoners.models import Name, Prisoner
from releases.models import Citation, PardonLine, Release
from tests.desk.accounts import signed_in
from tests.desk.intake.scene import EDITOR, begin, choose, held, line, make_pardon
from tests.factories import make_source

PAGE = "/desk/intake/unidentified/"


def confirmed(text, pardon=None):
    intake = begin(text, pardon)
    confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=plan_of(intake, EDITOR).seen)
    return intake


def offered(client):
    return [
        (offer.line.as_written, [one.person for one in offer.candidates]) for offer in client.get(PAGE).context["list"].offers
    ]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.django_db(transaction=True)
class TestOffers:
    def test_somebody_new_is_offered_and_identified(self, desk):
        intake = confirmed("Ivan Petrov, 1987\nAnna Sidorova")
        assert offered(desk) == []
        arrest = held("Пётр Иной")
        assert offered(desk) == []
        with acting(actor="anna"):
            Name.objects.create(prisoner=arrest.prisoner, text="Иван Петров", language="ru", script="Cyrl")
        assert offered(desk) == [("Ivan Petrov, 1987", [arrest.prisoner])]
        key = PardonLine.objects.get(position=1).pk
        response = desk.post(PAGE, {"line": key, "arrest": arrest.pk})
        assert told(response) == ["“Ivan Petrov, 1987” is identified."]
        release = Release.objects.get()
        assert (release.arrest, release.pardon, str(release.arrest.ended)) == (arrest, intake.pardon, "2024-08-16")
        assert list(release.citations.values_list("source", flat=True)) == [intake.source_id]
        assert (PardonLine.objects.get(pk=key).arrest, line(intake).arrest) == (arrest, arrest)
        assert offered(desk) == []

    def test_somebody_who_was_looked_at_is_not_offered_again_until_changed(self, desk):
        arrest = held("Ivan Petrov")
        confirmed("Ivan Petrov")
        assert offered(desk) == []
        with acting(actor="anna"):
            Prisoner.objects.filter(pk=arrest.prisoner_id).update(born="1987")
        assert [people for _line, people in offered(desk)] == [[arrest.prisoner]]
        response = desk.post(PAGE, {"line": PardonLine.objects.get().pk, "arrest": ""})
        assert told(response) == ["Line 1 stays unidentified, and is offered again when somebody new could fit."]
        assert offered(desk) == []

    def test_somebody_not_held_on_the_day_is_not_offered(self, desk):
        confirmed("Ivan Petrov")
        held("Ivan Petrov", began="2024-09-01")
        held("Ivan Petrov", arrest={"ended": "2022"})
        assert offered(desk) == []


@pytest.mark.django_db
class TestIdentifying:
    @pytest.fixture
    def unmatched(self):
        pardon = make_pardon()
        Citation.objects.create(pardon=pardon, source=make_source())
        return PardonLine.objects.create(pardon=pardon, position=1, as_written="1. Ivan Petrov, 1987")

    def test_line_that_came_without_an_intake_is_offered_too(self, desk, unmatched):
        arrest = held("Ivan Petrov")
        assert offered(desk) == [("1. Ivan Petrov, 1987", [arrest.prisoner])]
        desk.post(PAGE, {"line": unmatched.pk, "arrest": arrest.pk})
        assert Release.objects.get().pardon == unmatched.pardon

    def test_without_a_source_nobody_is_released(self, desk, unmatched):
        Citation.objects.all().delete()
        arrest = held("Ivan Petrov")
        response = desk.post(PAGE, {"line": unmatched.pk, "arrest": arrest.pk})
        assert told(response)[0].startswith("Nothing was done. First act needs the day of the act and a source")
        assert Release.objects.count() == 0

    def test_somebody_of_another_line_is_refused(self, desk, unmatched):
        arrest = held("Ivan Petrov")
        PardonLine.objects.create(pardon=unmatched.pardon, position=2, as_written="x", arrest=arrest)
        response = desk.post(PAGE, {"line": unmatched.pk, "arrest": arrest.pk})
        assert told(response) == [f"Nothing was done. {arrest.prisoner.code} is already in this pardon."]

    def test_people_of_other_countries_are_neither_offered_nor_taken(self, unmatched):
        arrest = held("Ivan Petrov", country="RU")
        client = signed_in("anna", editor=["BY"])
        assert offered(client) == []
        response = client.post(PAGE, {"line": unmatched.pk, "arrest": arrest.pk})
        assert told(response) == ["Nothing was done. There is no such arrest that you may change."]

    @pytest.mark.parametrize("sent", [{"line": "x"}, {"line": "1", "arrest": "²"}, {}])
    def test_what_no_page_sends_is_refused(self, desk, sent):
        assert desk.post(PAGE, sent).status_code == 400

    @pytest.mark.parametrize("number", [1, 3])
    def test_number_of_queries_does_not_grow_with_the_lines(self, desk, unmatched, django_assert_num_queries, number):
        for position, name in enumerate(("Anna Sidorova", "Maria Kavalenka")[: number - 1], start=2):
            held(name)
            PardonLine.objects.create(pardon=unmatched.pardon, position=position, as_written=name)
        held("Ivan Petrov")
        connection.check_constraints()
        with django_assert_num_queries(16):
            desk.get(PAGE)


@pytest.mark.django_db
def test_long_list_is_paged_and_confirmed(desk):
    """Ten thousand lines; those chosen stand far apart."""
    arrests = [held("Ivan Petrov"), held("Anna Sidorova")]
    text = "\n".join(f"{n}. Nobody{chr(97 + n % 26)} Known{'abcdefghij'[n % 10]}" for n in range(1, 10_001))
    intake = begin(text)
    assert intake.lines.count() == 10_000
    page = desk.get(f"/desk/intake/{intake.pk}/?page=400")
    assert [row.line.number for row in page.context["list"].rows][-1] == 10_000
    choose(intake, {5: arrests[0], 9_995: arrests[1]})
    plan = plan_of(intake, EDITOR)
    confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=plan.seen)
    assert (PardonLine.objects.count(), Release.objects.count()) == (10_000, 2)
