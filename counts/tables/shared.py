"""Records that cases share. Each stands here when it is told of somebody who has a page, as everywhere for readers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from prisoners.models.custody import FacilityKind

from ..columns import Kind
from .making import Table, Told, key, term, text

FACILITIES = Table(
    "facilities",
    _("Places of detention"),
    _("Places where people who are shown by name are or were held."),
    (
        key("slug", _("the place, as in addresses"), "record.slug", "Facility.slug"),
        text("name", _("its name"), "record.name", "Facility.name", is_required=True),
        term("kind", _("what it is"), "record.kind", "Facility.kind", values=tuple(FacilityKind.values), is_required=True),
        term("country", _("the country (ISO 3166-1)"), "record.country", "Facility.country", is_required=True),
        text("region", _("the region (ISO 3166-2)"), "record.region", "Facility.region"),
        text("postal_address", _("where letters can be sent"), "record.postal_address", "Facility.postal_address"),
        Told("latitude", Kind.NUMBER, _("degrees north"), "record.latitude", "Facility.latitude"),
        Told("longitude", Kind.NUMBER, _("degrees east"), "record.longitude", "Facility.longitude"),
    ),
    "prisoners_facility AS record JOIN facility ON facility.id = record.id",
    key=("slug",),
)

ORGANISATIONS = Table(
    "organisations",
    _("Organisations"),
    _("Groups that recognise political prisoners."),
    (
        key("slug", _("the organisation, as in addresses"), "record.slug", "Organisation.slug"),
        text("name", _("its name"), "record.name", "Organisation.name", is_required=True),
        text("url", _("its address"), "record.url", "Organisation.url"),
    ),
    "prisoners_organisation AS record JOIN organisation ON organisation.id = record.id",
    key=("slug",),
)

# What a charge became is told with the charge.
_REQUALIFIED = (
    "SELECT charge_of.requalified_as_id FROM prisoners_charge AS charge_of JOIN arrest ON arrest.id = charge_of.arrest_id "
    "WHERE NOT arrest.is_coarse"
)

ARTICLES = Table(
    "articles",
    _("Articles of law"),
    _("Articles that people are charged with."),
    (
        key("slug", _("the article, as in addresses"), "record.slug", "Statute.slug"),
        term("country", _("the country (ISO 3166-1)"), "record.country", "Statute.country", is_required=True),
        text("law", _("the short name of the code"), "record.law", "Statute.law", is_required=True),
        text("article", _("the number of the article"), "record.article", "Statute.article", is_required=True),
        text("part", _("the part of it"), "record.part", "Statute.part"),
        text("title", _("what it is about"), "record.title", "Statute.title", is_required=True),
    ),
    f"prisoners_statute AS record WHERE record.id IN (SELECT id FROM statute) OR record.id IN ({_REQUALIFIED})",
    key=("slug",),
)


def _named(name: str, title: Any, words: Any, model: str, rows: str) -> Table:
    columns = (
        key("slug", _("as in addresses"), "record.slug", f"{model}.slug"),
        text("title", _("its title"), "record.title", f"{model}.title", is_required=True),
        text("summary", _("what it was about"), "record.summary", f"{model}.summary"),
    )
    return Table(name, title, words, columns, rows, key=("slug",))


CONTEXTS = _named(
    "contexts",
    _("Contexts"),
    _("What arrests belong to, such as the protests of a year."),
    "Context",
    "prisoners_context AS record JOIN context ON context.id = record.id",
)
CASES = _named(
    "cases",
    _("Group trials"),
    _("What several people are tried for together."),
    "Case",
    "prisoners_case AS record JOIN group_trial ON group_trial.id = record.id",
)
