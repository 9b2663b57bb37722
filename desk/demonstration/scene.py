"""Writes the world to the database, before the people come."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from prisoners.models import Affiliation, Case, Confidentiality, Context, Facility, Organisation, Source, Statute
from prisoners.models.sources import SourceKind
from releases.models import Citation, Event, Pardon, Wave

from . import story
from .chance import weighted
from .records import OpenCase, Records
from .world import regions, world

COUNTRY = "BY"
LAW = "CC"
FREEDOM_WATCH, LANTERN = "Freedom Watch Centre", "Lantern Committee"


class _Kind(NamedTuple):
    """A publication of every month."""

    title: str
    publisher: str
    url: str
    kind: str
    reliability: int
    confidentiality: str = Confidentiality.PUBLIC


_SOURCES = {
    "chronicle": _Kind(
        "Chronicle of arrests", FREEDOM_WATCH, "https://freedom-watch.example.org/chronicle/{month}", SourceKind.LIST, 5
    ),
    "courier": _Kind(
        "Arrests of the month", "Courier of the Square", "https://courier.example.net/arrests/{month}", SourceKind.ARTICLE, 3
    ),
    "statement": _Kind(
        "Statement on political prisoners",
        FREEDOM_WATCH,
        "https://freedom-watch.example.org/statements/{month}",
        SourceKind.STATEMENT,
        5,
    ),
    "releases": _Kind("Who came home", LANTERN, "https://lantern-committee.example.net/home/{month}", SourceKind.LIST, 4),
    "court": _Kind(
        "Court calendar and judgments", "Court Watch", "https://court-watch.example.org/calendar/{month}", SourceKind.COURT, 4
    ),
    "letters": _Kind(
        "Letters that families showed us", "", "", SourceKind.LETTER, 4, confidentiality=Confidentiality.CONFIDENTIAL
    ),
}


def set_scene(chance: random.Random, people: int, until: date) -> Records:
    """Create everything that people's records refer to."""
    months = [month.first for month in story.months(people, until)]
    records = Records(
        organisations=_kept_or_made(Organisation, [Organisation(**row) for row in world()["organisations"]]),
        contexts=_kept_or_made(Context, [Context(slug=row["slug"], title=row["title"]) for row in world()["contexts"]]),
        statutes=_kept_or_made(Statute, list(_statutes())),
        facilities=_facilities(),
        pardons={pardon.slug: pardon for pardon in _wave(until)},
        sources=_sources(months),
        towns={region["code"]: region["towns"] for region in world()["regions"]},
    )
    Affiliation.objects.bulk_create(_affiliations(), ignore_conflicts=True)
    _hold_events(until)
    _open_cases(chance, records, people, months)
    return records


def _kept_or_made(model: type[Any], rows: list[Any]) -> dict[str, Any]:
    """The rows by slug: an operator may have entered some before, which stay as they are."""
    kept = model.objects.in_bulk([row.slug for row in rows], field_name="slug")
    made = model.objects.bulk_create(row for row in rows if row.slug not in kept)
    return {**kept, **{row.slug: row for row in made}}


def _affiliations() -> Iterator[Affiliation]:
    for place, row in enumerate(world()["affiliations"]):
        labels = {language: row[language] for language in ("be", "ru", "fa")}
        yield Affiliation(code=row["code"], label=row["label"], labels=labels, position=place)


def _statutes() -> Iterator[Statute]:
    for row in [*world()["statutes"], world()["added_in_custody"]]:
        yield Statute(slug=row["slug"], country=COUNTRY, law=LAW, article=row["article"], title=row["title"])


def _facilities() -> dict[str, list[Facility]]:
    made: dict[str, list[Facility]] = {}
    rows = [
        Facility(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            country=COUNTRY,
            region=row["region"],
            postal_address=row["address"],
        )
        for row in world()["facilities"]
    ]
    for facility in _kept_or_made(Facility, rows).values():
        made.setdefault(facility.kind, []).append(facility)
    return made


def _sources(months: list[date]) -> dict[tuple[str, str], Source]:
    keys = [(kind, f"{month:%Y-%m}", month) for month in months for kind in _SOURCES]
    made = Source.objects.bulk_create(_source(kind, text, month) for kind, text, month in keys)
    return {(kind, text): source for (kind, text, _), source in zip(keys, made, strict=True)}


def _source(kind: str, text: str, month: date) -> Source:
    of_month = _SOURCES[kind]
    return Source(
        title=f"{of_month.title}, {month:%B %Y}",
        publisher=of_month.publisher,
        url=of_month.url.format(month=text),
        published_on=text,
        kind=of_month.kind,
        confidentiality=of_month.confidentiality,
        language="en",
        reliability=of_month.reliability,
    )


def _wave(until: date) -> list[Pardon]:
    plan = world()["wave"]
    wave = Wave.objects.create(slug=plan["slug"], title=plan["title"], summary=plan["summary"])
    acts = [act for act in plan["pardons"] if act["on"] <= until.isoformat()]
    pardons = Pardon.objects.bulk_create(
        Pardon(
            slug=act["slug"],
            wave=wave,
            title=act["title"],
            announced_on=act["on"],
            authority=plan["authority"],
            framing=act["framing"],
            announced_number=act["announced"],
        )
        for act in acts
    )
    for pardon in pardons:
        announcement = _announcement(pardon.title, f"pardons/{wave.slug}/{pardon.slug}", str(pardon.announced_on))
        Citation.objects.create(pardon=pardon, source=announcement, field="announced_number")
    return pardons


def _announcement(title: str, path: str, published_on: str) -> Source:
    return Source.objects.create(
        title=title,
        publisher="Press office",
        url=f"https://press-office.example.org/{path}",
        published_on=published_on,
        kind=SourceKind.OFFICIAL,
        confidentiality=Confidentiality.PUBLIC,
        reliability=2,
    )


def _hold_events(until: date) -> None:
    for row in world()["events"]:
        # An event of a whole month or of several days counts by its beginning.
        if row["on"][:10] > until.isoformat():
            continue
        event = Event.objects.create(
            slug=row["slug"],
            title=row["title"],
            happened_on=row["on"],
            kind=row["kind"],
            actor=row["actor"],
            stance=row.get("stance", ""),
            summary=row["summary"],
        )
        event.waves.set(Wave.objects.filter(slug__in=row.get("waves", [])))
        Citation.objects.create(event=event, source=_announcement(row["title"], f"events/{row['slug']}", row["on"]))


def _open_cases(chance: random.Random, records: Records, people: int, months: list[date]) -> None:
    number = min(len(months), max(1, story.scaled(45, people)))
    for month in sorted(chance.sample(months, number)):
        region = weighted(chance, regions())
        town = chance.choice(records.towns[region])
        case = Case.objects.create(
            slug=f"{town.lower().replace(' ', '-')}-{month:%Y-%m}", title=f"Group case of {town}, {month:%B %Y}"
        )
        records.cases[f"{month:%Y-%m}", region] = OpenCase(case, places=chance.randint(3, 12))
        context = records.context(chance, month)
        if context is not None:
            records.context_of_case[case.pk] = context
        records.article_of_case[case.pk] = chance.choice(["by-cc-342", "by-cc-293", "by-cc-130"])
