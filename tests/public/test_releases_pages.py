"""Waves, acts, their numbers, and the people identified."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.test import Client

from counts.ledger import settle
from prisoners.dates import UncertainDate
from prisoners.models import Judgment, Prisoner, State
from public.refill import span_of
from public.wave import known_of, overview, released_of_wave
from releases.models import Pardon, PardonLine, Release, Wave
from tests.factories import make_arrest, make_prisoner
from tests.public.worlds import make_freed, make_wave

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def about(wave: Wave):
    settle()
    known = known_of(wave, list(wave.pardons.all()), QueryDict(), today=NOW.date())
    page = Paginator(known.asked.rows, 100).page(1)
    return overview(known, page, released_of_wave(wave, NOW.date(), NOW), NOW)


def rows_of(html: str) -> list[list[str]]:
    """The cells of every row of every table."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S)] for row in rows]


@pytest.mark.django_db
def test_act_is_told_with_its_four_numbers(client: Client) -> None:
    make_wave()
    settle()
    html = client.get("/releases/").content.decode()
    assert ["Act 1", "11 August 2024", "30", "2", "2", "28"] in rows_of(html)


@pytest.mark.django_db
def test_list_tells_each_wave_with_its_numbers_days_and_ratio(client: Client) -> None:
    make_wave(acts=2)
    make_arrest(began="2024-08-01")
    settle()
    row = rows_of(client.get("/releases/").content.decode())[1]
    numbers = ["60", "4", "4", "56", "4", "1", "2"]
    assert row == ["Pardons of late-summer", "11 August 2024 – 12 August 2024", *numbers]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "announced", "unidentified"),
    [
        ({"announced_number": None}, "not given", "at least 0"),
        ({"is_announced_minimum": True}, "at least 30", "at least 28"),
        ({"announced_number": 1}, "1", "0"),
        ({"announced_number": 1430}, "1,430", "1,428"),
    ],
)
def test_announced_number_that_is_unknown_or_a_minimum_is_said_to_be(client: Client, facts, announced, unidentified) -> None:
    wave = make_wave()
    wave.pardons.update(**facts)
    settle()
    [row] = [row for row in rows_of(client.get("/releases/").content.decode()) if row[0] == "Act 1"]
    assert (row[2], row[5]) == (announced, unidentified)


@pytest.mark.django_db
def test_wave_adds_announced_and_listed_and_counts_each_person_once() -> None:
    wave = make_wave(acts=3)
    first, second, _third = wave.pardons.all()
    PardonLine.objects.create(pardon=second, position=9, as_written="again", arrest=first.lines.get(position=1).arrest)
    told = about(wave)
    # Whoever two acts name is one person, and takes two of the places announced.
    assert (told.total.announced, told.total.listed, told.total.identified, told.total.unidentified) == (90, 7, 6, 83)
    assert told.shares.several == 1


@pytest.mark.django_db
def test_wave_with_an_act_without_a_number_announces_at_least_the_others() -> None:
    wave = make_wave(acts=2)
    Pardon.objects.filter(wave=wave, slug="act-1").update(announced_number=None)
    total = about(wave).total
    assert (total.announced, total.is_announced_minimum, total.is_unidentified_minimum) == (30, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/releases/", "/releases/late-summer/", "/releases/late-summer/act-1/"])
def test_line_of_a_list_is_never_printed_as_written(client: Client, path: str) -> None:
    make_wave()
    settle()
    response = client.get(path)
    assert response.status_code == 200
    assert b"SECRET" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
@pytest.mark.parametrize("path", ["/releases/late-summer/", "/releases/late-summer/act-1/"])
def test_person_who_is_not_published_is_not_identified(client: Client, state: str, path: str) -> None:
    wave = make_wave()
    hidden = make_freed(wave.pardons.get(), state=state)
    PardonLine.objects.create(pardon=wave.pardons.get(), position=3, as_written="x", arrest=hidden)
    make_freed(wave.pardons.get(), state=state)
    settle()
    html = client.get(path).content.decode()
    assert rows_of(html)[1][2:] == ["30", "3", "2", "28"]
    assert hidden.prisoner.code not in html
    assert hidden.prisoner.names.get().text not in html


@pytest.mark.django_db
def test_people_identified_stand_with_what_remained_of_their_sentences() -> None:
    wave = make_wave()
    told = [(person.outcome == "released", person.remaining) for person in about(wave).people]
    known = [remaining for _released, remaining in told if remaining]
    assert [released for released, _remaining in told] == [True, True]
    assert [(remaining.at_least, remaining.at_most) for remaining in known] == [(42, 42)]


@pytest.mark.django_db
def test_only_who_came_out_under_an_act_is_released_and_no_death_is() -> None:
    wave = make_wave()
    for position, (died, mechanism) in enumerate(
        [(None, "death_in_custody"), ("2024-08-20", None), ("2024-08-21", None)], start=3
    ):
        arrest = make_arrest(make_prisoner(died=died), began="2020-09-01", ended="2024-08-20")
        PardonLine.objects.create(pardon=wave.pardons.get(), position=position, as_written="x", arrest=arrest)
        if mechanism:
            Release.objects.create(arrest=arrest, mechanism_id=mechanism)
    settle()
    told = about(wave)
    assert told.refill is not None
    assert (len(told.people), told.shares.sentences.people, told.refill.released) == (5, 2, 2)


@pytest.mark.django_db
def test_sentence_that_counts_is_the_last_judgments() -> None:
    wave = make_wave()
    arrest = Judgment.objects.get().arrest
    Judgment.objects.create(arrest=arrest, decided_on="2022-05-05", ends="2024-08-30")
    Judgment.objects.create(arrest=arrest, decided_on="2020-12-05", ends="2030-01-01")
    assert [person.remaining.at_least for person in about(wave).people if person.remaining] == [10]


@pytest.mark.django_db
def test_person_listed_but_not_released_is_said_to_have_no_release(client: Client) -> None:
    wave = make_wave()
    held = make_arrest(make_prisoner("Still Inside"), began="2021-01-01")
    PardonLine.objects.create(pardon=wave.pardons.get(), position=3, as_written="x", arrest=held)
    settle()
    rows = rows_of(client.get("/releases/late-summer/?outcome=held").content.decode())
    unknown = ["not known", "none on record", "not known", "not known"]
    assert rows[-1] == ["Still Inside", "1 January 2021", "No release is on record.", *unknown]


@pytest.mark.django_db
def test_arrested_again_counts_who_was_arrested_after_the_release() -> None:
    wave = make_wave()
    person = about(wave).people[0].arrest.prisoner
    make_arrest(person, began="2025-05-05")
    assert about(wave).shares.again.people == 1


@pytest.mark.django_db
def test_arrests_of_the_weeks_around_stop_where_the_acts_begin_and_end() -> None:
    wave = make_wave(acts=2)  # 11 and 12 August 2024
    for day in ("2024-07-11", "2024-07-12", "2024-08-10", "2024-08-11", "2024-08-12", "2024-08-13", "2024-09-11", "2024-09-12"):
        make_arrest(began=day)
    settle()
    refill = about(wave).refill
    assert refill is not None
    assert refill.after is not None
    assert (refill.before.figures.at_least, refill.after.figures.at_least, refill.released) == (2, 2, 4)
    assert refill.for_ten_released == (10, 10)
    assert refill.before.list_query == ("on=2024-08-10&recognised=any&arrested_to=2024-08-10&arrested_from=2024-07-12")


@pytest.fixture
def lone_act(db) -> Pardon:
    """An act that is all of its wave, by whose name the wave goes."""
    act = make_wave().pardons.get()
    Wave.objects.update(title=act.title)
    settle()
    return act


def test_act_that_stands_alone_is_told_once(client: Client, lone_act: Pardon) -> None:
    pages = {path: client.get(path).content.decode() for path in ("/releases/", "/releases/late-summer/")}
    assert [html.count(f">{lone_act.title}<") for html in pages.values()] == [1, 2]  # its row; heading and row
    assert "Together" not in pages["/releases/late-summer/"]
    html = client.get("/releases/late-summer/act-1/").content.decode()
    assert ("Part of:" in html, "All releases" in html) == (False, True)


def test_summary_of_an_act_that_stands_alone_is_told_in_the_list(client: Client, lone_act: Pardon) -> None:
    Wave.objects.update(summary="What was said to be mercy.")
    html = client.get("/releases/").content.decode()
    assert (html.count("What was said to be mercy."), len(re.findall(r">28\s*<", html))) == (1, 1)


def test_act_that_has_the_name_of_its_wave_and_others_beside_it_is_part_of_it(client: Client, lone_act: Pardon) -> None:
    Pardon.objects.create(slug="other", wave=lone_act.wave, title="Other")
    assert "Part of: Act 1" in client.get("/releases/late-summer/act-1/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2024-08-10", "before the first act"),
        ("2024-08-11", ""),
        ("2024-08", ""),
        ("2024-08-12", ""),
        ("2024-08-13/2024-08-20", "after the last act"),
        ("2024-08-13/..", "after the last act"),
        (None, ""),
    ],
)
def test_what_was_said_is_placed_by_the_acts_where_that_is_certain(day: str | None, place: str) -> None:
    wave = make_wave(acts=2)  # 11 and 12 August 2024
    wave.events.update(happened_on=day)
    assert {said.place for side in about(wave).sides for said in side.said} == {place}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "span"),
    [
        (["2024-08-11", "2024-09/.."], ("2024-08-11", "2024-09-01")),
        (["2024-08-11", "../2024-07-20"], ("2024-07-20", "2024-08-11")),
        (["2024-08/..", None], ("2024-08-01", "2024-08-01")),
        ([None, None], None),
    ],
)
def test_act_with_one_side_of_its_days_open_counts_from_the_day_known(days, span) -> None:
    acts = [Pardon(announced_on=day and UncertainDate.parse(day)) for day in days]
    assert span_of(acts) == (span and tuple(date.fromisoformat(day) for day in span))


@pytest.mark.django_db
def test_weeks_after_an_act_of_today_are_not_yet_known() -> None:
    wave = make_wave()
    wave.pardons.update(announced_on=NOW.date().isoformat())
    refill = about(wave).refill
    assert refill is not None
    assert refill.after is None


@pytest.mark.django_db
def test_waves_stand_newest_first(client: Client) -> None:
    for slug, day in (("old", "2021-01-01"), ("new", "2025-01-01"), ("undated", None)):
        make_wave(slug).pardons.update(announced_on=day)
    html = client.get("/releases/").content.decode()
    assert re.findall('<h2 id="wave-(.*?)"', html) == ["new", "old", "undated"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_list_of_waves_takes_the_same_number_of_queries(client: Client, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        make_wave(f"wave-{number}", acts=count)
    # savepoint, time limit, how many, waves, acts, lines, numbers, arrests around (2 and the revision), what can be chosen (2),
    # releases by year and mechanism (9), savepoint, notice
    with django_assert_num_queries(22):
        client.get("/releases/")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["/releases/late-summer/", "/releases/late-summer/act-1/"])
def test_wave_takes_the_same_number_of_queries(client: Client, django_assert_num_queries, count: int, path: str) -> None:
    make_wave(acts=count)
    settle()
    # savepoint, time limit, the wave and its acts (2, or 1 for an act), who is identified, lines, numbers, releases by mechanism
    # (4), events, citations, two counts of arrests (4 each), conditions, people, names and conditions, savepoint, notice
    with django_assert_num_queries(28 if path.endswith("summer/") else 27):
        client.get(path)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["page=2", "page=0", "page=-1", "page=x", "page=٣", "sort=name", "page=1&x=1", "page="])
def test_page_that_does_not_exist_is_refused_with_what_is_valid(client: Client, query: str) -> None:
    make_wave()
    settle()
    answers = [client.get(f"/releases/{path}?{query}") for path in ("", "late-summer/", "late-summer/act-1/")]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert [b"Valid:" in answer.content for answer in answers] == [True, True, True]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/releases/none/", "/releases/none/act-1/", "/releases/late-summer/act-9/"])
def test_wave_that_does_not_exist_is_not_found(client: Client, path: str) -> None:
    make_wave()
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_people_of_a_wave_are_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public.views.releases.PEOPLE_ON_A_PAGE", 1)
    make_wave()
    settle()
    linked = [
        re.findall('href="(/prisoners/BY-.*?/)"', client.get(f"/releases/late-summer/?page={n}").content.decode()) for n in (1, 2)
    ]
    people = {person.get_absolute_url() for person in Prisoner.objects.all()}
    assert [len(page) for page in linked] == [1, 1]
    assert {*linked[0], *linked[1]} == people
