"""The pages of the intake: what they say of each line, and that they stay bounded."""

import re

import pytest
from django.test import Client

from prisoners.models import Arrest, Charge, Statute
from releases.models import PardonLine, Release
from tests.desk.accounts import signed_in
from tests.desk.intake.pages import HOME, address, candidates, fields, page_of, rows, send, told
from tests.desk.intake.scene import begin, choose, held, line, make_pardon
from tests.factories import as_operator, make_arrest, make_prisoner

pytestmark = pytest.mark.django_db


class TestLines:
    def test_likely_person_is_shown_with_evidence_and_not_chosen(self, desk):
        arrest = held("Siarhei Kavaliou", native="Сергей Ковалёв", born="1987-05", arrest={"place": "Homieĺ"})
        with as_operator():
            statute = Statute.objects.create(slug="by-cc-342-1", country="BY", law="CC", article="342", part="1", title="t")
            Charge.objects.create(arrest=arrest, statute=statute)
        intake = begin("Ковалев Сергей, 1987 г.р., ст. 342 ч. 1, г. Гомель")
        (one,) = candidates(desk, intake)
        assert (one.person, one.form, one.likelihood, one.is_likely) == (arrest.prisoner, "Сергей Ковалёв", "likely", True)
        assert [(e.words, e.verdict) for e in one.evidence] == [
            ("born 1987-05, and so says the list", "fits"),
            ("charged under CC 342(1), the list says 342(1)", "fits"),
            ("Homieĺ, the list says Гомель", "fits"),
            ("arrested 2021-03-01", ""),
        ]
        html = page_of(desk, intake).content.decode()
        checked = [tag for tag in re.findall(r"<input[^>]*>", html) if " checked" in tag]
        assert [re.search(r'value="([^"]+)"', tag)[1] for tag in checked] == ["open"]
        assert not re.search(r"[0-9] ?%", html)

    def test_contradictions_are_told(self, desk):
        held("Ivan Petrov", born="1960")
        (one,) = candidates(desk, begin("Ivan Petrov, 1987, 34 years old"))
        assert [e.words for e in one.evidence if e.verdict == "contradicts"] == [
            "born 1960, the list says 1987",
            "aged 63–64 on that day, the list says 34",
        ]
        assert (one.likelihood, one.is_likely) == ("the name is likely, but something contradicts", False)

    def test_five_people_of_one_name_are_told_and_none_is_chosen(self, desk):
        for born in range(1980, 1985):
            held("Ivan Petrov", born=str(born))
        intake = begin("Ivan Petrov")
        (row,) = rows(desk, intake)
        assert (len(row.candidates), row.likely) == (5, 5)
        assert "5 people fit this line alike" in page_of(desk, intake).content.decode()

    def test_each_standing_is_said(self, desk):
        pardon = make_pardon()
        released = held("Ivan Petrov", arrest={"ended": "2024-08-01"})
        dead = held("Ivan Petrov", arrest={"ended": "2024-07-01"})
        later = held("Ivan Petrov", began="2024-09-01")
        listed = held("Ivan Petrov")
        none = make_prisoner("Ivan Petrov")
        with as_operator():
            Release.objects.create(arrest=released, mechanism_id="amnesty")
            Release.objects.create(arrest=dead, mechanism_id="death_in_custody")
            PardonLine.objects.create(pardon=pardon, position=3, as_written="x", arrest=listed)
        found = {one.person: one.why_not or one.standing.words for one in candidates(desk, begin("Ivan Petrov", pardon))}
        to_release = "choosing them ties the line to that release, not to a second one"
        assert found == {
            listed.prisoner: "already in this pardon, as its line 3",
            released.prisoner: f"released on 2024-08-01 (amnesty): {to_release}",
            dead.prisoner: "died in custody on 2024-07-01 (death in custody): choosing them ties the line to the record;"
            " no release is made",
            later.prisoner: "arrested after that day",
            none: "no arrest is on record",
        }

    def test_people_of_other_countries_are_not_shown_to_who_may_not_read_them(self):
        held("Ivan Petrov", country="RU")
        here = held("Ivan Petrov")
        client = signed_in("anna", editor=["BY"])
        assert [one.person for one in candidates(client, begin("Ivan Petrov"))] == [here.prisoner]

    def test_people_whom_the_editor_may_only_read_can_not_be_chosen(self):
        here, abroad = held("Ivan Petrov"), held("Ivan Petrov", country="RU")
        client = signed_in("anna", editor=["BY"], auditor=["RU"])
        found = {one.person: one.why_not for one in candidates(client, begin("Ivan Petrov"))}
        assert found == {here.prisoner: "", abroad.prisoner: "you may read this record, but not change it"}

    def test_lines_of_people_whom_the_editor_may_not_read_are_not_shown(self):
        abroad = held("Ivan Petrov", country="RU")
        intake = begin("Ivan Petrov\nAnna Sidorova")
        choose(intake, {1: abroad})
        client = signed_in("anna", editor=["BY"])
        shown = page_of(client, intake)
        assert [row.line.number for row in shown.context["list"].rows] == [2]
        assert ("Ivan Petrov" in shown.content.decode(), shown.context["list"].unseen) == (False, 1)
        assert client.get(address(intake, "lines/1/")).status_code == 404

    def test_drafts_are_shown_to_editors_and_said_to_be_hidden(self, desk):
        held("Ivan Petrov", state="draft")
        assert "readers don’t see this person" in page_of(desk, begin("Ivan Petrov")).content.decode()

    def test_same_name_twice_is_told_in_any_script(self, desk):
        held("Siarhei Kavaliou", native="Сергей Ковалёв")
        intake = begin("Siarhei Kavaliou\nСергей Ковалёв\nAnna Sidorova")
        assert [row.line.repeats for row in rows(desk, intake)] == [None, 1, None]
        assert "The same name stands in line 1" in page_of(desk, intake).content.decode()
        assert [row.line.number for row in rows(desk, intake, "?show=repeated")] == [2]

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?show=nobody", "“nobody” can’t be shown. Valid: all, open, chosen, unread, repeated, dropped."),
            ("?page=2", "There is no page “2”: there are 1."),
            ("?colour=red", "There is no filter “colour”. Valid: show, page."),
        ],
    )
    def test_wrong_filter_is_refused_with_what_is_valid(self, desk, query, words):
        response = desk.get(address(begin("Ivan Petrov")) + query)
        assert (response.status_code, response.context["problem"].replace("'", "’")) == (400, words)

    @pytest.mark.parametrize("number", [1, 3, 100])
    def test_number_of_queries_is_the_same_for_any_number_of_lines(self, desk, django_assert_num_queries, number):
        names = [f"{given} {surname}" for given in ("Ivan", "Anna", "Maria", "Oleg") for surname in SURNAMES]
        for name in names[:number]:
            held(name)
        intake = begin("\n".join(names[:number]))
        with django_assert_num_queries(QUERIES):
            desk.get(address(intake))


SURNAMES = [a + b for a in ("Bara", "Kava", "Siva", "Doro", "Pano") for b in ("nko", "rski", "lchuk", "tovich", "beika")]
QUERIES = 20


class TestWords:
    def test_choice_is_kept_and_shown_again(self, desk):
        arrest = held("Ivan Petrov")
        intake = begin("Ivan Petrov\nNobody Known")
        response = send(desk, intake, {"line-1": f"arrest-{arrest.pk}", "line-2": "dropped", "because-2": "a heading"}, go="save")
        assert told(response) == ["Kept: lines 1, 2."]
        said = [(one.decision, one.arrest, one.because, one.decided_by) for one in intake.lines.all()]
        assert said == [("chosen", arrest, "", "editor"), ("dropped", None, "a heading", "editor")]
        assert fields(page_of(desk, intake).content.decode())["line-1"] == f"arrest-{arrest.pk}"
        assert told(send(desk, intake, {}, go="save")) == []

    def test_stale_page_does_not_overwrite_and_says_both(self, desk):
        first, second = held("Ivan Petrov"), held("Ivan Petrov")
        intake = begin("Ivan Petrov\nAnna Sidorova")
        stale = fields(page_of(desk, intake).content.decode())
        choose(intake, {1: first})
        sent = {**stale, "line-1": f"arrest-{second.pk}", "line-2": "dropped", "because-2": "twice"}
        response = desk.post(address(intake), sent)
        assert told(response)[0].startswith("Line 1: editor changed this line meanwhile")
        assert (line(intake, 1).arrest, line(intake, 2).decision) == (first, "dropped")

    def test_corrected_name_finds_others(self, desk):
        arrest = held("Ivan Petrov")
        intake = begin("Somebody Smudged")
        assert send(desk, intake, {"name-1": "Ivan Petrov"}, go="save").status_code == 302
        assert [one.person for one in candidates(desk, intake)] == [arrest.prisoner]

    def test_somebody_else_is_found_by_search_and_by_code(self, desk):
        arrest = held("Anna Sidorova")
        intake = begin("Ivan Petrov")
        for query in ("Сидорова Анна", arrest.prisoner.code.lower()):
            response = desk.get(address(intake, "lines/1/"), {"q": query})
            assert [one.person for one in response.context["candidates"]] == [arrest.prisoner]
        sent = {
            "seen-1": 0,
            "line-1": f"arrest-{arrest.pk}",
            "name-1": "Ivan Petrov",
            "ended": "2024-08-20",
            "liberty_after": "exiled",
        }
        assert desk.post(address(intake, "lines/1/"), sent).status_code == 302
        kept = line(intake)
        assert (kept.arrest, str(kept.ended), kept.liberty_after, kept.conditions) == (arrest, "2024-08-20", "exiled", None)

    def test_same_person_first_for_two_lines_is_told_on_both(self, desk):
        person = held("Ivan Petrov").prisoner
        intake = begin("Ivan Petrov\nAnna Sidorova\nИван Петров, 1987")
        held("Anna Sidorova")
        page = page_of(desk, intake)
        assert [row.also_first_for for row in page.context["list"].rows] == [[3], [], [1]]
        assert f"Ivan Petrov ({person.code}) is also first for line 3." in page.content.decode()

    def test_dropping_asks_why(self, desk):
        intake = begin("Ivan Petrov")
        response = send(desk, intake, {"line-1": "dropped"}, go="save")
        assert told(response) == ["Line 1: Say in a few words why this is not a person."]

    @pytest.mark.parametrize("sent", [{"line-1": "somebody", "seen-1": "0"}, {"line-1": "open", "seen-1": "-1"}])
    def test_what_no_page_sends_is_refused(self, desk, sent):
        assert desk.post(address(begin("Ivan Petrov")), sent).status_code == 400

    def test_confirm_and_undo_pages(self, desk):
        arrest = held("Ivan Petrov")
        intake = begin("Ivan Petrov\nNobody Known")
        choose(intake, {1: arrest})
        shown = desk.get(address(intake, "confirm/"))
        assert "1 person is released" in shown.content.decode()
        response = desk.post(address(intake, "confirm/"), {"seen": shown.context["plan"].seen})
        assert told(response) == ["Done: 1 released, 0 tied to what was on record, 1 left unidentified."]
        assert Arrest.objects.get(pk=arrest.pk).ended is not None
        assert desk.get(address(intake, "undo/")).status_code == 200
        assert desk.post(address(intake), {"seen-1": "1", "line-1": "open"}).status_code == 302
        assert line(intake).arrest == arrest


class TestAccess:
    PAGES = ("", "new/", "unidentified/", "{pk}/", "{pk}/all/", "{pk}/lines/1/", "{pk}/confirm/", "{pk}/undo/")

    def answers(self, client, method="get"):
        held("Ivan Petrov")
        intake = begin("Ivan Petrov")
        return [getattr(client, method)(HOME + page.format(pk=intake.pk)).status_code for page in self.PAGES]

    def test_reader_and_stranger_are_sent_to_sign_in(self, outside):
        assert self.answers(Client()) == [302] * 8

    def test_stranger_is_sent_to_sign_in(self, outside):
        assert self.answers(outside) == [302] * 8

    def test_editor_may_all(self, desk):
        assert self.answers(desk) == [200] * 8

    def test_contributor_works_and_does_not_undo(self):
        assert self.answers(signed_in("anna", contributor=[])) == [200] * 7 + [403]

    def test_auditor_looks_on(self):
        assert self.answers(signed_in("anna", auditor=[])) == [200, 403, 200, 200, 403, 200, 403, 403]

    def test_auditor_changes_nothing(self):
        assert self.answers(signed_in("anna", auditor=[]), "post") == [405] + [403] * 7

    def test_administrator_of_accounts_sees_nothing(self):
        assert self.answers(signed_in("anna", administrator=[])) == [403] * 8

    def test_contributor_can_not_choose_somebody_published(self):
        published, draft = held("Ivan Petrov"), held("Ivan Petrov", state="draft")
        intake = begin("Ivan Petrov")
        client = signed_in("anna", contributor=[])
        assert [one.person for one in candidates(client, intake)] == [draft.prisoner]
        response = send(client, intake, {"line-1": f"arrest-{published.pk}"}, go="save")
        assert told(response) == ["Line 1: There is no such arrest that you may change."]

    def test_desk_leads_to_the_intake(self, desk):
        intake = begin("Ivan Petrov")
        assert "1 list is open" in desk.get("/desk/admin/").content.decode()
        pardon = desk.get(f"/desk/admin/releases/pardon/{intake.pardon_id}/change/").content.decode()
        assert f"{HOME}new/?pardon={intake.pardon_id}" in pardon
        make_arrest()
