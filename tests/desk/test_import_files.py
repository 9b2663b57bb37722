"""Files that can't be used as a whole: one clear message, and nothing is written."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from desk.imports.problems import FileFault

from .importing import as_csv, row, row_counts

HEADER = "name,country,arrested\n"
GOOD = "Alieś Prykład,BY,2020-08-09\n"
BIG = "x" * 100_001
HUGE = "x" * 10_000_000


def workbook(*rows, sheets=None):
    book = openpyxl.Workbook()
    book.active.title = "Cases"
    for cells in rows:
        book.active.append(cells)
    for name in sheets or []:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


XLSX = workbook(["name", "country", "arrested"], ["Alieś Prykład", "BY", "2020-08-09"])


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


FAULTS = {
    "empty": (b"", "The file is empty."),
    "blank": (b"\n , ,\n\n", "The file is empty."),
    "only a BOM": (b"\xef\xbb\xbf", "The file is empty."),
    "no rows": (HEADER.encode(), "The file has no rows below its header."),
    "8-bit": (
        HEADER.encode() + "Алесь,BY,\n".encode("cp1251"),
        "The file is not UTF-8: on line 2, byte 23 of the file can't be read.",
    ),
    "broken far down": (
        (HEADER + GOOD * 60_000).encode() + b"\xc3(,BY,\n",
        "The file is not UTF-8: on line 60002, byte 1800023 of the file can't be read.",
    ),
    "UTF-16": ((HEADER + GOOD).encode("utf-16"), "It looks like UTF-16."),
    "cut inside a letter": ((HEADER + GOOD + "ś").encode()[:-1], "on line 3, byte 53 of the file can't be read"),
    "NUL": (HEADER.encode() + b"Al\0es,BY,\n", "Line 2 holds a NUL character"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an old Excel workbook (.xls), or one with a password"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "The file is a PDF document, not a spreadsheet"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "The file is a picture, not a spreadsheet"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(64), "Line 1 holds a NUL character"),
    "web page": (b"<!doctype html><title>List</title>\n", "“<!doctype html><title>List</title>” is not a column known here."),
    "cut zip": (XLSX[: len(XLSX) // 2], "The workbook can't be read"),
    "other zip": (zipped("notes.txt", "hello"), "The workbook can't be read"),
    "damaged sheet": (zipped("[Content_Types].xml", "<not xml"), "The workbook can't be read"),
    "name missing": (b"country\nBY\n", "A required column is missing: name."),
    "country missing": (b"name\nA\n", "A required column is missing: country."),
    "unknown column": (b"name,country,arested\nA,BY,2020\n", "“arested” is not a column known here. Did you mean “arrested”?"),
    "column twice": (
        b"name,country,born,born\nA,BY,,\n",
        "The column “born” stands in the header twice (columns 3 and 4).",
    ),
    "column twice in other letters": (b"name,country,Source URL,source_url\nA,BY,,\n", "stands in the header twice"),
    "semicolons": (b"name;country\nA;BY\n", 'If “;” divides the cells, say delimiter = ";" in a mapping.'),
    "open quote": ((HEADER + GOOD + '"Alieś,BY,\n' + GOOD).encode(), "The row that begins on line 3 can't be read"),
    "quote in a cell": ((HEADER + '"Alieś" P,BY,\n').encode(), "The row that begins on line 2 can't be read"),
    "large cell": (f"{HEADER}{GOOD}A,{BIG},\n".encode(), "Line 3, column “country”: the cell has 100001 characters"),
    "huge cell": (f"{HEADER}{HUGE},BY,\n".encode(), "Line 2, column “name”: the cell has 10000000 characters"),
    "endless cell": (f'{HEADER}"{"x" * 17_000_000}",BY,\n'.encode(), "The row that begins on line 2 can't be read"),
}


@pytest.mark.parametrize(("content", "message"), FAULTS.values(), ids=FAULTS)
def test_file_that_can_not_be_used_is_refused_and_nothing_is_written(importer, content, message):
    before = row_counts()
    result = importer(content)
    assert message in result.message
    assert (result.status, result.summary, result.problems) == (2, {"error": result.message}, [])
    assert row_counts() == before


def test_file_with_a_fault_below_good_rows_writes_nothing(importer):
    before = row_counts()
    good = "".join(f"Person {number},BY,2020-08-09\n" for number in range(4500))
    result = importer(f"{HEADER}{good}{BIG},BY,\n")
    assert (result.status, row_counts()) == (2, before)
    assert "Line 4502, column “name”" in result.message


def test_file_that_is_not_there_is_refused(importer):
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match="The file can't be read"):
        call_command("import_cases", str(importer.folder / "nowhere.csv"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_file_in_utf_8_is_read_with_and_without_a_byte_order_mark(importer, mark):
    result = importer(mark + as_csv([row()]).encode())
    assert (result.status, result.outcomes) == (0, {"created": 1})


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "koi8-r"])
def test_file_in_another_encoding_is_read_when_the_mapping_names_it(importer, encoding):
    from prisoners.models import Name

    content = as_csv([row(name="Алесь Прыклад".replace("і", "и"))]).encode(encoding)
    result = importer(content, mapping=f'encoding = "{encoding}"')
    assert (result.status, Name.objects.get().text) == (0, "Алесь Прыклад")


def test_line_numbers_count_lines_as_an_editor_shows_them(importer):
    content = (
        "name,country,summary,born\n"
        '"Alieś",BY,"two\nlines",2020-13\n'  # lines 2 and 3
        "\n"
        "Bahdan,BY,,1954-02-29\n"  # line 5
        ",,,\n"
        "Ciemra,BY,,1990\n"
    )
    result = importer(content)
    assert result.places == [(2, "born"), (5, "born")]
    assert (result.outcomes, result.status) == ({"created": 1, "rejected": 2}, 1)


def test_workbook_gives_the_rows_of_its_first_sheet_and_names_the_others(importer):
    from prisoners.models import Prisoner

    content = workbook(
        ["name", "country", "born", "arrested", "sentence_months"],
        ["Alieś Prykład", "BY", 1990, datetime.datetime(2020, 8, 9), 24.0],  # noqa: DTZ001 (a sheet knows no zones)
        [None],
        ["Bahdan Prykład", "BY", None, "2020-13", None],
        sheets=["Old"],
    )
    result = importer(content, suffix=".xlsx")
    assert result.places == [(4, "arrested")]
    assert result.summary["notes"][0] == "Only the sheet “Cases” was read. Not read: Old. A mapping can name another."
    person = Prisoner.objects.get()
    arrest = person.arrests.get()
    assert (str(person.born), str(arrest.began), arrest.judgments.get().sentence_months) == ("1990", "2020-08-09", 24)


def test_workbook_without_the_named_sheet_is_refused(importer):
    result = importer(XLSX, suffix=".xlsx", mapping='sheet = "People"')
    assert result.message == "The workbook has no sheet “People”. Its sheets: Cases."


def test_formula_in_a_sheet_is_reported_rather_than_read_as_nothing(importer):
    result = importer(workbook(["name", "country"], ["Alieś", '="B"&"Y"'], ["#N/A", "BY"]), suffix=".xlsx")
    assert [problem["reason"] for problem in result.problems][:2] == [
        "This is a formula: paste its value instead.",
        "This is an error of the spreadsheet, not a value.",
    ]


def test_row_with_too_few_or_too_many_cells_is_reported_alone(importer):
    result = importer(f"{HEADER}{GOOD}Bahdan,BY\nCiemra,BY,2020,extra\n")
    assert result.places == [(3, ""), (4, "")]
    assert result.problems[0]["reason"] == (
        "The row has 2 cells, the header 3. Is a comma or a quotation mark missing or too many?"
    )
    assert result.outcomes == {"created": 1, "rejected": 2}


def test_cell_under_no_header_is_reported_and_empty_ones_are_not(importer):
    result = importer("name,country,\nAlieś,BY,\nBahdan,BY,note\n")
    assert result.places == [(3, "")]
    assert result.outcomes == {"created": 1, "rejected": 1}


def test_import_while_another_runs_is_refused(importer, db):
    import psycopg2
    from django.db import connection

    from desk.imports.run import ONE_AT_A_TIME

    other = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        assert importer([row()]).message == "Another import is running: wait until it is done."
    finally:
        other.close()


def test_fault_is_an_exception_with_a_message():
    assert str(FileFault("why")) == "why"
