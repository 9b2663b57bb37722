"""Pages by cursor: everything comes once, in one order, whatever changes meanwhile; and no cursor breaks anything."""

import base64
import contextlib
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.ledger import settle
from prisoners.models import Facility, Prisoner, State, Stay, Visibility
from public.api.cursors import CaseCursor, NotACursor, SlugCursor
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.api.world import make_initials
from tests.public.worlds import make_freed, make_wave

pytestmark = pytest.mark.django_db
DAYS = ["2020-08-09", "2020-08-09", "2020-08", "2021", None, "../2019-01-01", "0001", "9999-12-31", "2020-08-09"]


def make_people() -> None:
    """Two people shown by initials, and others arrested on one day, on days not quite known, and at the edges of the calendar."""
    wave = make_wave()
    for day in DAYS:
        make_arrest(began=day)
    twice = make_prisoner()
    make_arrest(twice, began="2020-08-09", ended="2020-09-01")
    make_arrest(twice, began="2020-10-09")
    make_initials("BY-4M8TZP")
    make_initials("BY-0M8TZP")
    make_freed(wave.pardons.get())
    settle()


def walk(client: Client, path: str) -> list[dict]:
    """All entries, page by page."""
    found: list[dict] = []
    address: str | None = path
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    return found


@pytest.mark.parametrize("sort", ["arrested", "-arrested"])
@pytest.mark.parametrize("limit", [1, 2, 5])
@pytest.mark.parametrize("name", ["prisoners", "arrests", "releases"])
def test_pages_together_are_the_whole_list_each_entry_once(client: Client, name: str, limit: int, sort: str) -> None:
    make_people()
    path = f"/api/v1/{name}/?sort={sort}&on=9999-12-31&limit="
    whole = client.get(f"{path}200").json()
    assert walk(client, f"{path}{limit}") == whole["results"]
    assert len(whole["results"]) == whole["total"]["at_most"]
    assert len({str(entry) for entry in whole["results"]}) == len(whole["results"])
    assert whole["next"] is None


@pytest.mark.parametrize("name", ["pardons", "waves", "events", "facilities", "organisations"])
def test_pages_of_records_together_are_all_of_them(client: Client, name: str) -> None:
    for number in range(3):
        make_wave(f"wave-{number}")
        person = make_arrest()
        Stay.objects.create(arrest=person, facility=Facility.objects.create(slug=f"place-{number}", name="x", country="BY"))
    make_organisations()
    whole = client.get(f"/api/v1/{name}/").json()["results"]
    assert walk(client, f"/api/v1/{name}/?limit=1") == whole
    assert len(whole) == 3
    assert [one["slug"] for one in whole] == sorted(one["slug"] for one in whole)


def make_organisations() -> None:
    for number in range(3):
        recognise(make_arrest(), by=f"watch-{number}")
    settle()


def test_order_is_by_first_possible_day_then_by_code(client: Client) -> None:
    make_people()
    entries = walk(client, "/api/v1/arrests/?on=9999-12-31&limit=3")
    days = [(entry["began"] and entry["began"]["earliest"]) or "" for entry in entries]
    assert days == sorted(days, reverse=True)
    same_day = [entry["code"] for entry in entries if (entry["began"] or {}).get("earliest") == "2020-08-09"]
    assert same_day == sorted(same_day)
    assert len(same_day) == 4


def test_next_page_keeps_the_query_and_its_day(client: Client) -> None:
    make_people()
    page = client.get("/api/v1/prisoners/?limit=2&status=held&status=released").json()
    asked = parse_qs(urlsplit(page["next"]).query)
    assert {name: asked[name] for name in ("limit", "status", "on")} == {
        "limit": ["2"],
        "status": ["held", "released"],
        "on": [page["on"]],
    }
    following = client.get(page["next"]).json()
    assert (following["on"], following["total"]) == (page["on"], None)


def test_page_after_somebody_withdrawn_goes_on_with_the_next(client: Client) -> None:
    make_people()
    path = "/api/v1/prisoners/?on=2026-01-01&limit=2"
    page = client.get(path).json()
    whole = walk(client, path)
    Prisoner.objects.filter(code=page["results"][-1]["code"]).update(state=State.WITHDRAWN)
    settle()
    assert walk(client, page["next"]) == whole[2:]


def test_cursor_holds_nothing_but_what_its_page_shows(client: Client) -> None:
    make_people()
    address: str | None = "/api/v1/arrests/?limit=1&on=9999-12-31"
    seen = 0
    while address:
        page = client.get(address).json()
        address = page["next"]
        if address:
            [text] = parse_qs(urlsplit(address).query)["cursor"]
            cursor, [entry] = CaseCursor.read(text), page["results"]
            began = (entry["began"] and entry["began"]["earliest"]) or "-infinity"
            assert (cursor.sort, cursor.code, cursor.day) == ("-arrested", entry["code"], began)
            assert cursor.ordinal in (1, 2)
            seen += 1
    assert seen > 10


def test_page_of_somebody_shown_by_initials_tells_years_and_not_the_order_of_entry(client: Client) -> None:
    make_people()
    Prisoner.objects.exclude(visibility=Visibility.INITIALS).update(state=State.WITHDRAWN)
    settle()
    entries = walk(client, "/api/v1/arrests/?limit=1")
    assert [(entry["code"], entry["began"]["edtf"]) for entry in entries] == [("BY-0M8TZP", "2021"), ("BY-4M8TZP", "2021")]


def _packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


HOSTILE = [
    *("x", "=", "....", "%00", "A" * 5000, "é", "LWFycmVzdGVk"),
    *map(_packed, ["slug ", "slug a' OR 1=1", "slug a\x00", "slug " + "a" * 81, "slug a\n", "slug ä"]),
    *map(_packed, ["-arrested 2020-13-01 BY-7K3QX2 1", "-arrested 0000-01-01 BY-7K3QX2 1", "arrested 2020-02-30 BY-7K3QX2 1"]),
    *map(
        _packed, ["-arrested 2020-01-01 BY-7K3QX2 0", "-arrested 2020-01-01 BY-7K3QX2 99999", "-arrested 2020-01-01 by-7k3qx2 1"]
    ),
    *map(_packed, ["name 2020-01-01 BY-7K3QX2 1", "-arrested 2020-01-01 BY-7K3QX2 1\n", "-arrested 2020-01-01;x BY-7K3QX2 1"]),
    # Another spelling of the same bytes.
    _packed("-arrested 2020-01-01 BY-7K3QX2 1") + "=",
    _packed("slug abc") + "==",
]


@pytest.mark.parametrize("name", ["prisoners", "arrests", "releases", "pardons", "facilities"])
def test_hostile_cursor_is_refused(client: Client, name: str) -> None:
    answers = {cursor: client.get(f"/api/v1/{name}/", {"cursor": cursor}) for cursor in HOSTILE}
    assert {cursor: answer.status_code for cursor, answer in answers.items()} == dict.fromkeys(HOSTILE, 400)
    for answer in answers.values():
        [problem] = answer.json()["problems"]
        assert (problem["parameter"], len(problem["value"]) <= 80) == ("cursor", True)


@pytest.mark.parametrize("day", ["-infinity", "infinity", "0001-01-01", "9999-12-31", "2020-02-29"])
def test_cursor_of_any_day_is_answered(client: Client, day: str) -> None:
    make_people()
    for sort in ("arrested", "-arrested"):
        cursor = str(CaseCursor(sort, day, "BY-000000", 1))
        assert client.get(f"/api/v1/arrests/?sort={sort}&cursor={cursor}").status_code == 200


def test_cursor_of_one_order_is_refused_in_another(client: Client) -> None:
    cursor = str(CaseCursor("arrested", "2020-01-01", "BY-000000", 1))
    assert client.get(f"/api/v1/arrests/?cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/arrests/?sort=arrested&cursor={cursor}").status_code == 200


def test_cursor_of_people_is_refused_for_records(client: Client) -> None:
    assert client.get(f"/api/v1/waves/?cursor={CaseCursor('arrested', '2020-01-01', 'BY-000000', 1)}").status_code == 400
    assert client.get(f"/api/v1/arrests/?cursor={SlugCursor('a')}").status_code == 400


@given(text=st.text() | st.binary().map(lambda some: base64.urlsafe_b64encode(some).decode()))
@settings(max_examples=300, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_is_a_cursor_or_is_refused(text: str) -> None:
    for kind in (CaseCursor, SlugCursor):
        with contextlib.suppress(NotACursor):
            assert str(kind.read(text)) == text


@given(
    sort=st.sampled_from(["arrested", "-arrested"]),
    day=st.dates().map(str) | st.sampled_from(["infinity", "-infinity"]),
    code=st.from_regex(r"[A-Z]{2}-[0-9A-HJKMNP-TV-Z]{6}", fullmatch=True),
    ordinal=st.integers(1, 9999),
)
def test_cursor_reads_back_as_it_was_written(sort: str, day: str, code: str, ordinal: int) -> None:
    cursor = CaseCursor(sort, day, code, ordinal)
    assert CaseCursor.read(str(cursor)) == cursor
