"""The columns of a file of people: one row a person, with the arrest that matches, the latest of several.

The one list of what a file tells, for every format. A new field of the records is in no file until it is written here; `sql`
asks the statement of `people_sql`, which gives years where only years may be told.
"""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..columns import Column, Kind

STRING, INTEGER, BOOLEAN, DATE, LIST = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN, Kind.DATE, Kind.LIST
# A page's address with a code that can be exchanged for another.
_ANY_CODE = "AA-000000"


def uncertain(name: str, text: Any, sql: str) -> list[Column]:
    """An uncertain date in three columns: as written, and its bounds."""
    first = f"counts_first({sql}_earliest, told.is_coarse)"
    last = f"counts_last({sql}_latest, told.is_coarse)"
    years = f"concat_ws('/', coalesce(to_char({first}, 'YYYY'), '..'), coalesce(to_char({last}, 'YYYY'), '..'))"
    coarse = f"CASE WHEN extract(year FROM {first}) = extract(year FROM {last}) THEN to_char({first}, 'YYYY') ELSE {years} END"
    written = f"CASE WHEN NOT told.is_coarse THEN {sql} WHEN {sql} IS NOT NULL THEN {coarse} END"
    as_written = _("the date as written (EDTF, ISO 8601-2); of people shown by initials, years only")
    return [
        Column(
            name,
            STRING,
            format_lazy("{}: {}", text, as_written),
            written,
        ),
        Column(f"{name}_earliest", DATE, _("the earliest day that it can be; empty without a bound"), first),
        Column(f"{name}_latest", DATE, _("the latest day that it can be; empty without a bound"), last),
    ]


def _named(sql: str) -> str:
    """What is told of people shown by their name alone."""
    return f"CASE WHEN told.is_named THEN {sql} END"


PEOPLE: list[Column] = [
    Column("code", STRING, _("the person\u2019s public code, which never changes"), "person.code"),
    Column(
        "name",
        STRING,
        _("the name as on the pages; for people shown by initials, those; empty where even they would be the whole name"),
        "CASE WHEN told.is_named THEN name.text ELSE listed.initials END",
    ),
    Column("native_name", STRING, _("the legal name in its own script, where that is another"), "name.native"),
    Column(
        "visibility",
        STRING,
        _("named, or initials: then dates are years, and places and days are left out"),
        "CASE WHEN told.is_named THEN 'named' ELSE 'initials' END",
    ),
    Column(
        "status",
        STRING,
        _("on the day: held, possibly_held (by the dates known), released or died; whichever arrest the row is of"),
        "standing.status",
    ),
    Column(
        "is_confirmed",
        BOOLEAN,
        _("of people held: whether custody was confirmed within a year before the day, and the sentence isn\u2019t over"),
        "CASE WHEN standing.status IN ('held', 'possibly_held') THEN custody.unconfirmed_from > told.day END",
    ),
    Column("on", DATE, _("the day that the file is of"), "told.day"),
    Column("gender", STRING, _("female, male or other"), "nullif(row.gender, 'unknown')"),
    *uncertain("born", _("birth"), "person.born"),
    *uncertain("died", _("death"), "person.died"),
    Column("occupations", LIST, _("codes of the occupations"), "nullif(row.occupations, '{}')"),
    Column("country", STRING, _("where the person was arrested (ISO 3166-1)"), "row.country"),
    Column("region", STRING, _("region of the arrest (ISO 3166-2)"), "nullif(row.region, '')"),
    Column("place", STRING, _("place of the arrest"), _named("nullif(arrest.place, '')")),
    Column("context", STRING, _("what the arrest belongs to, as in addresses"), "context.slug"),
    Column("context_title", STRING, _("the same in words"), "context.title"),
    Column("case", STRING, _("the group trial, as in addresses"), "trial.slug"),
    Column("case_title", STRING, _("the same in words"), "trial.title"),
    *uncertain("arrested", _("when custody began"), "arrest.began"),
    *uncertain("ended", _("when custody ended; empty while it goes on"), "arrest.ended"),
    Column(
        "mechanism",
        STRING,
        _("how custody ended: a code; “unknown” where it ended and nobody says how; empty while it goes on"),
        "nullif(row.mechanism, '')",
    ),
    Column(
        "is_death",
        BOOLEAN,
        _("whether custody ended with death; empty while it goes on, and where the dates leave that open"),
        "CASE WHEN row.mechanism <> '' THEN row.is_death END",
    ),
    Column("pardon", STRING, _("the act of clemency, as in addresses"), "pardon.slug"),
    Column("wave", STRING, _("the wave of pardons, as in addresses"), "wave.slug"),
    Column("articles", LIST, _("the articles charged, as in addresses"), "law.slugs"),
    Column("articles_cited", LIST, _("the same as they are cited"), "law.citations"),
    Column(
        "sentence_kind",
        STRING,
        _("the sentence in force after all judgments on record"),
        "nullif(nullif(row.sentence_kind, ''), 'unknown')",
    ),
    Column("sentence_months", INTEGER, _("its length in months, added sentences included"), "row.sentence_months"),
    Column(
        "sentence_ends_earliest",
        DATE,
        _("of people who can be held: the earliest day on which the sentence is expected to end"),
        "sentence.ends[1]",
    ),
    Column("sentence_ends_latest", DATE, _("the latest such day"), "sentence.ends[2]"),
    Column("facilities", LIST, _("where the person is, or can be, on the day, as in addresses"), "places.slugs"),
    Column("facility_names", LIST, _("the same in words"), "places.names"),
    Column("treatments", LIST, _("codes of what was done to the person in this custody"), "nullif(row.treatments, '{}')"),
    Column("recognised_by", LIST, _("the organisations whose recognition stands, as in addresses"), "recognised.slugs"),
    Column("recognised_by_names", LIST, _("the same in words"), "recognised.names"),
    *uncertain("first_recognised", _("the first recognition that stands and has a date"), "(recognised.first).made_on"),
    Column("last_confirmed", DATE, _("the day for which custody was last confirmed"), _named("arrest.last_confirmed_on")),
    Column("arrests", INTEGER, _("how many arrests of the person are on record"), "row.siblings"),
    Column(
        "is_certain",
        BOOLEAN,
        _("whether the person certainly belongs in this list; false where uncertain dates leave it open"),
        "listed.is_certain",
    ),
    Column("is_fictional", BOOLEAN, _("true for invented people in demonstration data"), "person.is_fictional"),
    Column("url", STRING, _("the case page"), "person.code"),
]


def people_columns(base_url: str) -> list[Column]:
    """The same with the address of each case page on this site."""
    before, _code, after = reverse("prisoner", args=[_ANY_CODE]).partition(_ANY_CODE)
    page = f"{_literal(base_url + before)} || person.code || {_literal(after)}"
    return [replace(column, sql=page) if column.name == "url" else column for column in PEOPLE]


def _literal(text: str) -> str:
    """A text in SQL that is formatted with parameters."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"
