"""Arrays written for the database come back as they were."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts.exports.arrays import array

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
within_one_test = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(kind, values):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [array(values)])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@within_one_test
@given(st.lists(st.none() | texts))
def test_texts_come_back(values):
    assert read("text", values) == values


@pytest.mark.django_db
@within_one_test
@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)), st.lists(st.none() | st.booleans()))
def test_numbers_and_truths_come_back(numbers, truths):
    assert (read("bigint", numbers), read("boolean", truths)) == (numbers, truths)
