"""Losses of liberty, from arrest to their end."""

from django.utils.translation import gettext_lazy as _

from prisoners.models.custody import Whereabouts

from ..columns import Kind
from .making import SAME, Link, Table, Told, flag, key, term, text, uncertain

KEY = _("the arrest: the person’s code and a number, in the order in which their arrests are known to have begun")
_CUSTODY = "Arrest.began Arrest.ended Arrest.last_confirmed_on Prisoner.born Prisoner.died"
# Where no day is certain, neither end of the certain span is said: an empty end alone would mean that it goes on.
_CERTAIN = "ledger.certain_from < ledger.certain_until"


def _bound(column: str, condition: str = "") -> str:
    """A day of the ledger; empty for a bound that doesn't exist."""
    finite = f"isfinite(ledger.{column})"
    return (
        f"CASE WHEN {condition} AND {finite} THEN ledger.{column} END"
        if condition
        else f"CASE WHEN {finite} THEN ledger.{column} END"
    )


ARRESTS = Table(
    "arrests",
    _("Arrests"),
    _(
        "Each loss of liberty. "
        "On a day D somebody is certainly in custody when held_certainly_from is not empty and not after D, "
        "and held_certainly_until is empty or after D; possibly, when the same is so of held_possibly_from (empty: no bound) and "
        "held_possibly_until. These four, which people shown by initials don’t have, give the same numbers as the counts do."
    ),
    (
        key("id", KEY, "arrest.key"),
        key("prisoner", _("the person"), "arrest.code", "Arrest.prisoner"),
        *uncertain("began", _("when it began"), "record.began", "Arrest.began", in_years=True),
        *uncertain("ended", _("when it ended; empty: it goes on"), "record.ended", "Arrest.ended", in_years=True),
        Told(
            "last_confirmed_on",
            Kind.DATE,
            _("the day on which custody was last confirmed"),
            "record.last_confirmed_on",
            "Arrest.last_confirmed_on",
        ),
        Told(
            "held_certainly_from",
            Kind.DATE,
            _("the first day on which custody is certain"),
            f"CASE WHEN {_CERTAIN} THEN ledger.certain_from END",
            _CUSTODY,
        ),
        Told(
            "held_certainly_until",
            Kind.DATE,
            _("the first day after it on which custody is no longer certain; empty: it goes on"),
            _bound("certain_until", _CERTAIN),
            _CUSTODY,
        ),
        Told("held_possibly_from", Kind.DATE, _("the first day on which custody is possible"), _bound("possible_from"), _CUSTODY),
        Told(
            "held_possibly_until",
            Kind.DATE,
            _("the first day after it on which custody is no longer possible; empty: it goes on"),
            _bound("possible_until"),
            _CUSTODY,
        ),
        Told(
            "is_death",
            Kind.BOOLEAN,
            _("whether custody ended with death; empty where the dates leave that open"),
            "ledger.is_death",
            "Release.mechanism Mechanism.is_death Prisoner.died Arrest.ended",
            coarse="coalesce(ledger.is_death, false)",
        ),
        term("country", _("the country (ISO 3166-1)"), "record.country", "Arrest.country", coarse=SAME, is_required=True),
        text("region", _("the region (ISO 3166-2)"), "record.region", "Arrest.region", coarse=SAME),
        text("place", _("the place"), "record.place", "Arrest.place"),
        term("agency", _("who arrested"), "record.agency_id", "Arrest.agency"),
        text("circumstances", _("how it happened"), "record.circumstances", "Arrest.circumstances"),
        text("stated_reason", _("the reason that was stated"), "record.stated_reason", "Arrest.stated_reason"),
        text("real_reason", _("the real reason"), "record.real_reason", "Arrest.real_reason"),
        term(
            "whereabouts",
            _("what the authorities say of where the person is"),
            "record.whereabouts",
            "Arrest.whereabouts",
            values=tuple(Whereabouts.values),
        ),
        flag(
            "is_home_confinement",
            _("whether custody is confinement at home"),
            "record.is_home_confinement",
            "Arrest.is_home_confinement",
        ),
        term("context", _("what the arrest belongs to"), "context_of.slug", "Arrest.context Context.slug", coarse=SAME),
        term("case", _("the group trial that it shares with others"), "case_of.slug", "Arrest.case Case.slug"),
    ),
    "prisoners_arrest AS record JOIN arrest ON arrest.id = record.id JOIN person ON person.id = record.prisoner_id "
    "LEFT JOIN counts_ledgerrow AS ledger ON ledger.arrest_id = record.id AND ledger.known_until IS NULL "
    "LEFT JOIN prisoners_context AS context_of ON context_of.id = record.context_id "
    "LEFT JOIN prisoners_case AS case_of ON case_of.id = record.case_id",
    key=("id",),
    links=(
        Link("prisoner", "prisoners", "code"),
        Link("agency", "agencies", "code"),
        Link("context", "contexts", "slug"),
        Link("case", "cases", "slug"),
    ),
    of_people=True,
)
