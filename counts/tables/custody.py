"""What belongs to an arrest: where the person was kept, what was done to them, and who recognises it."""

from django.utils.translation import gettext_lazy as _

from prisoners.models.treatment import Severity

from .making import SAME, Link, Table, key, listed, term, text, uncertain

OF_PERSON = (
    "JOIN prisoners_arrest AS of_arrest ON of_arrest.id = record.arrest_id JOIN person ON person.id = of_arrest.prisoner_id"
)
OF_ARREST = f"JOIN arrest ON arrest.id = record.arrest_id {OF_PERSON}"
ARREST = _("the arrest")
_MAY_TELL = "person.with_health OR NOT kind.is_health"

STAYS = Table(
    "stays",
    _("Stays"),
    _("Where people were kept during an arrest. A stay without an end lasts until the next one."),
    (
        key("id", _("the stay"), "part.key"),
        key("arrest", ARREST, "arrest.key", "Stay.arrest"),
        term("facility", _("the place"), "place.slug", "Stay.facility Facility.slug", is_required=True),
        term("regime", _("the regime there"), "record.regime_id", "Stay.regime"),
        *uncertain("began", _("from when"), "record.began", "Stay.began"),
        *uncertain("ended", _("until when"), "record.ended", "Stay.ended"),
    ),
    f"prisoners_stay AS record JOIN stay AS part ON part.id = record.id {OF_ARREST} "
    "JOIN prisoners_facility AS place ON place.id = record.facility_id",
    key=("id",),
    links=(Link("arrest", "arrests", "id"), Link("facility", "facilities", "slug"), Link("regime", "regimes", "code")),
    of_people=True,
)

TREATMENTS = Table(
    "treatments",
    _("Treatment"),
    _("What was done to people in custody. Of people shown by their initials each kind stands here once for an arrest."),
    (
        key("id", _("the treatment"), "part.key"),
        key("arrest", ARREST, "arrest.key", "Treatment.arrest"),
        term("kind", _("what was done"), "record.kind_id", "Treatment.kind", coarse=SAME, is_required=True),
        *uncertain("began", _("from when"), "record.began", "Treatment.began"),
        *uncertain("ended", _("until when"), "record.ended", "Treatment.ended"),
        term(
            "severity",
            _("how grave it was, as the source describes it"),
            "record.severity",
            "Treatment.severity",
            values=tuple(Severity.values),
        ),
        text(
            "account",
            _("what happened; empty where it tells of health and that was not agreed to"),
            f"CASE WHEN {_MAY_TELL} THEN record.account END",
            "Treatment.account",
        ),
    ),
    f"prisoners_treatment AS record JOIN treatment AS part ON part.id = record.id {OF_ARREST} "
    "JOIN prisoners_treatmentkind AS kind ON kind.code = record.kind_id",
    key=("id",),
    links=(Link("arrest", "arrests", "id"), Link("kind", "treatment_kinds", "code")),
    of_people=True,
)

RECOGNITIONS = Table(
    "recognitions",
    _("Recognitions"),
    _("Findings of organisations that an arrest makes the person a political prisoner."),
    (
        key("id", _("the recognition"), "part.key"),
        key("arrest", ARREST, "arrest.key", "Recognition.arrest"),
        term(
            "organisation",
            _("who recognises"),
            "recogniser.slug",
            "Recognition.organisation Organisation.slug",
            coarse=SAME,
            is_required=True,
        ),
        *uncertain("made_on", _("when it was made"), "record.made_on", "Recognition.made_on", in_years=True),
        listed(
            "criteria",
            _("codes of the criteria"),
            "SELECT criterion_id FROM prisoners_recognition_criteria WHERE recognition_id = record.id ORDER BY 1",
            "Recognition.criteria",
        ),
        text("criteria_note", _("the criteria in its own words"), "record.criteria_note", "Recognition.criteria_note"),
        text("statement_url", _("its statement"), "record.statement_url", "Recognition.statement_url"),
        *uncertain("withdrawn_on", _("when it was withdrawn"), "record.withdrawn_on", "Recognition.withdrawn_on", in_years=True),
        text("withdrawn_because", _("why it was withdrawn"), "record.withdrawn_because", "Recognition.withdrawn_because"),
    ),
    f"prisoners_recognition AS record JOIN recognition AS part ON part.id = record.id {OF_ARREST} "
    "JOIN prisoners_organisation AS recogniser ON recogniser.id = record.organisation_id",
    key=("id",),
    links=(Link("arrest", "arrests", "id"), Link("organisation", "organisations", "slug")),
    of_people=True,
)
