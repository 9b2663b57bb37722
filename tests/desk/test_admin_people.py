"""The page of a person: names, arrests, citations."""

import pytest
from django.urls import reverse

from prisoners.models import Arrest, Name, Prisoner, State
from tests.desk.typing_forms import errors, save
from tests.factories import make_arrest, make_prisoner

ADD = reverse("admin:prisoners_prisoner_add")


def page_of(person):
    return reverse("admin:prisoners_prisoner_change", args=[person.pk])


def add_row(prefix, number, **values):
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def rows(prefix, total, *rows):
    sent = {f"{prefix}-TOTAL_FORMS": total}
    for number, row in enumerate(rows, start=total - len(rows)):
        sent |= add_row(prefix, number, **row)
    return sent


def name_row(text, **values):
    return {"text": text, "language": "be", "kind": "legal", **values}


def test_new_person_with_name_and_arrest_is_a_draft_with_a_code(desk):
    sent = {"country": "by", **rows("names", 1, name_row("Ян Новік")), **rows("arrests", 1, {"began": "2020-08-09/2020-08-12"})}
    response = save(desk, ADD, **sent)
    assert response.status_code == 302, errors(response)
    person = Prisoner.objects.get()
    assert (person.code[:3], person.country, person.state) == ("BY-", "BY", State.DRAFT)
    assert [(name.text, name.is_heading) for name in person.names.all()] == [("Ян Новік", True)]
    assert [(str(arrest.began), arrest.country) for arrest in person.arrests.all()] == [("2020-08-09/2020-08-12", "BY")]
