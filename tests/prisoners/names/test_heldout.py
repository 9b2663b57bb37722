"""The matcher against pairs that nobody tuned on. A failure says kinds and scores, never a name: see data/README.md."""

import re
from functools import cache

import pytest

from prisoners.names import LIKELY, keys

from .making.pairs import DIFFERENT, SAME
from .measured import FAMILIES, by_kind, family_pairs, rates, scored, share_with_a_key, strangers, worst

# Recall at least, false pairs at most, both at LIKELY.
FLOORS = dict.fromkeys(FAMILIES, (0.8, 0.02)) | {"slavic": (0.95, 0.01), "persian_arabic": (0.80, 0.01)}
KEPT_APART = ("brothers", "other-surname", "gender-ending", "gender-given", "husband-wife")
FALSE_AT_MOST = 0.01
STRANGERS, STRANGERS_AT_MOST = 3000, 0.001


@cache
def judged(family):
    return scored(family_pairs(family))


@pytest.mark.parametrize("family", FAMILIES)
def test_names_of_one_person_in_two_writings_are_likely(family):
    found = judged(family)
    recall = rates(found).recall
    assert recall >= FLOORS[family][0], f"{family}: recall {recall:.3f}; lowest:\n{worst(found, SAME)}"


@pytest.mark.parametrize("family", FAMILIES)
def test_names_of_different_people_are_rarely_likely(family):
    found = judged(family)
    false = rates(found).false
    assert false <= FLOORS[family][1], f"{family}: false {false:.3f}; highest:\n{worst(found, DIFFERENT)}"


@pytest.mark.parametrize("kind", KEPT_APART)
def test_near_names_of_a_kind_stay_apart(kind):
    found = [one for family in FAMILIES for one in by_kind(judged(family)).get((DIFFERENT, kind), [])]
    false = rates(found).false
    assert false <= FALSE_AT_MOST, f"{kind}: {false:.3f} of {len(found)}; highest:\n{worst(found, DIFFERENT)}"


@pytest.mark.parametrize("family", FAMILIES)
def test_strangers_are_hardly_ever_likely(family):
    found = scored(strangers(family_pairs(family), STRANGERS))
    passed = sum(one.score >= LIKELY for one in found)
    assert passed <= STRANGERS * STRANGERS_AT_MOST, f"{family}: {passed} of {STRANGERS} strangers are likely"


@pytest.mark.parametrize("family", FAMILIES)
def test_names_of_one_person_share_a_blocking_key(family):
    pairs = family_pairs(family)
    found = share_with_a_key(pairs)
    without = sorted(pair.kind for pair in pairs if pair.same == SAME and not keys(pair.a) & keys(pair.b))
    assert found >= FLOORS[family][0], f"{family}: {found:.3f} share a key; kinds of those without: {without[:20]}"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("same", [SAME, DIFFERENT])
def test_failures_tell_kinds_and_scores_and_no_name(family, same):
    lines = worst(judged(family), same).splitlines()
    assert [line for line in lines if not re.fullmatch(r"  [a-z-]+: [01]\.\d{3}", line)] == []
    assert len(lines) == 20


@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_comparison_shows_has_no_name(family):
    told = [repr(one) for one in judged(family) if one.pair.a in repr(one) or one.pair.b in repr(one)]
    assert len(told) == 0
