"""Every table of records has a history, and the history is told the truth about it."""

import pytest
from django.apps import apps
from django.db import connection

from prisoners.history.tracking import Tracked

pytestmark = pytest.mark.django_db
OWN = ("prisoners", "releases", "desk")
# A log of what an import brought, which nothing changes but another import; and the notes of an intake, which say themselves
# who decided what: the history has the lines and releases that come of it.
# What was typed in vain is to be gone once it is used, or after a day.
# Offers are made anew from the records; whoever puts one aside is named on it, until it comes back.
LOGS = {"desk_importedrow", "desk_intake", "desk_intakeline", "desk_keptpost", "desk_openline", "desk_offer", "desk_progress"}
ACCOUNTS = {"auth_user", "auth_group", "auth_user_groups", "auth_user_user_permissions", "auth_group_permissions"}
# Kept by triggers for each change of what belongs to a person; when somebody signed in; and hashes of passwords.
PASSED_OVER = {"prisoners_prisoner": ("changed_at", "last_changed_by", "changed_in"), "auth_user": ("last_login", "password")}


def models_with_a_history():
    of_ours = [m for app in OWN for m in apps.get_app_config(app).get_models(include_auto_created=True) if m._meta.managed]
    of_accounts = apps.get_app_config("auth").get_models(include_auto_created=True)
    return [m for m in of_ours if m._meta.db_table not in LOGS] + [m for m in of_accounts if m._meta.db_table in ACCOUNTS]


def definitions():
    """What the database was told of each table, beside the very triggers that it would make today."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, key, owners, prosrc FROM history_tracked JOIN pg_proc ON proname = 'history_of_' || table_name"
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def test_history_covers_every_table_of_records():
    assert set(definitions()) == {model._meta.db_table for model in models_with_a_history()}


@pytest.mark.parametrize("model", models_with_a_history(), ids=lambda model: model._meta.db_table)
def test_migrations_attach_what_the_model_says(model):
    """If this fails: write `KeepHistory(…)` with these arguments in a new migration."""
    tracked = Tracked.of(model, PASSED_OVER.get(model._meta.db_table, ()))
    before = definitions()[tracked.table]
    with connection.cursor() as cursor:
        cursor.execute(tracked.attach)
    assert definitions()[tracked.table] == before, tracked


def test_link_between_records_belongs_to_the_one_that_declares_it():
    model = apps.get_model("prisoners", "Prisoner").occupations.through
    assert Tracked.of(model).owners == (("prisoner_id", "prisoners_prisoner"),)
