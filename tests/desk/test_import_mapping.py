"""Mapping files: what they translate, and that a mistake in one is named before anything is imported."""

import datetime
from pathlib import Path

import pytest

from desk.imports.mapping import FileMapping, read_mapping
from desk.imports.problems import FileFault
from desk.models import ImportedRow
from prisoners.models import Arrest, Charge, Judgment, Name, Prisoner, Statute

from .importing import row_counts

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DAY = datetime.date

MISTAKES = [
    ("not TOML", "columns = {", "The mapping is not valid TOML"),
    ("unknown key", 'colums = "x"', "at colums: “colums” is not a key known here. Did you mean “columns”? Valid: columns, "),
    (
        "unknown key of a column",
        '[columns.A]\nto = "name"\ndate = ["YYYY"]',
        "at columns.A.date: “date” is not a key known here. Did you mean “dates”?",
    ),
    ("unknown key of a statute", '[[statute]]\nparagraph = "1"', "at statute 1.paragraph"),
    ("statute not whole", '[[statute]]\ncountry = "BY"\nlaw = "CC"\narticle = "1"', "at statute 1.title: is missing."),
    ("unknown target", '[columns]\nA = "nam"', "at columns.A.to: “nam” is not a column of an import. Did you mean “name”?"),
    ("unknown target of a value", '[columns.A]\nto = "name"\nvalues = {x = {nam = "y"}}', "at columns.A.values.x.nam"),
    (
        "unknown constant",
        '[constants]\ncontry = "BY"',
        "at constants.contry: “contry” is not a column of an import. Did you mean “country”?",
    ),
    ("wrong type", "sheet = 3", "at sheet: must be text in quotes."),
    ("wrong type of a flag", 'confirm_after_sentence = "no"', "at confirm_after_sentence: must be true or false."),
    ("wrong type of a list", 'notes = "A"', "at notes: must be a list of texts in square brackets."),
    ("wrong type in a list", "notes = [1]", "at notes: must be a list of texts in square brackets."),
    ("wrong type of a column", "[columns]\nA = 3", "at columns.A: must be the name of a column, or a table."),
    (
        "wrong type of a value",
        "[columns.A]\nto = 'gender'\nvalues = {m = 1}",
        "at columns.A.values.m.to: must be text in quotes.",
    ),
    ("statute not a table", "statute = ['x']", "at statute: must be written as [[statute]]."),
    ("column without a target", "[columns.A]\nlanguage = 'be'", "at columns.A.to: is missing"),
    ("unknown encoding", 'encoding = "klingon"', "at encoding: “klingon” is not an encoding known here."),
    ("encoding of bytes", 'encoding = "hex"', "at encoding: “hex” is not an encoding known here."),
    ("long delimiter", 'delimiter = "||"', "at delimiter: must be one character"),
    ("odd form of dates", 'dates = ["DD.MM"]', "at dates: “DD.MM” is not a form of dates"),
    ("forms that contradict", 'dates = ["DD/MM/YYYY", "MM/DD/YYYY"]', "can read the same text as different days"),
    ("dates elsewhere", '[columns.A]\nto = "name"\ndates = ["YYYY"]', "at columns.A.dates: only a column of dates"),
    (
        "separator elsewhere",
        '[columns.A]\nto = "name"\nseparator = ","',
        "at columns.A.separator: only a column that holds a list",
    ),
    ("language elsewhere", '[columns.A]\nto = "place"\nlanguage = "be"', "at columns.A.language: must be a code"),
    ("odd language", '[columns.A]\nto = "name"\nlanguage = "Belarusian"', "at columns.A.language: must be a code"),
    ("aliases elsewhere", '[columns.A]\nto = "place"\naliases_in = "()"', "at columns.A.aliases_in: must be an opening"),
    ("aliases in one bracket", '[columns.A]\nto = "name"\naliases_in = "("', "at columns.A.aliases_in: must be an opening"),
    ("value twice", '[columns.A]\nto = "gender"\nvalues = {M = "male", m = "female"}', "the same value stands here twice"),
    ("ignored and imported", 'ignore = ["A"]\n[columns]\nA = "name"', "at ignore: “A” is also imported."),
    ("long list name", f'list = "{"x" * 61}"', "at list: must have 60 characters at most."),
]


@pytest.mark.parametrize(("text", "message"), [mistake[1:] for mistake in MISTAKES], ids=[mistake[0] for mistake in MISTAKES])
def test_mapping_with_a_mistake_is_refused_with_its_place(text, message):
    with pytest.raises(FileFault) as fault:
        read_mapping(text)
    assert message in str(fault.value)


def test_empty_mapping_is_no_mapping():
    assert read_mapping("") == FileMapping()


FILE_MISTAKES = [
    (
        "column not there",
        'ignore = ["Extra"]\n[columns]\nNom = "place"',
        "The mapping names a column “Nom” that the file does not have.",
    ),
    ("note not there", 'notes = ["Nom", "Extra"]', "The mapping names a column “Nom” that the file does not have."),
    (
        "filled by two columns",
        '[columns]\nExtra = "name"',
        "name is filled twice: by the column “name” and by the column “Extra”.",
    ),
    (
        "filled by a constant too",
        'ignore = ["Extra"]\n[constants]\ncountry = "RU"',
        "country is filled twice: by a constant of the mapping and by the column “country”.",
    ),
    ("unknown column left", "", "“Extra” is not a column known here."),
    (
        "statute of nowhere",
        'ignore = ["Extra"]\n[[statute]]\ncountry = "XX"\nlaw = "CC"\narticle = "1"\ntitle = "x"',
        "“XX” is not a country",
    ),
]


@pytest.mark.parametrize(("mapping", "message"), [case[1:] for case in FILE_MISTAKES], ids=[case[0] for case in FILE_MISTAKES])
def test_mapping_that_does_not_fit_the_file_is_refused(importer, mapping, message):
    before = row_counts()
    result = importer("name,country,Extra\nAlieś,BY,x\n", mapping=mapping or "notes = []")
    assert message in result.message
    assert (result.status, row_counts()) == (2, before)


def test_mapping_that_can_not_be_read_is_refused(importer, tmp_path):
    from django.core.management import CommandError, call_command

    (tmp_path / "m.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "f.csv").write_text("name,country\n", encoding="utf-8")
    for mapping in ("m.toml", "nowhere.toml"):
        with pytest.raises(CommandError, match="The mapping can't be read"):
            call_command("import_cases", str(tmp_path / "f.csv"), mapping=tmp_path / mapping)


def test_mapping_translates_columns_constants_dates_values_lists_and_keeps_notes(importer):
    mapping = """
        delimiter = ";"
        dates = ["DD.MM.YYYY", "MM.YYYY"]
        notes = ["Nr", "Artikel"]
        ignore = ["Foto"]

        [constants]
        country = "BY"
        recognised_by = "Fictional Monitor"

        [columns]
        Name = "name"
        "Name (ru)" = { to = "names", language = "ru" }
        "Name (be)" = { to = "names", language = "be" }
        Verhaftet = "arrested"
        Geboren = { to = "born", dates = ["D/M YYYY"] }
        Beruf = { to = "occupations", separator = ",", values = { "Journalistin" = "journalist" } }
        Artikel = { to = "articles", separator = "/" }

        [columns.Geschlecht]
        to = "gender"
        values = { w = "female", m = "male" }

        [[statute]]
        country = "BY"
        law = "CC"
        article = "342"
        part = "1"
        title = "Group actions"
    """
    content = (
        "Nr;Name;Name (ru);Name (be);Geschlecht;Geboren;Verhaftet;Beruf;Artikel;Foto\n"
        "7;Alieś Prykład;Алесь Приклад;Алесь Прыклад;W;5/12 1990;09.08.2020;journalist, lawyer;CC 342(1);a.jpg\n"
        "8;Bahdan;;;m;;08.2020;Journalistin;CC 342(1)/CC 9;\n"
    )
    result = importer(content, mapping=mapping)
    assert [(problem["line"], problem["column"], problem["value"]) for problem in result.problems] == [("3", "Artikel", "CC 9")]
    assert result.summary["created_records"]["articles"] == ["CC 342(1)"]
    person, arrest = Prisoner.objects.get(), Arrest.objects.get()
    assert (person.gender, str(person.born), str(arrest.began)) == ("female", "1990-12-05", "2020-08-09")
    assert sorted(person.occupations.values_list("code", flat=True)) == ["journalist", "lawyer"]
    assert sorted(person.names.values_list("language", "text")) == [
        *(("be", "Алесь Прыклад"), ("ru", "Алесь Приклад"), ("und", "Alieś Prykład")),
    ]
    assert Charge.objects.get().statute.slug == "by-cc-342-1"
    assert ImportedRow.objects.get().notes == {"Nr": "7", "Artikel": "CC 342(1)"}


def test_value_table_without_a_target_refuses_other_values(importer):
    mapping = '[columns.Sex.values]\nw = { gender = "female" }\nm = { gender = "male" }'
    result = importer("name,country,Sex\nA,BY,w\nB,BY,x\n", mapping=mapping)
    assert result.problems[0]["reason"] == "“x” is not a value that the mapping knows. Valid: m, w."
    assert Prisoner.objects.get().gender == "female"


def test_value_that_says_what_another_cell_denies_is_reported(importer):
    mapping = '[columns.Sentence]\nto = "sentence_ends"\nvalues = { life = { sentence_kind = "life" } }'
    result = importer("name,country,Sentence,sentence_kind\nA,BY,life,fine\n", mapping=mapping)
    assert result.problems[0]["reason"] == "Another cell of this row says sentence_kind is “fine”."


@pytest.mark.django_db
def test_statute_that_is_there_already_is_not_declared_again(importer):
    Statute.objects.create(slug="other", country="BY", law="CC", article="342", part="1", title="Kept")
    mapping = '[[statute]]\ncountry = "BY"\nlaw = "CC"\narticle = "342"\npart = "1"\ntitle = "New"'
    result = importer("name,country,articles\nA,BY,cc  342(1)\n", mapping=mapping)
    assert (result.status, Statute.objects.get().title) == (0, "Kept")


# The documented example, with an invented file of the shape that it is for

INVENTED = """Name,Gender,Date of Birth,Date of Death,Place,Sentence,Source
甲例,male,1951-05-05,2018-01-02,某地,2019-03-04,https://example.org/1
乙例,male,1961-02-29,,某地,2025-03,https://example.org/2
丙例（Example）,female,,,某市,life,https://example.org/3 https://example.org/4
丁例（另名）,male,1979,,某市,detention,https://example.org/5
戊例,female,1967-01,,某地,unknown,https://example.org/6
戊例,female,1990,,某地,2013-04-05,https://example.org/7
己例,male,,,某地,death,https://example.org/8
己例,male,1980,,某地,2030,https://example.org/9
"""


@pytest.fixture
def invented(importer):
    mapping = (EXAMPLES / "cppc.toml").read_text(encoding="utf-8")
    return importer(INVENTED.replace("\n", "\r\n").encode(), mapping=mapping, as_at=DAY(2020, 9, 30), publish=True)


def test_example_mapping_imports_or_reports_every_row(invented):
    assert invented.outcomes == {"created": 6, "waiting": 1, "rejected": 1}
    assert [(problem["line"], problem["column"], problem["value"]) for problem in invented.problems] == [
        ("3", "Date of Birth", "1961-02-29"),
        ("9", "Name", "己例"),
    ]
    assert Prisoner.objects.published().filter(country="CN").count() == 6


def test_example_mapping_takes_other_names_out_of_the_brackets(invented):
    names = Name.objects.order_by("pk").values_list("text", "language", "script", "kind", "is_primary", "is_heading")
    assert [name for name in names if name[0] in ("丙例", "Example", "丁例", "另名")] == [
        ("丙例", "zh", "Hani", "legal", True, True),
        ("Example", "und", "Latn", "transliteration", False, False),
        ("丁例", "zh", "Hani", "legal", True, True),
        ("另名", "und", "Hani", "alias", False, False),
    ]


def test_example_mapping_reads_the_sentence_as_a_day_a_kind_or_nothing(invented):
    sentences = Judgment.objects.order_by("arrest").values_list("arrest__imported_rows__line", "sentence_kind", "ends")
    assert [(line, kind, ends and str(ends)) for line, kind, ends in sentences] == [
        *((2, "unknown", "2019-03-04"), (4, "life", None), (7, "unknown", "2013-04-05"), (8, "death", None)),
    ]
    assert list(ImportedRow.objects.order_by("line").values_list("notes__Sentence", flat=True)) == [
        *("2019-03-04", "life", "detention", "unknown", "2013-04-05", "death"),
    ]


def test_example_mapping_confirms_custody_of_those_alive_whose_sentence_is_not_over(invented):
    confirmed = ImportedRow.objects.exclude(arrest__last_confirmed_on=None).order_by("line")
    assert list(confirmed.values_list("line", "arrest__last_confirmed_on")) == [(line, DAY(2020, 9, 30)) for line in (4, 5, 6, 8)]
    assert [note.partition(": ")[2] for note in invented.summary["notes"]] == [
        *("2.", "1.", "2. Check whether these people are still held."),
    ]


def test_example_mapping_cites_each_address_of_a_row(invented):
    arrest = Arrest.objects.get(imported_rows__line=4)
    assert sorted(arrest.citations.values_list("source__url", flat=True)) == ["https://example.org/3", "https://example.org/4"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.name)
def test_every_documented_mapping_can_be_read(path):
    assert read_mapping(path.read_text(encoding="utf-8")).columns
