"""What people are charged with, and what courts decided."""

from django.utils.translation import gettext_lazy as _

from prisoners.models.law import ChargeStatus, Outcome, SentenceKind, Stage

from .custody import ARREST, OF_ARREST
from .making import SAME, Link, Table, flag, key, number, term, text, uncertain

CHARGES = Table(
    "charges",
    _("Charges"),
    _("Articles of law that people are charged with. Of people shown by their initials the article alone is told."),
    (
        key("id", _("the charge"), "part.key"),
        key("arrest", ARREST, "arrest.key", "Charge.arrest"),
        term("article", _("the article"), "statute_of.slug", "Charge.statute Statute.slug", coarse=SAME, is_required=True),
        term("status", _("what became of the charge"), "record.status", "Charge.status", values=tuple(ChargeStatus.values)),
        *uncertain("status_on", _("since when"), "record.status_on", "Charge.status_on"),
        term("requalified_as", _("the article that it became"), "other.slug", "Charge.requalified_as Statute.slug"),
    ),
    f"prisoners_charge AS record JOIN charge AS part ON part.id = record.id {OF_ARREST} "
    "JOIN prisoners_statute AS statute_of ON statute_of.id = record.statute_id "
    "LEFT JOIN prisoners_statute AS other ON other.id = record.requalified_as_id",
    key=("id",),
    links=(
        Link("arrest", "arrests", "id"),
        Link("article", "articles", "slug"),
        Link("requalified_as", "articles", "slug"),
    ),
    of_people=True,
)

JUDGMENTS = Table(
    "judgments",
    _("Judgments"),
    _("What courts decided, in the order of the decisions. What remains of a sentence follows from all of an arrest."),
    (
        key("id", _("the judgment"), "part.key"),
        key("arrest", ARREST, "arrest.key", "Judgment.arrest"),
        *uncertain("decided_on", _("when it was passed"), "record.decided_on", "Judgment.decided_on"),
        text("court", _("the court"), "record.court", "Judgment.court"),
        text("judge", _("the judge"), "record.judge", "Judgment.judge"),
        term("stage", _("the stage of the proceedings"), "record.stage", "Judgment.stage", values=tuple(Stage.values)),
        term("outcome", _("what the court decided"), "record.outcome", "Judgment.outcome", values=tuple(Outcome.values)),
        flag("is_in_absentia", _("whether the person was not there"), "record.is_in_absentia", "Judgment.is_in_absentia"),
        flag("is_closed_hearing", _("whether the hearing was closed"), "record.is_closed_hearing", "Judgment.is_closed_hearing"),
        term("regime", _("the regime that was ordered"), "record.regime_id", "Judgment.regime"),
        term(
            "sentence_kind",
            _("what was imposed"),
            "record.sentence_kind",
            "Judgment.sentence_kind",
            values=tuple(SentenceKind.values),
        ),
        number("sentence_months", _("its length in months"), "record.sentence_months", "Judgment.sentence_months"),
        *uncertain("runs_from", _("from when the court reckons it"), "record.runs_from", "Judgment.runs_from"),
        number("credited_days", _("days that the court takes off"), "record.credited_days", "Judgment.credited_days"),
        *uncertain("ends", _("when it ends, where a source says so"), "record.ends", "Judgment.ends"),
    ),
    f"prisoners_judgment AS record JOIN judgment AS part ON part.id = record.id {OF_ARREST}",
    key=("id",),
    links=(Link("arrest", "arrests", "id"), Link("regime", "regimes", "code")),
    of_people=True,
)
