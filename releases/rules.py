"""What a release can't say beside the arrest that it is about (see `prisoners.rules`)."""

from django.utils.translation import gettext_lazy as _

from prisoners.rules import Rule

from .models import VoidRelease

RULES = [
    Rule(
        "void_release_within_arrest",
        VoidRelease,
        "arrest",
        _("The void release lies outside its arrest."),
        (("happened_on", "after", "began"), ("happened_on", "before", "ended")),
    ),
]

# `pardon_line_person_once` holds a line against the other lines, and so isn't among the rules above.
PERSON_TWICE_WORDS = _("Another line of this pardon is matched to another arrest of this person.")
