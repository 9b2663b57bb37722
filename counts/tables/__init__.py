"""The public data set as tables: what each tells, of whom, and how they hang together.

One list of columns is the data dictionary of the page, the schema of the package and the SQL of its files.
"""

from .arrests import ARRESTS
from .clemency import EVENTS, PARDONS, WAVES
from .custody import RECOGNITIONS, STAYS, TREATMENTS
from .law import CHARGES, JUDGMENTS
from .making import Link, Table, Told
from .people import NAMES, PHOTOS, PRISONERS, SUMMARIES
from .releases import PARDON_LINES, RELEASES, VOID_RELEASES
from .shared import ARTICLES, CASES, CONTEXTS, FACILITIES, ORGANISATIONS
from .sources import CITATIONS, SOURCES
from .terms import TERMS

TABLES: tuple[Table, ...] = (
    *(PRISONERS, NAMES, SUMMARIES, PHOTOS),
    *(ARRESTS, STAYS, CHARGES, JUDGMENTS, TREATMENTS, RECOGNITIONS, RELEASES, VOID_RELEASES),
    *(WAVES, PARDONS, PARDON_LINES, EVENTS),
    *(FACILITIES, ORGANISATIONS, ARTICLES, CONTEXTS, CASES),
    *(SOURCES, CITATIONS),
    *TERMS,
)

__all__ = ["TABLES", "Link", "Table", "Told"]
