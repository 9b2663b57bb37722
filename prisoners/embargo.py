"""Lifting embargoes: until then somebody embargoed is public in no way, so that a forgotten timer leaks nobody."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Now

from .acting import EMBARGO, acting
from .models import Prisoner

ACTOR = "embargo"


def lift_embargoes(*, today: date) -> list[str]:
    """End every embargo whose day has come; give the codes of the people. One revision of the ledger a call."""
    # The revision is written at the commit, which is why whoever acts is said around the transaction.
    with acting(actor=ACTOR, reason="The day of the embargo has come.", capacity=EMBARGO), transaction.atomic():
        over = Prisoner.objects.embargo_over(today).select_for_update(of=["self"]).order_by("code")
        codes = list(over.values_list("code", flat=True))
        Prisoner.objects.filter(code__in=codes).update(embargo_until=None, changed_at=Now())
    return codes
