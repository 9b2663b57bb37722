"""What a score means to whoever reads it: the two thresholds and their words."""

from enum import StrEnum

# Chosen on the pairs that may be tuned on (docs/names.md); a change of either needs the table there measured anew.
LIKELY = 0.85
POSSIBLE = 0.65


class Band(StrEnum):
    """How a score is told: probably one person's name, perhaps, or no sign of it."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = ""


def band(score: float) -> Band:
    """The band of a score in 0–1."""
    if score >= LIKELY:
        return Band.LIKELY
    return Band.POSSIBLE if score >= POSSIBLE else Band.NONE
