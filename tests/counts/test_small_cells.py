"""An attack on people who are only counted, by everybody's means: all answers that can be had, the named subtracted."""

from itertools import product

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.listing import Listing
from counts.models import LedgerRow
from prisoners.models import Case, Charge, Context, Statute, Treatment, Visibility
from tests.counts.test_agreement import TODAY, bounds_of
from tests.factories import make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
property_based = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FIVES = [name for name, dimension in DIMENSIONS.items() if dimension.counts_fives]
OTHERS = [name for name, dimension in DIMENSIONS.items() if not (dimension.counts_fives or dimension.is_told_by_totals)]
QUESTIONS = [
    *(f"measure=held&on={day}" for day in ("2020-12-31", "2021-01-01", "2022-01-15")),
    *(f"measure={measure}&from=2020-01-01&to=2021-12-31" for measure in ("arrests", "releases")),
    "measure=ever&on=2022-01-15",
]
BASES = ["recognised=any", "recognised=then", "recognised=ever"]

facts = st.fixed_dictionaries(
    {
        "gender": st.sampled_from(["female", "male"]),
        "region": st.sampled_from(["BY-HM", "BY-HM", "BY-BR", ""]),
        "began": st.sampled_from(["2020-03-04", "2021-05-06"]),
        "ended": st.sampled_from([None, None, None, "2021-07-08"]),
        "occupations": st.lists(st.sampled_from(["lawyer", "engineer"]), unique=True, max_size=2),
        "is_charged": st.booleans(),
        "is_treated": st.booleans(),
        "context": st.sampled_from([None, "protests"]),
        "case": st.sampled_from([None, "trial"]),
        "is_recognised": st.booleans(),
        "is_arrested_again": st.sampled_from([False] * 9 + [True]),
    }
)
# Many of one kind, or fives would seldom be full and the attack would find nothing to attack.
crowds = st.lists(st.tuples(facts, st.integers(1, 9)), min_size=1, max_size=4).map(
    lambda kinds: [facts for facts, number in kinds for _ in range(number)]
)


def make_terms():
    return {
        "statute": Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="x"),
        "protests": Context.objects.create(slug="protests", title="Protests"),
        "trial": Case.objects.create(slug="trial", title="Trial"),
        None: None,
    }


def make_one(facts, terms, visibility=Visibility.COUNTED):
    person = make_prisoner(gender=facts["gender"], visibility=visibility, published_on="2022-06-01")
    person.occupations.set(facts["occupations"])
    arrest = make_arrest(
        person,
        began=facts["began"],
        ended=facts["ended"],
        region=facts["region"],
        context=terms[facts["context"]],
        case=terms[facts["case"]],
    )
    if facts["is_charged"]:
        Charge.objects.create(arrest=arrest, statute=terms["statute"])
    if facts["is_treated"]:
        Treatment.objects.create(arrest=arrest, kind_id="solitary")
    if facts["is_recognised"]:
        recognise(arrest, made_on="2021-06-01")
    if facts["is_arrested_again"]:
        make_arrest(person, began="2018-01-01", ended="2018-02-01", region=facts["region"])
    return person


def make_crowd(crowd):
    """Those who are only counted, and one named person of each kind, so that every value can be asked for."""
    terms = make_terms()
    everything = {"began": "2020-01-01", "ended": None, "is_charged": True, "is_treated": True, "context": "protests"}
    everything |= {"case": "trial", "is_recognised": True, "is_arrested_again": False, "occupations": ["lawyer", "engineer"]}
    for gender, region in (("female", "BY-HM"), ("male", "BY-BR")):
        make_one({**everything, "gender": gender, "region": region}, terms, Visibility.NAMED)
    people = [make_one(facts, terms) for facts in crowd]
    settle()
    return people


def asked(query):
    return answer(QueryDict(query), today=TODAY, now=timezone.now())


def values_of(by):
    return [group.slug for group in asked(f"measure=ever&recognised=any&by={by}").groups]


def cells_by_breakdown(basis, unit):
    """How many who are only counted stand under each value in each answer: the number less the list that it links to."""
    for question, by in product(QUESTIONS, [*FIVES, *OTHERS]):
        query = f"{question}&{basis}&unit={unit}&by={by}"
        for group in asked(query).groups:
            yield f"{query}: {group.slug}", by, bounds_of(group.only_counted)


def cells_by_filter(basis):
    for by in (*FIVES, "country"):
        for question, value in product(QUESTIONS, values_of(by) if by != "country" else ["BY"]):
            query = f"{question}&{basis}&{by}={value}"
            found = asked(query)
            linked = Listing(QueryDict(found.list_query()), today=TODAY).total
            least, most = bounds_of(found.total)
            yield query, by, (least - linked.at_least, most - linked.at_most)


def cells_of_two():
    """Two dimensions at once, or what may tell somebody: nobody who is only counted is in these."""
    for question in QUESTIONS:
        for narrowing in (
            "gender=male&region=BY-HM",
            "gender=male&by=region",
            "age_min=18",
            "status=held",
            "by=gender&region=BY-HM",
        ):
            found = asked(f"{question}&recognised=any&{narrowing}")
            yield f"{question}&{narrowing}", "", bounds_of(found.only_counted)
        found = asked(f"{question}&recognised=monitor")
        yield f"{question}&recognised=monitor", "", bounds_of(found.only_counted)


@property_based
@given(crowds, st.sampled_from(BASES), st.sampled_from(["people", "arrests"]))
def test_no_cell_and_no_difference_of_cells_is_of_one_to_four_people(crowd, basis, unit):
    with transaction.atomic():
        make_crowd(crowd)
        found = [*cells_by_breakdown(basis, unit), *cells_by_filter(basis), *cells_of_two()]
        assert [cell for cell in found if any(number < 0 or number % 5 for number in cell[2])] == []
        assert [cell for cell in found if cell[1] not in FIVES and any(cell[2])] == []
        transaction.set_rollback(True)


def exchange_within_a_five(crowd, data, answers):
    """The answers by a dimension, before and after two people of one five exchange their values; their days stay as they are."""
    by = data.draw(st.sampled_from(FIVES))
    with transaction.atomic():
        make_crowd(crowd)
        single = list(LedgerRow.objects.current().only_counted().filter(siblings=1).order_by("arrest_id"))
        whole = [single[start : start + 5] for start in range(0, len(single) - len(single) % 5, 5)]
        before = after = answers(by)
        if whole:
            one, other = data.draw(st.sampled_from(whole)), data.draw(st.tuples(st.integers(0, 4), st.integers(0, 4)))
            exchange(one[other[0]], one[other[1]], COLUMNS[by])
            after = answers(by)
        transaction.set_rollback(True)
    return before, after


@property_based
@given(crowds, st.data())
def test_who_of_five_has_which_value_changes_no_answer(crowd, data):
    before, after = exchange_within_a_five(crowd, data, lambda by: list(answers_by(by)))
    assert before == after


COLUMNS = {
    "gender": "gender",
    "region": "region",
    "occupation": "occupations",
    "article": "articles",
    "treatment": "treatments",
    "context": "context_id",
    "case": "case_id",
}


def exchange(one, other, column):
    first, second = getattr(one, column), getattr(other, column)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE counts_ledgerrow SET {column} = %s WHERE id = %s", [second, one.pk])
        cursor.execute(f"UPDATE counts_ledgerrow SET {column} = %s WHERE id = %s", [first, other.pk])


def answers_by(by):
    for question, basis in product(QUESTIONS, BASES):
        found = asked(f"{question}&{basis}&by={by}")
        yield [(group.slug, group.figures) for group in found.groups], found.total, found.not_broken_down


@property_based
@given(crowds)
def test_groups_and_those_not_broken_down_are_the_total(crowd):
    with transaction.atomic():
        make_crowd(crowd)
        for question, by in product(QUESTIONS, ("gender", "context", "case", "region", "mechanism")):
            found = asked(f"{question}&recognised=any&unit=arrests&by={by}")
            together = sum((group.figures for group in found.groups), start=found.not_broken_down)
            assert (question, by, bounds_of(together)) == (question, by, bounds_of(found.total))
        transaction.set_rollback(True)


def test_everybody_who_is_only_counted_is_in_the_total():
    make_crowd([FACTS] * 3)
    found = asked("measure=held&on=2022-01-15&recognised=any")
    assert (bounds_of(found.total), bounds_of(found.only_counted)) == ((5, 5), (3, 3))


FACTS = {"gender": "male", "region": "BY-HM", "began": "2020-03-04", "ended": None, "occupations": [], "is_charged": False}
FACTS |= {"is_treated": False, "context": None, "case": None, "is_recognised": False, "is_arrested_again": False}


@pytest.mark.parametrize(("number", "in_breakdown"), [(4, 0), (5, 5), (7, 5)])
def test_five_of_one_region_are_in_its_cell_and_four_are_not(number, in_breakdown):
    make_crowd([FACTS] * number)
    found = asked("measure=held&on=2022-01-15&recognised=any&by=region")
    minsk = next(group for group in found.groups if group.slug == "BY-HM")
    assert (minsk.only_counted.at_least, found.not_broken_down.at_least) == (in_breakdown, number - in_breakdown)
    filtered = asked("measure=held&on=2022-01-15&recognised=any&region=BY-HM")
    assert (filtered.total.at_least, filtered.only_counted.at_least) == (1 + in_breakdown, in_breakdown)


def test_period_of_a_breakdown_counts_whom_a_total_counts():
    make_crowd([FACTS] * 2)
    found = asked("measure=arrests&from=2019-01-01&to=2022-01-15&recognised=any&by=year")
    assert [(group.slug, group.figures.at_least, group.only_counted.at_least) for group in found.groups] == [("2020", 4, 2)]


def test_record_that_stands_with_nobody_public_is_no_value_of_a_breakdown():
    hidden = Context.objects.create(slug="hidden", title="Hidden context")
    for _ in range(5):
        make_arrest(make_prisoner(visibility="counted"), context=hidden)
    make_arrest()
    settle()
    found = asked("measure=held&on=2022-01-15&recognised=any&by=context")
    assert [(group.slug, group.figures.at_least) for group in found.groups] == [("unknown", 1)]
    assert bounds_of(found.not_broken_down) == (5, 5)
