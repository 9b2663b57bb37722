"""The test database itself."""

import pytest

from prisoners.models import Occupation, Prisoner
from releases.models import Mechanism
from tests.factories import make_prisoner


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_database_after_a_test_that_commits_is_as_migrations_left_it(turn):
    assert (Prisoner.objects.count(), Mechanism.objects.count(), Occupation.objects.count()) == (0, 17, 24)
    make_prisoner()
