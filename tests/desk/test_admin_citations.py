"""Citations are tied to a field that the record has, on the page of each record that can be cited."""

import pytest
from django.contrib import admin

from desk.admin.citations import CitationRows, field_choices
from desk.admin.labels import page_of
from prisoners.models import Charge, Citation, Name, Prisoner, Source, Stay
from prisoners.models.sources import citable_fields
from releases.models import Citation as ReleaseCitation
from releases.models import VoidRelease
from tests.desk.admin_forms import complaints, rows, save
from tests.factories import make_arrest, make_prisoner, make_source
from tests.public.worlds import make_case

CITED = sorted(
    {target for citation in (Citation, ReleaseCitation) for target in citation.targets().values()},
    key=lambda model: model._meta.label,
)


@pytest.mark.parametrize("model", CITED, ids=lambda model: model._meta.label)
def test_every_record_that_can_be_cited_has_a_page_with_citations(model):
    model_admin = admin.site._registry[model]
    inlines = [inline for inline in model_admin.get_inlines(None, None) if issubclass(inline, CitationRows)]
    assert len(inlines) == 1


def test_fields_are_offered_by_their_labels():
    assert [(name, str(label)) for name, label in field_choices(Stay)] == [
        ("", "all of it"),
        ("facility", "Facility"),
        ("began", "From"),
        ("ended", "Until"),
        ("regime", "Regime"),
    ]


@pytest.mark.parametrize("model", CITED, ids=lambda model: model._meta.label)
def test_fields_offered_are_those_that_a_citation_takes(model):
    assert [name for name, _label in field_choices(model)] == ["", *citable_fields(model)]


def test_person_is_cited_by_two_sources_that_differ(desk):
    person = make_prisoner(born="1988-03")
    both = [{"source": make_source().pk, "field": "born", "value": value, "locator": "p. 3"} for value in ("1988-03", "1987")]
    assert complaints(save(desk, page_of(person), rows("citations", *both))) == {}
    assert list(person.citations.values_list("field", "value", "locator")) == [
        ("born", "1988-03", "p. 3"),
        ("born", "1987", "p. 3"),
    ]


def test_field_of_another_record_is_refused_at_the_field(desk):
    row = {"source": make_source().pk, "field": "born"}
    refused = complaints(save(desk, page_of(make_arrest()), rows("citations", row, after=1)))
    assert refused == {"citations-1-field": ["Select a valid choice. born is not one of the available choices."]}


def test_name_stay_charge_and_void_release_are_cited_on_their_pages(desk):
    arrest = make_case().arrests.get()
    void = VoidRelease.objects.create(arrest=arrest, mechanism_id="deportation", because="Taken back.")
    cited = [arrest.prisoner.names.first(), Stay.objects.get(), Charge.objects.get(), void]
    for record, field in zip(cited, ("text", "facility", "status", "happened_on"), strict=True):
        row = {"source": make_source().pk, "field": field}
        assert complaints(save(desk, page_of(record), rows("citations", row))) == {}
        assert [citation.field for citation in record.citations.all()] == [field]


@pytest.mark.parametrize("parent", ["person", "arrest"])
def test_rows_lead_to_the_pages_where_their_sources_are(desk, parent):
    arrest = make_case().arrests.get()
    person = arrest.prisoner
    shown, targets = (person, person.names.all()) if parent == "person" else (arrest, [Stay.objects.get(), Charge.objects.get()])
    html = desk.get(page_of(shown)).content.decode()
    assert [target for target in targets if f'href="{page_of(target)}"' not in html] == []


def test_source_lists_every_kind_of_record_that_cites_it(desk):
    arrest = make_case().arrests.get()
    source = Source.objects.create(title="A list")
    void = VoidRelease.objects.create(arrest=arrest, mechanism_id="deportation", because="Taken back.")
    for record in (Name.objects.first(), Stay.objects.get(), Charge.objects.get()):
        Citation.objects.create(source=source, **{record._meta.model_name: record})
    ReleaseCitation.objects.create(source=source, void_release=void)
    html = desk.get(page_of(source)).content.decode()
    assert [
        record for record in (Name.objects.first(), Stay.objects.get(), Charge.objects.get(), void) if page_of(record) not in html
    ] == []


def test_name_is_not_deleted_on_its_own_page(desk):
    person = make_prisoner()
    assert desk.post(f"{page_of(person.names.get()).removesuffix('change/')}delete/", {"post": "yes"}).status_code == 403
    assert Prisoner.objects.get().names.count() == 1
