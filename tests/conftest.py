"""Who takes part in tests, a real browser, and a database that is whole again after a test that commits."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
PASSWORD = "correct horse battery staple"
COMMITTING = {"transactional_db", "live_server"}
RESTORE = pytest.StashKey[Callable[[], None]]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep a copy of the migrated database: its vocabularies, and whatever else migrations write.

    A test that commits ends with a flush, which empties those too; the copy then takes the database's place.
    """
    name = str(connection.settings_dict["NAME"])
    copy = f"{name}_clean"

    def restore() -> None:
        with django_db_blocker.unblock():
            _copy_database(copy, to=name)

    with django_db_blocker.unblock():
        _let_factories_publish_in_pieces()
        _copy_database(name, to=copy)
    request.config.stash[RESTORE] = restore
    yield
    del request.config.stash[RESTORE]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        # The live server's threads may still hold connections, which would keep the database from being dropped.
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _let_factories_publish_in_pieces() -> None:
    """A test's person is published before it has an arrest, and in many tests never gets one.

    Nothing else of what guards publication is off. The tests of imports, of the demonstration and of this rule have it on
    (`whole_publications`).
    """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prisoners_unproven DISABLE TRIGGER new_publication_is_whole")


@pytest.fixture
def whole_publications(db: None) -> None:
    """New published people must have a heading, an arrest and a source when the transaction ends, as they must outside tests."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prisoners_unproven ENABLE TRIGGER new_publication_is_whole")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After the fixtures of a test that commits are gone, put the database back."""
    try:
        return (yield)
    finally:
        restore = item.config.stash.get(RESTORE, None)
        if restore is not None and _commits(item):
            restore()


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(COMMITTING & set(getattr(item, "fixturenames", ())))


def _copy_database(name: str, *, to: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')


@pytest.fixture(scope="session", autouse=True)
def files_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes among the files of whoever runs it."""
    site_settings.MEDIA_DIR = tmp_path_factory.mktemp("media")
    site_settings.DATA_DIR = tmp_path_factory.mktemp("data")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """An empty folder for the files of one test."""
    settings.MEDIA_DIR = tmp_path / "media"
    return settings.MEDIA_DIR


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may change every record."""
    return User.objects.create_superuser("editor", password=PASSWORD)


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody with an account, who has no business at the desk."""
    return User.objects.create_user("stranger", password=PASSWORD)


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor, signed in."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def outside(stranger: User) -> Client:
    """The stranger, signed in."""
    client = Client()
    client.force_login(stranger)
    return client


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of a real browser."""
    # Playwright leaves a loop running in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        page = browser.new_page()
        page.set_default_timeout(15_000)
        yield page
        # While that loop runs, Django keeps a connection apart for it, which nobody else would close.
        connection.close()
        browser.close()
