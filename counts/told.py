"""What is told of anybody who has a page: places and terms that a form can offer without saying more.

Each reads the whole ledger, so it is remembered until there is a newer revision.
"""

from typing import Any

from django.db.models import F, Func, TextField

from . import remembered
from .models import LedgerRow

# Vocabularies by the filter that takes their terms, with the ledger's column that holds them.
COLUMNS = {"occupation": "occupations", "treatment": "treatments", "mechanism": "mechanism"}


def places_told() -> list[tuple[str, str]]:
    """Country and region (empty: unknown) of all arrests of people of lists, in order."""
    places = LedgerRow.objects.current().listed().order_by("country", "region").values_list("country", "region").distinct()
    return remembered.rows(*places.query.sql_with_params())


def terms_told(name: str) -> set[str]:
    """The codes of a vocabulary's terms that stand with people of lists."""
    column = COLUMNS[name]
    value: Any = F(column) if name == "mechanism" else Func(F(column), function="unnest", output_field=TextField())
    found = LedgerRow.objects.current().listed().order_by().annotate(value=value).values_list("value").distinct()
    return {code for (code,) in remembered.rows(*found.query.sql_with_params()) if code}
