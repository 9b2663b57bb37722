"""Which PostgreSQL is used."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.database import EXAMPLE, database_settings

NOWHERE = Path("/nowhere")  # a named database needs no folder


def test_named_database_is_used_and_no_folder_is_touched():
    url = "postgresql://editor:p%40ss@db.example:5433/held?sslmode=require"
    assert database_settings({"DATABASE_URL": url}, NOWHERE) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "held",
        "USER": "editor",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
    assert not NOWHERE.exists()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "pgsql"])
def test_scheme_may_be_any_usual_one_of_postgresql(scheme):
    assert database_settings({"DATABASE_URL": f"{scheme}://host/held"}, NOWHERE)["NAME"] == "held"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://u:secret@h/d", "must name a PostgreSQL (15 or later), as in"),
        ("sqlite:///file", "must name a PostgreSQL (15 or later), as in"),
        ("sqlite://:memory:", "must name a PostgreSQL (15 or later), as in"),
        ("postgresql://u:secret@h", "must name a database, as in"),
        ("postgresql://u:secret@h/", "must name a database, as in"),
        ("postgresql://u:secret@h:port/d", "can't be read: it must look like"),
        ("postgresql://u:secret@[h/d", "can't be read: it must look like"),
        ("u:secret@h/d", "can't be read: it must look like"),
        ("stillheld", "can't be read: it must look like"),
    ],
)
def test_address_that_can_not_be_used_is_refused_by_name_without_its_password(url, reason):
    with pytest.raises(ImproperlyConfigured) as refused:
        database_settings({"DATABASE_URL": url}, NOWHERE)
    assert str(refused.value) == f"DATABASE_URL {reason} {EXAMPLE}"
