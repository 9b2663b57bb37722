"""Counts asked as readers ask them, and the ledger beside them."""

from datetime import date

from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings

from counts.answering import answer
from counts.models import LedgerRow

TODAY = date(2024, 1, 15)
property_based = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def ask(query, today=TODAY):
    return answer(QueryDict(query), today=today, now=timezone.now())


def held(day=TODAY, basis="any"):
    total = ask(f"measure=held&on={day}&recognised={basis}").total
    return (total.at_least, total.at_most)


def current(arrest):
    return LedgerRow.objects.current().get(arrest_id=arrest.pk)
