"""The countries and regions in which people who have a page were arrested: what a form can offer."""

from datetime import datetime
from functools import lru_cache

from .clock import clock
from .models import LedgerRow


def places_told(now: datetime) -> list[tuple[str, str]]:
    """Country and region (empty: unknown) of all arrests of people of lists, in order. Kept until there is a newer revision.

    The whole ledger is read for it, which no page can do each time; and nothing but a revision can change it.
    """
    newest = clock(None, written="", question=[], now=now)
    return _places(newest.revision, newest.recorded_at)


@lru_cache(maxsize=4)
def _places(_revision: int, _recorded_at: datetime) -> list[tuple[str, str]]:
    """The moment tells apart revisions of one number, such as of a database that was restored."""
    places = LedgerRow.objects.current().listed().order_by("country", "region").values_list("country", "region")
    return list(places.distinct())
