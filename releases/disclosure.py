"""Who may see each field of the records of releases."""

from prisoners.disclosure import TERM, Audience, Declaration

_PUBLIC, _SOURCE, _DESK = Audience.PUBLIC, Audience.SOURCE, Audience.DESK

DECLARATION: Declaration = {
    "Citation": {_PUBLIC: "release void_release pardon event", _SOURCE: "source field locator value"},
    "Condition": {_PUBLIC: TERM},
    "Event": {_PUBLIC: "slug title happened_on kind actor stance summary waves"},
    "Mechanism": {_PUBLIC: f"{TERM} is_death"},
    "Pardon": {_PUBLIC: "slug wave title announced_on authority legal_form framing announced_number is_announced_minimum"},
    # A line can name somebody whom nobody has asked yet.
    "PardonLine": {_PUBLIC: "pardon position arrest", _DESK: "as_written"},
    "Release": {_PUBLIC: "arrest mechanism pardon liberty_after conditions verification", _DESK: "note"},
    "VoidRelease": {_PUBLIC: "arrest mechanism pardon happened_on because"},
    "Wave": {_PUBLIC: "slug title summary"},
}
