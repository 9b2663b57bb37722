"""Readers' pages never touch a private table."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counts.ledger import settle
from desk.models import InternalNote, SourceIdentity
from prisoners.models import Arrest, Prisoner, Source
from tests.desk.private_world import KINDS, OF_PERSON, make_private
from tests.own import BASE_DIR, modules
from tests.public.bodies import text_of
from tests.public.test_leaks import QUERIED, addresses, crawl, make_public_world

pytestmark = pytest.mark.django_db
CANARY = "PRIVATECANARY"
TABLES = {kind._meta.db_table for kind in KINDS}


def make_private_world():
    """Everything private about everybody who is public."""
    for person in Prisoner.objects.all():
        for kind in OF_PERSON:
            make_private(kind, person, text=CANARY)
    for source in Source.objects.all():
        make_private(SourceIdentity, source, text=CANARY)
    for arrest in Arrest.objects.all():
        InternalNote.objects.create(arrest=arrest, entered_by="editor", text=CANARY)


def public_addresses(client):
    """Every page that links lead to, every filter and format, and each person by code."""
    codes = Prisoner.objects.values_list("code", flat=True)
    people = [f"/prisoners/{code}{ending}" for code in codes for ending in ("/", ".json")]
    asked = [f"{page}?q={CANARY}" for page in QUERIED]
    return list(dict.fromkeys([*crawl(client), *addresses([]), *people, *asked]))


def touched(statement):
    return TABLES & set(re.findall(r"\w+", statement))


def test_readers_pages_ask_no_private_table_and_say_nothing_of_it(client):
    make_public_world()
    make_private_world()
    settle()
    paths = public_addresses(client)
    with CaptureQueriesContext(connection) as captured:
        said = {path: text_of(client.get(path)) for path in paths}
    assert len(paths) > 40
    assert len(captured) > len(paths)
    assert [query["sql"] for query in captured if touched(query["sql"])] == []
    assert [path for path, page in said.items() if CANARY in page and f"q={CANARY}" not in path] == []


def test_touch_of_a_private_table_is_seen():
    with CaptureQueriesContext(connection) as captured:
        list(InternalNote.objects.all())
    assert [touched(query["sql"]) for query in captured] == [{"desk_internalnote"}]


def test_functions_and_views_that_a_question_can_use_name_no_private_table():
    """Triggers aside: those act on writes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype"
            " UNION ALL SELECT definition FROM pg_views WHERE schemaname = 'public'"
        )
        sources = [source for (source,) in cursor.fetchall()]
    assert len(sources) > 10
    assert [source for source in sources if touched(source)] == []


def test_readers_side_names_nothing_private():
    """What test_layers.py forbids to import, no text names either."""
    named = {kind.__name__ for kind in KINDS} | TABLES | {"desk.private"}
    found = [
        (str(path), word)
        for package in ("public", "counts", "releases", "prisoners")
        for path, _tree in modules(package)
        for word in named
        if re.search(rf"\b{re.escape(word)}\b", (BASE_DIR / path).read_text())
    ]
    templates = [
        (str(path), word)
        for path in [*(BASE_DIR / "templates" / "public").glob("*"), *(BASE_DIR / "templates" / "components").glob("*")]
        for word in named
        if word.lower() in path.read_text().lower()
    ]
    assert found + templates == []
