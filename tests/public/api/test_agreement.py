"""The API agrees with the list and with counts, whatever is asked; and its entries with whole documents."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.listing import Listing
from tests.counts import worlds
from tests.counts.test_agreement import as_query, make_world, parameters
from tests.public.api import world
from tests.public.api.test_cursors import walk

pytestmark = pytest.mark.django_db
property_based = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# The measure that asks the same, and the name of its day.
SAME = {
    "prisoners": ("measure=ever", "on"),
    "arrests": ("measure=ever&unit=arrests", "on"),
    "releases": ("measure=releases&unit=arrests", "to"),
}


@property_based
@given(population=worlds.populations, values=parameters, day=worlds.DAYS, limit=st.integers(1, 4))
def test_entries_and_total_are_what_counts_say(client: Client, population, values, day, limit) -> None:
    basis = values.get("recognised", ["any"])
    filters = as_query({**values, "recognised": basis}).urlencode()
    with transaction.atomic():
        make_world(population)
        for name, (measure, day_name) in SAME.items():
            total = client.get(f"/api/v1/{name}/?{filters}&on={day}").json()["total"]
            counted = client.get(f"/counts.json?{filters}&{measure}&{day_name}={day}").json()
            assert total == {bound: counted["total"][bound] - counted["counted_only"][bound] for bound in total}
            entries = walk(client, f"/api/v1/{name}/?{filters}&on={day}&limit={limit}")
            assert len(entries) == total["at_most"]
            if name != "prisoners":  # of somebody with several arrests, an earlier one can be the certain one
                assert sum(entry["is_certain"] for entry in entries) == total["at_least"]
        listed = Listing(as_query({**values, "recognised": basis, "on": [str(day)]}), today=world.TODAY)
        codes = sorted(row.prisoner.code for row in listed.rows)
        assert sorted(entry["code"] for entry in walk(client, f"/api/v1/prisoners/?{filters}&on={day}")) == codes
        transaction.set_rollback(True)


@pytest.mark.usefixtures("still_world")
@pytest.mark.parametrize("code", [world.NAMED, world.INITIALS, *world.PARDONED])
def test_entry_says_what_the_whole_document_says(client: Client, code: str) -> None:
    whole = client.get(f"/api/v1/prisoners/{code}/").json()
    [entry] = [one for one in walk(client, "/api/v1/prisoners/") if one["code"] == code]
    [arrest] = [one for one in walk(client, "/api/v1/arrests/") if one["code"] == code]
    alike = set(entry) - {"names", "is_certain", "arrest"}
    assert {name: entry[name] for name in alike} == {name: whole[name] for name in alike}
    assert [{**name, "citations": []} for name in entry.get("names", [])] == whole.get("names", [])
    [told] = whole["arrests"]
    facts = {name for name in entry["arrest"] if name in told} - {"treatments", "recognitions"}
    assert {name: entry["arrest"][name] for name in facts} == {name: told[name] for name in facts}
    assert {"began", "ended", "country", "region"} <= facts
    assert entry["arrest"] == {name: arrest[name] for name in entry["arrest"]}


@pytest.mark.usefixtures("still_world")
def test_entry_of_somebody_shown_by_initials_is_the_coarse_document(client: Client) -> None:
    [entry] = [one for one in walk(client, "/api/v1/prisoners/") if one["code"] == world.INITIALS]
    whole = client.get(f"/api/v1/prisoners/{world.INITIALS}/").json()
    assert entry["arrest"] == whole["arrests"][0]
    assert set(entry) == set(whole) - {"on", "arrests"} | {"arrest", "is_certain"}
    everything = str(entry) + str([one for one in walk(client, "/api/v1/arrests/") if one["code"] == world.INITIALS])
    assert [
        told for told in ("Hidden Street", "hidden", "Volha", "03-04", "05-02", "04-05", "12-01T") if told in everything
    ] == []
