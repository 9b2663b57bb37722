"""No page of the desk holds a list of all records of another kind: every relation is searched for."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from prisoners.models import Arrest, Citation, Review
from releases.models import PardonLine
from tests.factories import make_arrest, make_prisoner, make_source

OURS = {"prisoners", "releases"}
RECORD_ADMINS = [each for model, each in admin.site._registry.items() if model._meta.app_label in OURS]


def pages_and_rows(model_admin):
    """The admin itself and its sets of rows, each with the field that ties it to the page, which nobody chooses."""
    yield model_admin, None
    for inline_class in model_admin.get_inlines(None, None):
        inline = inline_class(model_admin.model, admin.site)
        yield inline, next(field.name for field in inline.opts.fields if field.related_model is model_admin.model)


@pytest.mark.parametrize("model_admin", RECORD_ADMINS, ids=lambda each: each.opts.label)
def test_every_relation_is_searched_for(model_admin, rf: RequestFactory):
    request = rf.get("/")
    for place, tie in pages_and_rows(model_admin):
        asked = flatten_fieldsets(place.get_fieldsets(request, None))
        relations = {
            field.name
            for field in [*place.opts.fields, *place.opts.many_to_many]
            if field.is_relation and field.name != tie and field.name in asked
        }
        listed = relations - set(place.get_autocomplete_fields(request)) - set(place.get_readonly_fields(request, None))
        assert listed == set(), f"{place} offers every {listed} there is"


def test_every_record_has_an_admin_or_rows():
    rows = {inline.model for each in RECORD_ADMINS for inline in each.get_inlines(None, None)}
    here = {model for label in OURS for model in apps.get_app_config(label).get_models() if model._meta.managed}
    # Reviews have a list of their own.
    assert here - rows - set(admin.site._registry) == {Review}


@pytest.mark.parametrize(
    ("model", "field", "term"), [(Arrest, "prisoner", "новік"), (PardonLine, "arrest", "новік"), (Citation, "source", "Monitor")]
)
def test_choice_is_found_by_what_the_editor_knows(desk, model, field, term):
    person = make_prisoner("Ян Новік")
    make_arrest(person)
    make_arrest(make_prisoner("Somebody else"))
    make_source(title="Monitor, 2020")
    label = {
        "prisoner": f"Ян Новік ({person.code})",
        "arrest": f"Ян Новік ({person.code}), 2020-08-09 –",
        "source": "Monitor, 2020",
    }
    query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field, "term": term}
    results = desk.get("/desk/admin/autocomplete/", query).json()["results"]
    assert [result["text"] for result in results] == [label[field]]
