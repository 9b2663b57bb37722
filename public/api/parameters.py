"""What the description says of parameters and of answers. Each parameter's values are read off the filter itself."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from counts.fields import CheckedField, ChosenField, DayField, LedgerFilter, RecordsField, WholeNumberField
from counts.filters import RecordFilters
from prisoners.codes import PATTERN

from .asking import LIMIT, LIMIT_AT_MOST
from .shapes.common import Failure, InvalidQuery

SEVERAL = " Several values, by repetition: any of them."
MEANINGS = {
    "q": "A name, whole or in part, in any script and order, also with a slip; or a code. Finds people who are shown by name.",
    "status": "How the person stands on the day.",
    "on": "The day on which status, age and recognition are asked, as 2024-01-15; today unless given.",
    "recognised": "Basis of recognition: `then` (by the day), `ever`, `any`, or the slug of an organisation. Lists take `any` "
    "unless given, counts `then`.",
    "country": "ISO 3166-1, two letters.",
    "region": "ISO 3166-2, such as BY-HM, or `unknown`.",
    "gender": "As the person lives it.",
    "age_min": "Youngest age in years on the day.",
    "age_max": "Oldest age in years on the day.",
    "occupation": "Code of an occupation, or `unknown`.",
    "article": "Slug of an article of law that was charged, or `unknown`.",
    "context": "Slug of what the arrest belongs to, or `unknown`.",
    "case": "Slug of a group trial, or `none`.",
    "facility": "Slug of a place of custody, or `unknown`.",
    "treatment": "Code of something done to the person in custody, or `none`.",
    "mechanism": "Code of how custody ended, or `none` while it lasts.",
    "pardon": "Slug of an act of clemency.",
    "wave": "Slug of a wave.",
    "arrested_from": "Arrested on that day or later.",
    "arrested_to": "Arrested on that day or earlier.",
    "released_from": "Released on that day or later.",
    "released_to": "Released on that day or earlier.",
    "died_from": "Died in custody on that day or later.",
    "died_to": "Died in custody on that day or earlier.",
    "sort": "Newest arrests first (`-arrested`, the default), or oldest.",
    "limit": f"How many entries a page holds; {LIMIT} unless given.",
    "cursor": "Where the page begins: follow `next` of the page before.",
    "measure": "What is counted; `held` unless given.",
    "by": "The breakdown.",
    "unit": "Whether people or arrests are counted; `people` unless given.",
    "from": "The first day of the period of a flow, open unless given; the first day of a series.",
    "known": "What was known when: a revision, a day or a moment of the past, or the sealed value of a cited address; now unless "
    "given.",
    "to": "The last day of the period of a flow, or of a series; today unless given.",
    "step": "Asks a series from `from` to `to`: a point for each month, quarter or year.",
    "cumulative": "Adds up the points of a series of a flow.",
    "beside": "Other measures, whose series stand beside that of the measure counted.",
    "figures": "How long: time `served` and `sentence`, of the arrests that match.",
}
CODE = OpenApiParameter("code", {"type": "string", "pattern": f"^{PATTERN}$"}, "path", description="The person's public code.")
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}


def of(filters: type[RecordFilters]) -> list[OpenApiParameter]:
    """The parameters of a set of filters."""
    return [_parameter(name, one) for name, one in filters.base_filters.items()]


def _parameter(name: str, one: LedgerFilter) -> OpenApiParameter:
    meaning = MEANINGS[name] + (SEVERAL if one.is_many else "")
    values = {"type": "array", "items": _values(one)} if one.is_many else _values(one)
    return OpenApiParameter(name, values, "query", description=meaning)


def _values(one: LedgerFilter) -> dict[str, Any]:
    field = one.field_class
    if issubclass(field, DayField):
        return {"type": "string", "format": "date"}
    if issubclass(field, WholeNumberField):
        return {"type": "integer", "minimum": one.extra["lowest"], "maximum": one.extra["highest"]}
    if issubclass(field, ChosenField) and not issubclass(field, CheckedField | RecordsField):
        return {"type": "string", "enum": list(one.extra["choices"]())}
    return {"type": "string"}


PAGE = [
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": LIMIT_AT_MOST}, "query", description=MEANINGS["limit"]
    ),
    OpenApiParameter("cursor", {"type": "string"}, "query", description=MEANINGS["cursor"]),
]


def slug(record: str) -> OpenApiParameter:
    """The name of a record in an address."""
    return OpenApiParameter("slug", SLUG, "path", description=f"The slug of the {record}.")


def answers(shape: Any, *others: int) -> dict[int, OpenApiResponse]:
    """What an operation answers: its shape, a refusal, and what else is named."""
    known = {404: OpenApiResponse(Failure, "Nothing is published there, or never was.")}
    return {
        200: OpenApiResponse(shape, "The answer."),
        400: OpenApiResponse(InvalidQuery, "The query can't be followed; the answer says why and what is valid."),
        **{status: known[status] for status in others},
        503: OpenApiResponse(Failure, "The database is away, or the question took too long."),
    }
