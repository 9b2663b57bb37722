"""A small case with a record of every kind in it, and all of it as the database has it. Everything is fictional."""

import json

from django.apps import apps
from django.db import connection

from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    Consent,
    Facility,
    Judgment,
    Name,
    Prisoner,
    Review,
    Statute,
    Stay,
    Summary,
    Treatment,
)
from releases.models import Citation as ReleaseCitation
from releases.models import Pardon, PardonLine, Release, VoidRelease, Wave
from tests.factories import make_arrest, make_prisoner, make_source, recognise

RECORDS = ("prisoners", "releases")
STAMP = ["changed_at", "last_changed_by", "changed_in"]


def make_full_case(**fields) -> Prisoner:
    """A person with names, and an arrest with a record of every kind on it."""
    person = make_prisoner("Taras Vymyšleny", born="1988-03", citizenships=["BY", "PL"], **fields)
    native = Name.objects.create(prisoner=person, text="Тарас Вымышлены", language="be", script="Cyrl", is_primary=True)
    Summary.objects.create(prisoner=person, language="en", text="An invented life.")
    Consent.objects.create(prisoner=person, scope="name", given_by="self", given_on="2021-01-01")
    person.occupations.set(["engineer", "lawyer"])
    Citation.objects.create(prisoner=person, source=make_source())
    Citation.objects.create(name=native, source=make_source(), locator="p. 3")
    fill_arrest(make_arrest(person, began="2020-08~", ended="2023-05-01", region="BY-HM"))
    return person


def fill_arrest(arrest: Arrest) -> None:
    facility = Facility.objects.create(
        slug=f"colony-{arrest.pk}", name="Colony", country="BY", latitude="53.90001", longitude="27.5"
    )
    statute = Statute.objects.create(slug=f"by-{arrest.pk}", country="BY", law="CC", article=str(arrest.pk), title="Anything")
    stay = Stay.objects.create(arrest=arrest, facility=facility, began="2020-09", regime_id="colony_strict")
    charge = Charge.objects.create(arrest=arrest, statute=statute, status="convicted", status_on="2021")
    judgment = Judgment.objects.create(arrest=arrest, decided_on="2021-02-03", sentence_kind="imprisonment", sentence_months=60)
    treatment = Treatment.objects.create(arrest=arrest, kind_id="solitary", began="2021-05", account="Forty days.")
    recognition = recognise(arrest)
    recognition.criteria.set(["pace_a", "pace_b"])
    for named in (
        {"stay": stay},
        {"charge": charge},
        {"judgment": judgment},
        {"treatment": treatment},
        {"recognition": recognition},
    ):
        Citation.objects.create(source=make_source(), **named)
    wave = Wave.objects.create(slug=f"wave-{arrest.pk}", title="Late summer")
    pardon = Pardon.objects.create(slug=f"act-{arrest.pk}", wave=wave, title="Act 1", announced_number=30)
    PardonLine.objects.create(pardon=pardon, position=1, as_written="Vymyshleny T.", arrest=arrest)
    release = Release.objects.create(arrest=arrest, mechanism_id="pardon", pardon=pardon)
    release.conditions.set(["petition_signed"])
    ReleaseCitation.objects.create(release=release, source=make_source())
    void = VoidRelease.objects.create(
        arrest=arrest, mechanism_id="pardon", happened_on="2022", because="Taken back at the border."
    )
    ReleaseCitation.objects.create(void_release=void, source=make_source())


def everything() -> dict[str, dict]:
    """Each record as the database has it now: without who changed it last and when, and without what that opens for review."""
    found = {}
    for app in RECORDS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model._meta.managed and model is not Review:
                found |= _rows(model._meta.db_table, model._meta.pk.column)
    return found


def _rows(table: str, key: str) -> dict[str, dict]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s || it.{key}, (to_jsonb(it) - %s::text[])::text FROM {table} AS it", [f"{table}:", STAMP])
        return {subject: json.loads(image) for subject, image in cursor.fetchall()}


def apart(left: dict[str, dict], right: dict[str, dict]) -> dict[str, tuple]:
    """What differs: the record's columns, or that it is there on one side alone."""
    return {
        subject: tuple(
            {c: v for c, v in (one or {}).items() if (other or {}).get(c) != v} for one, other in ((was, now), (now, was))
        )
        for subject in left.keys() | right.keys()
        if (was := left.get(subject)) != (now := right.get(subject))
    }
