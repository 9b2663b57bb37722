"""The records of people, their arrests and what belongs to them."""

from .consent import Consent
from .custody import Agency, Arrest, Case, Context, Facility, Regime, Stay
from .history import HistoryEntry, HistorySeal
from .law import Charge, Judgment, Statute
from .person import Affiliation, Name, Occupation, Prisoner, State, Summary, Visibility, Vulnerability
from .photos import Licence, Photo
from .recognition import Criterion, Organisation, Recognition
from .review import Decision, Review, ReviewKind
from .sources import Citation, CitationBase, Confidentiality, Source
from .treatment import Treatment, TreatmentKind

__all__ = [
    "Affiliation",
    "Agency",
    "Arrest",
    "Case",
    "Charge",
    "Citation",
    "CitationBase",
    "Confidentiality",
    "Consent",
    "Context",
    "Criterion",
    "Decision",
    "Facility",
    "HistoryEntry",
    "HistorySeal",
    "Judgment",
    "Licence",
    "Name",
    "Occupation",
    "Organisation",
    "Photo",
    "Prisoner",
    "Recognition",
    "Regime",
    "Review",
    "ReviewKind",
    "Source",
    "State",
    "Statute",
    "Stay",
    "Summary",
    "Treatment",
    "TreatmentKind",
    "Visibility",
    "Vulnerability",
]
