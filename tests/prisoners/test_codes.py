"""Public codes of people."""

import random

import pytest

from prisoners.codes import ALPHABET, is_code, new_code


def test_code_of_a_seeded_chance_is_the_same_again():
    assert new_code("BY", random.Random(7)) == new_code("BY", random.Random(7))


def test_codes_use_the_whole_alphabet_and_nothing_else():
    chance = random.Random(1)
    codes = [new_code("BY", chance) for _ in range(500)]
    assert {code[:3] for code in codes} == {"BY-"}
    assert set("".join(code[3:] for code in codes)) == set(ALPHABET)
    assert all(is_code(code) for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    "text",
    ["", "BY-7K3QX", "BY-7K3QX22", "by-7K3QX2", "BY-7k3qx2", "BY-7K3QXI", "BY7K3QX2", "BYY-7K3QX", "BY-7K3QX2\n", " BY-7K3QX2"],
)
def test_text_of_another_shape_is_no_code(text):
    assert is_code(text) is False
