"""What readers are told when the database is away, slow, or something else breaks."""

import json
import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from counts.moment import one_moment
from public.reading import reading
from public.urls import urlpatterns as public_patterns
from tests.own import BASE_DIR

# Run in a process of its own, whose database is an address where nothing listens.
ASK = """
import json, logging, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
from django.conf import settings
from django.test import Client
django.setup()
logging.disable()
settings.ALLOWED_HOSTS = ["testserver"]
settings.STATIC_ROOT = None
settings.SESSION_SAVE_EVERY_REQUEST = "--save-sessions" in sys.argv
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef" if "--signed-in" in sys.argv else ""
answers = {}
for path in json.loads(sys.stdin.read()):
    answer = client.get(path)
    answers[path] = [answer.status_code, answer.headers.get("Retry-After"), answer.content.decode()]
print(json.dumps(answers))
"""


def ask_without_database(*paths: str, options: tuple[str, ...] = ()) -> dict[str, list]:
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK, *options],
        input=json.dumps(paths),
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere", "HTTPS": "0", "DEBUG": "0"},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(asked.stdout)


def test_pages_that_need_the_database_say_that_it_is_away() -> None:
    paths = ("/", "/prisoners/", "/prisoners/BY-000000/", "/prisoners/BY-000000.json", "/releases/", "/counts/", "/counts.json")
    paths += ("/data/", "/data/package.zip", "/data/followthemoney.jsonl")
    answers = ask_without_database(*paths, "/releases/x/", "/desk/admin/login/")
    told = {path: (status, retry, "The records can’t be reached" in html) for path, (status, retry, html) in answers.items()}
    del told["/desk/admin/login/"]  # a form that asks nothing before it is sent
    assert told == dict.fromkeys([*paths, "/releases/x/"], (503, "60", True))


def test_pages_of_text_are_shown_while_the_database_is_away() -> None:
    paths = ("/methodology/", "/about/", "/data/dictionary/", "/no/such/page/")
    answers = ask_without_database(*paths)
    assert {path: status for path, (status, _retry, _html) in answers.items()} == {
        "/methodology/": 200,
        "/about/": 200,
        "/data/dictionary/": 200,
        "/no/such/page/": 404,
    }


@pytest.mark.parametrize("options", [("--signed-in",), ("--signed-in", "--save-sessions")])
def test_middleware_that_meets_the_absent_database_says_so_too(options: tuple[str, ...]) -> None:
    [answer] = ask_without_database("/desk/admin/", options=options).values()
    assert (answer[0], answer[1], "The records can’t be reached" in answer[2]) == (503, "60", True)


def test_health_names_the_reason_and_no_address() -> None:
    [answer] = ask_without_database("/healthz").values()
    assert answer[0] == 503
    assert json.loads(answer[2]) == {"status": "unavailable", "reason": "The database can't be reached."}


@pytest.mark.django_db
def test_health_is_good_while_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@reading
def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(10)")
    return HttpResponse()


@reading
def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("a mistake of ours, with BY-7K3QX2 in it")


def broken_off(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server at 10.1.2.3 closed the connection")


handler500 = "config.errors.server_error"
urlpatterns = [path("slow/", slow), path("broken/", broken), path("broken-off/", broken_off), *public_patterns]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_question_that_takes_too_long_is_broken_off_and_said_to_be(client: Client, settings) -> None:
    settings.PUBLIC_STATEMENT_TIMEOUT_MS = 100
    answer = client.get("/slow/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "This took too long" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_mistake_of_ours_gives_a_plain_page_without_its_details() -> None:
    answer = Client(raise_request_exception=False).get("/broken/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert ("Something went wrong here" in html, "BY-7K3QX2" in html) == (True, False)


def test_request_for_a_host_that_is_not_ours_gets_a_plain_page(client: Client) -> None:
    answer = client.get("/about/", headers={"Host": "elsewhere.example"})
    html = answer.content.decode()
    assert (answer.status_code, "elsewhere" in html) == (400, False)
    assert '<a class="leave" href="https://www.wikipedia.org/" rel="noreferrer">' in html


@pytest.mark.urls(__name__)
def test_failure_page_names_no_address_of_ours(client: Client) -> None:
    html = client.get("/broken-off/").content.decode()
    assert ("The records can’t be reached" in html, "10.1.2.3" in html) == (True, False)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("page", ["/broken-off/", "/methodology/"])
def test_failure_pages_have_the_look_of_the_site(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    assert '<link rel="stylesheet" href="/static/site.css">' in html
    assert '<a class="brand" href="/">Still Held</a>' in html


@pytest.mark.django_db(transaction=True)
def test_reader_sees_one_moment_and_can_write_nothing() -> None:
    with one_moment(4321), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("repeatable read", "on")
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("4321ms",)


@pytest.mark.django_db(transaction=True)
def test_limits_of_a_reader_stay_with_the_reader() -> None:
    with one_moment(4321):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("0", "off")
