"""Reading settings from the environment: defaults, values, and refusals that name what is wrong."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import environment as env
from desk.private.keys import KeyRing


def refusal(read, *arguments, **options):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(*arguments, **options)
    return str(refused.value)


@pytest.mark.parametrize("environ", [{}, {"NAME": ""}])
def test_unset_or_empty_means_the_default(environ, tmp_path):
    assert env.text(environ, "NAME", "default") == "default"
    assert env.boolean(environ, "NAME", True) is True
    assert env.whole_number(environ, "NAME", 7, minimum=1) == 7
    assert env.words(environ, "NAME", "a,b") == ["a", "b"]
    assert env.time_zone(environ, "NAME", "UTC") == "UTC"
    assert env.folder(environ, "NAME", tmp_path / "new") == tmp_path / "new"


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("1", True), ("true", True), ("YES", True), ("On", True), ("0", False), ("False", False), ("no", False), ("OFF", False)],
)
def test_boolean_is_read_in_its_usual_spellings(value, meaning):
    assert env.boolean({"NAME": value}, "NAME", not meaning) is meaning


@pytest.mark.parametrize("value", ["2", "yes please", " 1", "none"])
def test_boolean_of_another_spelling_is_refused_by_name(value):
    assert refusal(env.boolean, {"NAME": value}, "NAME", False) == f"NAME must be 1 or 0, not “{value}”."


def test_whole_number_is_read_from_its_minimum_on():
    assert env.whole_number({"NAME": "100"}, "NAME", 7, minimum=100) == 100


@pytest.mark.parametrize("value", ["99", "-100", "1e3", "100.0", "١٢٣٤", " 100"])
def test_whole_number_of_another_shape_is_refused_by_name(value):
    message = f"NAME must be a whole number of at least 100, not “{value}”."
    assert refusal(env.whole_number, {"NAME": value}, "NAME", 700, minimum=100) == message


def test_words_are_read_without_spaces_and_gaps():
    assert env.words({"NAME": " a.example, ,b.example,"}, "NAME", "") == ["a.example", "b.example"]


@pytest.mark.parametrize("value", ["Vilnius", "../UTC", "Europe/Atlantis"])
def test_time_zone_that_does_not_exist_is_refused_by_name(value):
    message = f"NAME must be a time zone such as Europe/Vilnius, not “{value}”."
    assert refusal(env.time_zone, {"NAME": value}, "NAME", "UTC") == message


def test_folder_is_made_with_those_above_it(tmp_path):
    path = tmp_path / "some" / "folder"
    assert env.folder({"NAME": str(path)}, "NAME", tmp_path) == path
    assert path.is_dir()


@pytest.mark.parametrize("value", ["/proc/none", "/dev/null", "/dev/null/under"])
def test_folder_that_can_not_be_written_is_refused_by_name(value, tmp_path):
    message = f"NAME must be a folder that this account can write in, not “{value}”."
    assert refusal(env.folder, {"NAME": value}, "NAME", tmp_path) == message


def test_secret_that_is_set_is_used_and_not_kept(tmp_path):
    kept_in = tmp_path / "key"
    assert env.secret({"NAME": "given"}, "NAME", kept_in) == "given"
    assert not kept_in.exists()


def test_secret_that_is_not_set_is_made_once_and_only_its_owner_reads_it(tmp_path):
    kept_in = tmp_path / "new" / "key"
    secret = env.secret({}, "NAME", kept_in)
    assert len(secret) >= 64
    assert env.secret({"NAME": ""}, "NAME", kept_in) == secret
    assert kept_in.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept_in.parent.iterdir()] == ["key"]


def test_secrets_differ_between_installations(tmp_path):
    assert env.secret({}, "NAME", tmp_path / "a") != env.secret({}, "NAME", tmp_path / "b")


def test_private_keys_that_are_set_are_used_newest_first(tmp_path):
    newest, older = "n" * 43 + "=", "o" * 43 + "="
    kept_in = tmp_path / "keys"
    assert env.private_keys({"NAME": f"{newest}, {older}"}, "NAME", kept_in) == [newest, older]
    assert not kept_in.exists()


def test_private_key_that_is_not_set_is_made_once_and_only_its_owner_reads_it(tmp_path):
    kept_in = tmp_path / "keys"
    made = env.private_keys({}, "NAME", kept_in)
    assert (len(made), KeyRing(made).open(KeyRing(made).seal("text"))) == (1, "text")
    assert env.private_keys({"NAME": ""}, "NAME", kept_in) == made
    assert kept_in.stat().st_mode & 0o777 == 0o600


def test_private_keys_in_the_file_may_be_several(tmp_path):
    kept_in = tmp_path / "keys"
    older = env.private_keys({}, "NAME", kept_in)[0]
    kept_in.write_text(f"{'n' * 43}=,{older}\n")
    assert env.private_keys({}, "NAME", kept_in) == ["n" * 43 + "=", older]


@pytest.mark.parametrize("wrong", ["sesame", "s" * 44, "s" * 42 + "=", "s" * 42 + "+=", "ß" * 43 + "=", " "])
def test_private_key_of_another_shape_is_refused_by_name_and_not_shown(wrong, tmp_path):
    shape = "keys of 44 characters, as `manage.py make_private_key` prints them, newest first, separated by commas"
    message = f"NAME must be {shape}: number 2 of 2 is none."
    assert refusal(env.private_keys, {"NAME": f"{'n' * 43}=,{wrong}"}, "NAME", tmp_path / "keys") == message
    (tmp_path / "keys").write_text(wrong)
    message = f"NAME is unset, and the file {tmp_path / 'keys'} that keeps them must be {shape}: number 1 of 1 is none."
    assert refusal(env.private_keys, {}, "NAME", tmp_path / "keys") == message


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "PRIVATE_KEYS",
            "sesame",
            "PRIVATE_KEYS must be keys of 44 characters, as `manage.py make_private_key` prints them, newest first, "
            "separated by commas: number 1 of 1 is none.",
        ),
        ("DEBUG", "maybe", "DEBUG must be 1 or 0, not “maybe”."),
        ("PUBLIC_STATEMENT_TIMEOUT_MS", "5", "PUBLIC_STATEMENT_TIMEOUT_MS must be a whole number of at least 100, not “5”."),
        (
            "DATABASE_URL",
            "mysql://u:secret@h/d",
            "DATABASE_URL must name a PostgreSQL (15 or later), as in postgresql://user:password@host/stillheld",
        ),
        (
            "DATABASE_URL",
            "postgresql://u:secret@127.0.0.1:1/d",
            'The database failed: connection to server at "127.0.0.1", port 1 failed: Connection refused\n'
            "\tIs the server running on that host and accepting TCP/IP connections?",
        ),
    ],
)
def test_command_with_a_wrong_setting_ends_with_one_sentence_that_names_it(name, value, said):
    command = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=plain_environment() | {name: value}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{said}\n")


def plain_environment():
    """That of a person who set nothing."""
    return {"PATH": "/usr/bin:/bin", "LOCAL_DIR": str(settings.LOCAL_DIR)}


@pytest.mark.parametrize("value", ["", "https://example.org", "http://127.0.0.1:8000"])
def test_origin_is_an_address_without_a_path(value):
    assert env.origin({"NAME": value}, "NAME", "") == value


@pytest.mark.parametrize(
    "wrong", ["example.org", "https://example.org/", "https://example.org/path", "ftp://example.org", "https://a b"]
)
def test_origin_of_another_shape_is_refused(wrong):
    message = f"NAME must be an address such as https://example.org, without a path, not “{wrong}”."
    assert refusal(env.origin, {"NAME": wrong}, "NAME", "") == message
