"""How likely two names are one person's: words matched in any order, and what is left over weighed."""

from functools import lru_cache

from prisoners.names import given, patronymics, words
from prisoners.names.bands import LIKELY, POSSIBLE
from prisoners.names.joining import together
from prisoners.names.parsing import Parsed, in_syllables, parsed
from prisoners.names.scoring import word_score
from prisoners.names.tokens import Token
from prisoners.names.weights import SAME_FAMILY

# A pair of words below this is no match: both stay over.
MATCH = 0.6
# The highest that a name can reach with an initial, a missing surname, or a single word.
UNDER_LIKELY = LIKELY - 0.03
SINGLE_WORD = 0.75
# What both sides have over speaks against, as does another patronymic, another generation.
CONTRADICTED = POSSIBLE - 0.1


def similarity(a: str, b: str) -> float:
    """How likely two names, in any scripts, are forms of one name: 0–1, the same whichever comes first.

    Compare with `LIKELY` and `POSSIBLE`. A text without letters is like nothing, 0. Raises nothing.
    """
    return compared(parsed(a), parsed(b))


def compared(a: Parsed, b: Parsed) -> float:
    """`similarity` of two names that were prepared by `parsed`."""
    if not a.tokens or not b.tokens:
        return 0.0
    if a.gender != b.gender and a.gender and b.gender:
        return CONTRADICTED
    if a.bag == b.bag:
        return 1.0 if a.generation == b.generation else _generations(a, b, 1.0)
    if "Mymr" in (a.style, b.style) and a.style != b.style:
        a, b = in_syllables(a), in_syllables(b)
    # In one order, so that the answer is the same to the last digit whichever name came first.
    if (len(a.tokens), a.bag) > (len(b.tokens), b.bag):
        a, b = b, a
    best = _score(a, b)
    if best < LIKELY and b.style != "Mymr" and len(b.tokens) > 2 and b.patronymic < 0:
        best = max([best, *(_score(a, whole) for whole in joined(b))])
    return _generations(a, b, best)


@lru_cache(1 << 13)
def joined(name: Parsed) -> tuple[Parsed, ...]:
    """The name with each two neighbouring words written as one: Xiao Bo as Xiaobo, Mohammad Reza as Mohammadreza."""
    pairs = zip(name.tokens, name.tokens[1:], strict=False)
    made = [(at, together(first, second)) for at, (first, second) in enumerate(pairs)]
    return tuple(
        Parsed((*name.tokens[:at], whole, *name.tokens[at + 2 :]), -1, name.generation, name.style, ())
        for at, whole in made
        if whole is not None
    )


def _generations(a: Parsed, b: Parsed, score: float) -> float:
    if a.generation == b.generation:
        return score
    return min(score, CONTRADICTED) if a.generation and b.generation else score * 0.97


def _score(a: Parsed, b: Parsed) -> float:
    """The score of two names, `a` of no more words than `b`."""
    if a.style == b.style == "Mymr" and _is_addressed(a, b):
        return 0.97
    pairs = _matched(a.tokens, b.tokens)
    if not pairs:
        return max((word_score(x, y) for x in a.tokens for y in b.tokens), default=0.0) * 0.5
    total, capped = 1.0, 1.0
    for score, at, other in pairs:
        is_patronymic = at == a.patronymic or other == b.patronymic
        is_initial = a.tokens[at].is_initial or b.tokens[other].is_initial
        if is_patronymic:
            total *= 0.98 if is_initial else _of_father(a, b, at, other, score)
        else:
            total *= score
            capped = UNDER_LIKELY if is_initial else capped
    matched_a, matched_b = {at for _, at, _ in pairs}, {other for _, _, other in pairs}
    over_a = [x for at, x in enumerate(a.tokens) if at not in matched_a]
    over_b = [y for at, y in enumerate(b.tokens) if at not in matched_b]
    total *= _left_over(a, b, over_a, over_b, len(pairs))
    if over_b and len(pairs) > 1 and not over_a:
        capped = min(capped, _without_surname(a, b, pairs))
    if a.style == b.style == "Mymr" and [other for _, _, other in sorted(pairs, key=lambda pair: pair[1])] != sorted(
        other for _, _, other in pairs
    ):
        capped = min(capped, UNDER_LIKELY)
    return min(total, capped)


def _matched(a: tuple[Token, ...], b: tuple[Token, ...]) -> list[tuple[float, int, int]]:
    """Which word goes with which, the best pairs first; each word once."""
    scores = [(score, at, other) for at, x in enumerate(a) for other, y in enumerate(b) if (score := word_score(x, y)) >= MATCH]
    if len(scores) > 1:
        scores.sort(key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1] + pair[2]))
    pairs: list[tuple[float, int, int]] = []
    for pair in scores:
        if all(pair[1] != at and pair[2] != other for _, at, other in pairs):
            pairs.append(pair)
    return pairs


def _left_over(a: Parsed, b: Parsed, over_a: list[Token], over_b: list[Token], matched: int) -> float:
    """What words without a counterpart do to the score, as a factor."""
    fathers_a = a.patronymic >= 0 and a.tokens[a.patronymic] in over_a
    fathers_b = b.patronymic >= 0 and b.tokens[b.patronymic] in over_b
    if fathers_a and fathers_b:
        return _fathers(a, b, len(over_a) > 1 and len(over_b) > 1)
    weight_a, weight_b = len(over_a) - fathers_a, len(over_b) - fathers_b
    if weight_a and weight_b:
        return CONTRADICTED if matched > 1 else 0.5
    if matched == 1 and weight_a + weight_b:
        return SINGLE_WORD
    if (a.style or b.style) and weight_a + weight_b:
        return UNDER_LIKELY
    return 0.96 ** (weight_a + weight_b) * 0.99 ** (fathers_a + fathers_b)


def _is_addressed(a: Parsed, b: Parsed) -> bool:
    """Whether a Burmese name is the other with Ko, Ma or Maung before it: a form of address, or the first part of the name."""
    first, *others = b.tokens
    return (
        first.plain in words.listed("burmese late")
        and len(others) == len(a.tokens)
        and all(word_score(x, y) >= MATCH for x, y in zip(a.tokens, others, strict=True))
    )


def _of_father(a: Parsed, b: Parsed, at: int, other: int, score: float) -> float:
    """The factor for a patronymic and the word that goes with it."""
    if at == a.patronymic and other == b.patronymic:
        families_a, _ = patronymics.father(a.tokens[at])
        families_b, _ = patronymics.father(b.tokens[other])
        if families_a and families_b:
            return (1 + SAME_FAMILY) / 2 if families_a & families_b else CONTRADICTED
    return (1 + score) / 2


def _fathers(a: Parsed, b: Parsed, differ_more: bool) -> float:
    """The factor for two patronymics that are spelt differently: of one father, or against."""
    families_a, stems_a = patronymics.father(a.tokens[a.patronymic])
    families_b, stems_b = patronymics.father(b.tokens[b.patronymic])
    is_one = bool(families_a & families_b or stems_a & stems_b)
    return (SAME_FAMILY if is_one else CONTRADICTED) * (0.5 if differ_more else 1)


def _is_given(name: Parsed, at: int) -> bool:
    """Whether a word is a given name, and no surname that is one too, before a second surname: Ana Santiago Rojas."""
    word = name.tokens[at]
    return bool(word.same) and not (0 < at == len(name.tokens) - 2 and word.plain in words.listed("spanish surname"))


def _without_surname(a: Parsed, b: Parsed, pairs: list[tuple[float, int, int]]) -> float:
    """Given names alone that agree are no name; the shorter side may leave out a patronymic or a second surname."""
    matched = {other for _, _, other in pairs}
    missing = [at for at in range(len(b.tokens)) if at not in matched and at != b.patronymic]
    is_surname_missing = any(not b.tokens[at].same for at in missing)
    # Mohammad Reza is another name than Mohammad.
    is_part_missing = any(given.is_persian(family) for at in missing for family in b.tokens[at].same)
    if is_part_missing or len(missing) > 1:
        return UNDER_LIKELY
    only_given = all(_is_given(b, other) or other == b.patronymic for _, _, other in pairs)
    # Of two surnames in a row, Spanish ones, the first is kept: another person may have the second alone.
    is_first_missing = b.patronymic < 0 and any(0 < at < len(b.tokens) - 1 and not b.tokens[at].same for at in missing)
    return UNDER_LIKELY if is_surname_missing and (only_given or is_first_missing) else 1.0
