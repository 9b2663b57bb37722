"""Search in the lists of people and arrests: by any form of a name, once each, through the index."""

import pytest
from django.contrib import admin
from django.db import connection

from prisoners.models import Arrest, Name, Prisoner
from tests.desk.admin_forms import list_page
from tests.factories import make_arrest, make_prisoner


@pytest.fixture
def novik(db):
    person = make_prisoner("Ян Новік")
    Name.objects.create(prisoner=person, text="Jan Novik", language="en")
    Name.objects.create(prisoner=person, text="Новик Иван", language="ru")
    make_arrest(person)
    make_arrest(make_prisoner("Alena Zima"))
    return person


@pytest.mark.parametrize("words", ["новік", "Novik Jan", "нов", "иван новик", "{code}", " {code} "])
def test_person_is_found_once_by_any_form_of_the_name_or_by_code(desk, novik, words):
    query = {"q": words.format(code=novik.code.lower())}
    assert list(desk.get(list_page(Prisoner), query).context["cl"].result_list) == [novik]
    assert [arrest.prisoner for arrest in desk.get(list_page(Arrest), query).context["cl"].result_list] == [novik]


def test_name_of_nobody_finds_nobody(desk, novik):
    assert list(desk.get(list_page(Prisoner), {"q": "novik zima"}).context["cl"].result_list) == []


@pytest.mark.parametrize("model", [Prisoner, Arrest])
def test_search_reads_names_through_their_index(novik, rf, model, editor):
    model_admin, request = admin.site._registry[model], rf.get("/")
    request.user = editor
    found, may_repeat = model_admin.get_search_results(request, model_admin.get_queryset(request), "новік")
    with connection.cursor() as cursor:
        # With a handful of rows any plan is as good: leave the planner those that can use an index for words inside a name.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = found.explain()
    assert ("Bitmap Index Scan on spellings_trigrams" in plan, may_repeat) == (True, False), plan
