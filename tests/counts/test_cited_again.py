"""Citations and moments of the past: which are read, which are refused, and records that were renamed or deleted since."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from counts.clock import parsed
from counts.ledger import settle
from counts.models import Revision
from counts.problems import InvalidQuery
from prisoners.models import (
    Facility,
    Name,
    Organisation,
    Prisoner,
    Statute,
    Stay,
)
from tests.counts.past import ask, change, make_somebody, said, withdraw
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody():
    return make_somebody()


def test_seal_of_another_question_is_refused(somebody):
    seal = ask("on=2022-01-01&gender=female").sealed
    for query in ("on=2022-01-01&gender=male", "on=2022-01-02&gender=female", "on=2022-01-01"):
        exact = ask(query).exact_query
        with pytest.raises(InvalidQuery, match="changed after it was cited"):
            ask(f"{exact}&known={seal}")


@pytest.mark.parametrize("alteration", [lambda s: f"1{s[1:]}x"[:-1] + "A", lambda s: s.replace(".", "-9.")])
def test_altered_seal_is_refused(somebody, alteration):
    change(somebody, gender="male")
    answered = ask("on=2022-01-01")
    with pytest.raises(InvalidQuery):
        ask(f"{answered.exact_query}&known={alteration(answered.sealed)}")


def test_parameters_of_a_citation_may_stand_in_any_order(somebody):
    answered = ask("on=2022-01-01&gender=female&gender=male&by=region")
    turned = ask("&".join(reversed(answered.cited_query.split("&"))))
    assert (turned.total, turned.groups, turned.filters) == (answered.total, answered.groups, {"gender": ["male", "female"]})


def test_citation_may_leave_out_what_is_meant_without_saying(somebody):
    answered = ask("on=2022-01-01&gender=female&by=region")
    short = "&".join(
        part for part in answered.cited_query.split("&") if part.split("=")[0] not in ("measure", "unit", "recognised")
    )
    change(somebody, gender="male")
    assert (said(ask(short)), "measure" in short) == (said(answered), False)


@pytest.mark.parametrize("known", ["0", "99", "2030-01-01", "2030-01-01T00:00:00Z", "yesterday", "2020-13-01", "1.abc", "-1"])
def test_moment_that_cant_be_known_is_refused(somebody, known):
    with pytest.raises(InvalidQuery) as refused:
        ask(f"known={known}", now=datetime(2026, 1, 1, tzinfo=UTC))
    assert [problem.parameter for problem in refused.value.problems] == ["known"]


def test_search_goes_with_the_present_alone(somebody):
    Name.objects.filter(prisoner=somebody).update(text="Alena Fictional")
    now = ask("q=Alena&on=2022-01-01")
    assert (now.total.at_most, now.sealed, "known" in now.cited_query) == (1, "", False)
    withdraw(somebody)
    with pytest.raises(InvalidQuery) as refused:
        ask(f"q=Alena&known={now.revision}")
    assert [problem.parameter for problem in refused.value.problems] == ["q"]


def move_revisions(**days):
    """Date revisions by hand, as if they had been recorded then."""
    for number, moment in days.items():
        Revision.objects.filter(number=int(number[1:])).update(recorded_at=moment)


def test_moment_finds_the_last_revision_recorded_by_then():
    for gender in ("female", "male", "unknown"):
        make_arrest(make_prisoner(gender=gender))
        settle()
    noon = datetime(2024, 2, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    move_revisions(r1=noon - timedelta(days=1), r2=noon, r3=noon + timedelta(days=1))
    asked = {
        "2024-01-30": 0,
        "2024-01-31": 1,
        "2024-02-01": 2,
        "2024-02-01T12:00:00Z": 2,
        "2024-02-01T14:00:00%2B02:00": 2,
        "2024-02-01T12:00:00.499999Z": 1,
        "2024-02-01T11:59Z": 1,
        "2024-02-03": 3,
    }
    found = {known: ask(f"recognised=any&known={known}") for known in asked}
    assert {known: answered.revision for known, answered in found.items()} == asked
    assert {known: answered.total.at_most for known, answered in found.items()} == asked


def test_moment_that_an_answer_says_finds_the_same_revision():
    make_arrest()
    settle()
    answered = ask("recognised=any").as_dict(url="", text="")
    assert ask(f"recognised=any&known={answered['known']}").revision == answered["revision"]


def test_record_renamed_since_is_still_found_by_a_citation(somebody):
    answered = ask("on=2022-01-01&facility=colony&by=article")
    Facility.objects.update(slug="renamed")
    Statute.objects.update(slug="other")
    Facility.objects.create(slug="colony", name="Another", country="BY")
    change(somebody, gender="male")
    again = ask(answered.cited_query)
    assert again.total == answered.total
    assert [(g.slug, g.figures) for g in again.groups] == [("other", g.figures) for g in answered.groups]


@pytest.mark.parametrize(
    "narrowing", ["facility=colony", "article=by-cc-342", "recognised=monitor", "recognised=any&gender=female"]
)
def test_series_beside_another_is_cited_with_records_as_they_were_called(somebody, narrowing):
    answered = ask(f"from=2020-08-01&to=2021-12-31&step=month&beside=arrests&beside=ever&{narrowing}")
    assert [beside.total.at_most for beside in answered.beside] == [2, 2]
    Facility.objects.update(slug="renamed")
    Statute.objects.update(slug="other")
    Organisation.objects.update(slug="watch")
    Facility.objects.create(slug="colony", name="Another", country="BY")
    for person in Prisoner.objects.all():
        withdraw(person)
    again = ask(answered.cited_query)
    assert (again.total, again.series, again.beside) == (answered.total, answered.series, answered.beside)


def test_record_deleted_since_is_still_counted_and_called_by_its_last_name(somebody):
    answered = ask("on=2022-01-01&by=facility")
    narrowed = ask("on=2022-01-01&facility=colony")
    Stay.objects.all().delete()
    Facility.objects.all().delete()
    settle()
    again = ask(answered.cited_query)
    assert [(g.slug, g.label, g.figures, g.is_gone) for g in again.groups] == [
        ("colony", "Colony", answered.groups[0].figures, True)
    ]
    assert again.list_query(again.groups[0]) is None
    assert ask(narrowed.cited_query).total == narrowed.total


def test_seals_are_of_one_database_alone(somebody):
    answered = ask("on=2022-01-01")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counts_sealkey SET key = sha256(key)")
    with pytest.raises(InvalidQuery, match="changed after"):
        ask(answered.cited_query)


def test_every_value_of_known_reads_or_is_refused():
    refused = []
    for text, tail in product(["812", "812-900", "2024-02-01", "2024-02-01T00:00:00"], ["", "Z", ".", ".5Z", "." + "A" * 22]):
        try:
            known = parsed(text + tail)
        except ValidationError as error:
            refused.append((text + tail, error.code))
        else:
            assert (known.revision is None) != (known.before is None)
    assert {code for _written, code in refused} == {"not_known"}
