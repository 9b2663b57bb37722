"""Where each fact comes from. Of a confidential source readers learn that there is one, and nothing else."""

from django.utils.translation import gettext_lazy as _

from prisoners.models.sources import SourceKind

from ..columns import Kind
from .making import Link, Table, Told, flag, key, term, text, uncertain

_OF_CASES, _OF_RELEASES = "prisoners_citation", "releases_citation"
_NAMED = "NOT part.is_coarse"
# What can be cited: the table here that it stands in, the table and the column of the citation, and the rows behind the door.
_CITED = (
    ("prisoners", _OF_CASES, "prisoner_id", f"SELECT id, code AS key, code FROM person AS part WHERE {_NAMED}"),
    ("names", _OF_CASES, "name_id", "SELECT id, key, code FROM name"),
    ("arrests", _OF_CASES, "arrest_id", f"SELECT id, key, code FROM arrest AS part WHERE {_NAMED}"),
    ("stays", _OF_CASES, "stay_id", "SELECT id, key, code FROM stay"),
    ("charges", _OF_CASES, "charge_id", f"SELECT id, key, code FROM charge AS part WHERE {_NAMED}"),
    ("judgments", _OF_CASES, "judgment_id", "SELECT id, key, code FROM judgment"),
    ("treatments", _OF_CASES, "treatment_id", f"SELECT id, key, code FROM treatment AS part WHERE {_NAMED}"),
    ("recognitions", _OF_CASES, "recognition_id", f"SELECT id, key, code FROM recognition AS part WHERE {_NAMED}"),
    (
        *("releases", _OF_RELEASES, "release_id"),
        "SELECT record.id, part.key, part.code FROM releases_release AS record "
        f"JOIN arrest AS part ON part.id = record.arrest_id WHERE {_NAMED}",
    ),
    ("void_releases", _OF_RELEASES, "void_release_id", "SELECT id, key, code FROM void_release"),
    ("pardons", _OF_RELEASES, "pardon_id", "SELECT id, slug AS key, NULL AS code FROM releases_pardon"),
    ("events", _OF_RELEASES, "event_id", "SELECT id, slug AS key, NULL AS code FROM releases_event"),
)
# What a source says of somebody's health is told as the fact itself is: where that was agreed to.
_ABOUT_HEALTH = {
    "prisoners": "cited.field <> 'vulnerabilities' OR part.id IN (SELECT id FROM healthy)",
    "treatments": "cited.field <> 'account' OR NOT EXISTS (SELECT FROM prisoners_treatment AS done "
    "JOIN prisoners_treatmentkind AS kind ON kind.code = done.kind_id JOIN arrest ON arrest.id = done.arrest_id "
    "WHERE done.id = part.id AND kind.is_health AND NOT arrest.with_health)",
}


def _citations_of(table: str, citations: str, link: str, rows: str) -> str:
    return (
        f"SELECT '{table}' AS \"table\", part.key AS record, part.code AS prisoner, cited.field, open_source.key AS source, "
        "CASE WHEN open_source.key IS NOT NULL THEN cited.locator END AS locator, "
        "CASE WHEN open_source.key IS NOT NULL THEN cited.value END AS value "
        f"FROM {citations} AS cited JOIN ({rows}) AS part ON part.id = cited.{link} "
        "LEFT JOIN open_source ON open_source.id = cited.source_id "
        f"WHERE {_ABOUT_HEALTH.get(table, 'true')}"
    )


# The same source, place and value once; of confidential ones, once for each field, that there is one.
_CITATIONS = " UNION ".join(_citations_of(*cited) for cited in _CITED)

CITATIONS = Table(
    "citations",
    _("Citations"),
    _("Which source says what of which record. Of a confidential source: only that there is one, once for each field."),
    (
        Told(
            "table",
            Kind.STRING,
            _("the table of the record"),
            'record."table"',
            values=tuple(table for table, *_rest in _CITED),
            is_required=True,
        ),
        key("record", _("the key of the record in that table"), "record.record"),
        Told("prisoner", Kind.STRING, _("the person whom the record is of; empty for acts and events"), "record.prisoner"),
        text(
            "field",
            _("the field that it supports, as in the data dictionary of the records; empty: all of it"),
            "record.field",
            "Citation.field",
        ),
        Told("source", Kind.STRING, _("the source; empty for a confidential one"), "record.source", "Citation.source"),
        flag(
            "is_confidential",
            _("whether the source is kept confidential"),
            "record.source IS NULL",
            "Source.confidentiality",
            is_required=True,
        ),
        text("locator", _("the place in the source"), "record.locator", "Citation.locator"),
        text("value", _("the value that the source gives"), "record.value", "Citation.value"),
    ),
    f"({_CITATIONS}) AS record",
    key=("table", "record", "field", "source", "locator", "value"),
    is_keyed=False,
    links=(Link("prisoner", "prisoners", "code"), Link("source", "sources", "id")),
)

SOURCES = Table(
    "sources",
    _("Sources"),
    _("Public sources that something here is cited from. Sources that readers can’t tell apart are one."),
    (
        key("id", _("the source; it changes when what is known of the source is corrected"), "open_source.key"),
        text("title", _("its title"), "record.title", "Source.title"),
        text("publisher", _("who published it"), "record.publisher", "Source.publisher"),
        text("url", _("its address"), "record.url", "Source.url"),
        text("archived_url", _("an archived copy"), "record.archived_url", "Source.archived_url"),
        term(
            "kind", _("what kind of thing it is"), "record.kind", "Source.kind", values=tuple(SourceKind.values), is_required=True
        ),
        *uncertain("published_on", _("when it was published"), "record.published_on", "Source.published_on"),
    ),
    "(SELECT DISTINCT ON (open_source.key) open_source.key, source.* FROM prisoners_source AS source JOIN open_source ON "
    f"open_source.id = source.id WHERE open_source.key IN (SELECT cited.source FROM ({_CITATIONS}) AS cited)) AS record "
    "JOIN (SELECT id, key FROM open_source) AS open_source ON open_source.id = record.id",
    key=("id",),
)
