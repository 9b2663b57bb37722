"""A count as CSV: the total, then the groups, each row saying by itself what it counts."""

import csv
import io

from counts.answers import Answer
from counts.tally import Figures

COLUMNS = (
    "measure",
    "unit",
    "from",
    "to",
    "on",
    "recognised",
    "filters",
    "known",
    "revision",
    "by",
    "key",
    "label",
    "at_least",
    "at_most",
    "demonstration",
)


def as_csv(asked: Answer) -> str:
    """UTF-8 text with a header row. `key` is empty on the row of the total; `demonstration` is 1 with fictional people."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerow(_row(asked, "", "total", asked.total))
    rows.writerows(_row(asked, group.slug, str(group.label), group.figures) for group in asked.groups)
    return out.getvalue()


def _row(asked: Answer, key: str, label: str, figures: Figures) -> list[object]:
    is_flow = asked.measure.is_flow
    filters = "&".join(f"{name}={value}" for name, values in asked.filters.items() for value in values)
    return [
        asked.measure.name,
        asked.unit,
        asked.first if is_flow else "",
        asked.on if is_flow else "",
        "" if is_flow else asked.on,
        asked.recognised,
        neutral(filters),
        asked.known_at.isoformat(timespec="seconds"),
        asked.revision,
        asked.by.name if asked.by else "",
        neutral(key),
        neutral(label),
        figures.at_least,
        figures.at_most,
        int(asked.has_fiction),
    ]


def neutral(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
