"""Small makers of records, published unless told otherwise. Everything they make is fictional.

They act as the operator, who alone may bring in published people.
"""

import itertools
from contextlib import AbstractContextManager
from typing import Any

from prisoners.acting import OPERATOR, acting
from prisoners.models import Arrest, Citation, Confidentiality, Name, Organisation, Prisoner, Recognition, Source, State

_numbers = itertools.count(1)


def as_operator() -> AbstractContextManager[None]:
    """Within, changes are the operator's own, who needs no second person."""
    return acting(actor=OPERATOR, capacity=OPERATOR)


def make_prisoner(name: str = "", *, state: str = State.PUBLISHED, country: str = "BY", **fields: Any) -> Prisoner:
    with as_operator():
        prisoner = Prisoner.objects.create(state=state, country=country, **fields)
        Name.objects.create(
            prisoner=prisoner,
            text=name or f"Person {next(_numbers)}",
            language="en",
            script="Latn",
            is_primary=True,
            is_heading=True,
        )
    return prisoner


def make_arrest(prisoner: Prisoner | None = None, *, began: str | None = "2020-08-09", **fields: Any) -> Arrest:
    prisoner = prisoner or make_prisoner()
    with as_operator():
        arrest = Arrest.objects.create(prisoner=prisoner, began=began, **{"country": prisoner.country, **fields})
        Citation.objects.create(arrest=arrest, source=make_source())
    return arrest


def make_source(**fields: Any) -> Source:
    return Source.objects.create(**{"title": f"Source {next(_numbers)}", "confidentiality": Confidentiality.PUBLIC, **fields})


def make_organisation(slug: str = "monitor", **fields: Any) -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def recognise(arrest: Arrest, *, made_on: str | None = "2020-09-01", by: str = "monitor", **fields: Any) -> Recognition:
    with as_operator():
        return Recognition.objects.create(arrest=arrest, organisation=make_organisation(by), made_on=made_on, **fields)
