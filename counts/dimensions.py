"""What a count can be broken down by, and what a list offers as facets.

Each dimension gives, for one matched row of the ledger (`m`), the groups that it belongs to and whether it certainly
belongs there, as a SQL query of `key, is_sure`. A row without a value belongs to the group of missing values: key NULL.
`:on`, `:first` and `:last` stand for the day and the period asked.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from prisoners.models import Case, Context, Facility, Occupation, Organisation, Prisoner, Statute, TreatmentKind
from prisoners.places import region_name
from releases.models import Mechanism

from . import formerly


@dataclass(frozen=True)
class Label:
    """How a key is written in addresses, and how it is called on pages. `is_gone`: no address names it any more."""

    slug: str
    text: Any
    is_gone: bool = False


Labels = Callable[[Iterable[Any]], dict[Any, Label]]


@dataclass(frozen=True)
class Dimension:
    """One way to break a count down. `parameter` is the filter that narrows to one group; `missing` names its last group.

    Groups come largest first, but for an ordered dimension, whose keys have an order of their own. Of one that `is_single` each
    row has one value, and surely that: its groups are those of `_scalar`.

    People who are only counted are under values of a dimension that `counts_fives`, five at a time, and under all groups of
    one that is `is_told_by_totals`, for each group can be asked as a period. Under any other they are not: its values move
    with the day, or say more together with totals or with another dimension (docs/decisions/small-cells.md).
    """

    name: str
    title: Any
    groups: str
    labels: Labels
    missing: Label
    parameter: str
    is_overlapping: bool = False
    is_single: bool = False
    is_ordered: bool = False
    counts_fives: bool = False
    is_told_by_totals: bool = False

    def labelled(self, keys: Collection[str]) -> dict[str, Label]:
        """A label for each key, also of a record or term that a number of the past counts and that is gone."""
        found = self.labels(keys)
        return {key: found.get(key) or Label(key, _("no longer on record"), is_gone=True) for key in keys}


_HELD = "m.possible_from <= :on AND m.possible_until > :on"
_SURELY_HELD = "m.certain_from <= :on AND m.certain_until > :on"


_EACH, _AS_VALUE = "SELECT value::text, true FROM ", " AS value"


def _scalar(column: str) -> str:
    return f"SELECT nullif(m.{column}::text, ''), true"


def _each(column: str) -> str:
    return f"{_EACH}unnest(CASE WHEN m.{column} = '{{}}' THEN '{{NULL}}' ELSE m.{column} END){_AS_VALUE}"


def value_of(groups: str) -> str:
    """The one value that `groups` gives each row, for a dimension that is single."""
    return groups.removeprefix("SELECT ").removesuffix(", true")


def values_of(groups: str) -> str:
    """The set of values that `groups` reads, if they are just the values of an array; else empty."""
    return groups.removeprefix(_EACH).removesuffix(_AS_VALUE) if groups.startswith(_EACH) else ""


def _entries(columns: str, possible: str, certain: str) -> str:
    """The ids in parallel arrays whose spans meet a condition, each once; NULL for a row that has none."""
    return f"""SELECT entry.id::text, bool_or(entry.id IS NULL OR {certain})
               FROM (SELECT 1) AS row LEFT JOIN unnest({columns}) AS entry (id, certain, possible) ON {possible}
               GROUP BY entry.id"""


# The organisations that recognise the person by the day.
_RECOGNISERS = _entries(
    "m.recognisers, m.recognisers_certain, m.recognisers_possible", "entry.possible @> :on", "entry.certain @> :on"
)
# Where people are who can be held on the day; of the others, every place of that arrest.
_FACILITIES = _entries(
    "m.facilities, m.facilities_certain, m.facilities_possible",
    f"NOT ({_HELD}) OR entry.possible @> :on",
    f"NOT ({_HELD}) OR entry.certain @> :on",
)


AGE_BANDS = [(0, 17), (18, 29), (30, 44), (45, 59), (60, None)]


def _age_bands() -> str:
    """The same rule as `age_on` in counts.bounds, as the days between which the births of each band lie."""
    bands = ", ".join(
        f"('{_age_band(youngest, oldest)}', {_born_from(oldest)}, {_born_by(youngest)})" for youngest, oldest in AGE_BANDS
    )
    # Somebody whose birth is uncertain may fall under two bands or more; then none is sure.
    return f"""SELECT band.key, band.key IS NULL OR (m.born_earliest >= band.born_from AND m.born_latest <= band.born_by)
               FROM (VALUES {bands}, (NULL, NULL, NULL)) AS band (key, born_from, born_by)
               WHERE CASE WHEN band.key IS NULL THEN m.born_latest IS NULL
                          ELSE m.born_latest >= band.born_from AND m.born_earliest <= band.born_by END"""


def _age_band(youngest: int, oldest: int | None) -> str:
    return f"{youngest}+" if oldest is None else f"{youngest}-{oldest}"


def _born_by(youngest: int) -> str:
    return f"(:on::date - interval '{youngest} years')::date" if youngest else "'infinity'::date"


def _born_from(oldest: int | None) -> str:
    return f"(:on::date - interval '{oldest + 1} years')::date + 1" if oldest is not None else "'-infinity'::date"


# A date that touches more months (or years) than this, of a number that is asked of no period, is unknown to a breakdown by them.
TOUCHED_AT_MOST = 12


def _period(unit: str, form: str) -> str:
    """By when custody began, or ended where the measure is about ends: each period that an uncertain date touches.

    A date without a bound on a side where the period asked has none either is unknown. So is one that is hardly bounded, as by
    the birth alone: it would be under every month of a life. Where a first day is asked each group is the number of that period
    itself, which such a date is possibly in.
    """
    start, end = "greatest(m.flow_from, :first::date)", "least(m.flow_until, :last::date)"
    is_narrow = f"date_trunc('{unit}', {end}) < date_trunc('{unit}', {start}) + interval '{TOUCHED_AT_MOST} {unit}'"
    is_known = f"isfinite({start}) AND isfinite({end}) AND (:first::date IS NOT NULL OR {is_narrow})"
    # Where the date is not known the bounds are NULL, and the series is empty.
    return f"""
    SELECT to_char(start, '{form}'), count(*) OVER () = 1
    FROM generate_series(date_trunc('{unit}', CASE WHEN {is_known} THEN {start} END),
                         CASE WHEN {is_known} THEN {end} END, interval '1 {unit}') AS start
    UNION ALL SELECT NULL, true WHERE NOT ({is_known})"""


# The same rules as `held`, `unconfirmed`, `released` and `died` in counts.bounds, which the list filters by.
_STATUS_RULES = {
    "held": (_HELD, _SURELY_HELD),
    "unconfirmed": (f"{_HELD} AND m.unconfirmed_from <= :on", _SURELY_HELD),
    "released": (
        "m.mechanism <> '' AND m.is_death IS NOT TRUE AND m.certain_until <= :on AND m.next_certain_from > :on",
        "m.is_death IS FALSE AND m.possible_until <= :on AND m.next_possible_from > :on",
    ),
    "died": (
        "m.mechanism <> '' AND m.is_death IS NOT FALSE AND m.certain_until <= :on",
        "m.is_death IS TRUE AND m.possible_until <= :on",
    ),
}


def _statuses_on() -> str:
    """Each status that the rules above give to a row."""
    keys = ", ".join(f"('{key}')" for key in _STATUS_RULES)
    is_so = " ".join(f"WHEN '{key}' THEN {possible}" for key, (possible, _) in _STATUS_RULES.items())
    is_sure = " ".join(f"WHEN '{key}' THEN {certain}" for key, (_, certain) in _STATUS_RULES.items())
    return f"SELECT key, CASE key {is_sure} END FROM (VALUES {keys}) AS status (key) WHERE CASE key {is_so} END"


STATUSES = {
    "held": _("held"),
    "unconfirmed": _("held, not confirmed lately"),
    "released": _("released"),
    "died": _("died in custody"),
}


def _terms(model: type[Model]) -> Labels:
    def labels(keys: Iterable[Any]) -> dict[Any, Label]:
        return {term.pk: Label(term.pk, str(term)) for term in model._default_manager.filter(pk__in=list(keys))}

    return labels


def _records(model: type[Model], text: Callable[[Any], str] = str) -> Labels:
    def labels(keys: Iterable[Any]) -> dict[Any, Label]:
        records = model._default_manager.filter(pk__in=[int(key) for key in keys])
        found = {str(record.pk): Label(record.slug, text(record)) for record in records}  # type: ignore[attr-defined]
        missing = [key for key in keys if key not in found]
        former = formerly.gone(model, missing) if missing else {}
        return found | {key: Label(record.slug, text(record), is_gone=True) for key, record in former.items()}  # type: ignore[attr-defined]

    return labels


def _genders(keys: Iterable[Any]) -> dict[Any, Label]:
    names = dict(Prisoner._meta.get_field("gender").flatchoices)
    return {key: Label(key, str(names[key])) for key in keys}


def _regions(keys: Iterable[Any]) -> dict[Any, Label]:
    return {key: Label(key, region_name(key) or key) for key in keys}


def _statuses(keys: Iterable[Any]) -> dict[Any, Label]:
    return {key: Label(key, STATUSES[key]) for key in keys}


def _as_written(keys: Iterable[Any]) -> dict[Any, Label]:
    return {key: Label(key, key) for key in keys}


UNKNOWN = Label("unknown", _("unknown"))

DIMENSIONS = {
    dimension.name: dimension
    for dimension in (
        Dimension("status", _("Status"), _statuses_on(), _statuses, UNKNOWN, "status", True),
        Dimension("gender", _("Gender"), _scalar("gender"), _genders, UNKNOWN, "gender", is_single=True, counts_fives=True),
        Dimension("age", _("Age"), _age_bands(), _as_written, UNKNOWN, "age", is_ordered=True),
        Dimension("region", _("Region"), _scalar("region"), _regions, UNKNOWN, "region", is_single=True, counts_fives=True),
        Dimension(
            "occupation",
            _("Occupation"),
            _each("occupations"),
            _terms(Occupation),
            UNKNOWN,
            "occupation",
            True,
            counts_fives=True,
        ),
        Dimension("article", _("Article"), _each("articles"), _records(Statute), UNKNOWN, "article", True, counts_fives=True),
        Dimension(
            "context",
            _("Context"),
            _scalar("context_id"),
            _records(Context),
            UNKNOWN,
            "context",
            is_single=True,
            counts_fives=True,
        ),
        Dimension(
            "case",
            _("Case"),
            _scalar("case_id"),
            _records(Case),
            Label("none", _("no group case told")),
            "case",
            is_single=True,
            counts_fives=True,
        ),
        Dimension("facility", _("Facility"), _FACILITIES, _records(Facility), UNKNOWN, "facility", True),
        Dimension(
            "organisation",
            _("Recognised by"),
            _RECOGNISERS,
            _records(Organisation),
            Label("none", _("nobody by then")),
            "recognised",
            True,
        ),
        Dimension(
            "treatment",
            _("Treatment"),
            _each("treatments"),
            _terms(TreatmentKind),
            Label("none", _("none recorded")),
            "treatment",
            True,
            counts_fives=True,
        ),
        Dimension(
            "mechanism",
            _("How it ended"),
            _scalar("mechanism"),
            _terms(Mechanism),
            Label("none", _("not ended")),
            "mechanism",
            is_single=True,
        ),
        Dimension(
            "year", _("Year"), _period("year", "YYYY"), _as_written, UNKNOWN, "year", is_ordered=True, is_told_by_totals=True
        ),
        Dimension(
            "month",
            _("Month"),
            _period("month", "YYYY-MM"),
            _as_written,
            UNKNOWN,
            "month",
            is_ordered=True,
            is_told_by_totals=True,
        ),
    )
}
