"""The countries and regions in which people who have a page were arrested: what a form can offer."""

from . import remembered
from .models import LedgerRow


def places_told() -> list[tuple[str, str]]:
    """Country and region (empty: unknown) of all arrests of people of lists, in order.

    The whole ledger is read for it, so it is remembered until there is a newer revision.
    """
    places = LedgerRow.objects.current().listed().order_by("country", "region").values_list("country", "region").distinct()
    return remembered.rows(*places.query.sql_with_params())
