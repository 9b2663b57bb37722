"""Nothing of the history is read for readers."""

import ast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counts.ledger import settle
from tests.own import modules
from tests.public.test_every_page import DATA, PAGES
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_public_page_asks_nothing_of_the_history(client, path):
    person = make_case(arrests=2)
    make_wave()
    settle()
    with CaptureQueriesContext(connection) as asked:
        client.get(path.format(code=person.code))
    assert [query["sql"] for query in asked.captured_queries if "history" in query["sql"].lower()] == []


@pytest.mark.parametrize("package", ["public", "counts"])
def test_code_for_readers_names_nothing_of_the_history(package):
    named = {
        (str(path), word)
        for path, tree in modules(package)
        for node in ast.walk(tree)
        for word in [getattr(node, "module", None) or getattr(node, "id", "") or getattr(node, "name", "")]
        if "history" in str(word).lower()
    }
    assert named == set()
