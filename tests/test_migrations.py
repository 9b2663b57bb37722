"""Migrations: complete, named, and able to go back."""

import os
import re
import subprocess
import sys
from urllib.parse import quote, urlencode

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.own import BASE_DIR, own_apps

AUTOMATIC = re.compile(r"_[0-9a-f]{6,8}(_\w+)?$")  # how Django names what has no name
LEFT = """
    SELECT 'relation ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND oid NOT IN ({of_extensions})
    UNION SELECT 'function ' || oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND oid NOT IN ({of_extensions})
    UNION SELECT 'trigger ' || tgname || ' ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal
    UNION SELECT 'constraint ' || conname || ' ' || conrelid::regclass FROM pg_constraint WHERE conrelid <> 0
        AND connamespace = 'public'::regnamespace
""".format(of_extensions="SELECT objid FROM pg_depend WHERE deptype = 'e'")


@pytest.mark.django_db
def test_models_and_migrations_agree(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


def test_constraints_and_indexes_have_names_of_their_own():
    models = [model for app in own_apps() for model in app.get_models()]
    names = [thing.name for model in models for thing in (*model._meta.constraints, *model._meta.indexes)]
    assert [name for name in names if AUTOMATIC.search(name)] == []
    assert sorted(set(names)) == sorted(names)
    assert [model for model in models if model._meta.unique_together] == []


def test_steps_of_migrations_all_have_a_way_back():
    own = {app.label for app in own_apps()}
    stuck = [
        (key, operation)
        for key, migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if key[0] in own and isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert stuck == []


@pytest.fixture
def scratch(worker_id):
    """An empty database on the server of the tests: a connection to it and its address."""
    server, name = connection.settings_dict, f"test_scratch_{worker_id}"
    where = {"host": server["HOST"] or server["OPTIONS"].get("host", ""), "port": str(server.get("PORT") or 5432)}
    who = {"user": server["USER"], "password": server.get("PASSWORD", "")}
    admin = psycopg2.connect(dbname="postgres", **where, **who)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    inside = psycopg2.connect(dbname=name, **where, **who)
    inside.autocommit = True
    yield inside, f"postgresql://{quote(who['user'])}:{quote(who['password'])}@/{name}?{urlencode(where)}"
    inside.close()
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")
    admin.close()


def things_in(database):
    with database.cursor() as cursor:
        cursor.execute(LEFT)
        return {row[0] for row in cursor.fetchall()}


def test_migrations_go_back_to_nothing_and_forward_to_the_same(scratch):
    database, url = scratch

    def migrate(*arguments):
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *arguments]
        done = subprocess.run(
            command, cwd=BASE_DIR, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")

    migrate()
    complete = things_in(database)
    assert "relation prisoners_prisoner" in complete
    own = [app.label for app in own_apps() if app.label in MigrationLoader(None).migrated_apps]
    for label in own:
        migrate(label, "zero")
    left = {thing for thing in things_in(database) if re.search(rf"\b({'|'.join(own)})_|function (?!_pgh_)|trigger", thing)}
    assert left == set()
    migrate()
    assert things_in(database) == complete
