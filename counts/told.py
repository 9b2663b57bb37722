"""What is told of anybody who has a page: places and terms that a form can offer without saying more.

The database keeps them beside the ledger, for to find them there it would have to read all of it.
"""

from . import remembered
from .models import ToldTerm

# Vocabularies of which the ledger holds the terms.
VOCABULARIES = ("occupation", "treatment", "mechanism")


def places_told() -> list[tuple[str, str]]:
    """Country and region (empty: unknown) of all arrests of people of lists, in order."""
    places = ToldTerm.objects.filter(name="region").order_by("country", "value").values_list("country", "value")
    return remembered.rows(*places.query.sql_with_params())


def terms_told(name: str) -> set[str]:
    """The codes of a vocabulary's terms that stand with people of lists."""
    found = ToldTerm.objects.filter(name=name).values_list("value")
    return {code for (code,) in remembered.rows(*found.query.sql_with_params())}
