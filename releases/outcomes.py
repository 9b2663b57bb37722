"""What became of somebody whom an act of clemency covers: what a line of its list means, and what it doesn't.

A line says that somebody is covered, and no more: custody ends by a release on record, never by a line. So a person named
by an act can be out under it, out in another way, out and taken back, held still, or dead.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """The outcomes, each of which excludes the others; deaths are apart and never called a release."""

    RELEASED = "released", _("released under the act")
    OTHERWISE = "otherwise", _("custody ended in another way, or how is not on record")
    VOID = "void", _("release void: taken back, or never let go")
    HELD = "held", _("no release is on record")
    DIED = "died", _("died in custody")


def outcome(*, is_under_act: bool, is_void: bool, has_ended: bool, is_death: bool) -> Outcome:
    """What became of one arrest that an act covers.

    `is_under_act`: a release on record names the act; `is_void`: a void release does; `has_ended`: custody ended, in whatever
    way; `is_death`: it ended with death, which no act takes back.
    """
    if is_death:
        return Outcome.DIED
    if is_under_act and has_ended:
        return Outcome.RELEASED
    if is_void:
        return Outcome.VOID
    return Outcome.OTHERWISE if has_ended else Outcome.HELD
