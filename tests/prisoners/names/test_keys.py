"""The keys by which the database finds candidates: shared by whom they should find, few, plain."""

from hypothesis import given

from prisoners.names import LIKELY, keys, parsed, query_keys, similarity
from tests.prisoners.names.pairs import tuned
from tests.prisoners.names.test_similarity import ANY_TEXT, LIKELY_PAIRS, TUNED_NAMES

# Words of two letters have the most, as their vowels count; names have 30 at most (bench.names).
MOST = 96


def test_keys_are_shared_by_all_likely_pairs():
    pairs = [(pair.a, pair.b) for pair in tuned()] + LIKELY_PAIRS
    likely = [(a, b) for a, b in pairs if similarity(a, b) >= LIKELY]
    assert len(likely) > 400
    assert [pair for pair in likely if not keys(pair[0]) & keys(pair[1])] == []


def test_query_keys_of_likely_pairs_find_the_stored_name():
    def finds(query, stored):
        sought, held = query_keys(query), keys(stored)
        return bool((sought.pairs | sought.initials) & held) or any(each & held for each in sought.wide)

    likely = [(p.a, p.b) for p in tuned() if similarity(p.a, p.b) >= LIKELY]
    assert [pair for pair in likely if not (finds(*pair) and finds(*reversed(pair)))] == []


@given(ANY_TEXT | TUNED_NAMES)
def test_keys_of_any_text_are_few_short_and_ascii(text):
    found = keys(text)
    assert len(found) <= MOST
    assert all(key.isascii() and key.isprintable() and " " not in key and 2 < len(key) < 40 for key in found)


@given(TUNED_NAMES)
def test_query_keys_of_a_name_are_among_its_stored_keys(name):
    sought, stored = query_keys(name), keys(name)
    assert sought.pairs <= stored
    assert sought.initials <= stored
    assert all(each <= stored for each in (*sought.tokens, *sought.wide))


@given(TUNED_NAMES)
def test_pair_keys_are_free_of_order(name):
    words = name.replace(",", " ").split()
    if len(words) == len(parsed(name).tokens) == 2:
        assert query_keys(" ".join(reversed(words))).pairs == query_keys(name).pairs


def test_keys_of_a_name_by_kind():
    assert keys("Сяргей Ціхановіч") == {
        "p:%siarhei+tgnvc", "i:s+tgnvc", "t:%siarhei", "t:srg", "t:tgnvc",
        "d:tgnvc", "d:gnvc", "d:tnvc", "d:tgvc", "d:tgnc", "d:tgnv",
    }  # fmt: skip


def test_keys_of_initials_meet_those_of_the_full_name():
    assert query_keys("С. Тиханович").initials & keys("Siarhei Tsikhanovich")
