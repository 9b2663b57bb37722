"""The page of an arrest, with everything that hangs on it."""

import pytest

from desk.admin.labels import page_of
from prisoners.models import Arrest, Charge, Facility, Judgment, Organisation, Recognition, Statute, Stay, Treatment
from releases.models import Mechanism, Pardon, PardonLine, Release, Wave
from tests.desk.admin_forms import add_page, complaints, rows, save
from tests.factories import make_arrest, make_organisation, make_prisoner, make_source, recognise

SIX_YEARS = {"sentence_kind": "imprisonment", "sentence_months": "72"}


def make_statute(article="342"):
    return Statute.objects.create(slug=f"by-cc-{article}", country="BY", law="CC", article=article, title="Disorder")


def make_facility():
    return Facility.objects.create(slug="colony-3", name="Colony 3", country="BY")


def release(arrest, mechanism="pardon"):
    return Release.objects.create(arrest=arrest, mechanism=Mechanism.objects.get(pk=mechanism))


def test_arrest_with_everything_on_it_is_saved_in_one_go(desk):
    arrest = make_arrest()
    sent = {
        "ended": "2024-08-16",
        **rows("release", {"mechanism": "pardon", "liberty_after": "free", "verification": "announced"}),
        **rows("charges", {"statute": make_statute().pk, "status": "convicted", "status_on": "2021"}),
        **rows("stays", {"facility": make_facility().pk, "began": "2020-08", "regime": "pre_trial"}),
        **rows("judgments", {"decided_on": "2021-03-01", "stage": "first", "outcome": "convicted", **SIX_YEARS}),
        **rows("recognitions", {"organisation": make_organisation().pk, "made_on": "2020-09"}),
        **rows("treatments", {"kind": "solitary", "began": "2021", "account": "Twice.", "severity": "serious"}),
        **rows("citations", {"source": make_source().pk, "field": "began"}, after=1),
    }
    assert complaints(save(desk, page_of(arrest), sent)) == {}
    arrest.refresh_from_db()
    assert str(arrest.ended) == "2024-08-16"
    assert [model.objects.count() for model in (Release, Charge, Stay, Judgment, Recognition, Treatment)] == [1] * 6
    assert arrest.citations.count() == 2


def test_new_arrest_takes_the_country_of_its_person(desk):
    person = make_prisoner(country="RU")
    assert complaints(save(desk, add_page(Arrest), {"prisoner": person.pk, "began": "2021"})) == {}
    assert Arrest.objects.get().country == "RU"


def test_arrest_without_person_is_refused_at_the_person(desk):
    assert complaints(save(desk, add_page(Arrest), {"began": "2021"})) == {"prisoner": ["This field is required."]}


def test_arrest_that_overlaps_another_names_it_and_its_dates(desk):
    first = make_arrest(ended="2021-05-01")
    refused = complaints(save(desk, add_page(Arrest), {"prisoner": first.prisoner.pk, "began": "2020-12-01"}))
    assert list(refused) == ["began"]
    assert "under another arrest: 2020-08-09 – 2021-05-01." in refused["began"][0]


def test_arrest_that_only_may_overlap_another_is_saved(desk):
    first = make_arrest(ended="2021")
    assert complaints(save(desk, add_page(Arrest), {"prisoner": first.prisoner.pk, "began": "2021"})) == {}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ended": "2019"}, "ended", "The custody ends before it begins."),
        ({"last_confirmed_on": "2020-01-01"}, "last_confirmed_on", "Custody was confirmed before it began."),
        ({"region": "LT-VL"}, "region", "The region is not in the country."),
        ({"ended": "2021-02-29"}, "ended", "“2021-02-29”: February 2021 has 28 days, not a day 29."),
    ],
)
def test_arrest_that_can_not_be_is_refused_at_the_field(desk, changes, field, words):
    assert complaints(save(desk, page_of(make_arrest()), changes)) == {field: [words]}


@pytest.mark.parametrize(
    ("prefix", "row", "field", "words"),
    [
        ("treatments", {"kind": "torture", "began": "2021", "ended": "2020"}, "ended", "The treatment ends before it begins."),
        ("judgments", {"decided_on": "2021", "ends": "2020"}, "ends", "The sentence ends before it was passed."),
        ("charges", {"status_on": "soon"}, "statute", "This field is required."),
    ],
)
def test_row_that_can_not_be_is_refused_at_the_field(desk, prefix, row, field, words):
    defaults = {"sentence_kind": "unknown", "status": "pending"}
    refused = complaints(save(desk, page_of(make_arrest()), rows(prefix, {**defaults, **row})))
    assert refused[f"{prefix}-0-{field}"] == [words]


def test_stay_that_ends_before_it_begins_is_refused_at_its_end(desk):
    row = {"facility": make_facility().pk, "began": "2021", "ended": "2020"}
    refused = complaints(save(desk, page_of(make_arrest()), rows("stays", row)))
    assert refused == {"stays-0-ended": ["The stay ends before it begins."]}


def test_recognition_withdrawn_before_it_was_made_is_refused_at_the_withdrawal(desk):
    arrest = make_arrest()
    recognise(arrest)
    refused = complaints(save(desk, page_of(arrest), {"recognitions-0-withdrawn_on": "2019"}))
    assert refused == {"recognitions-0-withdrawn_on": ["The recognition was withdrawn before it was made."]}


class TestRecognitionsOfOneOrganisation:
    ALREADY = "This organisation recognises this arrest already, and has not withdrawn that."

    def test_two_at_a_time_are_refused_at_the_second(self, desk):
        row = {"organisation": make_organisation().pk, "made_on": "2021"}
        refused = complaints(save(desk, page_of(make_arrest()), rows("recognitions", row, row)))
        assert refused == {"recognitions-1-organisation": [self.ALREADY]}

    def test_second_after_the_first_was_withdrawn_is_saved(self, desk):
        arrest = make_arrest()
        recognise(arrest)
        row = {"organisation": Organisation.objects.get().pk, "made_on": "2022"}
        sent = {"recognitions-0-withdrawn_on": "2021", **rows("recognitions", row, after=1)}
        assert complaints(save(desk, page_of(arrest), sent)) == {}
        assert Recognition.objects.count() == 2

    def test_second_on_a_page_of_its_own_is_refused_too(self, desk):
        arrest = make_arrest()
        recognise(arrest)
        sent = {"arrest": arrest.pk, "organisation": Organisation.objects.get().pk}
        assert complaints(save(desk, add_page(Recognition), sent)) == {"organisation": [self.ALREADY]}


def test_same_article_charged_twice_is_refused(desk):
    row = {"statute": make_statute().pk, "status": "pending"}
    refused = complaints(save(desk, page_of(make_arrest()), rows("charges", row, row)))
    assert refused["charges"] == ["Please correct the duplicate data for statute."]


class TestRelease:
    def test_release_of_a_custody_that_goes_on_is_refused_with_what_to_do(self, desk):
        row = {"mechanism": "pardon", "liberty_after": "free", "verification": "announced"}
        refused = complaints(save(desk, page_of(make_arrest()), rows("release", row)))
        assert list(refused) == ["release"]
        assert refused["release"][0].startswith("A release needs a date: fill in “Ended” above.")

    def test_end_that_a_release_needs_can_not_be_cleared(self, desk):
        arrest = make_arrest(ended="2021")
        release(arrest)
        refused = complaints(save(desk, page_of(arrest), {"ended": ""}))
        assert list(refused) == ["ended"]
        assert refused["ended"][0].startswith("There is a release, which needs the day")

    def test_end_without_a_release_can_be_cleared(self, desk):
        arrest = make_arrest(ended="2021")
        assert complaints(save(desk, page_of(arrest), {"ended": "", "reason": "still held"})) == {}
        arrest.refresh_from_db()
        assert arrest.ended is None

    def test_release_on_a_page_of_its_own_needs_the_end_too(self, desk):
        sent = {"arrest": make_arrest().pk, "mechanism": "pardon"}
        refused = complaints(save(desk, add_page(Release), sent))
        assert refused == {"arrest": ["This custody has no end yet: open the arrest, and fill in “Ended” and the release there."]}

    def test_second_release_of_an_arrest_is_refused_at_the_arrest(self, desk):
        arrest = make_arrest(ended="2021")
        release(arrest)
        refused = complaints(save(desk, add_page(Release), {"arrest": arrest.pk, "mechanism": "pardon"}))
        assert refused == {"arrest": ["This arrest has a release already: one custody ends once."]}


def test_page_leads_back_to_the_person_and_to_the_pardons_that_name_the_arrest(desk):
    arrest = make_arrest()
    pardon = Pardon.objects.create(slug="first", title="First pardon", wave=Wave.objects.create(slug="autumn", title="Autumn"))
    PardonLine.objects.create(pardon=pardon, position=1, as_written="Novik Ja.", arrest=arrest)
    html = desk.get(page_of(arrest)).content.decode()
    assert f'<a href="{page_of(arrest.prisoner)}">{arrest.prisoner}</a>' in html
    assert f'<a href="{page_of(pardon)}">First pardon: Novik Ja.</a>' in html


def test_person_of_an_arrest_can_not_be_typed_over(desk):
    arrest = make_arrest()
    before = arrest.prisoner
    assert complaints(save(desk, page_of(arrest), {"prisoner": make_prisoner().pk})) == {}
    arrest.refresh_from_db()
    assert arrest.prisoner == before
