"""A search finds the same people by every way to ask: whom a plain comparison of every name with the text finds."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts.ledger import settle
from prisoners.models import Name
from prisoners.names import POSSIBLE, similarity
from tests.factories import make_arrest, make_prisoner
from tests.public.test_agreement import everywhere

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 15)
given_names = st.sampled_from(["Siarhei", "Сергей", "Volha", "Ольга"])
surnames = st.sampled_from(["Barysevich", "Борисевич", "Kavalenka", "Коваленко", "Barysvich"])
full = st.tuples(given_names, surnames).map(" ".join)
people = st.lists(st.tuples(full, st.sampled_from(["named", "named", "named", "initials", "counted", "internal"])), max_size=5)


@pytest.mark.parametrize(("most", "one_by_one"), [(300, 2000), (300, 0), (0, 0)])
def test_every_way_to_ask_finds_the_same(client: Client, monkeypatch: pytest.MonkeyPatch, most: int, one_by_one: int) -> None:
    """While few are found and compared; while they are written down as many; and where too many have the name to be compared."""
    monkeypatch.setattr("prisoners.finding.MOST_SEARCHED", most)
    monkeypatch.setattr("prisoners.searching.NAMED_ONE_BY_ONE", one_by_one)

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(people, full)
    def agree(population: list[tuple[str, str]], text: str) -> None:
        with transaction.atomic():
            for name, visibility in population:
                make_arrest(make_prisoner(name, visibility=visibility), began="2020-08-09")
            settle()
            said = everywhere(client, {"q": [text], "recognised": ["any"]}, DAY)
            if most:
                named = Name.objects.filter(prisoner__visibility="named").values_list("text", flat=True)
                number = sum(similarity(text, name) >= POSSIBLE for name in named)
                assert said == dict.fromkeys(said, (number, number))
            assert len(set(said.values())) == 1
            transaction.set_rollback(True)

    agree()
