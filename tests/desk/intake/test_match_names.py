"""`match_names` at the prompt."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.desk.intake.scene import held
from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    def call(text, *options, name="list.txt"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, err = io.StringIO(), io.StringIO()
        call_command("match_names", str(file), *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return call


def test_people_are_printed_best_first_with_the_form_that_fits(run):
    near = held("Siarhei Kavaliou", native="Сергей Ковалёв").prisoner
    held("Anna Sidorova")
    out, err = run("Список:\n1. Ковалев Сергей, 1987 г.р.\n2. Нихто Невядомы\nкроме того ещё восемь человек из тюрьмы")
    lines = out.splitlines()
    assert lines[0] == "line,rank,code,name,score,band"
    assert [line.split(",")[:4] for line in lines[1:]] == [["2", "1", near.code, "Сергей Ковалёв"]]
    assert 0.85 <= float(lines[1].split(",")[4]) <= 1
    assert lines[1].endswith(",likely")
    assert err.splitlines() == [
        "Line 3: nobody fits Нихто Невядомы",
        "Line 4: not read as a name: кроме того ещё восемь человек из тюрьмы",
    ]


def test_day_leaves_only_those_held_on_it_published_or_not(run):
    draft = held("Ivan Petrov", state="draft").prisoner
    held("Ivan Petrov", arrest={"ended": "2022"})
    make_prisoner("Ivan Petrov")
    out, _ = run("Ivan Petrov", "--on", "2024-08-16")
    assert [line.split(",")[:3] for line in out.splitlines()[1:]] == [["1", "1", draft.code]]
    assert len(run("Ivan Petrov")[0].splitlines()) == 4
    assert len(run("Ivan Petrov", "--at-most", "1")[0].splitlines()) == 2


def test_json_says_what_was_read(run):
    person = held("Ivan Petrov").prisoner
    (told,) = json.loads(run("Ivan Petrov, 1987, art. 342 part 1, Minsk", "--json")[0])
    people = [{"rank": 1, "code": person.code, "name": "Ivan Petrov", "score": 1.0, "band": "likely"}]
    assert told == {
        "line": 1,
        "also_first_for": [],
        "as_written": "Ivan Petrov, 1987, art. 342 part 1, Minsk",
        "name": "Ivan Petrov",
        "born": "1987",
        "age": None,
        "articles": ["342(1)"],
        "place": "Minsk",
        "people": people,
    }


def test_table_reads_like_text(run):
    person = held("Ivan Petrov").prisoner
    out, _ = run("No,Surname,Name\n1,Petrov,Ivan\n", name="list.csv")
    assert [line.split(",")[:3] for line in out.splitlines()[1:]] == [["2", "1", person.code]]


@pytest.mark.parametrize("text", [b"%PDF-1.7", b"\xff\xfe\x00", b"", b"12\n14"])
def test_unusable_file_ends_with_status_2(run, text):
    with pytest.raises(CommandError) as refused:
        run(text)
    assert refused.value.returncode == 2


def test_missing_file_ends_with_status_2_and_json(capsys):
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("match_names", "/nowhere/list.txt", "--json", stdout=out)
    assert (refused.value.returncode, list(json.loads(out.getvalue()))) == (2, ["error"])


@pytest.mark.parametrize("options", [("--on", "yesterday"), ("--at-most", "0")])
def test_wrong_option_is_refused(run, options):
    with pytest.raises(CommandError):
        run("Ivan Petrov", *options)


def test_same_person_first_for_two_lines_is_told(run):
    code = held("Ivan Petrov").prisoner.code
    _out, err = run("Ivan Petrov\nAnna Sidorova\nПетров Иван")
    assert f"Lines 1, 3: {code} is first for each of them" in err
    assert [each["also_first_for"] for each in json.loads(run("Ivan Petrov\nAnna Sidorova\nПетров Иван", "--json")[0])] == [
        [3],
        [],
        [1],
    ]
