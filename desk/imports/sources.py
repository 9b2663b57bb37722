"""The sources that rows cite: each address is one source, however many rows name it."""

from collections.abc import Iterable

from prisoners.models import Confidentiality, Source
from prisoners.models.sources import SourceKind

from .rows import Row
from .tables import Table, next_keys

# What a list of cases cites was published; a source to be kept secret doesn't belong in such a file.
SOURCE = Table(
    Source,
    *("id", "url", "title", "published_on"),
    publisher="",
    archived_url="",
    kind=SourceKind.OTHER.value,
    confidentiality=Confidentiality.PUBLIC.value,
    retrieved_on=None,
    language="",
    reliability=None,
)
Key = tuple[str, str, str]  # address; or no address, but title and date


def source_keys(row: Row) -> list[Key]:
    """What the row cites."""
    if row.source_url:
        return [(url, "", "") for url in row.source_url]
    return [("", row.source_title, str(row.source_date or ""))] if row.source_title else []


def find_or_create(rows: Iterable[Row]) -> dict[Key, int]:
    """The sources of all these rows. A source that is known already stays as it is."""
    cited = {key: row for row in rows for key in source_keys(row)}
    found = _known(cited)
    missing = [key for key in cited if key not in found]
    if missing:
        found.update(zip(missing, next_keys(Source, len(missing)), strict=True))
        SOURCE.copy([_new(found[key], key, cited[key]) for key in missing])
    return found


def _new(primary_key: int, key: Key, row: Row) -> tuple[object, ...]:
    return primary_key, key[0], row.source_title, row.source_date and row.source_date.text, *SOURCE.constants


def _known(cited: Iterable[Key]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    urls = [url for url, _title, _date in cited if url]
    if urls:
        there = Source.objects.filter(url__in=urls).exclude(url="")  # as the index says it, or it isn't used
        found.update({(url, "", ""): key for url, key in there.values_list("url", "pk")})
    titles = {title for _url, title, _date in cited if title}
    if titles:
        known = Source.objects.filter(url="", title__in=titles).order_by("-pk")
        found.update({("", title, str(date or "")): key for title, date, key in known.values_list("title", "published_on", "pk")})
    return found
