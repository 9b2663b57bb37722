"""The first terms of the controlled lists have words in every language, in its own letters."""

import re

import pytest

from prisoners.models import Agency, Criterion, Occupation, Regime, TreatmentKind, Vulnerability
from prisoners.vocabulary import Term
from releases.models import Condition, Mechanism

pytestmark = pytest.mark.django_db
LISTS = [Agency, Condition, Criterion, Mechanism, Occupation, Regime, TreatmentKind, Vulnerability]
# Letters that the language has and its neighbour hasn't; punctuation, digits and Latin names of resolutions are let through.
LETTERS = {
    "be": re.compile(r"[а-зй-шыьэюяёіў'0-9a-eIV.,:() -]+", re.IGNORECASE),
    "ru": re.compile(r"[а-яё0-9a-eIV.,:() -]+", re.IGNORECASE),
    "fa": re.compile(
        r"[\u0621-\u063a\u0641-\u0643\u0644-\u0648\u064b-\u0654\u067e\u0686\u0698\u06a9\u06af\u06cc۰-۹\u200ca-eIV،:() -]+"
    ),
}
ARABIC_NOT_PERSIAN = set("يكى")


def labels_of(model: type[Term]) -> dict[str, dict[str, str]]:
    return dict(model.objects.values_list("code", "labels"))


@pytest.mark.parametrize("model", LISTS)
def test_every_first_term_has_a_label_in_each_language(model):
    assert model.objects.exists()
    found = {code: sorted(labels) for code, labels in labels_of(model).items()}
    assert found == {code: ["be", "fa", "ru"] for code in found}


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("language", LETTERS)
def test_labels_are_written_in_the_letters_of_their_language(model, language):
    words = [labels[language] for labels in labels_of(model).values()]
    assert [word for word in words if not LETTERS[language].fullmatch(word) or ARABIC_NOT_PERSIAN & set(word)] == []


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("language", LETTERS)
def test_no_two_terms_of_a_list_have_the_same_label(model, language):
    words = [labels[language] for labels in labels_of(model).values()]
    assert len(set(words)) == len(words)


def test_standards_name_the_table_and_the_code():
    cited = set(Occupation.objects.values_list("standard", flat=True))
    assert {standard for standard in cited if not re.fullmatch(r"HURIDOCS micro-thesauri( 10: [0-9–, ]+)?", standard)} == set()
    assert Occupation.objects.get(code="lawyer").standard == "HURIDOCS micro-thesauri 10: 02900201"
