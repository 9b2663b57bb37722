"""What the case page and its JSON tell of the whole record, and what they keep to themselves."""

import pytest
from django.db import models
from django.test import Client

from desk.disclosure import audiences
from prisoners.disclosure import Audience
from prisoners.models import (
    Affiliation,
    Agency,
    Arrest,
    Case,
    Charge,
    Citation,
    Context,
    Facility,
    Judgment,
    Name,
    Organisation,
    Prisoner,
    Recognition,
    Source,
    Stay,
    Summary,
    Treatment,
)
from releases.models import Release, VoidRelease
from tests.factories import make_source
from tests.public.canaries import FORMS
from tests.public.told import both_texts, facts_of, json_of
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db
ON_THE_PAGE = [Arrest, Charge, Judgment, Name, Prisoner, Recognition, Release, Source, Stay, Summary, Treatment, VoidRelease]


def test_affiliations_and_languages_of_the_summary_are_told(client: Client) -> None:
    person = make_case()
    person.affiliations.add(Affiliation.objects.create(code="green_wave", label="Green Wave"))
    Summary.objects.create(prisoner=person, language="be", text="Выдуманае жыццё.")
    assert facts_of(person)["Affiliation"] == "Green Wave"
    document = json_of(client, person)
    assert document["affiliations"] == {"green_wave": "Green Wave"}
    assert document["summaries"] == {"en": "An invented life.", "be": "Выдуманае жыццё."}


def fill(record: models.Model) -> dict[str, str]:
    """A value of its own in each free text of a record; gives them by field."""
    planted = {}
    for field in record._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not (field.choices or field.primary_key)
        if is_text and field.editable and field.name not in FORMS and not hasattr(record, f"{field.name}_earliest"):
            planted[field.name] = f"canary{record._meta.model_name}{field.name.replace('_', '')}"
            if isinstance(field, models.URLField):
                planted[field.name] = f"https://{planted[field.name]}.example/"
            setattr(record, field.name, planted[field.name])
    record.save()
    return planted


def make_filled_case() -> tuple[Prisoner, dict[tuple[str, str], tuple[Audience, str]]]:
    """A published person with a text of its own in each field of each record; health may not be told."""
    person = make_case()
    arrest = person.arrests.get()
    Arrest.objects.update(
        agency=Agency.objects.get(pk="police"),
        case=Case.objects.create(slug="trial", title="Trial"),
        context=Context.objects.create(slug="protests", title="Protests"),
        ended="2024-01-01",
        last_confirmed_on=None,
    )
    Release.objects.create(arrest=arrest, mechanism_id="pardon")
    VoidRelease.objects.create(arrest=arrest, mechanism_id="deportation", because="-")
    Recognition.objects.update(withdrawn_on="2023")
    Treatment.objects.update(kind="denied_medical_care")
    hidden = make_source(confidentiality="confidential")
    Citation.objects.create(arrest=arrest, source=hidden)
    planted = {}
    for model in ON_THE_PAGE:
        record = hidden if model is Source else model._default_manager.order_by("pk").first()
        seen_by = audiences(model)
        for name, text in fill(record).items():
            planted[model.__name__, name] = (seen_by[name], text)
    return person, planted


def test_page_and_json_show_every_public_text_and_no_other(client: Client) -> None:
    person, planted = make_filled_case()
    page, document = both_texts(client, person)
    shown = {key: (text in page.lower(), text in document.lower()) for key, (_audience, text) in planted.items()}
    expected = {key: (audience is Audience.PUBLIC,) * 2 for key, (audience, _text) in planted.items()}
    assert shown == expected
    assert {audience for audience, _text in planted.values()} == {
        Audience.PUBLIC,
        Audience.CONSENT,
        Audience.SOURCE,
        Audience.DESK,
    }


def test_organisation_and_place_are_told_by_their_public_fields(client: Client) -> None:
    person = make_case()
    Organisation.objects.update(name="Organisation of the canary")
    Facility.objects.update(name="Place of the canary", kind="colony")
    page, _document = both_texts(client, person)
    assert ["Organisation of the canary" in page, "Place of the canary" in page, "Penal colony" in page] == [True] * 3
