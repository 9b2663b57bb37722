"""What can be wrong: with a value, with a row, with the whole file."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

SHORT_LIST = 24


class FileFault(Exception):
    """The file as a whole can't be read; nothing of it is imported. The message is fit to be shown."""


class BadValue(ValueError):
    """A value can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not imported, or waits: one line of the report."""

    line: int
    column: str
    value: str
    reason: str
    is_waiting: bool = False


def not_one_of(value: str, valid: Iterable[str], what: str) -> BadValue:
    """A refusal that names the nearest valid value, and all of them where they are few."""
    choices = sorted(set(valid))
    reason = _("“%(value)s” is not %(what)s.") % {"value": shorten(value), "what": what}
    folded = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(value.casefold()[:80], folded, n=1, cutoff=0.6)
    if near:
        reason += " " + _("Did you mean “%(near)s”?") % {"near": folded[near[0]]}
    if choices and len(choices) <= SHORT_LIST:
        reason += " " + _("Valid: %(valid)s.") % {"valid": ", ".join(choices)}
    return BadValue(reason)


def shorten(text: str, length: int = 80) -> str:
    """The text, cut where it is longer than a message should be."""
    return text if len(text) <= length else text[: length - 1] + "…"
