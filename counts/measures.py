"""The measures: what each counts, over a day or a period, and of whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import bounds
from .bounds import Bounds, Day


@dataclass(frozen=True)
class Measure:
    """What is counted. A flow is asked of a period (`from`, `to`), the others of a day (`on`).

    `flow` names the ledger's columns between which its date lies: custody began, or ended. `dates` begins the names of
    the parameters, `…_from` and `…_to`, by which a list asks the same.
    """

    name: str
    title: Any
    narrow: Callable[[Day | None, Day], Bounds]
    is_flow: bool = False
    flow: tuple[str, str] = ("possible_from", "certain_from")
    dates: str = ""


ENDS = ("certain_until", "possible_until")
MEASURES = {
    measure.name: measure
    for measure in (
        Measure("held", _("held"), lambda _first, on: bounds.held(on)),
        Measure("arrests", _("arrested"), bounds.begun_within, is_flow=True, dates="arrested"),
        Measure(
            "releases",
            _("released"),
            bounds.released_within,
            is_flow=True,
            flow=ENDS,
            dates="released",
        ),
        Measure(
            "deaths",
            _("died in custody"),
            bounds.died_within,
            is_flow=True,
            flow=ENDS,
            dates="died",
        ),
        Measure("ever", _("ever held by then"), lambda _first, on: bounds.begun_by(on)),
    )
}
