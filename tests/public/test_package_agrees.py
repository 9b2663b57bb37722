"""The data package tells of somebody exactly what their case page tells: of the named all, of others years alone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from counts import clemency
from counts.ledger import settle
from prisoners.models import Arrest, Charge, Consent, Judgment, Prisoner, Statute, Treatment, Visibility
from releases.models import Pardon, PardonLine, Release
from tests.factories import as_operator, make_arrest, make_prisoner, recognise
from tests.packages import Package
from tests.public import canaries
from tests.public.test_leaks import plan_hidden_person
from tests.public.worlds import make_case, make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
Rows = list[dict[str, Any]]


class Told:
    """What the package tells of one person, in the shapes of the documents beside case pages."""

    def __init__(self, package: Package, code: str, folder: Path) -> None:
        self.package, self.code, self.folder = package, code, folder

    def of(self, table: str, column: str, key: str) -> Rows:
        return [row for row in self.package.typed_rows(table, self.folder) if row[column] == key]

    @property
    def person(self) -> dict[str, Any]:
        [row] = self.of("prisoners", "code", self.code)
        return row

    def arrests(self) -> Rows:
        """In the order of their numbers."""
        return sorted(self.of("arrests", "prisoner", self.code), key=lambda row: int(row["id"].rpartition("-")[2]))


def date_of(row: dict[str, Any], name: str) -> dict[str, str] | None:
    """An uncertain date, as documents have it."""
    if row[name] is None:
        return None
    return {
        "edtf": row[name],
        **{bound: str(day) if (day := row[f"{name}_{bound}"]) else None for bound in ("earliest", "latest")},
    }


def dated(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: date_of(row, name) for name in names}


def plain(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Values as documents have them: an empty text for what isn't known."""
    return {name: row[name] for name in names}


def emptied(document: dict[str, Any], *names: str) -> dict[str, Any]:
    """A document's values with None for what is empty, as tables have it."""
    return {name: document[name] if document[name] not in ("", []) else None for name in names}


def coarse_document(told: Told) -> dict[str, Any]:
    """What the package tells of somebody who is shown by initials, as `coarse_case.as_json` would write it."""
    person = told.person
    return {
        **plain(person, "code", "is_fictional", "visibility", "initials", "country", "gender"),
        **dated(person, "born", "died"),
        "occupations": person["occupations"] or [],
        "arrests": [coarse_arrest(told, row) for row in told.arrests()],
    }


def coarse_arrest(told: Told, row: dict[str, Any]) -> dict[str, Any]:
    key = row["id"]
    releases = told.of("releases", "arrest", key)
    return {
        **dated(row, "began", "ended"),
        **plain(row, "country", "context", "is_death"),
        "region": row["region"] or "",
        "articles": sorted(charge["article"] for charge in told.of("charges", "arrest", key)),
        "treatments": sorted(done["kind"] for done in told.of("treatments", "arrest", key)),
        "recognitions": [
            {"organisation": one["organisation"], **dated(one, "made_on", "withdrawn_on")}
            for one in told.of("recognitions", "arrest", key)
        ],
        "mechanism": releases[0]["mechanism"] if releases else None,
    }


def make_person_with_everything(visibility: str) -> Prisoner:
    """Two arrests with every part, one of them twice in ways that years can't tell apart."""
    make_wave()
    hidden = plan_hidden_person(visibility, "BY-CANA00", canaries.terms())
    hidden.make_all()
    person = hidden.made[Prisoner]
    with as_operator():
        again = make_arrest(person, began="2022-03-05", ended="2023-05-07/2023-06-01", region="BY-HM")
        Release.objects.create(arrest=again, mechanism_id="sentence_served")
        for began in ("2022-04-01", "2022-05-01"):
            Treatment.objects.create(arrest=again, kind_id="solitary", began=began, severity="serious", account="Told.")
        recognise(again, made_on="2022-04-09", withdrawn_on="2022-06-09", withdrawn_because="Told.")
        recognise(again, made_on="2022-07-09", by="other")
        statute = Statute.objects.create(slug="by-cc-1", country="BY", law="CC", article="1", title="Told")
        Charge.objects.create(arrest=again, statute=statute, status="convicted", status_on="2022-09-09")
        Judgment.objects.create(arrest=again, decided_on="2022-09-09", court="Told", sentence_months=12)
    settle()
    return person


def test_initials_are_told_of_exactly_as_on_their_page(client: Client, tmp_path: Path) -> None:
    person = make_person_with_everything(Visibility.INITIALS)
    document = client.get(f"/prisoners/{person.code}.json").json()
    for told_on_page_alone in ("url", "on", "standing"):
        del document[told_on_page_alone]
    for arrest in document["arrests"]:
        arrest["articles"].sort()
    assert coarse_document(Told(Package.taken(client), person.code, tmp_path)) == document


def test_initials_have_nothing_in_any_other_cell(client: Client, tmp_path: Path) -> None:
    person = make_person_with_everything(Visibility.INITIALS)
    package = Package.taken(client)
    filled: dict[str, set[str]] = {}
    for name in (name for name in package.files if name.startswith("csv/")):
        table = name.removeprefix("csv/").removesuffix(".csv")
        for row in package.rows(table):
            if person.code in "".join(row.values()):
                filled.setdefault(table, set()).update(column for column, value in row.items() if value)
    dates = ("", "_earliest", "_latest")
    assert filled == {
        "prisoners": {"code", "visibility", "initials", "is_fictional", "country", "gender", "occupations"}
        | {f"born{end}" for end in dates},
        "arrests": {"id", "prisoner", "is_death", "country", "region", "context"}
        | {f"{name}{end}" for name in ("began", "ended") for end in dates},
        "charges": {"id", "arrest", "article"},
        "treatments": {"id", "arrest", "kind"},
        "recognitions": {"id", "arrest", "organisation"}
        | {f"{name}{end}" for name in ("made_on", "withdrawn_on") for end in dates},
        "releases": {"arrest", "mechanism"},
    }


def test_named_are_told_of_as_on_their_page(client: Client, tmp_path: Path) -> None:
    person = make_person_with_everything(Visibility.NAMED)
    document = client.get(f"/prisoners/{person.code}.json").json()
    told = Told(Package.taken(client), person.code, tmp_path)
    row = told.person
    same = ("code", "is_fictional", "visibility", "country", "gender")
    assert plain(row, *same) == {name: document[name] for name in same}
    assert dated(row, "born", "died") == {name: document[name] for name in ("born", "died")}
    lists = ("citizenships", "occupations", "vulnerabilities", "home_region")
    assert plain(row, *lists) == emptied(document, *lists)
    assert row["affiliations"] == list(document["affiliations"])
    names = ("text", "language", "script", "kind", "is_primary", "is_heading")
    assert [plain(name, *names) for name in told.of("names", "prisoner", person.code)] == [
        {name: form[name] for name in names} for form in document["names"]
    ]
    assert {one["language"]: one["text"] for one in told.of("summaries", "prisoner", person.code)} == document["summaries"]
    for arrest_row, arrest in zip(told.arrests(), document["arrests"], strict=True):
        assert_arrest(told, arrest_row, arrest)


PARTS = {
    "stays": (("facility", "regime"), ("began", "ended")),
    "charges": (("article", "status", "requalified_as"), ("status_on",)),
    "judgments": (
        (
            *("court", "judge", "stage", "outcome", "is_in_absentia", "is_closed_hearing", "regime", "sentence_kind"),
            *("sentence_months", "credited_days"),
        ),
        ("decided_on", "runs_from", "ends"),
    ),
    "treatments": (("kind", "severity", "account"), ("began", "ended")),
    "recognitions": (
        ("organisation", "criteria", "criteria_note", "statement_url", "withdrawn_because"),
        ("made_on", "withdrawn_on"),
    ),
    "void_releases": (("mechanism", "because"), ("happened_on",)),
}


def assert_arrest(told: Told, row: dict[str, Any], arrest: dict[str, Any]) -> None:
    same = ("country", "region", "place", "agency", "circumstances", "stated_reason", "real_reason", "whereabouts")
    same += ("is_home_confinement", "context", "case")
    assert plain(row, *same) == emptied(arrest, *same)
    assert dated(row, "began", "ended") == {name: arrest[name] for name in ("began", "ended")}
    assert (str(row["last_confirmed_on"]) if row["last_confirmed_on"] else None) == arrest["last_confirmed_on"]
    for table, (columns, dates) in PARTS.items():
        found = [{**plain(part, *columns), **dated(part, *dates)} for part in told.of(table, "arrest", row["id"])]
        expected = [{**emptied(part, *columns), **{name: part[name] for name in dates}} for part in arrest[table]]
        assert sorted(map(str, found)) == sorted(map(str, expected)), table
    [release] = told.of("releases", "arrest", row["id"])
    same = ("mechanism", "liberty_after", "conditions", "verification")
    assert plain(release, *same) == emptied(arrest["release"], *same)
    path = arrest["release"]["pardon"]
    assert release["pardon"] == (path.rpartition("/")[2] if path else None)


def test_what_tells_of_health_is_told_while_it_was_agreed_to(client: Client, tmp_path: Path) -> None:
    person = make_case()
    person.vulnerabilities.set(["serious_illness", "minor"])
    arrest = Arrest.objects.get(prisoner=person)
    Treatment.objects.create(arrest=arrest, kind_id="denied_medical_care", account="Of health.")
    settle()
    before = Told(Package.taken(client), person.code, tmp_path)
    Consent.objects.create(prisoner=person, scope="health", given_by="self", given_on="2020-01-01")
    settle()
    after = Told(Package.taken(client), person.code, tmp_path)
    accounts = [
        {row["kind"]: row["account"] for row in told.package.typed_rows("treatments", tmp_path)} for told in (before, after)
    ]
    assert [one["denied_medical_care"] for one in accounts] == [None, "Of health."]
    assert [told.person["vulnerabilities"] for told in (before, after)] == [["minor"], ["minor", "serious_illness"]]
    terms = [{row["code"] for row in told.package.rows("vulnerabilities")} for told in (before, after)]
    assert terms == [{"minor"}, {"minor", "serious_illness"}]


def test_acts_have_the_numbers_of_their_pages(client: Client) -> None:
    make_wave(acts=2)
    shown_by_initials = make_arrest(make_prisoner(visibility="initials"), began="2020-02-01", ended="2024-08-13")
    act = Pardon.objects.first()
    Release.objects.create(arrest=shown_by_initials, mechanism_id="pardon", pardon=act)
    PardonLine.objects.create(pardon=act, position=9, as_written="SECRET", arrest=shown_by_initials)
    settle()
    numbers, _of_waves = clemency.numbers_by_act(list(Pardon.objects.all()), today=date(2026, 1, 1))
    rows = Package.taken(client).rows("pardons")
    assert {row["slug"]: (int(row["listed"]), int(row["identified"])) for row in rows} == {
        pardon.slug: (numbers[pardon.pk].listed, numbers[pardon.pk].identified) for pardon in Pardon.objects.all()
    }
    lines = Package.taken(client).rows("pardon_lines")
    assert len(lines) == PardonLine.objects.filter(arrest__isnull=False).count() - 1
