"""How somebody is called on a page: the one way from a person to a template, and it knows who may be named.

A template gets a Face and never the record, so that it can't print a name that isn't for readers.
"""

from dataclasses import dataclass

from prisoners.initials import initials
from prisoners.models import Name, Prisoner, Visibility


@dataclass(frozen=True, slots=True)
class Initials:
    """Initials in place of a name. The language stays unsaid; the script can be seen."""

    text: str
    direction: str
    language_tag: str = "und"


@dataclass(frozen=True, slots=True)
class Face:
    """What a page may print in place of a person: heading and address, and the name in its own script if that is public."""

    code: str
    url: str
    name: Name | Initials | None
    native: Name | None
    is_named: bool


def face_of(person: Prisoner) -> Face:
    """Whoever isn't known to be named gets initials. `person` brings their names."""
    if person.visibility == Visibility.NAMED:
        return Face(person.code, person.get_absolute_url(), person.name(), person.native_name(), True)
    return Face(person.code, person.get_absolute_url(), _initials(person), None, False)


def _initials(person: Prisoner) -> Initials | None:
    """Of the heading in every language of the page: of several names, initials would add up to more."""
    heading = next((name for name in person.names.all() if name.is_heading), None)
    text = initials(heading.text) if heading else ""
    return Initials(text, heading.direction) if heading and text else None
