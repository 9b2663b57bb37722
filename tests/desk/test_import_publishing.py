"""What `--publish` makes public, what it refuses, and what it leaves as it was."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from desk.models import Import
from prisoners.acting import acting
from prisoners.models import Prisoner, Review

from .importing import row, row_counts

DAY = datetime.date
pytestmark = pytest.mark.usefixtures("whole_publications")


def test_publishing_makes_new_people_public_and_is_recorded_as_the_operator_s_own(importer):
    importer([row()], publish=True)
    assert Prisoner.objects.published().count() == 1
    assert Import.objects.get().approval == "operator"


def test_publishing_reports_rows_without_a_source_and_leaves_them_out(importer):
    result = importer([row(), row(name="Bahdan", source_url="")], publish=True)
    assert (result.outcomes, result.places) == ({"created": 1, "rejected": 1}, [(3, "source_url")])
    assert result.problems[0]["reason"] == "There is no source: nobody is published without one."


def test_publishing_is_refused_where_the_setting_forbids_it(importer, settings):
    settings.IMPORT_MAY_PUBLISH = False
    before = row_counts()
    result = importer([row()], publish=True)
    assert (result.status, row_counts()) == (2, before)
    assert result.message == "IMPORT_MAY_PUBLISH is off: imports can't publish here. Import drafts, without --publish."
    assert importer([row()]).status == 0


def test_publishing_does_not_bring_back_somebody_withdrawn(importer):
    importer([row(case_id="c1", person_id="p", released="2020-09-01")], publish=True)
    Prisoner.objects.update(state="withdrawn")
    importer([row(case_id="c2", person_id="p", arrested="2021")], publish=True)
    assert Prisoner.objects.get().state == "withdrawn"


@pytest.mark.parametrize("visibility", ["named", "initials", "counted", "internal"])
def test_visibility_of_a_row_is_kept_when_publishing(importer, visibility):
    importer([row(visibility=visibility)], publish=True)
    assert Prisoner.objects.get().visibility == visibility


def test_day_of_the_list_in_the_future_or_no_day_at_all_is_refused(importer, tmp_path):
    assert importer([row()], as_at=DAY(2999, 1, 1)).message == "--as-at 2999-01-01 is still to come."
    with pytest.raises(CommandError, match="“soon” is not a day: write it as 2020-09-30"):
        call_command("import_cases", str(tmp_path / "x.csv"), "--as-at", "soon")


def open_items():
    return list(Review.objects.filter(decision="").values_list("author", "kind"))


def test_publication_by_the_operator_is_on_record_as_such_and_waits_for_nobody(importer):
    importer([row()], publish=True)
    item = Review.objects.get()
    assert (item.kind, item.decision, item.decided_by, item.by_operator) == ("publication", "approved", "operator", True)


def test_import_without_publishing_leaves_drafts_by_the_operator(importer):
    importer([row()])
    assert list(Prisoner.objects.values_list("state", "last_changed_by")) == [("draft", "operator")]
    assert Review.objects.count() == 0


@pytest.mark.parametrize("publish", [False, True])
def test_change_to_somebody_public_is_live_and_waits_for_a_second_person(importer, publish):
    importer([row(case_id="c1", place="Minsk")], publish=True)
    with acting(actor="anna"):
        Prisoner.objects.update(home_region="BY-HM")
    importer([row(case_id="c1", place="Brest")], publish=publish)
    assert sorted(open_items()) == [("anna", "change"), ("operator", "change")]
    assert Prisoner.objects.get().arrests.get().place == "Brest"


def test_import_that_begins_with_a_copy_says_who_acts(transactional_db, importer):
    importer([row()])
    assert Prisoner.objects.get().last_changed_by == "operator"


def test_import_of_the_same_file_again_waits_for_nobody(importer):
    for _ in range(2):
        importer([row(case_id="c1", place="Minsk")], publish=True)
    assert open_items() == []
