"""Entries for reference managers: whole whatever the names in them hold, with a key that stays."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from counts.answering import answer
from counts.citing import bibtex, key, ris
from counts.ledger import settle
from prisoners.models import Organisation
from tests.factories import make_arrest, recognise

pytestmark = pytest.mark.django_db
SEEN = date(2026, 11, 22)
URL = "https://held.example/counts/?on=2024-01-15&known=812.Xq-_A"
HOSTILE = [
    "Plain Watch",
    "}, url = {https://evil.example/}",
    "{{{{",
    "}}}}",
    "100% $ & _ # ~ ^ \\",
    "\\input{/etc/passwd}",
    '"quoted", and, commas',
    "two\nlines\r\nER  - \nTY  - BOOK",
    "@misc{other,",
    "Вясна — вартаўнік",
    "عفو",
    "\u202eright to left\u2028",
    "\x1b[31m",
]


def asked(query: str = "on=2024-01-15&recognised=any"):
    return answer(QueryDict(query), today=SEEN, now=timezone.now())


@pytest.fixture
def world() -> None:
    recognise(make_arrest())
    settle()


def parsed(entry: str) -> dict[str, str]:
    """The fields of an entry, as BibTeX reads it: by braces that balance, whatever stands before them."""
    opening = re.match(r"@misc\{([a-z0-9_-]+),\n", entry)
    assert opening is not None
    fields, rest = {"key": opening[1]}, entry[opening.end() :]
    while field := re.match(r"  ([a-z]+) = \{", rest):
        depth, place = 1, field.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[place], 0)
            place += 1
        fields[field[1]] = rest[field.end() : place - 1]
        assert rest[place : place + 2] == ",\n"
        rest = rest[place + 2 :]
    assert rest == "}\n"
    return fields


def lines(entry: str) -> list[tuple[str, str]]:
    """The fields of an entry of RIS."""
    found = []
    for line in entry.removesuffix("\n").split("\n"):
        field = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert field is not None
        found.append((field[1], field[2]))
    return found


def test_entry_holds_the_sentence_the_address_and_what_was_known_when(world) -> None:
    answered = asked()
    entry = parsed(bibtex(answered, site_name="Still Held", url=URL, seen_on=SEEN))
    moment = answered.known_at
    assert entry == {
        "key": key(answered, "Still Held"),
        "author": "{Still Held}",
        "title": "{On 15 January 2024 at least 1 person was held.}",
        "year": str(moment.year),
        "note": f"As known on {moment:%Y-%m-%d %H:%M} UTC (revision 1).",
        "url": URL,
        "urldate": "2026-11-22",
    }


def test_entry_for_ris_holds_the_same(world) -> None:
    answered = asked()
    moment = answered.known_at
    assert lines(ris(answered, site_name="Still Held", url=URL, seen_on=SEEN)) == [
        ("TY", "DATA"),
        ("ID", key(answered, "Still Held")),
        ("AU", "Still Held"),
        ("TI", "On 15 January 2024 at least 1 person was held."),
        ("PY", str(moment.year)),
        ("DA", f"{moment:%Y/%m/%d}"),
        ("N1", f"As known on {moment:%Y-%m-%d %H:%M} UTC (revision 1)."),
        ("UR", URL),
        ("Y2", "2026/11/22"),
        ("ER", ""),
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_an_entry(world, name: str) -> None:
    Organisation.objects.update(name=name)
    answered = asked("on=2024-01-15&recognised=monitor")
    entry = parsed(bibtex(answered, site_name=name, url=URL, seen_on=SEEN))
    assert list(entry) == ["key", "author", "title", "year", "note", "url", "urldate"]
    assert entry["url"] == URL
    assert re.findall(r"(?<!\\)[$&%#_]", entry["title"]) == []
    assert set(re.findall(r"\\([a-z]+)", entry["title"])) <= {
        *("textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum")
    }
    tags = [tag for tag, _text in lines(ris(answered, site_name=name, url=URL, seen_on=SEEN))]
    assert tags == ["TY", "ID", "AU", "TI", "PY", "DA", "N1", "UR", "Y2", "ER"]


@given(name=st.text(max_size=30), url=st.text(max_size=30))
def test_no_text_at_all_breaks_an_entry(name: str, url: str) -> None:
    answered = asked()
    entry = parsed(bibtex(answered, site_name=name, url=url, seen_on=SEEN))
    assert list(entry) == ["key", "author", "title", "year", "note", "url", "urldate"]
    assert len(lines(ris(answered, site_name=name, url=url, seen_on=SEEN))) == 10


def test_key_is_of_one_answer_and_stays(world) -> None:
    first = asked()
    again, other = key(asked(first.cited_query), "Still Held"), key(asked("on=2024-01-16&recognised=any"), "Still Held")
    make_arrest()
    settle()
    assert again == key(first, "Still Held") == key(asked(first.cited_query), "Still Held")
    assert len({again, other, key(asked(), "Still Held")}) == 3
    assert re.fullmatch(r"still-held-held-2024-01-15-r1-[0-9a-f]{8}", again)


@pytest.mark.parametrize("name", ["Вясна", "", "!?"])
def test_key_is_written_in_plain_letters(world, name: str) -> None:
    assert re.fullmatch(r"counts-held-2024-01-15-r1-[0-9a-f]{8}", key(asked(), name))


def test_page_shows_entries_with_the_sealed_address(client, world) -> None:
    html = client.get("/counts/?on=2024-01-15&recognised=any").content.decode().replace("&amp;", "&")
    url = client.get("/counts.json?on=2024-01-15&recognised=any").json()["cite"]["url"]
    assert re.findall(r"url = \{(.*?)\},", html) == [url]
    assert re.findall(r"UR  - (.*)", html) == [url]
    assert "." in parse_qs(urlsplit(url).query)["known"][0]


def test_fictional_people_are_said_to_be(world) -> None:
    make_arrest().prisoner.__class__.objects.update(is_fictional=True)
    entry = parsed(bibtex(asked(), site_name="Still Held", url=URL, seen_on=SEEN))
    assert entry["note"].endswith("Demonstration data: fictional people are among these.")
