"""How much each likeness of two words counts, chosen on the pairs that may be tuned on (docs/names.md)."""

SAME_SOUND = 0.97
SAME_FAMILY = 0.97
DIMINUTIVE = 0.82
INITIAL = 0.8
GIVEN_SLIP = 0.905
# A letter wrong, missing or too many in a surname, before its ending.
SLIP = 0.905
# The same of a short name, beside which there are more other words: worth a look, never more.
SHORT_GIVEN_SLIP = 0.72
# Romanised by other ears.
SOFT = 0.93
# Latin letters whose carons were lost: Nebojsa for Nebojša.
MARKS_LOST = 0.9
# Two neighbouring letters exchanged: seldom another name.
SWAPPED = 0.905
# Persian and Arabic words that differ in what is written of their vowels.
OTHER_VOWELS = 0.7
# Words that are known to differ: another given name, another tone, the other gender.
AGAINST = 0.1
# One slip of a letter, by the length of the longer code; in a short word it makes another word.
ONE_SLIP = {5: 0.72, 6: 0.83, 7: 0.88, 8: 0.91}
# The same of the sounds of a word; from six sounds on it depends on where it is.
SHORT_SLIP = {5: 0.76}
# A slip in the ending may be another surname.
SLIP_AT_END = 0.83
VOWEL_SLIP = {4: 0.76, 5: 0.88, 6: 0.91}
TWO_SLIPS = {9: 0.72, 10: 0.8}


def by_slips(distance: int, longer: int) -> float:
    """What this many slips count, by the length of the longer code."""
    if distance == 0:
        return SAME_SOUND
    if distance == 1:
        return ONE_SLIP.get(longer, 0.92 if longer > 8 else 0.5)
    if distance == 2:
        return TWO_SLIPS.get(longer, 0.84 if longer > 10 else 0.4)
    return 0.0
