"""The labelled pairs themselves: what is tuned on and what is set aside share no name, and no label contradicts another."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .making.files import ALL_FAMILIES, heldout_pairs, tuned_pairs
from .making.noise import mistyped
from .making.pairs import DATA, DIFFERENT, POSSIBLE, SAME, Pair, plain, read_pairs, rows_of
from .making.slavic_parts import feminine
from .measured import Scored, fair_threshold, rates, strangers

HELD = sorted((DATA / "heldout").glob("*.tsv"))
BLIND = sorted(DATA.glob("blind_*/*.tsv"))
AT_LEAST = {"slavic": 1500, "persian_arabic": 600, "chinese": 300}
TABLES = sorted(path.name for path in (DATA / "tuned_parts").glob("*.txt"))
NO_NAMES = {"surname", "given", "second", "middle", "Thị"}  # headings; and the middle name of most Vietnamese women


def test_files_held_out_are_of_each_family():
    assert {path.stem for path in HELD} == set(ALL_FAMILIES)


@pytest.mark.parametrize("path", [*HELD, *BLIND, DATA / "tuned.tsv"], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_labels_are_known_and_names_are_written(path):
    pairs = read_pairs(path)
    assert {pair.same for pair in pairs} <= {SAME, DIFFERENT, POSSIBLE}
    assert [pair for pair in pairs if not pair.a.strip() or not pair.b.strip() or pair.a == pair.b or not pair.kind] == []


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.stem)
def test_pairs_are_many_and_about_half_are_of_one_person(path):
    labels = Counter(pair.same for pair in read_pairs(path))
    assert labels.total() >= AT_LEAST.get(path.stem, 150)
    assert 0.35 <= labels[SAME] / (labels[SAME] + labels[DIFFERENT]) <= 0.65


@pytest.mark.parametrize("path", [*HELD, DATA / "tuned.tsv"], ids=lambda path: path.stem)
def test_different_people_never_have_one_writing(path):
    """Bare letters alike are told apart by signs of the script alone, and then by nothing that is lost here."""
    apart = [pair for pair in read_pairs(path) if pair.same == DIFFERENT and pair.kind != "other-tone"]
    assert [pair.kind for pair in apart if plain(pair.a) == plain(pair.b)] == []


def test_files_made_blind_share_no_pair():
    found = [{frozenset((pair.a, pair.b)) for path in BLIND if path.parent.name == split for pair in read_pairs(path)}
             for split in ("blind_heldout", "blind_tuned")]  # fmt: skip
    assert min(map(len, found)) > 2500
    assert len(found[0] & found[1]) == 0


@pytest.mark.parametrize("path", [*HELD, *BLIND, DATA / "tuned.tsv"], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_two_names_have_one_label(path):
    labels = Counter(frozenset((pair.a, pair.b)) for pair in read_pairs(path))
    assert [number for number in labels.values() if number > 1] == []


def cells(name, side):
    """All forms in a table but the shortest; of Chinese ones the characters, as there are few sounds."""
    rows = list(rows_of(DATA / side / name))
    if name == "chinese.txt":
        return {sign for row in rows for sign in row[1:3]}
    return {cell for row in rows for cell in row if len(cell) > 2 and cell not in NO_NAMES}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_both_sides_share_hardly_a_name(name):
    both = cells(name, "tuned_parts") & cells(name, "heldout/parts")
    assert len(both) <= len(cells(name, "heldout/parts")) // 100


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_file_held_out_is_what_its_making_gives(family):
    assert read_pairs(DATA / "heldout" / f"{family}.tsv") == heldout_pairs(family)


def test_tuned_file_is_what_its_making_gives():
    assert read_pairs(DATA / "tuned.tsv") == tuned_pairs()


@pytest.mark.parametrize(
    ("man", "woman", "style", "origin"),
    [
        ("Гусакоў", "Гусакова", "be", "by"),
        ("Навіцкі", "Навіцкая", "be", "by"),
        ("Жук", "Жук", "be", "by"),
        ("Щукин", "Щукина", "ru", "by"),
        ("Левицкий", "Левицкая", "ru", "ua"),
        ("Левицький", "Левицька", "uk", "ua"),
        ("Levytskyi", "Levytska", "official", "ua"),
        ("Navitski", "Navitskaya", "passport", "by"),
        ("Husakoŭ", "Husakova", "lacinka", "by"),
        ("Gusakow", "Gusakowa", "pl", "by"),
        ("Chtchoukine", "Chtchoukina", "fr", "by"),
    ],
)
def test_women_have_their_form_of_a_surname(man, woman, style, origin):
    assert feminine(man, style, origin) == woman


@given(st.sampled_from(["Ганна Мельнікава", "Hanna Mieĺnikava", "مریم رستگار", "Iva Zoi"]), st.randoms(use_true_random=False))
def test_typing_error_changes_a_name_within_its_words(name, chance):
    slipped = mistyped(name, chance)
    assert slipped != name
    assert [word[0] for word in slipped.split()] == [word[0] for word in name.split()]
    assert slipped[-3:] == name[-3:]


def test_baseline_lets_one_in_a_hundred_pass_at_most():
    found = [Scored(Pair("a", "b", DIFFERENT, "random"), score / 200) for score in range(200)]
    assert rates(found, fair_threshold(found)).false == 0.01


def test_strangers_are_never_two_writings_of_one_person():
    people = [Pair(f"a{number}", f"b{number}", SAME, "be-ru") for number in range(5)]
    drawn = strangers([*people, Pair("c", "d", SAME, "hyphen"), Pair("e", "f", DIFFERENT, "random")], 200)
    assert len(drawn) == 200
    assert [pair for pair in drawn if pair.a[1:] == pair.b[1:]] == []
    assert {pair.a for pair in drawn} == {name for pair in people for name in (pair.a, pair.b)}
