"""What `--publish` makes public, what it refuses, and what it leaves as it was."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from desk.models import Import
from prisoners.models import Prisoner

from .importing import row, row_counts

DAY = datetime.date


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
