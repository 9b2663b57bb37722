"""docs/import.md names every column, key, option and value, and no other."""

import re
from dataclasses import fields
from pathlib import Path

from desk.imports.columns import COLUMNS
from desk.imports.mapping import STATUTE_KEYS, ColumnRule, FileMapping, read_mapping
from desk.imports.reading import MAX_CELL
from desk.management.commands.import_cases import Command
from prisoners.models import Visibility
from prisoners.models.law import SentenceKind
from prisoners.models.person import Gender

TEXT = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
BASE = {"version", "verbosity", "settings", "pythonpath", "traceback", "no-color", "force-color", "skip-checks", "help"}


def table_under(header):
    """The table whose first row is this: first and second cell of each row."""
    lines = TEXT.partition(f"| {header} |")[2].partition("\n\n")[0].splitlines()[2:]
    return dict(re.match(r"\| `([^`]+)` \| (.*) \|$", line).groups() for line in lines)


def test_docs_list_the_columns_in_their_order():
    assert list(table_under("column | holds")) == list(COLUMNS)


def test_docs_list_the_keys_of_a_mapping():
    renamed = {"list_name": "list", "statutes": "statute"}
    assert set(table_under("key | means")) == {renamed.get(field.name, field.name) for field in fields(FileMapping)}
    assert set(table_under("key of a column | means")) == {field.name for field in fields(ColumnRule)}
    assert re.findall("`([a-z]+)`", table_under("key | means")["statute"].partition(":")[2]) == list(STATUTE_KEYS)


def test_docs_list_the_options():
    parser = Command().create_parser("manage.py", "import_cases")
    options = {option.removeprefix("--") for action in parser._actions for option in action.option_strings if option[:2] == "--"}
    assert {name.split()[0].removeprefix("--") for name in table_under("option | does")} == options - BASE


def test_docs_list_the_codes_of_short_lists():
    columns = table_under("column | holds")
    for column, codes in (("gender", Gender), ("sentence_kind", SentenceKind), ("visibility", Visibility)):
        assert set(re.findall("`([a-z_]+)`", columns[column])) == set(codes.values)


def test_docs_name_the_limit_of_a_cell():
    assert f"{MAX_CELL:,} characters" in TEXT


def test_docs_give_a_mapping_that_can_be_read():
    mapping = read_mapping(re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)[1])
    assert list(mapping.columns) == ["Full name", "Name (ru)", "Sentence"]
