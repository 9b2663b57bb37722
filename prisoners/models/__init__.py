"""The records of people, their arrests and what belongs to them."""

from .custody import Arrest, Case, Context, Facility, Regime, Stay
from .law import Charge, Judgment, Statute
from .person import Name, Occupation, Prisoner, State, Visibility
from .photos import Licence, Photo
from .recognition import Organisation, Recognition
from .sources import Citation, CitationBase, Source
from .treatment import Treatment, TreatmentKind

__all__ = [
    "Arrest",
    "Case",
    "Charge",
    "Citation",
    "CitationBase",
    "Context",
    "Facility",
    "Judgment",
    "Licence",
    "Name",
    "Occupation",
    "Organisation",
    "Photo",
    "Prisoner",
    "Recognition",
    "Regime",
    "Source",
    "State",
    "Statute",
    "Stay",
    "Treatment",
    "TreatmentKind",
    "Visibility",
]
