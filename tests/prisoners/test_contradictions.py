"""Rules that span tables: refused when certainly wrong, whichever of the two records is written last, in any way of writing."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prisoners.models import Arrest, Consent, Facility, Judgment, Recognition, Stay, Treatment
from prisoners.rules import RULES, broken
from tests.contradictions import Case, name_of, raw_update, refusal
from tests.counts.worlds import uncertain_dates
from tests.factories import make_arrest, make_organisation, make_prisoner

pytestmark = pytest.mark.django_db
CUSTODY = {"began": "2020-08-09", "ended": "2021-05-01"}


def span(model):
    return Case(
        model,
        CUSTODY,
        refused=[
            {"began": "2020-08-08"},
            {"began": "2020-07", "ended": "2020-08"},
            {"ended": "2020-08-08"},
            {"began": "2021-05-02"},
            {"ended": "2021-05-02/.."},
        ],
        accepted=[
            {"began": "2020-08-09", "ended": "2021-05-01"},
            {"began": "2020-08", "ended": "2021-05"},
            {"began": "2021-05-01"},
            {"began": "../2021", "ended": "2020/.."},
            {},
        ],
        turned={"began": "2020-08-10"},
        kept={"began": "2020-08"},
    )


CASES = {
    "judgment_after_arrest": Case(
        Judgment,
        {"began": "2020-08-09", "ended": "2020-09-01"},
        refused=[{"decided_on": "2020-08-08"}, {"decided_on": "2020-07"}, {"decided_on": "../2020-01-01"}],
        accepted=[
            {"decided_on": "2020-08-09"},
            {"decided_on": "2020-08"},
            {"decided_on": "2019/.."},
            {"decided_on": "2019", "is_in_absentia": True},
            {"decided_on": "2022"},
            {},
        ],
        turned={"began": "2020-08-10"},
        kept={"began": "2020-08"},
    ),
    "stay_within_arrest": span(Stay),
    "treatment_within_arrest": span(Treatment),
    "recognition_after_arrest": Case(
        Recognition,
        CUSTODY,
        refused=[{"made_on": "2020-08-08"}, {"made_on": "2019"}],
        accepted=[{"made_on": "2020-08-09"}, {"made_on": "2020"}, {"made_on": "2023"}, {}],
        turned={"began": "2020-08-10"},
        kept={"began": "2020"},
    ),
    "arrest_after_birth": Case(
        Arrest,
        {"born": "1990"},
        refused=[{"began": "1989"}, {"ended": "1989-12-31"}],
        accepted=[{"began": "1990"}, {"began": "../2000"}, {}],
        turned={"born": "1991-01-01"},
        kept={"born": "1990-12-31"},
    ),
    "arrest_before_death": Case(
        Arrest,
        {"died": "2020-08-09"},
        refused=[{"began": "2020-08-10"}, {"began": "2021"}],
        accepted=[{"began": "2020-08-09"}, {"began": "2020-08"}, {}],
        turned={"died": "2020-08-08"},
        kept={"died": "2020-08"},
    ),
    "arrest_ended_in_life": Case(
        Arrest,
        {"died": "2020-08-09"},
        refused=[{"began": "2020", "ended": "2020-08-10"}, {"ended": "2021/.."}],
        accepted=[{"ended": "2020-08-09"}, {"ended": "2020-08"}, {"ended": "../2023-01-01"}],
        turned={"died": "2020-08-08"},
        kept={"died": "2020-08"},
    ),
    "arrest_confirmed_in_life": Case(
        Arrest,
        {"died": "2020-08"},
        refused=[{"last_confirmed_on": date(2020, 9, 1)}],
        accepted=[{"last_confirmed_on": date(2020, 8, 31)}],
        turned={"died": "2020-08-30"},
        kept={"died": "2020"},
    ),
    "consent_after_birth": Case(
        Consent,
        {"born": "1990"},
        refused=[{"given_on": date(1989, 12, 31)}],
        accepted=[{"given_on": date(1990, 1, 1)}],
        turned={"born": "1990-01-02"},
        kept={"born": "1990"},
    ),
}
EACH_REFUSED = [(name, facts) for name, case in CASES.items() for facts in case.refused]
EACH_ACCEPTED = [(name, facts) for name, case in CASES.items() for facts in case.accepted]


def owner_of(case):
    return make_prisoner(**case.owner) if case.model in (Arrest, Consent) else make_arrest(**case.owner)


def record_of(case, owner, facts):
    needs = {
        Judgment: lambda: {"arrest": owner},
        Stay: lambda: {"arrest": owner, "facility": Facility.objects.create(slug="f", name="F", country="BY")},
        Treatment: lambda: {"arrest": owner, "kind_id": "solitary"},
        Recognition: lambda: {"arrest": owner, "organisation": make_organisation()},
        Arrest: lambda: {"prisoner": owner, "country": "BY"},
        Consent: lambda: {"prisoner": owner, "scope": "photo", "given_by": "self"},
    }[case.model]()
    return case.model(**needs, **facts)


def put(record):
    return lambda: type(record).objects.bulk_create([record])


def test_every_rule_has_its_case():
    assert sorted(CASES) == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize(("name", "facts"), EACH_REFUSED)
def test_record_that_is_certainly_wrong_is_refused_as_new_and_as_changed(name, facts):
    case = CASES[name]
    record = record_of(case, owner_of(case), facts)
    assert name_of(refusal(put(record))) == name
    fine = record_of_first(case, record)
    assert refusal(put(fine)) is None
    assert name_of(refusal(lambda: raw_update(fine, {**dict.fromkeys(case.accepted[0]), **facts}))) == name


def record_of_first(case, record):
    """The same record with facts that are let through."""
    facts = {**dict.fromkeys(name for each in case.refused for name in each), **case.accepted[0]}
    return type(record)(**{field.attname: getattr(record, field.attname) for field in _plain(record)} | facts | {"pk": None})


def _plain(record):
    return [field for field in record._meta.concrete_fields if not field.generated]


@pytest.mark.parametrize(("name", "facts"), EACH_ACCEPTED)
def test_record_that_may_be_right_is_let_through(name, facts):
    case = CASES[name]
    assert refusal(put(record_of(case, owner_of(case), facts))) is None


@pytest.mark.parametrize("name", CASES)
def test_owner_changed_against_its_record_is_refused_and_the_record_named(name):
    case = CASES[name]
    owner = owner_of(case)
    record = record_of(case, owner, case.accepted[0])
    record.save()
    change = type(owner).objects.filter(pk=owner.pk).update
    assert refusal(lambda: change(**case.kept)) is None
    found = refusal(lambda: change(**case.turned))
    assert name_of(found) == name
    assert f"{case.model._meta.model_name} {record.pk} " in found[1]
    assert name_of(refusal(lambda: raw_update(owner, case.turned))) == name


@pytest.mark.parametrize("name", CASES)
def test_one_transaction_may_write_both_in_any_order(name):
    case = CASES[name]
    owner = owner_of(case)
    if case.model is Arrest:
        make_arrest(owner, began=None)  # somebody published can't lose the only one
    record = record_of(case, owner, case.accepted[0])
    record.save()
    change = type(owner).objects.filter(pk=owner.pk).update
    assert refusal(lambda: change(**case.turned), record.delete) is None


def test_record_written_before_what_it_belongs_to_is_held_against_it_all_the_same():
    arrest = Arrest(pk=10**9, prisoner=make_prisoner(), country="BY", began="2021")
    early = Judgment(arrest_id=arrest.pk, decided_on="2020")
    assert name_of(refusal(put(early), put(arrest))) == "judgment_after_arrest"
    assert refusal(put(Judgment(arrest_id=arrest.pk, decided_on="2021")), put(arrest)) is None


def test_arrest_moved_to_somebody_who_was_dead_is_refused():
    arrest = make_arrest()
    dead = make_prisoner(died="2019")
    move = Arrest.objects.filter(pk=arrest.pk).update
    assert name_of(refusal(lambda: move(prisoner=dead))) == "arrest_before_death"


def test_record_that_broke_a_rule_before_may_change_in_what_the_rule_does_not_read():
    judgment = broken_judgment()
    change = Judgment.objects.filter(pk=judgment.pk).update
    assert refusal(lambda: change(court="Another court")) is None
    assert name_of(refusal(lambda: change(decided_on="2018"))) == "judgment_after_arrest"
    assert refusal(lambda: change(decided_on="2021")) is None


def broken_judgment():
    """One that is there from before the rule."""
    judgment = Judgment(arrest=make_arrest(), decided_on="2019")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prisoners_judgment DISABLE TRIGGER checked_insert")
        judgment.save()
        connection.check_constraints()
        cursor.execute("ALTER TABLE prisoners_judgment ENABLE TRIGGER checked_insert")
    return judgment


dates = st.none() | uncertain_dates()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=st.tuples(dates, dates), custody=st.tuples(dates, dates), part=st.tuples(dates, dates), is_absent=st.booleans())
def test_rules_of_forms_are_those_of_the_database(life, custody, part, is_absent):
    with transaction.atomic():
        try:
            records = write_life(life, custody, part, is_absent)
        except IntegrityError:  # a rule of one table
            transaction.set_rollback(True)
            return
        in_forms = {
            (rule.name, type(record)._meta.model_name, record.pk) for record in records for rule, _ in broken(RULES, record)
        }
        with connection.cursor() as cursor:
            cursor.execute("SELECT rule, record, record_id FROM prisoners_contradictions")
            assert set(cursor.fetchall()) == in_forms
        transaction.set_rollback(True)


def write_life(life, custody, part, is_absent):
    person = make_prisoner(born=life[0], died=life[1])
    arrest = make_arrest(person, began=custody[0], ended=custody[1])
    facility = Facility.objects.create(slug="f", name="F", country="BY")
    made = [
        arrest,
        Judgment.objects.create(arrest=arrest, decided_on=part[0], is_in_absentia=is_absent),
        Recognition.objects.create(arrest=arrest, organisation=make_organisation(), made_on=part[0]),
        Stay.objects.create(arrest=arrest, facility=facility, began=part[0], ended=part[1]),
        Treatment.objects.create(arrest=arrest, kind_id="solitary", began=part[0], ended=part[1]),
        Consent.objects.create(prisoner=person, scope="name", given_by="self", given_on=date(2021, 1, 1)),
    ]
    return [type(record).objects.get(pk=record.pk) for record in made]


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_can_not_contradict_each_other():
    arrest = make_arrest()
    begun, refused = threading.Event(), []

    def move_the_arrest():
        try:
            begun.wait(timeout=20)
            Arrest.objects.filter(pk=arrest.pk).update(began="2021")
        except IntegrityError as error:
            refused.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    other = threading.Thread(target=move_the_arrest)
    other.start()
    with transaction.atomic():
        Judgment.objects.create(arrest=arrest, decided_on="2020-09-01")
        begun.set()
        other.join(timeout=0.5)  # it waits for this transaction
        assert other.is_alive()
    other.join(timeout=20)
    assert refused == ["judgment_after_arrest"]
    assert str(Arrest.objects.get().began) == "2020-08-09"
