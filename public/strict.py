"""Small queries of pages that aren't lists of people, read as strictly as those: nothing is silently ignored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from counts.fields import DayField
from counts.problems import InvalidQuery, Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter and its valid values, asked only where it is given. `is_many`: it can be repeated, to mean any of them."""

    name: str
    valid: Callable[[], Iterable[str]]
    is_many: bool = False


def chosen(query: QueryDict, choices: Iterable[Choice], *, besides: Iterable[str] = ()) -> dict[str, list[str]]:
    """The values given of each choice that was made; a form's empty fields ask nothing.

    `besides` are parameters that somebody else reads. Raises InvalidQuery with everything that is wrong.
    """
    by_name = {choice.name: choice for choice in choices}
    valid_names = sorted([*by_name, *besides])
    problems: list[Problem] = []
    found: dict[str, list[str]] = {}
    for name, values in _given(query).items():
        if name in by_name:
            problems += _problems(by_name[name], values)
            found[name] = values
        elif name not in valid_names:
            message = _("There is no parameter “%(name)s”.") % {"name": name[:80]}
            problems.append(Problem(name[:80], ", ".join(values)[:80], message, valid_names))
    if problems:
        raise InvalidQuery(problems)
    return found


def _given(query: QueryDict) -> Mapping[str, list[str]]:
    each = ((name, list(dict.fromkeys(value.strip() for value in values if value.strip()))) for name, values in query.lists())
    return {name: values for name, values in each if values}


def _problems(choice: Choice, values: list[str]) -> Iterable[Problem]:
    valid = list(choice.valid())
    for value in values:
        if value not in valid:
            yield Problem(choice.name, value[:80], _("“%(value)s” is not a valid value.") % {"value": value[:80]}, valid)
    if len(values) > 1 and not choice.is_many:
        message = _("“%(name)s” is given more than once, but takes one value.") % {"name": choice.name}
        yield Problem(choice.name, ", ".join(values)[:80], message)


def day_given(query: QueryDict, name: str) -> date | None:
    """The day that a parameter names; None where it isn't given. Raises InvalidQuery."""
    values = _given(query).get(name, [])
    if len(values) > 1:
        message = _("“%(name)s” is given more than once, but takes one value.") % {"name": name}
        raise InvalidQuery([Problem(name, ", ".join(values)[:80], message)])
    try:
        return DayField(required=False).to_python(values[0]) if values else None
    except ValidationError as error:
        raise InvalidQuery([Problem(name, values[0][:80], " ".join(error.messages))]) from None
