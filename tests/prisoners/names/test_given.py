"""The table of given names: its shape, and that no sound stands for two of them."""

from collections import defaultdict

import pytest

from prisoners.names import given
from prisoners.names.parsing import parsed


def families(word):
    (token,) = parsed(word).tokens
    return token.same, token.less


def test_table_has_each_family_once_with_a_gender_and_a_form():
    rows = given.rows()
    assert len({name for name, *_ in rows}) == len(rows) > 350
    assert {gender for _, gender, *_ in rows} == {"m", "f", "e"}
    assert [name for name, _, full, _ in rows if not full] == []


def test_table_has_no_sound_that_is_the_full_form_of_two_families():
    found = defaultdict(set)
    for name, _, full, _ in given.rows():
        for form in full:
            for key in given.keys_of(form):
                found[key].add(name)
    assert {key: names for key, names in found.items() if len(names) > 1} == {}


@pytest.mark.parametrize("row", given.rows(), ids=lambda row: row[0])
def test_table_forms_are_found_by_their_sound(row):
    name, _, full, short = row
    assert [form for form in full if name not in families(form.removeprefix("="))[0]] == []
    assert [form for form in short if name not in set().union(*families(form))] == []


@pytest.mark.parametrize(
    ("family", "forms"),
    [
        ("uladzimir", "Уладзімір Владимир Володимир Uladzimir Vladimir Volodymyr Wladimir Vladimír Uładzimir"),
        ("siarhei", "Сяргей Сергей Сергій Siarhei Siarhiej Sergei Sergey Sergej Serhii Serhiy Sergueï"),
        ("yauhen", "Яўген Евгений Євген Jaŭhien Yauhen Evgenii Evgeny Yevgeny Jewgeni Evguéni Yevhen"),
        ("dzmitry", "Дзмітрый Дмитрий Дмитро Dzmitry Dmitri Dmitrij Dmitry Dmytro Dźmitry"),
        ("mohammad", "محمد Mohammad Muhammad Mohamed Muhammed Мухаммад"),
        ("hossein", "حسین حسين Hossein Hussein Husayn Hosein"),
    ],
)
def test_family_is_found_in_every_romanisation(family, forms):
    assert [form for form in forms.split() if family not in families(form)[0]] == []


def test_diminutive_is_no_full_form():
    assert families("Алесь") == (frozenset({"ales"}), frozenset({"aleksandr"}))
    assert families("Саша") == (frozenset(), frozenset({"aleksandr", "aleksandra"}))
