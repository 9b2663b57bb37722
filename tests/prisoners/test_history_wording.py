"""Values of images in words, and what differs between two images."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from prisoners.history.differences import MOST_WORDS, _change, differences, pieces
from prisoners.history.subjects import Subject
from prisoners.history.wording import Reader, in_words, words
from prisoners.models import Arrest, Facility, Prisoner

FIELDS = {field.name: field for field in [*Prisoner._meta.fields, *Arrest._meta.fields, *Facility._meta.fields]}


class SealedField(models.TextField):
    """A field of another app, whose values open for some readers."""


@in_words.register(SealedField)
def _sealed(kind, value, reader):
    return f"open {value}" if reader.may_open(kind.model) else "encrypted"


SEALED = SealedField("diary")
SEALED.model = Arrest


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (FIELDS["gender"], "female", "female"),
        (FIELDS["whereabouts"], "denied", "denied"),
        (FIELDS["whereabouts"], "a_choice_of_once", "a_choice_of_once"),
        (FIELDS["is_home_confinement"], True, "yes"),
        (FIELDS["is_home_confinement"], False, "no"),
        (FIELDS["born"], "2020-08~", "2020-08~"),
        (FIELDS["born"], None, "–"),
        (FIELDS["place"], "", "–"),
        (FIELDS["citizenships"], ["BY", "PL"], "BY, PL"),
        (FIELDS["citizenships"], [], "–"),
        (FIELDS["latitude"], 53.9, "53.9"),
        (FIELDS["context"], 7, "Protests"),
        (FIELDS["case"], 7, "7"),
        (ArrayField(models.CharField(choices=[("a", "Apple")])), ["a"], "Apple"),
        (models.JSONField(), {"be": "пісьменнік", "ru": "писатель"}, "be: пісьменнік; ru: писатель"),
        (None, "of a column that is gone", "of a column that is gone"),
    ],
)
def test_value_is_said_as_an_editor_reads_it(field, value, said):
    assert words(field, value, Reader({Subject("prisoners_context", "7"): "Protests"})) == said


def test_moment_is_said_in_the_time_zone_of_the_site():
    with timezone.override("Europe/Minsk"):
        assert words(FIELDS["created_at"], "2026-01-02T21:15:00.5+00:00", Reader()) == "2026-01-03 00:15:00"


def test_sealed_value_is_known_to_have_changed_and_opens_for_who_may():
    closed, opened = Reader(), Reader(may_open=lambda model: model is Arrest)
    found = [_change(SEALED, "diary", "x", "y", reader) for reader in (closed, opened)]
    assert [(c.before, c.after, c.is_sealed) for c in found] == [("encrypted", "encrypted", True), ("open x", "open y", False)]


def test_differences_stand_in_the_order_of_the_model_then_columns_that_are_gone():
    was = {"id": 1, "country": "BY", "born": None, "gender": "male", "religion": "none"}
    now = {"id": 1, "country": "BY", "born": "1988", "gender": "female", "religion": "other"}
    found = [(c.label, c.before, c.after) for c in differences(Prisoner, was, now, Reader())]
    assert found == [("Gender", "male", "female"), ("Born", "–", "1988"), ("religion", "none", "other")]


def test_column_that_one_image_does_not_know_was_changed_by_nobody():
    assert differences(Prisoner, {"id": 1}, {"id": 1, "gender": "male"}, Reader()) == []


@pytest.mark.parametrize("before", ["", "one two  three\nfour", "a b c"])
@pytest.mark.parametrize("after", ["", "one 2 three\n\nfour", "c b a"])
def test_pieces_make_up_both_texts(before, after):
    found = list(pieces(before, after))
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after


def test_texts_too_long_to_compare_have_no_pieces():
    assert list(pieces("word " * MOST_WORDS, "other")) == []
