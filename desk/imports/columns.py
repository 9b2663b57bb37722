"""The columns of an import, in the order in which docs/import.md explains them."""

from dataclasses import dataclass

from django.db.models import Field, Model

from prisoners.models import Arrest, Case, Context, Facility, Name, Organisation, Source

from ..models import ImportedRow


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the format knows. `separator` set: it holds a list (" " stands for any white space)."""

    name: str
    max_length: int = 0
    separator: str = ""
    is_date: bool = False
    is_required: bool = False


def _length(model: type[Model], field: str) -> int:
    found = model._meta.get_field(field)
    assert isinstance(found, Field)
    assert found.max_length is not None
    return int(found.max_length)


COLUMNS = {
    column.name: column
    for column in [
        Column("case_id", max_length=_length(ImportedRow, "case_id")),
        Column("person_id", max_length=_length(ImportedRow, "person_id")),
        Column("name", max_length=_length(Name, "text"), is_required=True),
        Column("names", max_length=_length(Name, "text"), separator="|"),
        Column("gender"),
        Column("born", is_date=True),
        Column("died", is_date=True),
        Column("country", is_required=True),
        Column("region"),
        Column("place", max_length=_length(Arrest, "place")),
        Column("home_region"),
        Column("occupations", separator=";"),
        Column("arrested", is_date=True),
        Column("released", is_date=True),
        Column("mechanism"),
        Column("pardon"),
        Column("articles", separator=";"),
        Column("context", max_length=_length(Context, "title")),
        Column("case", max_length=_length(Case, "title")),
        Column("facility", max_length=_length(Facility, "name")),
        Column("sentence_kind"),
        Column("sentence_months"),
        Column("sentence_ends", is_date=True),
        Column("recognised", is_date=True),
        Column("recognised_by", max_length=_length(Organisation, "name")),
        Column("treatments", separator=";"),
        Column("last_confirmed", is_date=True),
        Column("visibility"),
        Column("summary", max_length=20_000),
        Column("source_url", max_length=_length(Source, "url"), separator=" "),
        Column("source_title", max_length=_length(Source, "title")),
        Column("source_date", is_date=True),
    ]
}
REQUIRED = [column.name for column in COLUMNS.values() if column.is_required]
