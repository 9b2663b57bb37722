"""Slips of the keyboard: known inside a word, whatever its spelling; not where they make another surname."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.names import LIKELY, POSSIBLE, keys, query_keys, similarity
from prisoners.names.codes import GAP
from prisoners.names.slips import is_inside, is_key_missed, is_one_letter_away
from prisoners.names.tokens import script_of, word

# Stems and endings: a letter before an ending that comes or goes makes another surname.
LONG = [
    *(("Верамей", "чык"), ("Sakal", "ouski"), ("Preobraz", "hensky"), ("Łukasz", "ewicz"), ("Goloub", "ovitch")),
    *(("Shcharbak", "ou"), ("Радзівон", "ава"), ("Kryvashe", "yeva")),
]


@pytest.mark.parametrize(
    ("slipped", "meant"),
    [
        ("Łukasewicz", "Лукашэвіч"),  # sz became s
        ("Soolovsky", "Соколовський"),  # two vowels met
        ("Bardozich", "Бородич"),  # dz was parted
        ("Lapmeva", "Laptewa"),
        ("Тхианович", "Ціхановіч"),
        ("Yevsebeva", "Yauseyeva"),
    ],
)
def test_word_with_a_slip_is_one_letter_away(slipped, meant):
    one, other = (word(text.lower(), script_of(text[0])) for text in (slipped, meant))
    assert is_one_letter_away(one, other.codes)
    assert similarity(f"Ганна {slipped}", f"Anna {meant}") >= LIKELY


@given(st.sampled_from(LONG), st.data())
def test_any_letter_left_out_inside_a_long_word_leaves_it_likely(surname, data):
    stem, ending = surname
    at = data.draw(st.integers(2, len(stem) - 2))
    assert similarity(f"Ганна {stem}{ending}", f"Anna {stem[:at]}{stem[at + 1 :]}{ending}") >= LIKELY


@given(st.sampled_from(LONG), st.data())
def test_two_letters_exchanged_inside_a_long_word_leave_it_likely(surname, data):
    stem, ending = surname
    at = data.draw(st.integers(1, len(stem) - 2))
    slipped = stem[:at] + stem[at + 1] + stem[at] + stem[at + 2 :]
    assert similarity(f"Ганна {stem}{ending}", f"Anna {slipped}{ending}") >= LIKELY


@pytest.mark.parametrize(
    ("one", "other"), [("Anna Veremeichik", "Anxa Verexeichik"), ("Sofia Preobrazhensky", "Sofia Pyeobrgzhensky")]
)
def test_two_slips_are_possible_at_most(one, other):
    assert similarity(one, other) < LIKELY


def test_slip_in_a_short_surname_is_possible():
    assert POSSIBLE <= similarity("Aleksandr Chizhov", "Aleksandr Chzhov") < LIKELY


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [
        ("sakalavski", "sakamavski", True),
        ("lapteva", "lapmeva", True),
        ("varanav", "varantav", False),  # Воронов, Воронцов
        ("salavev", "salavei", False),  # Соловьёв, Соловей
        ("malinavski", "kalinavski", False),  # another first letter
        ("maslavski", "maslenski", False),
    ],
)
def test_slip_is_inside_between_the_first_letter_and_the_ending(x, y, inside):
    assert is_inside(x, y) is inside
    assert is_inside(y, x) is inside


@pytest.mark.parametrize(
    ("x", "y", "missed"), [("nazari", "nasari", True), ("nazari", "naxari", True), ("nazari", "namari", False)]
)
def test_key_missed_is_one_beside_it(x, y, missed):
    assert is_key_missed(x, y) is missed


@given(st.text(alphabet="абвгдеёжзіклмнопрстуўцчшщыюя’abcdefghijklmnopqrstuvwxyzčšžł" + GAP, max_size=12))
def test_any_words_are_compared(text):
    assert 0 <= similarity(f"Anna {text}", "Anna Верамейчык") <= 1


@pytest.mark.parametrize(
    ("slipped", "meant"),
    [
        ("Иорь Барнинко", "Ihar Barninka"),
        ("Palian Batadalka", "Полина Батадолка"),
        ("Tatsiaa Batadalka", "Татьяна Батадолка"),  # the letter before the last
        ("Nia Batadalka", "Нина Батадолка"),
        ("رما کریمزاده", "Reza Karimzadeh"),
        ("سعزد کریم‌زاده", "سعید کریم‌زاده"),
        ("عری کریم‌زاده", "Ali Karimzadeh"),
    ],
)
def test_slip_that_leaves_no_given_name_is_possible_beside_a_known_one(slipped, meant):
    assert POSSIBLE <= similarity(slipped, meant) < LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Inna Batadalka", "Ірына Батадолка"),  # a name of its own
        ("Орь Барнинко", "Ihar Barninka"),  # another first letter
        ("Ir Барнинко", "Ihar Barninka"),
        ("کری کریم‌زاده", "علی کریم‌زاده"),
        ("رنگا کریم‌زاده", "رضا کریم‌زاده"),  # two letters
        ("Imosr Barninka", "Ігар Барнінка"),
    ],
)
def test_other_given_names_are_not_possible_for_being_near(one, other):
    assert similarity(one, other) < POSSIBLE


@pytest.mark.parametrize(("slipped", "stored"), [("Дмитрий Гаучк", "Dzmitry Hachuk"), ("Иорь Барнинко", "Ihar Barninka")])
def test_name_with_such_a_slip_is_looked_for_by_a_key_of_the_stored_one(slipped, stored):
    sought, there = query_keys(slipped), keys(stored)
    assert sought.initials & there or all(each & there for each in sought.wide)
