"""Every figure of a wave's page and document, against a plain count from the records; of random worlds, the odd ones too."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.ledger import settle
from prisoners.models import Arrest, Judgment
from releases.models import Pardon, PardonLine, Release, VoidRelease, Wave
from tests.counts.worlds import unless_refused
from tests.factories import make_arrest, make_prisoner
from tests.public import plain_waves

pytestmark = pytest.mark.django_db
SOON = (localdate() + timedelta(days=40)).isoformat()
random_acts = st.lists(
    st.fixed_dictionaries(
        {
            "announced_on": st.sampled_from(
                [None, "2024-08-11", "2024-08-11", "2024-08", "2024-09-04/2024-09-06", "2024-09/..", "../2024-08-20", SOON]
            ),
            "announced_number": st.none() | st.integers(0, 4),
            "is_minimum": st.booleans(),
            "unmatched": st.integers(0, 2),
        }
    ),
    min_size=1,
    max_size=3,
)
random_judgments = st.lists(
    st.fixed_dictionaries(
        {
            "decided_on": st.sampled_from([None, "2021-01-10", "2021", "2024-08-12", "2024-08/2024-10"]),
            "outcome": st.sampled_from(["convicted", "convicted", "added", "changed", "upheld", "quashed"]),
            "sentence_kind": st.sampled_from(["imprisonment", "imprisonment", "life", "death", "fine", "unknown"]),
            "sentence_months": st.sampled_from([None, 6, 48, 120]),
            "ends": st.sampled_from([None, None, "2022-01-01", "2024-09-01", "2024-11", "2030", "2025-01-01/.."]),
        }
    ),
    max_size=2,
)
random_arrests = st.fixed_dictionaries(
    {
        "began": st.sampled_from(["2020-09-01", "2024-07-20", "2024-07/2024-08", "2024-08-12", "2024-09", None, "../2024-08-01"]),
        "ended": st.sampled_from([None, "2024-08-11", "2024-08-11", "2024-08", "2024-08-11/..", "../2024-08-20", SOON]),
        "mechanism": st.sampled_from(["pardon", "pardon", "deportation", "death_in_custody", None]),
        "released_under": st.none() | st.integers(0, 2),
        "lines": st.sets(st.integers(0, 2), max_size=2),
        "void_under": st.none() | st.none() | st.integers(0, 2),
        "liberty": st.sampled_from(["free", "exiled", "unknown"]),
        "verification": st.sampled_from(["announced", "identified", "confirmed", "contradicted"]),
        "conditions": st.sets(st.sampled_from(["petition_signed", "exit_ban"])),
        "judgments": random_judgments,
    }
)
random_people = st.fixed_dictionaries(
    {
        "visibility": st.sampled_from(["named"] * 5 + ["initials", "counted", "internal"]),
        "state": st.sampled_from(["published"] * 6 + ["draft", "withdrawn"]),
        "died": st.sampled_from([None] * 4 + ["2024-08-11", "2024-08", "2025-01"]),
        "embargo_until": st.sampled_from([None] * 5 + [date(2999, 1, 1)]),
        "arrests": st.lists(random_arrests, min_size=1, max_size=2),
        # What came after: the revolving door, on a day known or not.
        "again": st.sampled_from([None, None, "2024-08-30", "2024-08-01/2024-09-10", "2025", "2024-08-11"]),
    }
)


def make_world(acts: list[dict[str, Any]], lives: list[dict[str, Any]]) -> list[Pardon]:
    wave = Wave.objects.create(slug="wave", title="Wave")
    made = [_make_act(wave, number, facts) for number, facts in enumerate(acts)]
    for facts in lives:
        of_person = {name: facts[name] for name in ("visibility", "state", "died", "embargo_until")}
        person = unless_refused(lambda of_person=of_person: make_prisoner(**of_person))
        if person is None:
            continue
        for arrest in facts["arrests"]:
            unless_refused(lambda arrest=arrest, person=person: _make_arrest(person, arrest, made))
        if facts["again"]:
            unless_refused(lambda facts=facts, person=person: make_arrest(person, began=facts["again"]))
    settle()
    return list(Pardon.objects.filter(pk__in=[act.pk for act in made]).order_by("pk"))


def _make_act(wave: Wave, number: int, facts: dict[str, Any]) -> Pardon:
    is_minimum = facts["is_minimum"] and facts["announced_number"] is not None
    of_act = {"announced_on": facts["announced_on"], "announced_number": facts["announced_number"]}
    act = Pardon.objects.create(wave=wave, slug=f"act-{number}", title=f"Act {number}", is_announced_minimum=is_minimum, **of_act)
    for line in range(facts["unmatched"]):
        PardonLine.objects.create(pardon=act, position=900 + line, as_written="As written")
    return act


def _make_arrest(person: Any, facts: dict[str, Any], acts: list[Pardon]) -> Arrest:
    arrest = make_arrest(person, began=facts["began"], ended=facts["ended"])
    if arrest.ended and facts["mechanism"]:
        release = Release.objects.create(
            arrest=arrest,
            mechanism_id=facts["mechanism"],
            pardon=_one_of(acts, facts["released_under"]),
            liberty_after=facts["liberty"],
            verification=facts["verification"],
        )
        release.conditions.set(facts["conditions"])
    for place in sorted(facts["lines"]):
        if act := _one_of(acts, place):
            PardonLine.objects.create(pardon=act, position=act.lines.count() + 1, as_written="As written", arrest=arrest)
    if void := _one_of(acts, facts["void_under"]):
        VoidRelease.objects.create(arrest=arrest, mechanism_id="pardon", pardon=void, happened_on=None, because="Taken back.")
    for judgment in facts["judgments"]:
        unless_refused(lambda judgment=judgment: Judgment.objects.create(arrest=arrest, **judgment))
    return arrest


def _one_of(acts: list[Pardon], place: int | None) -> Pardon | None:
    return acts[place] if place is not None and place < len(acts) else None


def told(document: dict[str, Any]) -> dict[str, Any]:
    """The figures of a document, as the plain count gives them."""
    by_code = ("outcomes", "conditions", "liberty_after", "verification")
    out = {name: {kind["code"]: kind["people"] for kind in document[name]} for name in by_code}
    out["mechanisms"] = {kind["code"]: kind["at_most"] for kind in document["mechanisms"] if kind["at_most"]}
    plainly = (
        *("announced_number", "is_announced_minimum", "listed", "identified", "unidentified", "is_unidentified_minimum"),
        *("released", "remaining", "arrested_again", "named_several_times", "arrests_around"),
    )
    return {**out, **{name: document[name] for name in plainly}}


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(random_acts, st.lists(random_people, min_size=1, max_size=6))
def test_every_figure_is_that_of_a_plain_count(client: Client, acts: list[dict], lives: list[dict]) -> None:
    with transaction.atomic():
        made = make_world(acts, lives)
        today = localdate()
        assert told(client.get("/releases/wave.json").json()) == plain_waves.figures(made, today)
        for act in made:
            assert told(client.get(f"/releases/wave/{act.slug}.json").json()) == plain_waves.figures([act], today)
        _page_says_the_same(client, plain_waves.figures(made, today))
        transaction.set_rollback(True)


def _page_says_the_same(client: Client, figures: dict[str, Any]) -> None:
    """The list of waves, and each number of the page with the rows that it leads to."""
    row = re.search(r'<tr><th scope="row"><a href="/releases/wave/">.*?</tr>', client.get("/releases/").content.decode(), re.S)
    assert row is not None
    numbers = [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r'<td class="number".*?>(.*?)</td>', row[0], re.S)]
    minimum = "at least " if figures["is_unidentified_minimum"] else ""
    announced = "not given" if figures["announced_number"] is None else f"{minimum}{figures['announced_number']}"
    people = [str(figures["listed"]), str(figures["identified"]), f"{minimum}{figures['unidentified']}"]
    assert numbers[:5] == [announced, *people, str(figures["released"]["at_most"])]
    html = client.get("/releases/wave/").content.decode()
    for link, number in re.findall(r'<a href="(\?[^"]*)#people">(\d+)</a>', html):
        document = client.get(f"/releases/wave.json{unescape(link)}").json()
        assert (link, document["people_total"]) == (link, int(number))
