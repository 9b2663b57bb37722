"""Writes that touch more than one row, or that must hold more than one form obeys: one file a use case.

Each that decides about publication takes `by`, who acts, and raises a `Refused` that says why not and what to do.
"""

from .naming import set_heading
from .publishing import publish, send_back, send_for_review, withdraw
from .refusals import ChangedMeanwhile, Incomplete, NeedsRole, NeedsSecondPerson, NotPossible, Refused
from .reviewing import decide, moment_of
from .visibility import approve_widening, decline_widening, set_visibility

__all__ = [
    "ChangedMeanwhile",
    "Incomplete",
    "NeedsRole",
    "NeedsSecondPerson",
    "NotPossible",
    "Refused",
    "approve_widening",
    "decide",
    "decline_widening",
    "moment_of",
    "publish",
    "send_back",
    "send_for_review",
    "set_heading",
    "set_visibility",
    "withdraw",
]
