"""Places and terms that a form offers: those that the ledger has of people of lists, whatever was written to it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.ledger import settle
from counts.models import LedgerRow, ToldTerm
from counts.told import VOCABULARIES, places_told, terms_told
from prisoners.models import Occupation, State, Treatment, Visibility
from tests.counts import histories, worlds
from tests.factories import as_operator, make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
property_based = settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def told() -> dict[str, list]:
    return {"region": places_told(), **{name: sorted(terms_told(name)) for name in VOCABULARIES}}


def in_ledger() -> dict[str, list]:
    """The same, read from all of the ledger."""
    rows = list(LedgerRow.objects.current().listed())
    return {
        "region": sorted({(row.country, row.region) for row in rows}),
        "occupation": sorted({code for row in rows for code in row.occupations}),
        "treatment": sorted({code for row in rows for code in row.treatments}),
        "mechanism": sorted({row.mechanism for row in rows if row.mechanism}),
    }


def arrests_told() -> dict[tuple[str, str], int]:
    return {(term.name, term.value): term.arrests for term in ToldTerm.objects.all()}


@pytest.fixture
def somebody():
    """With an occupation and treatment of their own, beside somebody else of the same region."""
    person = make_prisoner("Told Of")
    person.occupations.add(Occupation.objects.get(code="lawyer"))
    arrest = make_arrest(person, region="BY-HM")
    Treatment.objects.create(arrest=arrest, kind_id="solitary")
    make_arrest(region="BY-HM")
    settle()
    return person


def test_each_term_is_told_with_the_number_of_its_arrests(somebody) -> None:
    assert arrests_told() == {("region", "BY-HM"): 2, ("occupation", "lawyer"): 1, ("treatment", "solitary"): 1}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.WITHDRAWN},
        {"visibility": Visibility.COUNTED},
        {"visibility": Visibility.INTERNAL},
    ],
    ids=["withdrawn", "counted", "internal"],
)
def test_term_of_whoever_is_in_no_list_any_more_is_told_no_more_and_comes_back_with_them(somebody, fields) -> None:
    before = {name: getattr(somebody, name) for name in fields}
    for change, expected in ((fields, {("region", "BY-HM"): 1}), (before, None)):
        with as_operator():
            for name, value in change.items():
                setattr(somebody, name, value)
            somebody.save()
        settle()
        if expected is not None:
            assert arrests_told() == expected
    assert (
        told()
        == in_ledger()
        == {"region": [("BY", "BY-HM")], "occupation": ["lawyer"], "treatment": ["solitary"], "mechanism": []}
    )


@property_based
@given(population=worlds.populations, edits=st.lists(histories.edits, min_size=1, max_size=6))
def test_what_is_told_is_what_the_ledger_holds_after_any_history(population, edits) -> None:
    with transaction.atomic():
        for number, person in enumerate(worlds.settle_population(population)):
            person.occupations.set(Occupation.objects.order_by("code")[number : number + 2])
        settle()
        assert told() == in_ledger()
        for edit in edits:
            histories.apply(edit)
            assert told() == in_ledger()
        transaction.set_rollback(True)


def test_rows_written_and_deleted_past_the_settlement_are_followed_too(somebody) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counts_ledgerrow SET region = 'BY-BR', occupations = '{}' WHERE prisoner_id = %s", [somebody.pk])
        assert told() == in_ledger()
        assert arrests_told() == {("region", "BY-HM"): 1, ("region", "BY-BR"): 1, ("treatment", "solitary"): 1}
        cursor.execute("DELETE FROM counts_ledgerrow")
    assert arrests_told() == {}


def test_verify_ledger_names_a_term_that_is_wrong_and_repairs_it(somebody, capsys) -> None:
    ToldTerm.objects.filter(name="occupation").delete()
    ToldTerm.objects.create(name="region", country="BY", value="", arrests=3)
    with pytest.raises(CommandError, match="differs from the ledger in 2 terms"):
        call_command("verify_ledger")
    assert capsys.readouterr().out == (
        "occupation lawyer\n  offered: nothing\n  ledger:  1\nregion BY unknown\n  offered: 3\n  ledger:  nothing\n"
    )
    call_command("verify_ledger", repair=True)
    assert capsys.readouterr().out.endswith("The ledger has been repaired.\n")
    assert arrests_told() == {("region", "BY-HM"): 2, ("occupation", "lawyer"): 1, ("treatment", "solitary"): 1}
    call_command("verify_ledger")
    assert capsys.readouterr().out == "The ledger equals the records.\n"
