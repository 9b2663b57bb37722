"""Whether the site shows fictional people, and the words that say so."""

import logging

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from prisoners.models import Prisoner

logger = logging.getLogger(__name__)


def notice() -> str:
    """What every page says while fictional people are published; empty when there are none.

    Empty too when the database is away: the pages that can still be shown then show nobody.
    """
    try:
        return _notice()
    except (OperationalError, InterfaceError) as error:
        logger.error("Whether there is demonstration data can't be asked: %s", error)
        return ""


def _notice() -> str:
    people = Prisoner.objects.published()
    if not people.filter(is_fictional=True).exists():
        return ""
    if people.filter(is_fictional=False).exists():
        return _("Demonstration data: some of the people on this site are fictional.")
    return _("Demonstration data: the people on this site are fictional.")
