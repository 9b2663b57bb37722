"""What each named constraint means."""

from typing import Any

from django.db import models

from desk.admin.rules import words_of

DATES_IN_ORDER = "It ends on the day it begins, or later, as far as the bounds of the dates can tell."
# Where neither the constraint nor the forms have words.
MEANINGS = {
    "arrest_country_shape": "The country is two capital letters.",
    "arrest_region_shape": "The region is a code such as BY-HM, or empty.",
    "citation_one_record": "A citation is of exactly one record.",
    "facility_region_shape": "The region is a code such as BY-HM, or empty.",
    "import_counts_every_row": "Rows created, updated, unchanged, waiting and rejected add up to the rows of the file.",
    "intake_confirmed_at_some_time": "A confirmed intake says when it was confirmed.",
    "intake_line_arrest_is_chosen": "A line has an arrest only where somebody chose it.",
    "ledger_known_in_order": "A row is known until a later revision than it is known from.",
    "name_not_empty": "A name is not empty.",
    **dict.fromkeys(
        ["photo_file_shape", "original_file_shape", "capture_file_shape"], "The name of a file is random hexadecimal."
    ),
    **dict.fromkeys(
        ["photo_sha256_shape", "photo_small_sha256_shape", "original_sha256_shape", "capture_sha256_shape"],
        "A SHA-256 is 64 hexadecimal digits.",
    ),
    "photo_has_size": "A picture has a width and a height.",
    "photo_has_alternative_text": "There is a text for those who can't see the picture.",
    "prisoner_code_country": "The code begins with the country.",
    "prisoner_code_shape": "The code is the country and six characters, such as BY-7K3QX2.",
    "prisoner_country_shape": "The country is two capital letters.",
    "prisoner_home_region_shape": "The region is a code such as BY-HM, or empty.",
    "release_citation_one_record": "A citation is of exactly one record.",
    "review_decision_whole": "A decision says who took it and when; without one, neither is said.",
    "review_proposal_widens": "Only a proposal to show more says what should be shown instead.",
    "source_reliability_range": "The reliability is 1 to 5, or empty.",
    "statute_country_shape": "The country is two capital letters.",
    "summary_not_empty": "A summary is not empty.",
}


def meaning_of(constraint: models.BaseConstraint, model: type[models.Model]) -> str:
    """A constraint in words; empty when nobody has found any."""
    if constraint.name in MEANINGS:
        return MEANINGS[constraint.name]
    own = "" if _has_default_words(constraint) else str(constraint.get_violation_error_message())
    if words := words_of(constraint.name, own):
        return f"Else: “{words}”"
    return _from_structure(constraint, model)


def _has_default_words(constraint: models.BaseConstraint) -> bool:
    return constraint.violation_error_message == constraint.default_violation_error_message


def _from_structure(constraint: Any, model: type[models.Model]) -> str:
    if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
        fields: list[Any] = [model._meta.get_field(name) for name in constraint.fields]
        names = " and ".join(str(field.verbose_name) for field in fields)
        return f"One row for each {names}{', under a condition' if constraint.condition else ''}."
    if constraint.name.endswith("_known"):
        return "The value is one of those allowed."
    return ""
