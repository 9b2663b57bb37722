"""One name as passports, press and officials of several countries write it: every two of a row are likely."""

from itertools import combinations

import pytest

from prisoners.names import LIKELY, keys, similarity
from tests.prisoners.names.pairs import DATA

LINES = (DATA / "spellings.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("|") for line in LINES if not line.startswith("#")]
APART = """
Воронов|Воронцов
Кузьмин|Кузьмич
Соловьёв|Соловей
Захаров|Сахаров
Борисов|Борисович
Яковлев|Яковенко
Михайлов|Михальков
Гончар|Гончаров
Богданов|Богданович
Масловский|Масленский
Данилевич|Данилович
Вашкевич|Вашкович
Гриневич|Гринкевич
Малиновский|Калиновский
Иваненко|Іванов
Каваленка|Ковалевич
Kavalenka|Kavalionak
Karimi|Karami
Hassani|Hosseini
Sadeghi|Sedighi
Hashemi|Ghasemi
Heydari|Heydarian
حسنی|Hosseini
شریفی|Shafiei
سلطانی|Soleimani
رحیمی|Ebrahimi
"""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_two_spellings_of_a_name_are_likely_and_share_a_key(row):
    pairs = list(combinations(row, 2))
    assert [pair for pair in pairs if similarity(*pair) < LIKELY] == []
    assert [pair for pair in pairs if not keys(pair[0]) & keys(pair[1])] == []


@pytest.mark.parametrize("pair", APART.strip().splitlines())
def test_near_surnames_of_one_given_name_stay_apart(pair):
    one, other = pair.split("|")
    assert similarity(f"Ігар {one}", f"Игорь {other}") < LIKELY
