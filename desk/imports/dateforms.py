"""Dates as other people's spreadsheets write them, such as DD.MM.YYYY, read into uncertain dates. Pure Python."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_TOKEN = re.compile(r"YYYY|MM|M|DD|D")
_GROUPS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
}
_SHAPES = {"YYYY": "Y", "MM": "N", "M": "N", "DD": "N", "D": "N"}


@dataclass(frozen=True, slots=True)
class DateForm:
    """One way to write a date, made of YYYY, MM or M, DD or D, and anything between them."""

    text: str
    pattern: re.Pattern[str]

    @classmethod
    def parse(cls, text: str) -> "DateForm":
        """Raises ValueError when it isn't such a form."""
        tokens = _TOKEN.findall(text)
        kinds = [token[0] for token in tokens]
        if "Y" not in kinds or len(set(kinds)) != len(kinds) or ("D" in kinds and "M" not in kinds):
            raise ValueError(
                _("“%(text)s” is not a form of dates: use YYYY, MM or M, DD or D, such as DD.MM.YYYY.") % {"text": text}
            )
        between = _TOKEN.split(text)
        pattern = "".join(
            re.escape(gap) + group for gap, group in zip(between, [*(_GROUPS[token] for token in tokens), ""], strict=True)
        )
        return cls(text, re.compile(pattern))

    @property
    def shape(self) -> str:
        """Two forms of one shape can read the same text as different days."""
        return _TOKEN.sub(lambda token: _SHAPES[token[0]], self.text)

    def read(self, text: str) -> str | None:
        """The text as YYYY-MM-DD or less; None when it isn't in this form."""
        match = self.pattern.fullmatch(text)
        if match is None:
            return None
        found = match.groupdict()
        return "-".join(part.zfill(2) for part in (found.get(name) for name in ("year", "month", "day")) if part)


def parse_forms(texts: list[str]) -> tuple[DateForm, ...]:
    """Raises ValueError when one is no form, or when two could read the same text as different days."""
    forms = [DateForm.parse(text) for text in texts]
    by_shape: dict[str, DateForm] = {}
    for form in forms:
        other = by_shape.setdefault(form.shape, form)
        if other is not form:
            raise ValueError(
                _("“%(one)s” and “%(two)s” can read the same text as different days: keep one.")
                % {"one": other.text, "two": form.text}
            )
    return tuple(forms)


def to_iso(text: str, forms: tuple[DateForm, ...]) -> str:
    """The text read by the first form that fits; unchanged when none does."""
    return next((iso for iso in (form.read(text) for form in forms) if iso is not None), text)
