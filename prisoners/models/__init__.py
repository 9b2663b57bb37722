"""The records of people, their arrests and what belongs to them."""

from .custody import Arrest, Case, Context, Facility, Regime, Stay
from .law import Charge, Judgment, Statute
from .person import Name, Occupation, Prisoner, State, Visibility
from .recognition import Organisation, Recognition
from .review import Decision, Review, ReviewKind
from .sources import Citation, CitationBase, Source
from .treatment import Treatment, TreatmentKind

__all__ = [
    "Arrest",
    "Case",
    "Charge",
    "Citation",
    "CitationBase",
    "Context",
    "Decision",
    "Facility",
    "Judgment",
    "Name",
    "Occupation",
    "Organisation",
    "Prisoner",
    "Recognition",
    "Regime",
    "Review",
    "ReviewKind",
    "Source",
    "State",
    "Statute",
    "Stay",
    "Treatment",
    "TreatmentKind",
    "Visibility",
]
