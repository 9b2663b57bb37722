"""A forgotten timer is seen on the first page of the desk."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2999, 1, 1)], None),
        ([date(2020, 1, 1), date(2999, 1, 1)], "1 embargo is over and has not been lifted"),
        ([date(2020, 1, 1)] * 2, "2 embargoes are over and have not been lifted"),
    ],
)
def test_first_page_says_how_many_embargoes_are_overdue(desk: Client, days: list[date], words: str | None) -> None:
    for day in days:
        make_prisoner(embargo_until=day)
    html = desk.get("/desk/admin/").content.decode()
    assert ("been lifted" in html, words is None or words in html) == (words is not None, True)
