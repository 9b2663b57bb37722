"""Rules that span records speak beside the field, on whichever page one of the two is changed, as both will be after saving."""

import pytest

from desk.admin.labels import page_of
from prisoners.models import Arrest, Facility, Judgment, Recognition
from releases.models import Pardon, PardonLine, Wave
from tests.desk.admin_forms import add_page, complaints, rows, save
from tests.factories import make_arrest, make_organisation, make_prisoner, recognise

JUDGMENT = {"stage": "first", "outcome": "convicted", "sentence_kind": "unknown"}
BEFORE = "The judgment was passed before the arrest, and not in absentia."


def facility():
    return Facility.objects.create(slug="colony-3", name="Colony 3", country="BY").pk


PARTS = [
    ("judgments", lambda: {**JUDGMENT, "decided_on": "2019"}, "decided_on", BEFORE),
    ("stays", lambda: {"facility": facility(), "began": "2019"}, "began", "The stay lies outside its arrest."),
    (
        "treatments",
        lambda: {"kind": "solitary", "severity": "unknown", "began": "2022", "ended": "2023"},
        "began",
        "The treatment lies outside its arrest.",
    ),
    (
        "recognitions",
        lambda: {"organisation": make_organisation().pk, "made_on": "2019"},
        "made_on",
        "The arrest was recognised before it happened.",
    ),
    (
        "void_releases",
        lambda: {"mechanism": "pardon", "happened_on": "2022", "because": "Taken back."},
        "happened_on",
        "The void release lies outside its arrest.",
    ),
]


@pytest.mark.parametrize(("prefix", "row", "field", "words"), PARTS, ids=[prefix for prefix, *_ in PARTS])
def test_row_outside_its_arrest_is_refused_at_its_date(desk, prefix, row, field, words):
    arrest = make_arrest(ended="2021")
    assert complaints(save(desk, page_of(arrest), rows(prefix, row()))) == {f"{prefix}-0-{field}": [words]}


def test_row_before_the_arrest_is_saved_together_with_an_earlier_arrest(desk):
    arrest = make_arrest(began="2020-08-09")
    sent = {"began": "2019", "reason": "A letter.", **rows("judgments", {**JUDGMENT, "decided_on": "2019-05-01"})}
    assert complaints(save(desk, page_of(arrest), sent)) == {}
    assert Judgment.objects.count() == 1


def test_judgment_in_absentia_may_come_before_the_arrest(desk):
    sent = rows("judgments", {**JUDGMENT, "decided_on": "2019", "is_in_absentia": "on"})
    assert complaints(save(desk, page_of(make_arrest()), sent)) == {}


def test_arrest_moved_past_what_is_on_its_page_is_refused_at_the_row(desk):
    arrest = make_arrest()
    recognise(arrest, made_on="2020-09-01")
    refused = complaints(save(desk, page_of(arrest), {"began": "2021", "reason": "A letter."}))
    assert refused == {"recognitions-0-made_on": ["The arrest was recognised before it happened."]}
    assert (
        complaints(save(desk, page_of(arrest), {"began": "2021", "recognitions-0-made_on": "2021", "reason": "A letter."})) == {}
    )


def test_part_on_a_page_of_its_own_is_held_against_its_arrest(desk):
    sent = {"arrest": make_arrest().pk, "organisation": make_organisation().pk, "made_on": "2019"}
    refused = complaints(save(desk, add_page(Recognition), sent))
    assert refused == {"made_on": ["The arrest was recognised before it happened."]}


def test_arrest_moved_on_the_page_of_the_person_names_what_stands_against_it(desk):
    arrest = make_arrest()
    Judgment.objects.create(arrest=arrest, decided_on="2020-09-01", sentence_kind="fine")
    refused = complaints(save(desk, page_of(arrest.prisoner), {"arrests-0-began": "2021", "reason": "A letter."}))
    assert refused == {"arrests-0-began": [f"{BEFORE} Judgment: fine, 2020-09-01."]}
    assert complaints(save(desk, page_of(arrest.prisoner), {"arrests-0-began": "2020-09", "reason": "A letter."})) == {}


@pytest.mark.parametrize(
    ("life", "refused"),
    [
        ({"died": "2019"}, {"began": "The arrest comes after the death.", "ended": "The custody ends after the death."}),
        ({"born": "2021"}, {"began": "The arrest comes before the birth."}),
        ({"died": "2020-08-10"}, {"ended": "The custody ends after the death."}),
    ],
)
def test_life_that_contradicts_an_arrest_is_refused_at_the_arrest(desk, life, refused):
    arrest = make_arrest(ended="2020-08-20")
    found = complaints(save(desk, page_of(arrest.prisoner), life))
    assert found == {f"arrests-0-{field}": [words] for field, words in refused.items()}


def test_arrest_on_its_own_page_is_held_against_the_life(desk):
    arrest = make_arrest(make_prisoner(died="2021-05-05"))
    refused = complaints(save(desk, page_of(arrest), {"ended": "2021-05-06"}))
    assert refused == {"ended": ["The custody ends after the death."]}
    assert complaints(save(desk, page_of(arrest), {"ended": "2021-05-05"})) == {}


def test_new_arrest_of_somebody_dead_is_refused(desk):
    refused = complaints(save(desk, add_page(Arrest), {"prisoner": make_prisoner(died="2019").pk, "began": "2020"}))
    assert refused == {"began": ["The arrest comes after the death."]}


def test_consent_given_before_the_birth_is_refused(desk):
    person = make_arrest(make_prisoner(born="1990")).prisoner
    sent = rows("consents", {"scope": "photo", "given_by": "self", "given_on": "1989-12-31"})
    assert complaints(save(desk, page_of(person), sent)) == {"consents-0-given_on": ["The consent was given before the birth."]}


class TestOnePersonInOnePardon:
    WORDS = "Another line of this pardon is matched to another arrest of this person."

    @pytest.fixture
    def pardon(self):
        return Pardon.objects.create(slug="first", title="First", wave=Wave.objects.create(slug="autumn", title="Autumn"))

    @pytest.fixture
    def arrests(self):
        first = make_arrest(ended="2021")
        return [first, make_arrest(first.prisoner, began="2023"), make_arrest()]

    def test_two_lines_on_the_pardons_page_are_refused_at_the_second(self, desk, pardon, arrests):
        lines = [{"as_written": f"Line {arrest.pk}", "arrest": arrest.pk} for arrest in arrests]
        refused = complaints(save(desk, page_of(pardon), rows("lines", *lines)))
        assert refused == {"lines-1-arrest": [self.WORDS]}
        assert complaints(save(desk, page_of(pardon), rows("lines", lines[0], lines[2]))) == {}

    def test_second_line_on_a_page_of_its_own_is_refused(self, desk, pardon, arrests):
        PardonLine.objects.create(pardon=pardon, position=1, as_written="One", arrest=arrests[0])
        sent = {"pardon": pardon.pk, "position": "2", "as_written": "Two"}
        assert complaints(save(desk, add_page(PardonLine), {**sent, "arrest": arrests[1].pk})) == {"arrest": [self.WORDS]}
        assert complaints(save(desk, add_page(PardonLine), {**sent, "arrest": arrests[2].pk})) == {}


@pytest.mark.django_db(transaction=True)
def test_contradiction_that_a_colleague_brought_meanwhile_is_refused_at_commit(desk, monkeypatch):
    arrest = make_arrest()
    monkeypatch.setattr("desk.admin.forms.broken", lambda rules, record: [])
    response = save(desk, page_of(arrest), rows("judgments", {**JUDGMENT, "decided_on": "2019"}))
    assert response.status_code == 409
    assert response.context["reason"].startswith(f"{BEFORE} (judgment ")
    assert Judgment.objects.count() == 0
