"""Questions about the past, and somebody of whom less is told later."""

from datetime import date

from django.http import QueryDict
from django.utils import timezone

from counts.answering import answer
from counts.ledger import settle
from prisoners.models import (
    Charge,
    Facility,
    Occupation,
    State,
    Statute,
    Stay,
    Treatment,
)
from tests.factories import as_operator, make_arrest, make_prisoner, recognise

TODAY = date(2022, 1, 15)


def ask(query, now=None):
    data = QueryDict(query) if isinstance(query, str) else QueryDict("&".join(f"{k}={v}" for k, v in query.items()))
    return answer(data, today=TODAY, now=now or timezone.now())


def said(answered):
    """All that an answer says, but for how many of its people have no page today."""
    told = answered.as_dict(url="", text="")
    del told["not_published"]
    return told


def make_somebody():
    """One person with a value of everything, beside whom somebody else keeps the values valid."""
    statute = Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="x")
    colony = Facility.objects.create(slug="colony", name="Colony", country="BY")
    people = [make_prisoner(gender="female", born="1990-05-17") for _ in range(2)]
    for person, began in zip(people, ("2020-08-09", "2021-05-05"), strict=True):
        person.occupations.add(Occupation.objects.get(code="lawyer"))
        arrest = make_arrest(person, began=began, region="BY-HM")
        recognise(arrest, made_on=began)
        Charge.objects.create(arrest=arrest, statute=statute)
        Stay.objects.create(arrest=arrest, facility=colony, began=began)
        Treatment.objects.create(arrest=arrest, kind_id="solitary")
    settle()
    return people[0]


def withdraw(person):
    change(person, state=State.WITHDRAWN)


def change(person, **fields):
    with as_operator():
        for name, value in fields.items():
            setattr(person, name, value)
        person.save()
    settle()
