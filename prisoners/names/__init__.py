"""Names of people in any script: how alike two are, and the keys by which the database finds whom to compare.

Plain Python, without Django. docs/names.md says what is compared how, and what isn't.
"""

from prisoners.names.bands import LIKELY, POSSIBLE, Band, band
from prisoners.names.comparing import compared, similarity
from prisoners.names.keys import VERSION, Sought, keys, query_keys
from prisoners.names.parsing import Parsed, parsed

__all__ = [
    "LIKELY",
    "POSSIBLE",
    "VERSION",
    "Band",
    "Parsed",
    "Sought",
    "band",
    "compared",
    "keys",
    "parsed",
    "query_keys",
    "similarity",
]
