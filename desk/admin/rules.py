"""What the database's rules mean to an editor: beside which field, and in which words where the model has none."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import prisoners.rules
import releases.rules

from ..files.models import KNOWN as CAPTURED


@dataclass(frozen=True)
class Rule:
    field: str
    words: str | Promise = ""


RULES = {
    "arrest_confirmed_after_began": Rule("last_confirmed_on"),
    "arrest_confirmed_before_end": Rule("last_confirmed_on"),
    "arrest_ended_after_began": Rule("ended"),
    "arrest_no_overlap": Rule("began"),
    "arrest_region_in_country": Rule("region"),
    "capture_once": Rule("upload", CAPTURED),
    "charge_once": Rule("statute", _("This article stands among the charges of this arrest already.")),
    "charge_requalified_as_another": Rule("requalified_as"),
    "charge_requalified_as_needs_status": Rule("requalified_as"),
    "consent_once_at_a_time": Rule("scope"),
    "consent_withdrawn_after_given": Rule("withdrawn_on"),
    "facility_position_whole": Rule("latitude"),
    "facility_region_in_country": Rule("region", _("The region is not in the country.")),
    "judgment_ends_after_decision": Rule("ends"),
    "judgment_length_positive": Rule("sentence_months"),
    "judgment_without_sentence": Rule("outcome"),
    "name_language_shape": Rule("language", _("Use a code of ISO 639, such as be, ru or zh; “und” if it is not known.")),
    "name_once": Rule("text", _("This person has this name already.")),
    "name_one_heading": Rule("is_heading"),
    "name_one_primary_per_language": Rule("is_primary"),
    "name_script_shape": Rule("script", _("Use a code of ISO 15924, such as Latn, Cyrl or Arab.")),
    "photo_consent_given_before_withdrawn": Rule("consent_withdrawn_on"),
    "photo_public_with_consent": Rule("consent_on"),
    "pardon_line_arrest_once": Rule("arrest"),
    "pardon_minimum_has_number": Rule("announced_number"),
    "prisoner_died_after_birth": Rule("died"),
    "recognition_once_at_a_time": Rule(
        "organisation", _("This organisation recognises this arrest already, and has not withdrawn that.")
    ),
    "recognition_reason_needs_withdrawal": Rule("withdrawn_on"),
    "recognition_withdrawn_after_made": Rule("withdrawn_on"),
    "release_needs_end": Rule(
        "ended",
        _("There is a release, which needs the day on which the custody ended, or ../ and the day on which that became known."),
    ),
    "source_can_be_found": Rule("title", _("A source needs a title or an address.")),
    "source_url_once": Rule("url", _("Another source has this address already.")),
    "stay_ended_after_began": Rule("ended"),
    "summary_language_shape": Rule("language", _("Use a code of ISO 639, such as be, ru or zh; “und” if it is not known.")),
    "summary_once": Rule("language"),
    "treatment_ended_after_began": Rule("ended"),
}


# Rules that tie a record to what it belongs to; each knows its field.
ACROSS = [*prisoners.rules.RULES, *releases.rules.RULES]


def rule_behind(model: type[models.Model], message: str) -> str | None:
    """The name of the model's constraint that speaks so."""
    return next((rule.name for rule in model._meta.constraints if rule.get_violation_error_message() == message), None)


def words_of(name: str, model_words: str) -> str:
    """What to tell an editor about a broken rule."""
    rule = RULES.get(name)
    return str(rule.words) if rule and rule.words else model_words
