"""What the database itself refuses: one case for each named constraint, each way."""

import datetime

import pytest
from django.db import connection

from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    Consent,
    Facility,
    Judgment,
    Name,
    Photo,
    Prisoner,
    Recognition,
    Review,
    Source,
    Statute,
    Stay,
    Summary,
    Treatment,
    TreatmentKind,
)
from tests.constraints import Case, constraint_that_refuses, insert, named_constraints
from tests.factories import as_operator, make_arrest, make_organisation, make_prisoner, make_source

pytestmark = pytest.mark.django_db
NAMES = sorted(named_constraints("prisoners"))


def fine(model):
    """A row of the model that no constraint minds."""
    return {
        Arrest: lambda: {"prisoner": make_prisoner(), "country": "BY"},
        Charge: lambda: {"arrest": make_arrest(), "statute": make_statute()},
        Citation: lambda: {"source": make_source()},
        Consent: lambda: {"prisoner": make_prisoner(), "scope": "photo", "given_by": "self", "given_on": "2021-01-01"},
        Facility: lambda: {"slug": "colony", "name": "Colony", "country": "BY"},
        Judgment: lambda: {"arrest": make_arrest()},
        Name: lambda: {"prisoner": make_prisoner("Another form"), "text": "A name"},
        Photo: fine_photo,
        Prisoner: lambda: {"code": "BY-000001", "country": "BY"},
        Recognition: lambda: {"arrest": make_arrest(), "organisation": make_organisation()},
        Review: unguarded_review,
        Source: lambda: {"title": "A source"},
        Statute: lambda: {"slug": "by-cc-1", "country": "BY", "law": "CC", "article": "1", "title": "Of something"},
        Stay: lambda: {"arrest": make_arrest(began=None), "facility": Facility.objects.create(slug="f", name="F", country="BY")},
        Summary: lambda: {"prisoner": make_prisoner(), "text": "A summary."},
        Treatment: lambda: {"arrest": make_arrest(began=None), "kind": TreatmentKind.objects.get(code="solitary")},
    }[model]()


def unguarded_review():
    """The guard of reviews refuses earlier, and by other names, what the constraints refuse of the database's own writes."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prisoners_review DISABLE TRIGGER review_guard")
    return {"prisoner": make_prisoner(), "author": "anna", "kind": "widening"}


def fine_photo():
    digests = {"file": "a" * 32, "sha256": "b" * 64, "small_sha256": "c" * 64}
    sizes = {"width": 4, "height": 3, "small_width": 4, "small_height": 3}
    return {"prisoner": make_prisoner(), "licence_id": "cc_by_4_0", "alternative_text": "A drawing", **digests, **sizes}


def make_statute():
    return Statute.objects.create(slug="by-cc-2", country="BY", law="CC", article="2", title="Of something else")


def in_order(model, first, second):
    """The second date comes before the first; the same day, and an overlap of uncertain days, are let through."""
    return Case(
        model,
        refused=[{first: "2020-08-09", second: "2020-08-08"}],
        accepted=[
            {first: "2020-08-09", second: "2020-08-09"},
            {first: "2020-08-09", second: "2020-08"},
            {first: "2020-08-09", second: None},
            {first: None, second: "2020-08-08"},
        ],
    )


def one_of(model, field, *, such_as, **rest):
    return Case(model, refused=[{field: "nonsense", **rest}], accepted=[{field: such_as, **rest}])


def shape(model, field, *, wrong, right):
    return Case(model, refused=[{field: wrong}], accepted=[{field: right}])


DECIDED = {"decided_by": "bahdan", "decided_at": datetime.datetime(2024, 1, 15, tzinfo=datetime.UTC)}
CASES = {
    "arrest_no_overlap": Case(
        Arrest,
        refused=[{"began": "2020-08-09", "ended": "2020-09-02"}, {"began": "2020-09-01"}],
        accepted=[{"began": "2020-08-09", "ended": "2020-09-01"}, {"began": "2020-09-01"}],
    ),
    # One person's arrests of `in_order` would overlap each other, so the near miss is one row.
    "arrest_ended_after_began": Case(
        Arrest,
        refused=[{"began": "2020-08-09", "ended": "2020-08-08"}],
        accepted=[{"began": "2020-08-09", "ended": "2020-08"}],
    ),
    "arrest_confirmed_after_began": Case(
        Arrest,
        refused=[{"began": "2020-08", "last_confirmed_on": "2020-07-31"}],
        accepted=[{"began": "2020-08", "last_confirmed_on": "2020-08-01"}],
    ),
    "arrest_confirmed_before_end": Case(
        Arrest,
        refused=[{"ended": "2020-08", "last_confirmed_on": "2020-09-01"}],
        accepted=[{"ended": "2020-08", "last_confirmed_on": "2020-08-31"}],
    ),
    "arrest_country_shape": shape(Arrest, "country", wrong="B", right="BY"),
    "arrest_region_shape": shape(Arrest, "region", wrong="BY-HM/", right="BY-HM"),
    "arrest_region_in_country": shape(Arrest, "region", wrong="LT-VL", right="BY-HM"),
    "arrest_whereabouts_known": one_of(Arrest, "whereabouts", such_as="denied"),
    "charge_once": Case(Charge, refused=[{}, {}], accepted=[{}]),
    "charge_requalified_as_another": Case(
        Charge,
        refused=[{"statute_id": 1, "requalified_as_id": 1, "status": "requalified"}],
        accepted=[{"requalified_as": None, "status": "requalified"}],
    ),
    "charge_requalified_as_needs_status": Case(
        Charge,
        refused=[{"requalified_as_id": 1, "status": "pending"}],
        accepted=[{"requalified_as_id": None, "status": "pending"}],
    ),
    "charge_status_known": one_of(Charge, "status", such_as="dropped"),
    "citation_one_record": Case(Citation, refused=[{}], accepted=[]),
    "consent_once_at_a_time": Case(
        Consent,
        refused=[{}, {}],
        accepted=[{"withdrawn_on": "2021-02-01"}, {}, {"scope": "health"}, {"given_by": "family"}],
    ),
    "consent_scope_known": one_of(Consent, "scope", such_as="name"),
    "consent_speaker_known": one_of(Consent, "given_by", such_as="lawyer"),
    "consent_withdrawn_after_given": shape(Consent, "withdrawn_on", wrong="2020-12-31", right="2021-01-01"),
    "facility_kind_known": one_of(Facility, "kind", such_as="colony"),
    "facility_region_in_country": shape(Facility, "region", wrong="LT-VL", right="BY-HM"),
    "facility_region_shape": shape(Facility, "region", wrong="BY-HM/", right="BY-HM"),
    "facility_position_whole": Case(
        Facility,
        refused=[{"latitude": "53.9", "longitude": "180.1"}],
        accepted=[
            {"slug": "one", "latitude": "53.9", "longitude": "27.6"},
            {"slug": "two", "latitude": "-90", "longitude": "180"},
            {"slug": "three"},
        ],
    ),
    "judgment_length_positive": shape(Judgment, "sentence_months", wrong=0, right=1),
    "judgment_outcome_known": one_of(Judgment, "outcome", such_as="upheld"),
    "judgment_stage_known": one_of(Judgment, "stage", such_as="appeal"),
    "judgment_without_sentence": Case(
        Judgment,
        refused=[{"outcome": "acquitted", "sentence_months": 12}],
        accepted=[{"outcome": "acquitted"}, {"outcome": "upheld", "sentence_months": 12}],
    ),
    "judgment_ends_after_decision": in_order(Judgment, "decided_on", "ends"),
    "judgment_sentence_known": one_of(Judgment, "sentence_kind", such_as="life"),
    "name_kind_known": one_of(Name, "kind", such_as="alias"),
    "name_language_shape": shape(Name, "language", wrong="russian", right="ru"),
    "name_not_empty": shape(Name, "text", wrong="", right="."),
    "name_once": Case(Name, refused=[{"text": "One"}, {"text": "One"}], accepted=[{"text": "One"}, {"text": "one"}]),
    "name_one_heading": Case(
        Name,  # the factory's person has a heading already
        refused=[{"is_heading": True}],
        accepted=[{"is_heading": False}],
    ),
    "name_one_primary_per_language": Case(
        Name,
        refused=[{"text": t, "language": "be", "is_primary": True} for t in ("One", "Two")],
        accepted=[
            {"text": "One", "language": "be", "is_primary": True},
            {"text": "Two", "language": "be"},
            {"text": "Three", "language": "ru", "is_primary": True},
        ],
    ),
    "name_script_shape": shape(Name, "script", wrong="latn", right="Latn"),
    "photo_consent_given_before_withdrawn": Case(
        Photo,
        refused=[{"consent_on": "2024-01-02", "consent_withdrawn_on": "2024-01-01"}],
        accepted=[{"consent_on": "2024-01-01", "consent_withdrawn_on": "2024-01-01"}],
    ),
    "photo_file_shape": shape(Photo, "file", wrong="../" + "a" * 29, right="0" * 32),
    "photo_has_alternative_text": shape(Photo, "alternative_text", wrong="", right="."),
    "photo_has_size": shape(Photo, "small_height", wrong=0, right=1),
    "photo_one_primary": Case(
        Photo,
        refused=[{"file": "1" * 32, "is_primary": True}, {"file": "2" * 32, "is_primary": True}],
        accepted=[{"file": "1" * 32, "is_primary": True}, {"file": "2" * 32}, {"file": "3" * 32}],
    ),
    "photo_public_with_consent": Case(
        Photo, refused=[{"is_public": True}], accepted=[{"is_public": True, "consent_on": "2024-01-01"}]
    ),
    "photo_sha256_shape": shape(Photo, "sha256", wrong="A" * 64, right="0" * 64),
    "photo_small_sha256_shape": shape(Photo, "small_sha256", wrong="a" * 63, right="0" * 64),
    "prisoner_code_country": shape(Prisoner, "code", wrong="LT-000001", right="BY-000002"),
    "prisoner_code_shape": shape(Prisoner, "code", wrong="BY-00000I", right="BY-00000J"),
    "prisoner_country_shape": Case(
        Prisoner,
        refused=[{"country": "B"}],
        accepted=[{"country": "BY"}],
    ),
    "prisoner_died_after_birth": Case(
        Prisoner,
        refused=[{"born": "1990", "died": "1989"}],
        accepted=[
            {"code": "BY-000002", "born": "1990", "died": "1990"},
            {"code": "BY-000003", "died": "1989"},
            {"code": "BY-000004", "born": "1990"},
        ],
    ),
    "prisoner_gender_known": one_of(Prisoner, "gender", such_as="female"),
    "prisoner_home_region_shape": shape(Prisoner, "home_region", wrong="Minsk", right="BY-HM"),
    "prisoner_state_known": one_of(Prisoner, "state", such_as="withdrawn"),
    "prisoner_visibility_known": one_of(Prisoner, "visibility", such_as="counted"),
    "recognition_once_at_a_time": Case(
        Recognition,
        refused=[{"made_on": "2020"}, {"made_on": "2021"}],
        accepted=[{"made_on": "2020", "withdrawn_on": "2020-12"}, {"made_on": "2021"}],
    ),
    "recognition_reason_needs_withdrawal": Case(
        Recognition,
        refused=[{"withdrawn_because": "A mistake."}],
        accepted=[{"withdrawn_because": "A mistake.", "withdrawn_on": "../2022-01-01"}],
    ),
    "recognition_withdrawn_after_made": Case(
        Recognition,
        refused=[{"made_on": "2020-08-09", "withdrawn_on": "2020-08-08"}],
        accepted=[{"made_on": "2020-08-09", "withdrawn_on": "2020-08-09"}, {"made_on": None, "withdrawn_on": "2020-08-08"}],
    ),
    "review_decision_known": one_of(Review, "decision", such_as="declined", **DECIDED),
    "review_decision_whole": Case(Review, refused=[{"decision": "declined"}], accepted=[{"decision": "declined", **DECIDED}]),
    "review_kind_known": one_of(Review, "kind", such_as="change"),
    "review_needs_second_person": Case(
        Review,
        refused=[{"decision": "approved", **DECIDED, "decided_by": "anna"}],
        accepted=[
            {"decision": "approved", **DECIDED},
            {"decision": "approved", **DECIDED, "decided_by": "anna", "by_operator": True},
            {"decision": "declined", **DECIDED, "decided_by": "anna"},
        ],
    ),
    "review_open_once": Case(
        Review,
        refused=[{}, {}],
        accepted=[{}, {"author": "bahdan"}, {"kind": "change"}, {"decision": "declined", **DECIDED}],
    ),
    "review_proposal_widens": Case(
        Review,
        refused=[{"kind": "change", "to_visibility": "named"}],
        accepted=[{"kind": "change"}, {"to_visibility": "named"}],
    ),
    "review_visibility_known": one_of(Review, "to_visibility", such_as="named"),
    "source_can_be_found": shape(Source, "title", wrong="", right="Found"),
    "source_confidentiality_known": one_of(Source, "confidentiality", such_as="public"),
    "source_kind_known": one_of(Source, "kind", such_as="court"),
    "source_reliability_range": Case(
        Source,
        refused=[{"reliability": 6}],
        accepted=[{"reliability": 5}, {"reliability": 1}, {"reliability": None}],
    ),
    "source_url_once": Case(
        Source,
        refused=[{"url": "https://a.example/1"}, {"url": "https://a.example/1"}],
        accepted=[{"url": "https://a.example/1"}, {"url": "https://a.example/2"}, {"url": ""}, {"url": ""}],
    ),
    "statute_country_shape": shape(Statute, "country", wrong="by", right="BY"),
    "statute_once": Case(
        Statute,
        refused=[{"slug": "one"}, {"slug": "two"}],
        accepted=[{"slug": "one"}, {"slug": "two", "part": "1"}],
    ),
    "stay_ended_after_began": in_order(Stay, "began", "ended"),
    "summary_language_shape": shape(Summary, "language", wrong="russian", right="ru"),
    "summary_not_empty": shape(Summary, "text", wrong="", right="."),
    "summary_once": Case(Summary, refused=[{}, {}], accepted=[{}, {"language": "be"}]),
    "treatment_severity_known": one_of(Treatment, "severity", such_as="serious"),
    "treatment_ended_after_began": in_order(Treatment, "began", "ended"),
}


@pytest.mark.parametrize("name", NAMES)
def test_constraint_refuses_what_breaks_it(name):
    with as_operator():
        assert constraint_that_refuses(CASES[name], fine) == name


@pytest.mark.parametrize("name", NAMES)
def test_constraint_lets_the_nearest_rows_through(name):
    case = CASES[name]
    with as_operator():
        assert insert(case.model, fine(case.model), case.accepted) == len(case.accepted)


@pytest.mark.parametrize("other", ["arrest", "judgment", "prisoner"])
def test_citation_needs_exactly_one_record(other):
    arrest = make_arrest()
    records = {"arrest": arrest, "judgment": Judgment.objects.create(arrest=arrest), "prisoner": arrest.prisoner}
    assert insert(Citation, fine(Citation), [{other: records[other]}]) == 1
    two = Case(Citation, refused=[{"recognition": insert_recognition(arrest), other: records[other]}], accepted=[])
    assert constraint_that_refuses(two, fine) == "citation_one_record"


def insert_recognition(arrest):
    return Recognition.objects.create(arrest=arrest, organisation=make_organisation())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"began": "2020-08-09", "ended": "2020-09"}, {"began": "2020-09-15"}),  # perhaps until 30 September
        ({"began": "2020-08-09", "ended": "../2021-01-01"}, {"began": "2020-09-15", "ended": "2020-10-01"}),
        ({"began": None, "ended": "2020-09-01"}, {"began": "2020-08-09", "ended": "2020-08-20"}),
        ({"began": "2020-08-09", "ended": "2020-08-09"}, {"began": "2020-08-09", "ended": "2020-08-10"}),  # no day at all
    ],
)
def test_arrests_that_only_may_overlap_are_let_through(first, second):
    assert insert(Arrest, fine(Arrest), [first, second]) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"began": "2020-08-09"}, {"began": "2024-01-01"}),  # still held
        ({"began": "2020-08", "ended": "2020-10"}, {"began": "2020-09-30", "ended": "2020-10-05"}),  # 30 September in both
        ({"ended": "../2021-01-01", "last_confirmed_on": "2020-12-01"}, {"began": "2020-11-30", "ended": "2020-12-02"}),
    ],
)
def test_arrests_that_certainly_overlap_are_refused(first, second):
    assert constraint_that_refuses(Case(Arrest, [first, second], []), fine) == "arrest_no_overlap"


def test_arrests_of_two_people_may_overlap():
    rows = [{"prisoner": make_prisoner(), "began": "2020-08-09"}, {"prisoner": make_prisoner(), "began": "2020-08-09"}]
    assert insert(Arrest, fine(Arrest), rows) == 2
