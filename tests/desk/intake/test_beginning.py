"""Beginning an intake: the list, its pardon and its source, and what a search in a menu keeps of what was typed."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from desk.intake.models import Intake
from prisoners.dates import UncertainDate
from releases.models import Pardon
from tests.desk.intake.pages import HOME, address
from tests.desk.intake.scene import DAY, make_pardon
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def form(pardon=None, text="Ivan Petrov", **changes):
    return {
        "text": text,
        "pardon": pardon.pk if pardon else "",
        "source-title": "The decree",
        "all-liberty_after": "unknown",
        "all-verification": "announced",
        **changes,
    }


class TestBeginning:
    def test_pasted_list_becomes_an_open_intake(self, desk):
        pardon = make_pardon()
        response = desk.post(f"{HOME}new/", form(pardon, "1. Ivan Petrov, 1987\n2. Anna Sidorova"))
        intake = Intake.objects.get()
        assert (response.status_code, response.url) == (302, address(intake))
        said = (intake.pardon, str(intake.ended), intake.held_on, intake.mechanism_id, intake.opened_by)
        assert said == (pardon, str(DAY), UncertainDate.on(DAY), "pardon", "editor")
        assert [one.name for one in intake.lines.all()] == ["Ivan Petrov", "Anna Sidorova"]
        assert "".join(one.source_text for one in intake.lines.all()) == "1. Ivan Petrov, 1987\n2. Anna Sidorova"

    def test_pardon_can_be_made_with_it(self, desk):
        wave = make_pardon().wave
        new = {"new-title": "First act", "new-wave": wave.pk, "new-announced_on": "2024-09-04", "new-legal_form": "amnesty"}
        desk.post(f"{HOME}new/", form(**new, **{"new-announced_number": 30, "new-is_announced_minimum": "on"}))
        pardon = Pardon.objects.latest("pk")
        said = (pardon.slug, str(pardon.announced_on), pardon.announced_number, pardon.is_announced_minimum)
        assert said == ("first-act", "2024-09-04", 30, True)
        assert Intake.objects.get().mechanism_id == "amnesty"

    def test_pardon_that_stands_alone_needs_no_wave(self, desk):
        assert '<option value="" selected>none: it stands alone</option>' in desk.get(f"{HOME}new/").content.decode()
        new = {"new-title": "Lone act", "new-announced_on": "2024-09-04", "new-legal_form": "pardon"}
        desk.post(f"{HOME}new/", form(**new))
        pardon = Intake.objects.get().pardon
        assert (pardon.slug, pardon.wave.slug, pardon.wave.title) == ("lone-act", "lone-act", "Lone act")

    @pytest.mark.parametrize(("announced_on", "ended"), [(None, f"../{localdate()}"), ("2024-08", "2024-08")])
    def test_day_that_is_not_known_exactly_holds_as_it_is(self, desk, announced_on, ended):
        pardon = make_pardon(announced_on=announced_on)
        assert desk.post(f"{HOME}new/", form(pardon)).status_code == 302
        intake = Intake.objects.get()
        assert (intake.held_on, str(intake.ended)) == (announced_on and UncertainDate.parse(announced_on), ended)
        assert desk.get(address(intake)).status_code == 200

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "Paste the list or choose a file: one of the two."),
            ("12\n\n14", "No name was found in the text: write one name a line, or names with commas between them."),
            ("Ivan\x01\x02\x03\x04 Petrov", "This is not text: it holds characters that no list of names has."),
            ("Ivan Petrov\n" * 10_001, "The list has 10001 lines; 10000 are the most for one intake. Paste it in parts."),
        ],
        ids=["nothing", "no name", "nonsense", "too long"],
    )
    def test_unusable_text_is_refused_with_what_to_do(self, desk, text, words):
        response = desk.post(f"{HOME}new/", form(make_pardon(), text))
        assert words in response.content.decode().replace("&#x27;", "'")
        assert Intake.objects.count() == 0

    def test_files_read_like_text(self, desk):
        book = openpyxl.Workbook()
        for row in (["№", "ФИО", "Год рождения"], [1, "Иванов Иван", 1987], [2, "Сидорова Анна", None]):
            book.active.append(row)
        stored = io.BytesIO()
        book.save(stored)
        files = {
            "list.xlsx": stored.getvalue(),
            "list.csv": "№;ФИО;Год рождения\n1;Иванов Иван;1987\n2;Сидорова Анна;\n".encode(),
            "list.txt": "№ ФИО\n1. Иванов Иван (1987)\n2. Сидорова Анна".encode("utf-8-sig"),
        }
        pardon, source = make_pardon(), make_source()
        for name, content in files.items():
            sent = {**form(pardon, ""), "source-known": source.pk, "file": SimpleUploadedFile(name, content)}
            assert desk.post(f"{HOME}new/", sent).status_code == 302, name
        read = [[(one.name, str(one.born or "")) for one in intake.lines.filter(kind="name")] for intake in Intake.objects.all()]
        assert read == [[("Иванов Иван", "1987"), ("Сидорова Анна", "")]] * 3

    @pytest.mark.parametrize("content", [b"%PDF-1.7", b"\x89PNG\r\n", b"PK\x03\x04broken", b"\xff\xfe\x00\x01", b"\x00\x01\x02"])
    def test_binary_upload_is_refused_in_words(self, desk, content):
        sent = {**form(make_pardon(), ""), "file": SimpleUploadedFile("list.txt", content)}
        response = desk.post(f"{HOME}new/", sent)
        assert response.status_code == 200
        assert list(response.context["list_form"].errors) == ["file"]


class TestMenus:
    """Any pardon, wave and source can be reached, by words and without a script."""

    @pytest.fixture
    def many(self, monkeypatch):
        monkeypatch.setattr("desk.intake.menus.MOST", 2)
        old = make_pardon("old", title="Act of the old chancery")
        make_source(title="Gazette of the old chancery")
        for n in range(3):
            make_pardon(f"act-{n}", title=f"Act {n}")
            make_source(title=f"Paper {n}")
        return old

    def offered(self, page, name):
        return re.findall(rf'<select name="{name}".*?</select>', page, re.S)[0].split("<option")[1:]

    def test_newest_are_in_the_menu_and_words_find_any(self, desk, many):
        assert "old chancery" not in desk.get(f"{HOME}new/").content.decode()
        typed = form(None, "Ivan Petrov\nAnna Sidorova", **{"source-title": "The decree", "all-conditions": ["silence"]})
        page = desk.post(f"{HOME}new/", {**typed, "find-pardon": " CHANCERY  old", "found-pardon": ""}).content.decode()
        assert (Intake.objects.count(), len(self.offered(page, "pardon"))) == (0, 2)
        assert "Act of the old chancery" in self.offered(page, "pardon")[1]
        assert ("Anna Sidorova</textarea>" in page, 'value="The decree"' in page, "errorlist" in page) == (True, True, False)
        assert re.search(r'value="silence"[^>]* checked', page)
        sent = {**typed, "pardon": many.pk, "find-pardon": "CHANCERY old", "found-pardon": "CHANCERY old"}
        assert desk.post(f"{HOME}new/", sent).status_code == 302
        assert Intake.objects.get().pardon == many

    def test_source_is_found_by_words_and_taken(self, desk, many):
        typed = form(many, **{"source-title": ""})
        page = desk.post(f"{HOME}new/", {**typed, "find-source": "gazette", "found-source": ""}).content.decode()
        key = re.search(r'value="([0-9]+)"', self.offered(page, "source-known")[1])[1]
        assert f'value="{many.pk}" selected' in page
        desk.post(f"{HOME}new/", {**typed, "source-known": key, "find-source": "gazette", "found-source": "gazette"})
        assert Intake.objects.get().source.title == "Gazette of the old chancery"

    def test_what_is_chosen_stays_in_a_menu_that_is_narrowed_to_others(self, desk, many):
        page = desk.post(f"{HOME}new/", {**form(many), "find-pardon": "paper", "found-pardon": ""}).content.decode()
        assert "None has the words “paper”." in page
        assert f'value="{many.pk}" selected' in page

    def test_file_that_a_search_loses_is_told(self, desk, many):
        upload = SimpleUploadedFile("list.txt", b"Ivan Petrov")
        page = desk.post(f"{HOME}new/", {**form(many, ""), "file": upload, "find-pardon": "old", "found-pardon": ""})
        assert "choose “list.txt” again" in page.content.decode()

    def test_wave_of_a_new_pardon_is_found_by_words(self, desk, many):
        page = desk.post(f"{HOME}new/", {**form(), "new-title": "Third", "find-wave": "autumn", "found-wave": ""})
        content = page.content.decode()
        assert ("Autumn" in self.offered(content, "new-wave")[1], 'value="Third"' in content) == (True, True)
