"""A count as CSV: the total, then the groups, each row saying by itself what it counts."""

import csv
import io

from counts.answers import Answer
from counts.tally import Figures

# Every column and what it says; shown to readers.
COLUMNS = {
    "measure": "held, arrests, releases, deaths or ever",
    "unit": "people or arrests",
    "from": "first day of the period; empty where it is open, and for a count of a day",
    "to": "last day of the period; empty for a count of a day",
    "on": "the day counted; empty for a period",
    "recognised": "basis of recognition: then, ever, any, or an organisation",
    "filters": "what narrows the count, as in its address",
    "known": "the moment of the newest change that the count saw",
    "revision": "the number of that change",
    "by": "what the count is broken down by; empty for none",
    "key": "the group, as in addresses; empty on the row of the total and on that of people not broken down",
    "label": "the group in words",
    "at_least": "how many certainly",
    "at_most": "how many possibly, by the dates known",
    "counted_only_at_least": "how many of at_least are people who are only counted, and in no list",
    "counted_only_at_most": "how many of at_most are such people",
    "demonstration": "1 where fictional people are in the database, else 0",
}


def as_csv(asked: Answer) -> str:
    """UTF-8 text with a header row. `key` is empty on the row of the total; `demonstration` is 1 with fictional people."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerow(_row(asked, "", "total", asked.total, asked.only_counted))
    rows.writerows(_row(asked, group.slug, str(group.label), group.figures, group.only_counted) for group in asked.groups)
    if asked.not_broken_down is not None and asked.not_broken_down.is_anybody:
        left_out = asked.not_broken_down
        rows.writerow(_row(asked, "", "not broken down (people who are only counted)", left_out, left_out))
    return out.getvalue()


def _row(asked: Answer, key: str, label: str, figures: Figures, only_counted: Figures) -> list[object]:
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
        only_counted.at_least,
        only_counted.at_most,
        int(asked.has_fiction),
    ]


def neutral(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
