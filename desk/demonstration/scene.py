"""Writes the world to the database, before the people come."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from prisoners.models import Case, Confidentiality, Context, Facility, Organisation, Source, Statute
from prisoners.models.sources import SourceKind
from releases.models import Citation, Event, Pardon, Wave

from . import story
from .chance import weighted
from .records import OpenCase, Records
from .world import regions, world

COUNTRY = "BY"
LAW = "CC"
_SOURCES = {
    "chronicle": ("Chronicle of arrests", "Freedom Watch Centre", "https://freedom-watch.example.org/chronicle/{month}", 5),
    "courier": ("Arrests of the month", "Courier of the Square", "https://courier.example.net/arrests/{month}", 3),
    "statement": (
        "Statement on political prisoners",
        "Freedom Watch Centre",
        "https://freedom-watch.example.org/statements/{month}",
        5,
    ),
    "releases": ("Who came home", "Lantern Committee", "https://lantern-committee.example.net/home/{month}", 4),
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
    _hold_events(until)
    _open_cases(chance, records, people, months)
    return records


def _kept_or_made(model: type[Any], rows: list[Any]) -> dict[str, Any]:
    """The rows by slug: an operator may have entered some before, which stay as they are."""
    kept = model.objects.in_bulk([row.slug for row in rows], field_name="slug")
    made = model.objects.bulk_create(row for row in rows if row.slug not in kept)
    return {**kept, **{row.slug: row for row in made}}


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
    title, publisher, url, reliability = _SOURCES[kind]
    return Source(
        title=f"{title}, {month:%B %Y}",
        publisher=publisher,
        url=url.format(month=text),
        published_on=text,
        kind=SourceKind.STATEMENT if kind == "statement" else SourceKind.ARTICLE,
        confidentiality=Confidentiality.PUBLIC,
        language="en",
        reliability=reliability,
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
