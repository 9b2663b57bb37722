"""What a good row becomes, and that an import is whole, repeatable and, when asked, without effect."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.models import Import, ImportedRow
from prisoners.models import Arrest, Case, Citation, Context, Facility, Name, Organisation, Prisoner, Source, Statute
from releases.models import Release

from .importing import as_csv, row, row_counts

DAY = datetime.date
FULL = {
    "case_id": "c1",
    "person_id": "p1",
    "name": "Алесь  Прыклад",
    "names": "be:Алесь Прыкладаў|en:Alies Pryklad",
    "gender": "Male",
    "born": "1990-02",
    "died": "",
    "country": "BY",
    "region": "BY-HM",
    "place": "Minsk, a street",
    "home_region": "BY-BR",
    "occupations": "journalist; IT worker",
    "arrested": "2020-08-09/2020-08-11",
    "released": "2021-05-01",
    "mechanism": "sentence served",
    "pardon": "",
    "articles": "CC 342(1); by-cc-293-2",
    "context": "2020 election protests",
    "case": "Справа двара",
    "facility": "Colony 1",
    "sentence_kind": "imprisonment",
    "sentence_months": "9",
    "sentence_ends": "2021-05",
    "recognised": "2020-09-01",
    "recognised_by": "Fictional Monitor",
    "treatments": "torture;denied medical care",
    "last_confirmed": "2021-01-15",
    "visibility": "named",
    "summary": "Two\nlines.",
    "source_url": "https://example.org/1 https://example.org/2",
    "source_title": "A list",
    "source_date": "2021-02",
}


@pytest.fixture
def statutes(db):
    for article, part in (("342", "1"), ("293", "2")):
        Statute.objects.create(slug=f"by-cc-{article}-{part}", country="BY", law="CC", article=article, part=part, title="x")


def test_row_with_every_column_becomes_every_record(importer, statutes):
    result = importer([FULL])
    assert (result.status, result.problems, result.outcomes) == (0, [], {"created": 1})
    person = Prisoner.objects.get()
    assert [str(getattr(person, name)) for name in ("country", "gender", "born", "home_region", "state", "visibility")] == [
        *("BY", "male", "1990-02", "BY-BR", "draft", "named")
    ]
    assert list(person.summaries.values_list("language", "text")) == [("und", "Two\nlines.")]
    assert person.died is None
    assert sorted(person.occupations.values_list("code", flat=True)) == ["it_worker", "journalist"]
    names = person.names.order_by("pk").values_list("text", "language", "script", "kind", "is_primary", "is_heading")
    assert list(names) == [
        ("Алесь Прыклад", "und", "Cyrl", "legal", True, True),
        ("Алесь Прыкладаў", "be", "Cyrl", "legal", True, False),
        ("Alies Pryklad", "en", "Latn", "transliteration", True, False),
    ]


def test_row_with_every_column_becomes_one_arrest_and_what_belongs_to_it(importer, statutes):
    importer([FULL])
    arrest = Arrest.objects.get()
    assert (str(arrest.began), str(arrest.ended), arrest.last_confirmed_on) == (
        *("2020-08-09/2020-08-11", "2021-05-01", DAY(2021, 1, 15)),
    )
    assert (arrest.country, arrest.region, arrest.place) == ("BY", "BY-HM", "Minsk, a street")
    assert (arrest.context.slug, arrest.case.title) == ("2020-election-protests", "Справа двара")
    assert arrest.case.slug.isascii()
    assert list(arrest.judgments.values_list("sentence_kind", "sentence_months", "ends_latest")) == [
        ("imprisonment", 9, DAY(2021, 5, 31))
    ]
    assert sorted(arrest.charges.values_list("statute__slug", "status")) == [
        ("by-cc-293-2", "pending"),
        ("by-cc-342-1", "pending"),
    ]
    assert list(arrest.stays.values_list("facility__name", "facility__country")) == [("Colony 1", "BY")]
    assert list(arrest.recognitions.values_list("organisation__slug", "made_on_latest")) == [
        ("fictional-monitor", DAY(2020, 9, 1))
    ]
    assert sorted(arrest.treatments.values_list("kind_id", flat=True)) == ["denied_medical_care", "torture"]
    assert arrest.release.mechanism_id == "sentence_served"
    assert sorted(arrest.citations.values_list("source__url", "source__title", "source__published_on_latest")) == [
        ("https://example.org/1", "A list", DAY(2021, 2, 28)),
        ("https://example.org/2", "A list", DAY(2021, 2, 28)),
    ]


def test_import_is_recorded_with_its_file_and_counts(importer):
    result = importer([row(), row(name="Bahdan", born="x")], as_at=DAY(2021, 1, 1))
    record = Import.objects.get()
    assert result.summary["import_id"] == record.pk
    assert (record.sha256, len(record.sha256)) == (result.summary["sha256"], 64)
    assert (record.rows, record.created, record.rejected, record.approval, record.as_at) == (2, 1, 1, "none", DAY(2021, 1, 1))
    used = ImportedRow.objects.get()
    assert (used.line, used.arrest, used.prisoner, used.values["name"]) == (
        2,
        Arrest.objects.get(),
        Prisoner.objects.get(),
        "Alieś Prykład",
    )


def test_result_in_words_says_what_was_done_created_and_left_out(importer, tmp_path, capsys):
    path = tmp_path / "cases.csv"
    bad = [row(name=f"Person {number}", born="x", context="Never") for number in range(21)]
    path.write_text(as_csv([row(context="Protests"), *bad]), encoding="utf-8")
    with pytest.raises(CommandError, match=r"21 of 22 rows are not imported. The other 1 are imported."):
        call_command("import_cases", str(path))
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "22 rows: 1 arrests created (1 new people), 0 updated,",
        "0 unchanged, 0 waiting as possible duplicates, 21 rejected.",
        "New contexts (1): Protests",
        "Line 3, born: “x” is not a date in a form known here: 2020, 2020-08, 2020-08-09, 2020-08~ (about), "
        "2020-08-09/2020-08-12 (between), 2020-08-09/.. (or later), ../2020-08-09 (or earlier).",
    ]
    assert lines[-1] == "… and 1 more; --report FILE writes all of them."


def test_created_records_are_listed_so_that_a_dry_run_shows_misspellings(importer):
    Context.objects.create(slug="protests", title="Protests")
    rows = [
        row(context="protests", case="A"),
        row(name="B", context="Protsets", case="a", facility="Colony 1", recognised_by="Monitor"),
    ]
    result = importer(rows, dry_run=True)
    assert result.summary["created_records"] == {
        "articles": [],
        "contexts": ["Protsets"],
        "cases": ["A"],
        "facilities": ["Colony 1"],
        "organisations": ["Monitor"],
    }


def test_facilities_of_one_name_in_two_countries_are_two(importer):
    importer([row(facility="Colony 1"), row(name="B", country="RU", facility="colony  1"), row(name="C", facility="COLONY 1")])
    assert sorted(Facility.objects.values_list("name", "country")) == [("Colony 1", "BY"), ("colony 1", "RU")]
    assert Facility.objects.values("slug").distinct().count() == 2


@pytest.mark.parametrize("publish", [False, True])
def test_dry_run_changes_no_table(importer, statutes, publish):
    importer([row(case_id="known", name="Known")])
    before = row_counts()
    rows = [FULL, row(case_id="known", name="Known", place="Brest"), row(name="Bahdan", born="x")]
    result = importer(rows, dry_run=True, publish=publish)
    assert result.outcomes == {"created": 1, "updated": 1, "rejected": 1}
    assert result.summary["import_id"] is None
    assert row_counts() == before
    assert Arrest.objects.get().place == ""


@pytest.mark.parametrize("options", [{}, {"publish": True}, {"as_at": DAY(2024, 1, 1)}])
def test_same_file_twice_changes_nothing_with_case_ids(importer, statutes, options):
    rows = [
        FULL,
        row(case_id="c2", name="Bahdan"),
        row(case_id="c3", name="Ciemra", arrested="", mechanism="pardon", source_date="2022"),
    ]
    assert importer(rows, **options).outcomes == {"created": 3}
    before = row_counts(), list(Arrest.objects.order_by("pk").values())
    again = importer(rows, **options)
    assert (again.status, again.outcomes) == (0, {"unchanged": 3})
    assert (row_counts(), list(Arrest.objects.order_by("pk").values())) == before


def test_same_file_twice_changes_nothing_without_case_ids(importer, statutes):
    rows = [FULL | {"case_id": "", "person_id": ""}, row(name="Bahdan"), row(name="bahdan", born="1990"), row(name="Ciemra")]
    assert importer(rows).outcomes == {"created": 3, "waiting": 1}
    before = row_counts()
    again = importer(rows)
    assert (again.status, again.outcomes) == (1, {"waiting": 4})
    assert row_counts() == before


@pytest.mark.parametrize(
    ("other", "is_duplicate"),
    [
        ({"name": "Prykład Alieś"}, True),
        ({"name": "PRYKŁAD   alieś"}, True),
        ({"born": "1990-05"}, True),
        ({"born": "1991"}, False),
        ({"born": ""}, True),
        ({"country": "RU"}, False),
        ({"name": "Alieś Pryklad"}, True),
        ({"name": "Прыклад Алесь"}, True),
        ({"name": "Alieś Prykładava"}, False),
        ({"name": "Ihar Prykład"}, False),
    ],
)
@pytest.mark.parametrize("in_one_file", [True, False])
def test_row_that_looks_like_somebody_known_waits(importer, other, is_duplicate, in_one_file):
    first, second = row(born="1990"), row(born="1990") | other
    result = importer([first, second]) if in_one_file else (importer([first]), importer([second]))[1]
    assert bool(result.summary["waiting"]) is is_duplicate
    assert Arrest.objects.count() == (1 if is_duplicate else 2)
    if is_duplicate:
        where = "line 2" if in_one_file else Prisoner.objects.get().code
        assert result.problems[0]["reason"] == f"Possible duplicate of {where}: same name, country and possibly birth."


def test_row_named_like_another_form_of_a_known_name_waits(importer):
    importer([row(names="be:Алесь Прыклад")])
    assert importer([row(name="Прыклад Алесь")]).outcomes == {"waiting": 1}


def test_case_twice_in_a_file_waits(importer):
    result = importer([row(case_id="c1"), row(case_id="c1", place="Brest")])
    assert (result.outcomes, result.places) == ({"created": 1, "waiting": 1}, [(3, "case_id")])
    assert result.problems[0]["reason"] == "The same case stands on line 2 already."


def test_case_ids_of_two_lists_do_not_meet(importer):
    importer([row(case_id="1")], mapping='list = "first"')
    result = importer([row(case_id="1", name="Bahdan")], mapping='list = "second"')
    assert result.outcomes == {"created": 1}


def test_case_whose_arrest_was_deleted_is_not_brought_back(importer):
    importer([row(case_id="c1")])
    Arrest.objects.all().delete()
    result = importer([row(case_id="c1", place="Brest")])
    assert result.problems[0]["reason"] == "This case was imported before, and its arrest has been deleted since."
    assert Arrest.objects.count() == 0


def test_person_id_gathers_arrests_of_one_person_within_and_across_files(importer):
    first = row(case_id="c1", person_id="p", arrested="2020-08-09", released="2020-09-01", born="1990")
    second = row(case_id="c2", person_id="p", arrested="2021-08-09", released="2021-09-01", name="Alies Pryklad")
    third = row(case_id="c3", person_id="p", arrested="2022-08-09", died="2024")
    assert importer([first, second]).outcomes == {"created": 2}
    assert importer([third]).outcomes == {"created": 1}
    person = Prisoner.objects.get()
    assert (person.arrests.count(), str(person.born), str(person.died)) == (3, "1990", "2024")
    assert sorted(person.names.values_list("text", "is_heading")) == [("Alies Pryklad", False), ("Alieś Prykład", True)]


def test_person_id_without_case_id_gathers_arrests_within_a_file_alone(importer):
    first = row(person_id="p", arrested="2020-08-09", released="2020-09-01")
    second = row(person_id="p", arrested="2021-08-09")
    assert importer([first, second]).outcomes == {"created": 2}
    assert importer([first, second]).outcomes == {"waiting": 2}
    assert Prisoner.objects.count() == 1


def test_rows_that_disagree_about_one_person_are_reported(importer):
    result = importer(
        [
            row(case_id="c1", person_id="p", released="2020-09-01", born="1990"),
            row(case_id="c2", person_id="p", arrested="2021", born="1991"),
            row(case_id="c3", person_id="p", arrested="2021", country="RU"),
        ]
    )
    assert (result.outcomes, result.places) == ({"created": 1, "rejected": 2}, [(3, "born"), (4, "country")])


@pytest.mark.parametrize("in_one_file", [True, False])
def test_overlapping_arrests_of_one_person_are_reported(importer, in_one_file):
    first = row(case_id="c1", person_id="p", arrested="2020-08-09", released="2020-10-01")
    second = row(case_id="c2", person_id="p", arrested="2020-09-30", released="2020-12-01")
    result = importer([first, second]) if in_one_file else (importer([first]), importer([second]))[1]
    assert result.places == [(3 if in_one_file else 2, "arrested")]
    where = "line 2" if in_one_file else "recorded before"
    assert result.problems[0]["reason"].endswith(f"under another arrest: {where}, 2020-08-09/2020-09-30.")
    assert Arrest.objects.count() == 1


def test_overlap_that_only_the_database_finds_is_reported_with_its_row(importer, monkeypatch):
    monkeypatch.setattr("desk.imports.planning.overlap", lambda *_: None)
    good = [row(case_id=f"g{number}", name=f"Person {number}") for number in range(7)]
    first = row(case_id="c1", person_id="p", arrested="2020-08-09", context="Kept")
    second = row(case_id="c2", person_id="p", arrested="2020-09-30", context="Lost")
    result = importer([*good[:3], first, *good[3:], second])
    assert result.problems == [
        {
            "line": "10",
            "column": "arrested",
            "value": "2020-09-30",
            "reason": "This person was certainly in custody under another arrest on some of these days.",
        }
    ]
    assert result.outcomes == {"created": 8, "rejected": 1}
    assert list(Context.objects.values_list("title", flat=True)) == ["Kept"]


def test_source_named_by_many_rows_or_known_before_is_one_and_stays_as_it_is(importer):
    known = Source.objects.create(url="https://example.org/1", title="Known")
    importer([row(source_title="Other"), row(name="Bahdan"), row(name="Ciemra", source_url="", source_title="A list")])
    importer([row(name="Daryna", source_url="", source_title="A list")])
    assert sorted(Source.objects.values_list("url", "title")) == [("", "A list"), ("https://example.org/1", "Known")]
    assert Citation.objects.filter(source=known).count() == 2


# Whatever the rows, an import is whole and repeatable

texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(
    lambda text: text.strip() and text.strip()[0] not in "=#"
)
dates = st.dates(DAY(1990, 1, 1), DAY(2024, 12, 31)).map(str) | st.sampled_from(
    ["", "2020", "2020-08", "2020-13", "2020-08~", "../2021", "x"]
)
rows_of_any_kind = st.fixed_dictionaries(
    {
        "name": texts,
        "country": st.sampled_from(["BY", "RU", "CN", "XX"]),
        "arrested": dates,
        "released": dates,
        "born": dates,
        "died": st.sampled_from(["", "", "2021-05-05", "2019"]),
        "place": st.just("") | texts,
        "context": st.just("") | texts,
        "mechanism": st.sampled_from(["", "pardon", "death_in_custody", "nothing"]),
        "person_id": st.sampled_from(["", "p1", "p2"]),
        "recognised_by": st.just("") | texts,
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(rows_of_any_kind, min_size=1, max_size=12), has_cases=st.booleans(), publish=st.booleans())
def test_every_row_is_imported_or_reported_and_a_second_run_changes_nothing(importer, rows, has_cases, publish):
    for model in (ImportedRow, Import, Release, Citation, Prisoner, Source, Context, Case, Facility, Organisation):
        model._default_manager.all().delete()
    if has_cases:
        rows = [cells | {"case_id": f"c{number}"} for number, cells in enumerate(rows)]
    rows = [cells | {"source_url": "https://example.org/1"} for cells in rows]
    first = importer(rows, as_at=DAY(2024, 6, 1), publish=publish)
    assert sum(first.outcomes.values()) == len(rows)
    assert Arrest.objects.count() == first.summary["created"] == ImportedRow.objects.count()
    assert len({line for line, _column in first.places}) == first.summary["waiting"] + first.summary["rejected"]
    assert not Prisoner.objects.filter(Q(arrests=None) | ~Q(names__is_heading=True)).exists()
    before = row_counts()
    second = importer(rows, as_at=DAY(2024, 6, 1), publish=publish)
    assert (second.summary["created"], second.summary["updated"], row_counts()) == (0, 0, before)
    if has_cases:
        assert second.summary["unchanged"] == first.summary["created"]
    assert Name.objects.filter(is_heading=True).count() == Prisoner.objects.count()
