"""Initials: as much of a name as may be shown, and never all of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.initials import initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ales Tarasievič", "A. T."),
        ("Тарас Вымышлены", "Т. В."),
        ("Anne-Marie d'Estaing", "A.-M. d."),
        ("تاراس نوویک", "ت. ن."),
        ("李明", "李."),
        ("김철수", "김."),
        ("Étienne Ž", "É."),
        ("E\u0301tienne Novák", "É. N."),
        ("Ñ̃andu Ola", "Ñ̃. O."),
        ("J. Smith", "S."),
        ("  Ales   (Aliaksandr)  Novik ", "A. A. N."),
        ("O'Brien 3rd", "O. r."),
        ("李 明", ""),
        ("A", ""),
        ("", ""),
        ("1984", ""),
    ],
)
def test_initials_are_first_letters_with_their_marks(name, expected):
    assert initials(name) == expected


def letters(text):
    return [sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign).startswith("L")]


@given(st.text(max_size=30))
def test_initials_never_tell_a_whole_word(name):
    shown = letters(initials(name))
    assert len(shown) <= len(letters(name)) // 2
