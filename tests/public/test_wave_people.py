"""Each figure of a wave's page leads to the list of just those people, by the page, by its JSON and by the ledger."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts import clemency
from counts.answering import answer
from counts.clemency import people
from counts.ledger import settle
from counts.listing import Listing
from prisoners.models import Judgment
from public import wave_people
from public.shares import shares
from public.wave import known_of, released_of_wave
from releases.models import Pardon, PardonLine, Release, VoidRelease, Wave
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PAGE = "/releases/wave/"
random_lives = st.fixed_dictionaries(
    {
        "ended": st.sampled_from([None, "2024-08-10", "2024-08", "../2024-08-20"]),
        "mechanism": st.sampled_from(["pardon", "amnesty", "deportation", "death_in_custody", None]),
        "is_under": st.booleans(),
        "is_line": st.booleans(),
        "is_void": st.booleans(),
        "liberty": st.sampled_from(["free", "exiled", "unknown"]),
        "verification": st.sampled_from(["announced", "identified", "confirmed", "contradicted"]),
        "conditions": st.sets(st.sampled_from(["petition_signed", "exit_ban"])),
        "sentence": st.sampled_from([None, "2024-09-01", "2024-11", "2024", "2030-01-01"]),
        "again": st.booleans(),
        "visibility": st.sampled_from(["named", "named", "initials", "counted"]),
    }
)


def make_life(acts: list[Pardon], number: int, facts: dict) -> None:
    act = acts[number % len(acts)]
    arrest = make_arrest(make_prisoner(visibility=facts["visibility"]), began="2020-09-01", ended=facts["ended"])
    if facts["ended"] and facts["mechanism"]:
        release = Release.objects.create(
            arrest=arrest,
            mechanism_id=facts["mechanism"],
            pardon=act if facts["is_under"] else None,
            liberty_after=facts["liberty"],
            verification=facts["verification"],
        )
        release.conditions.set(facts["conditions"])
    if facts["is_line"]:
        PardonLine.objects.create(pardon=act, position=number + 1, as_written="As written", arrest=arrest)
    if facts["is_void"]:
        VoidRelease.objects.create(arrest=arrest, mechanism_id="pardon", pardon=act, happened_on="2024-07", because="Taken back.")
    if facts["sentence"]:
        Judgment.objects.create(arrest=arrest, decided_on="2021-01-01", ends=facts["sentence"])
    if facts["ended"] and facts["again"]:
        make_arrest(arrest.prisoner, began="2025-02-02")


def make_acts() -> list[Pardon]:
    wave, _made = Wave.objects.get_or_create(slug="wave", defaults={"title": "Wave"})
    days = {"one": "2024-08-11", "two": "2024-09-11"}
    return [
        Pardon.objects.get_or_create(slug=slug, defaults={"wave": wave, "title": slug, "announced_on": day})[0]
        for slug, day in days.items()
    ]


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(random_lives, min_size=1, max_size=6))
def test_figures_agree_with_their_lists_and_with_the_ledger(lives: list[dict]) -> None:
    forget_acts()
    acts = make_acts()
    for number, facts in enumerate(lives):
        make_life(acts, number, facts)
    settle()
    wave = acts[0].wave
    known = known_of(wave, acts, QueryDict(), today=TODAY)
    figures = shares(known.rows, known.released)
    # The outcomes exclude one another, and everybody identified has one: no person is here twice.
    assert sum(share.people for share in figures.outcomes) == known.people == (known.total.identified if known.total else 0)
    every = [*figures.outcomes, *figures.conditions, *figures.liberties, *figures.verifications, figures.again]
    every += [figures.short, figures.without_sentence]
    for share in every:
        assert wave_people.asked(known.rows, QueryDict(share.query)).rows == share.narrowed.rows
    released = released_of_wave(wave, TODAY, NOW)
    assert released.figures.at_most == people(known.released)
    assert Listing(QueryDict(released.list_query), today=TODAY).total.at_most == people(known.released)
    assert sum(group.figures.at_most for group in released.answer.groups) == people(known.released)
    assert figures.short.people == figures.sentences.short.at_most
    assert figures.without_sentence.people == figures.sentences.unknown


def forget_acts() -> None:
    """Of the examples before: one transaction holds them all."""
    PardonLine.objects.all().delete()
    VoidRelease.objects.all().delete()
    Release.objects.update(pardon=None)


@pytest.fixture
def small_wave() -> Wave:
    acts = make_acts()
    common = {"ended": "2024-08-10", "mechanism": "pardon", "is_under": True, "is_line": True, "is_void": False, "again": False}
    common |= {"liberty": "free", "verification": "identified", "conditions": set(), "sentence": None, "visibility": "named"}
    lives = [
        common,
        common | {"conditions": {"exit_ban", "petition_signed"}, "sentence": "2024-09-01", "verification": "contradicted"},
        common | {"liberty": "exiled", "sentence": "2030-01-01", "again": True, "mechanism": "deportation"},
        common | {"ended": None, "is_void": True},
        common | {"ended": None, "is_line": True},
        common | {"mechanism": "death_in_custody"},
    ]
    for number, facts in enumerate(lives):
        make_life(acts, number, facts)
    settle()
    return acts[0].wave


def linked(html: str) -> dict[str, str]:
    """The address of each figure that stands in a list of figures, with its number."""
    found = re.findall(r'<dd><a href="([^"]*)">([^<]*)</a>', html)
    return {unescape(link): number for link, number in found}


def test_every_number_of_the_page_leads_to_as_many_rows(client: Client, small_wave: Wave) -> None:
    numbers = linked(client.get(PAGE).content.decode())
    own = {link: number for link, number in numbers.items() if link.startswith("?")}
    assert len(own) >= 12
    for link, number in own.items():
        html = client.get(f"{PAGE}{link.partition('#')[0]}").content.decode()
        people_shown = re.findall(r'<tr><th scope="row"><a href="/prisoners/', html)
        assert (link, str(len(people_shown))) == (link, number)
    elsewhere = {link: number for link, number in numbers.items() if link.startswith("/prisoners/")}
    for link, number in elsewhere.items():
        total = Listing(QueryDict(link.partition("?")[2]), today=TODAY).total
        assert (link, str(total.at_least)) == (link, number.removeprefix("at least "))


def test_list_says_in_words_what_it_was_narrowed_to(client: Client, small_wave: Wave) -> None:
    told = {
        "outcome=released&left=under-90": [
            "what became of them: <strong>released under the act</strong>; left of the sentence: <strong>under 90 days</strong>"
        ],
        "condition=exit_ban": ["on what conditions: <strong>may not leave the country</strong>"],
        "condition=none&mechanism=none": ["<strong>none on record</strong>; how they came out: <strong>custody goes on</strong>"],
        "liberty=exiled&verification=identified": ["<strong>exiled</strong>", "<strong>identity confirmed</strong>"],
        "left=90-or-more&again=yes": ["<strong>90 days or more</strong>; arrested again since: <strong>yes</strong>"],
    }
    for query, words in told.items():
        html = client.get(f"{PAGE}?{query}").content.decode()
        assert [each in html for each in words] == [True] * len(words), query


def test_page_tells_what_became_of_each(client: Client, small_wave: Wave) -> None:
    html = client.get(PAGE).content.decode()
    told = {
        "outcome=released": "3",
        "outcome=void": "1",
        "outcome=held": "1",
        "outcome=died": "1",
        "again=yes": "1",
        "outcome=released&condition=exit_ban": "1",
        "outcome=released&condition=none": "2",
        "outcome=released&liberty=exiled": "1",
        "outcome=released&verification=contradicted": "1",
        "outcome=released&left=under-90": "1",
        "outcome=released&left=unknown": "1",
    }
    found = linked(html)
    assert {query: found.get(f"?{query}#people") for query in told} == told
    assert "Release void: taken back, or never let go." in html
    assert "Arrested again on 2 February 2025" in html


def test_json_says_what_the_page_says(client: Client, small_wave: Wave) -> None:
    told = client.get("/releases/wave.json").json()
    assert {kind["code"]: kind["people"] for kind in told["outcomes"]} == {"released": 3, "void": 1, "held": 1, "died": 1}
    assert {kind["code"]: kind["at_least"] for kind in told["mechanisms"]} == {"pardon": 2, "deportation": 1}
    assert (told["identified"], told["people_total"], told["arrests_total"], told["next"]) == (6, 6, 6, None)
    assert sorted(person["outcome"] for person in told["people"]) == sorted(["released"] * 3 + ["void", "held", "died"])
    narrowed = client.get("/releases/wave.json?outcome=released&left=under-90").json()
    [person] = narrowed["people"]
    assert (narrowed["filters"], person["remaining_days"]) == (
        {"outcome": "released", "left": "under-90"},
        {"at_least": 22, "at_most": 22},
    )
    assert person["conditions"] == ["exit_ban", "petition_signed"]
    assert (narrowed["identified"], narrowed["people_total"]) == (6, 1)


def test_json_of_an_act_is_of_that_act_alone(client: Client, small_wave: Wave) -> None:
    each = [client.get(f"/releases/wave/{slug}.json").json() for slug in ("one", "two")]
    assert [one["identified"] for one in each] == [3, 3]
    assert [len(one["people"]) for one in each] == [3, 3]
    assert {path for one in each for person in one["people"] for path in person["pardons"]} == {"wave/one", "wave/two"}


def test_json_is_paged_with_its_query(client: Client, small_wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public.views.releases.PEOPLE_ON_A_PAGE", 2)
    first = client.get("/releases/wave.json?outcome=released").json()
    assert first["next"].endswith("?outcome=released&page=2")
    second = client.get(first["next"]).json()
    assert ([len(first["people"]), len(second["people"])], second["next"]) == ([2, 1], None)
    html = client.get(f"{PAGE}?outcome=released").content.decode()
    assert 'href="?outcome=released&amp;page=2"' in html


@pytest.mark.parametrize(
    "query",
    ["outcome=free", "left=90", "again=no", "condition=x", "mechanism=x", "colour=red", "outcome=held&outcome=died", "liberty=x"],
)
def test_query_that_cannot_be_followed_is_refused_with_what_is_valid(client: Client, small_wave: Wave, query: str) -> None:
    answers = [client.get(f"/releases/{path}?{query}") for path in ("wave/", "wave/one/", "wave.json", "wave/one.json")]
    assert [answer.status_code for answer in answers] == [400] * 4
    name = query.partition("=")[0]
    assert all(f"<code>{name}=" in answer.content.decode() for answer in answers)


def test_list_of_released_people_is_the_same_as_a_count_of_releases(client: Client, small_wave: Wave) -> None:
    asked = answer(QueryDict("measure=releases&wave=wave&recognised=any"), today=TODAY, now=NOW)
    assert asked.total.at_least == 3
    rows = clemency.identified(list(small_wave.pardons.all()), today=TODAY)
    assert people(one for one in rows if one.outcome == "released") == 3
