"""The reference story as the database holds it, at its own size. Everything is counted anew, without the ledger."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlparse

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.http import QueryDict
from django.test import Client

from counts.answering import answer
from desk.demonstration import story
from desk.demonstration.service import Made, make_demonstration
from prisoners.dates import UncertainDate
from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    Judgment,
    Name,
    Organisation,
    Prisoner,
    Recognition,
    Source,
    Stay,
    Treatment,
)
from releases.models import Event, Pardon, PardonLine, Release, VoidRelease

pytestmark = pytest.mark.django_db  # without the mark no test database would be set up, and the real one be used
FAR = date.max
KEY_DAY = date(2024, 1, 15)


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Made]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_demonstration()
        connection.check_constraints()  # here once, or at the end of each test anew
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def lives(made: Made) -> list[list[dict[str, Any]]]:
    """For each counted person their arrests, with recognitions, as texts read by plain Python."""
    people = Prisoner.objects.filter(state="published", visibility="named").prefetch_related("arrests__recognitions")
    return [[_life(arrest) for arrest in person.arrests.all()] for person in people]


def _life(arrest: Arrest) -> dict[str, Any]:
    return {
        "began": arrest.began,
        "ended": arrest.ended,
        "confirmed": arrest.last_confirmed_on,
        "findings": [(recognition.made_on, recognition.withdrawn_on) for recognition in arrest.recognitions.all()],
    }


def held_certainly(life: dict[str, Any], day: date) -> bool:
    first = min([life["began"].latest or FAR, life["confirmed"] or FAR])
    if life["ended"] is None:
        return first <= day
    last = [life["ended"].earliest or date.min]
    if life["confirmed"]:
        last.append(life["confirmed"] + datetime.timedelta(days=1))
    return first <= day < max(last)


def held_possibly(life: dict[str, Any], day: date) -> bool:
    ended = life["ended"]
    return (life["began"].earliest or date.min) <= day and (ended is None or day < (ended.latest or FAR))


def recognised_certainly(life: dict[str, Any], day: date) -> bool:
    return any(
        (made.latest or FAR) <= day and not (withdrawn and (withdrawn.earliest or date.min) <= day)
        for made, withdrawn in life["findings"]
    )


def recognised_possibly(life: dict[str, Any], day: date) -> bool:
    return any(
        (made.earliest or date.min) <= day and not (withdrawn and (withdrawn.latest or FAR) <= day)
        for made, withdrawn in life["findings"]
    )


def held(lives: list[list[dict[str, Any]]], day: date) -> tuple[int, int]:
    at_least = sum(any(held_certainly(life, day) and recognised_certainly(life, day) for life in person) for person in lives)
    at_most = sum(any(held_possibly(life, day) and recognised_possibly(life, day) for life in person) for person in lives)
    return at_least, at_most


def test_held_on_the_key_day_is_what_the_story_says(lives: list[list[dict[str, Any]]]) -> None:
    assert held(lives, KEY_DAY) == (1430, 1437)


def test_held_on_the_key_day_by_the_databases_own_spans_is_the_same(made: Made) -> None:
    counted = Prisoner.objects.named()
    certain = counted.filter(
        Q(arrests__recognitions__withdrawn_on=None) | Q(arrests__recognitions__withdrawn_on_earliest__gt=KEY_DAY),
        arrests__certainly_held__contains=KEY_DAY,
        arrests__recognitions__made_on_latest__lte=KEY_DAY,
    )
    assert certain.distinct().count() == 1430


def test_held_on_the_key_day_is_the_same_on_the_site(made: Made) -> None:
    asked = answer(QueryDict(f"measure=held&on={KEY_DAY}"), today=KEY_DAY, now=datetime.datetime.now(datetime.UTC))
    assert (asked.total.at_least, asked.total.at_most) == (1430, 1437)


def test_held_over_the_years_has_the_shape_of_the_story(lives: list[list[dict[str, Any]]]) -> None:
    expected = {2020: 170, 2021: 970, 2022: 1440, 2023: 1430, 2024: 1250, 2025: 1125}
    found = {year: held(lives, date(year, 12, 31))[0] for year in expected}
    assert found == {year: pytest.approx(number, abs=25) for year, number in expected.items()}
    assert held(lives, story.DEFAULT_UNTIL)[0] == pytest.approx(1100, abs=40)  # the latest cases are still at the desk


def test_population_is_the_default_and_all_of_it_fictional(made: Made) -> None:
    assert made == Made(is_new=True, people=4500, arrests=4725, releases=Release.objects.count())
    assert Prisoner.objects.filter(is_fictional=False).count() == 0


def test_wave_announces_97_in_three_acts_of_30_30_and_37(made: Made) -> None:
    acts = Pardon.objects.filter(wave__slug="august-september-2023").order_by("announced_on_earliest")
    assert [act.announced_number for act in acts] == [30, 30, 37]
    assert {(act.announced_on_earliest.year, act.announced_on_earliest.month) for act in acts} == {(2023, 8), (2023, 9)}


def test_wave_announced_listed_identified_and_unidentified_are_four_numbers(made: Made) -> None:
    lines = PardonLine.objects.all()
    identified = lines.exclude(arrest=None).count()
    assert (97, lines.count(), identified, lines.filter(arrest=None).count()) == (97, 82, 59, 23)
    for pardon in Pardon.objects.annotate(listed=Count("lines")):
        assert pardon.listed < (pardon.announced_number or 0)


def test_wave_identified_lines_are_public_people_released_by_that_pardon_on_that_day(made: Made) -> None:
    matched = PardonLine.objects.exclude(arrest=None)
    fitting = matched.filter(
        arrest__release__mechanism="pardon",
        arrest__release__pardon=F("pardon"),
        arrest__ended=F("pardon__announced_on"),
        arrest__prisoner__state="published",
        arrest__prisoner__visibility="named",
    )
    assert fitting.count() == matched.count() == Release.objects.exclude(pardon=None).count()


def test_wave_some_of_the_pardoned_are_arrested_again(made: Made) -> None:
    again = Prisoner.objects.filter(arrests__release__pardon__isnull=False).filter(arrests__began_earliest__gt=date(2023, 9, 15))
    assert 3 <= again.distinct().count() <= 10


def test_arrests_are_made_in_every_month(made: Made) -> None:
    months = set(
        Arrest.objects.filter(began__regex=r"^\d{4}-\d\d-\d\d$").values_list("began_earliest__year", "began_earliest__month")
    )
    expected = {(year, month) for year in range(2020, 2027) for month in range(1, 13) if (2020, 8) <= (year, month) <= (2026, 10)}
    assert months == expected


def test_arrests_are_densest_after_the_election(made: Made) -> None:
    by_month = Counter(str(began)[:7] for began in Arrest.objects.values_list("began", flat=True))
    assert {month for month, _ in by_month.most_common(4)} == {"2020-08", "2020-09", "2020-10", "2020-11"}
    assert sum(by_month[f"2020-{month:02}"] for month in (8, 9, 10, 11)) > 850


def test_arrests_some_people_are_arrested_twice(made: Made) -> None:
    twice = Prisoner.objects.annotate(number=Count("arrests")).filter(number__gt=1).count()
    assert 180 <= twice <= 225  # 225 arrests are second ones, or third


def test_dates_take_every_uncertain_form(made: Made) -> None:
    forms = {re.sub(r"\d", "0", str(began)) for began in Arrest.objects.values_list("began", flat=True)}
    day = "0000-00-00"
    assert forms == {"0000", "0000-00", "0000-00~", day, f"{day}~", f"{day}/{day}", f"{day}/..", f"../{day}"}
    ends = {re.sub(r"\d", "0", str(ended)) for ended in Arrest.objects.exclude(ended=None).values_list("ended", flat=True)}
    assert ends == {"0000-00", "0000-00~", day, f"{day}~", f"{day}/{day}", f"../{day}"}


def test_dates_nothing_happens_after_the_last_day(made: Made) -> None:
    late = {"{}_earliest__gt": story.DEFAULT_UNTIL}
    for model, field in [
        (Arrest, "began"),
        (Arrest, "ended"),
        (Recognition, "made_on"),
        (Treatment, "began"),
        (Judgment, "decided_on"),
    ]:
        [(suffix, day)] = late.items()
        assert model.objects.filter(**{suffix.format(field): day}).count() == 0
    assert Arrest.objects.filter(last_confirmed_on__gt=story.DEFAULT_UNTIL).count() == 0


def test_events_hold_two_elections_and_answers_to_the_wave(made: Made) -> None:
    elections = (
        Event.objects.filter(kind="election").order_by("happened_on_earliest").values_list("happened_on_earliest", flat=True)
    )
    assert list(elections) == [date(2020, 8, 9), date(2025, 1, 26)]
    answers = set(Event.objects.filter(waves__slug="august-september-2023").values_list("actor", "stance"))
    assert {("EU", "welcomes"), ("EU", "demands_more"), ("EU", "threatens"), ("Government", "denies")} <= answers
    assert {"EU", "US"} == set(Event.objects.filter(kind="sanctions").values_list("actor", flat=True))
    assert Event.objects.filter(actor="UN", stance="demands_more").count() == 2


def test_recognition_comes_from_three_organisations_also_late_withdrawn_or_never(made: Made) -> None:
    assert Organisation.objects.filter(recognitions__isnull=False).distinct().count() == 3
    assert Recognition.objects.filter(made_on_earliest__gt=F("arrest__ended_latest")).count() > 200
    assert Recognition.objects.exclude(withdrawn_on=None).count() > 10
    assert Arrest.objects.filter(recognitions=None).count() > 900


def test_deaths_in_custody_end_the_custody_on_the_day_of_death(made: Made) -> None:
    deaths = Release.objects.filter(mechanism__is_death=True)
    assert deaths.count() == 8
    assert deaths.filter(arrest__prisoner__died=F("arrest__ended")).count() == 8
    assert Prisoner.objects.exclude(died=None).count() == 8


def test_desk_has_work_and_only_the_rest_is_public(made: Made) -> None:
    groups = {
        (row["state"], row["visibility"]): row["number"]
        for row in Prisoner.objects.values("state", "visibility").annotate(number=Count("pk"))
    }
    assert groups == {**story.UNPUBLISHED, ("published", "named"): 4500 - sum(story.UNPUBLISHED.values())}


def test_published_people_each_have_a_sourced_arrest(made: Made) -> None:
    assert Prisoner.objects.filter(state="published", arrests__citations=None).count() == 0
    assert Prisoner.objects.filter(state="draft", arrests__citations=None).count() > 5


def test_sources_are_never_real_addresses(made: Made) -> None:
    urls = [*Source.objects.exclude(url="").values_list("url", flat=True), *Organisation.objects.values_list("url", flat=True)]
    assert {".".join(str(urlparse(url).hostname).split(".")[-2:]) for url in urls} == {"example.org", "example.net"}


def test_names_are_in_latin_and_in_two_cyrillic_spellings(made: Made) -> None:
    assert Name.objects.filter(is_heading=True, language="en", script="Latn").count() == 4500
    assert Name.objects.filter(is_primary=True, language="be", script="Cyrl", kind="legal").count() == 4500
    # A name that is spelt alike in both is kept once.
    assert Name.objects.filter(is_primary=True, language="ru", script="Cyrl", kind="legal").count() > 4000


def test_charges_name_the_articles_of_the_story(made: Made) -> None:
    charged = set(Charge.objects.values_list("statute__slug", flat=True))
    assert {f"by-cc-{article}" for article in ("342", "130", "361-1", "361-4", "368", "369", "411")} <= charged


def test_judgments_come_before_the_end_of_the_custody(made: Made) -> None:
    assert Judgment.objects.filter(decided_on_earliest__gt=F("arrest__ended_latest")).count() == 0
    served = Judgment.objects.filter(arrest__release__mechanism="sentence_served", arrest__ended__regex=r"^[0-9-]{10}$")
    assert served.count() > 500
    assert served.exclude(ends=F("arrest__ended")).count() == 0


def test_stays_follow_each_other_without_a_gap(made: Made) -> None:
    by_arrest: dict[int, list[tuple[UncertainDate, UncertainDate | None]]] = {}
    for arrest, began, ended in Stay.objects.order_by("pk").values_list("arrest_id", "began", "ended"):
        by_arrest.setdefault(arrest, []).append((began, ended))
    custody = {pk: (began, ended) for pk, began, ended in Arrest.objects.values_list("pk", "began", "ended")}
    assert len(by_arrest) > 4000
    for arrest, stays in by_arrest.items():
        assert (stays[0][0], stays[-1][1]) == custody[arrest]
        assert [ended for _, ended in stays[:-1]] == [began for began, _ in stays[1:]]


def test_terms_of_people_are_many_and_health_is_agreed_to_by_some_only(made: Made) -> None:
    telling = Prisoner.objects.filter(vulnerabilities__is_health=True)
    agreed = telling.filter(consents__scope="health", consents__withdrawn_on=None)
    assert 0 < agreed.distinct().count() < telling.distinct().count()
    assert Prisoner.objects.filter(consents__scope="health", consents__withdrawn_on__isnull=False).exists()
    assert 600 < Prisoner.objects.exclude(affiliations=None).count() < 1000
    assert Prisoner.objects.filter(vulnerabilities="minor", born_earliest__lt=date(2000, 1, 1)).count() == 0


def test_judgments_take_every_outcome_of_the_story(made: Made) -> None:
    outcomes = Counter(Judgment.objects.values_list("outcome", flat=True))
    assert set(outcomes) == {"convicted", "added", "changed", "upheld", "acquitted", "quashed"}
    assert set(Judgment.objects.values_list("stage", flat=True)) == {"first", "appeal", "cassation"}
    assert Judgment.objects.filter(outcome="added").exclude(arrest__charges__statute__slug="by-cc-411").count() == 0
    assert Judgment.objects.filter(is_closed_hearing=True, credited_days__gt=0).exists()
    assert Judgment.objects.exclude(judge="").count() > 1000


def test_charges_are_requalified_as_an_article_that_is_charged_too(made: Made) -> None:
    requalified = Charge.objects.filter(status="requalified")
    assert requalified.count() > 50
    assert requalified.filter(requalified_as__in=F("arrest__charges__statute")).distinct().count() == requalified.count()
    assert requalified.filter(status_on_earliest__lt=F("arrest__began_earliest")).count() == 0


def test_releases_come_with_conditions_and_some_come_to_nothing(made: Made) -> None:
    pardoned = Release.objects.exclude(pardon=None)
    assert pardoned.filter(conditions="petition_signed").count() > pardoned.count() / 2
    assert Release.objects.filter(mechanism__is_death=True).exclude(conditions=None).count() == 0
    void = VoidRelease.objects.all()
    assert 2 <= void.count() <= 20
    assert void.exclude(arrest__ended=None).count() == 0
    assert void.filter(happened_on_earliest__lte=F("arrest__began_latest")).count() == 0


def test_withdrawn_recognitions_each_say_why(made: Made) -> None:
    withdrawn = Recognition.objects.exclude(withdrawn_on=None)
    assert (withdrawn.filter(withdrawn_because="").count(), withdrawn.filter(criteria=None).count()) == (0, 0)


def test_sources_disagree_on_some_births_and_days_of_arrest(made: Made) -> None:
    for field, record in (("born", "prisoner"), ("began", "arrest")):
        values = Citation.objects.filter(field=field).exclude(value="").values(record)
        assert values.annotate(given=Count("value", distinct=True)).filter(given__gt=1).count() > 50


def test_confidential_sources_are_cited_and_have_no_address(made: Made) -> None:
    hidden = Source.objects.filter(confidentiality="confidential", prisoners_citations__isnull=False)
    assert hidden.distinct().count() > 20
    assert hidden.exclude(url="").count() == 0
    assert set(Source.objects.values_list("kind", flat=True)) == {"list", "article", "statement", "court", "letter", "official"}


def test_citations_name_fields_that_their_records_have(made: Made) -> None:
    fields = set(Citation.objects.exclude(field="").values_list("field", flat=True))
    assert fields == {"born", "began", "place", "circumstances", "text", "decided_on", "status", "facility"}
    for citation in Citation.objects.exclude(field="").order_by("?")[:200]:
        citation.clean()


def test_names_of_some_people_have_every_kind_of_form(made: Made) -> None:
    kinds = set(Name.objects.values_list("kind", flat=True))
    assert kinds == {"legal", "transliteration", "patronymic", "maiden", "alias", "pen"}


def test_summaries_of_some_people_are_in_two_languages(made: Made) -> None:
    both = Prisoner.objects.filter(summaries__language="en").filter(summaries__language="be")
    assert 500 < both.count() < Prisoner.objects.filter(summaries__language="en").count()


def test_wave_page_shows_97_announced_who_is_identified_and_the_ratio_of_arrests_to_releases(made: Made, client: Client) -> None:
    told = client.get("/releases/august-september-2023.json").json()
    numbers = [told[name] for name in ("announced_number", "listed", "identified", "unidentified")]
    assert numbers == [97, 82, 59, 38]
    around = told["arrests_around"]
    arrests = [
        _arrested_between(*days) for days in ((date(2023, 7, 18), date(2023, 8, 16)), (date(2023, 9, 16), date(2023, 10, 15)))
    ]
    assert [(around[when]["at_least"], around[when]["at_most"]) for when in ("before", "after")] == arrests
    low, high = (round(10 * sum(bound) / 59) for bound in zip(*arrests, strict=True))
    assert (around["released"], around["for_ten_released"]) == (59, [low, high])
    page = client.get("/releases/august-september-2023/").content.decode()
    last_row = re.sub(r"<[^>]+>", " ", page.partition("<tfoot>")[2].partition("</tfoot>")[0]).split()
    assert last_row == ["Together", "97", "82", "59", "38"]
    assert f"<dd>{low}–{high}<small>" in page
    assert f"at least {arrests[0][0]}</a>" in page


def _arrested_between(first: date, last: date) -> tuple[int, int]:
    """People arrested from one day to another, at least and at most, without the ledger."""
    seen = Q(prisoner__state="published", prisoner__embargo_until=None) & ~Q(prisoner__visibility="internal")
    certain, possible = set(), set()
    for arrest in Arrest.objects.filter(seen).select_related("prisoner"):
        earliest, latest = _beginning(arrest)
        if earliest <= last and latest >= first:
            possible.add(arrest.prisoner_id)
        if earliest >= first and latest <= last:
            certain.add(arrest.prisoner_id)
    return len(certain), len(possible)


def _beginning(arrest: Arrest) -> tuple[date, date]:
    """The first and the last day on which an arrest can have been, as far as it may be told: of some people in years."""
    began, ended, person = arrest.began, arrest.ended, arrest.prisoner
    ends = [day for day in (ended and ended.latest, arrest.last_confirmed_on, person.died and person.died.latest) if day]
    first, last = (began and began.earliest) or date.min, min([(began and began.latest) or FAR, *ends])
    if person.visibility == "named":
        return first, max(first, last)
    years = first.replace(month=1, day=1), last.replace(month=12, day=31)
    was_by = bool(began and began.latest and person.published_on and began.latest <= person.published_on)
    return years[0], min(years[1], person.published_on) if was_by and person.published_on else years[1]
