"""A row that contradicts what the records say is reported with its line, column, value and reason; the others are imported."""

import pytest

from prisoners.models import Arrest, Facility, Judgment, Prisoner, Stay

from .importing import row


@pytest.mark.parametrize(
    ("cells", "place", "reason"),
    [
        ({"died": "2019"}, "arrested", "The arrest comes after the death."),
        ({"born": "2021"}, "arrested", "The arrest comes before the birth."),
        ({"died": "2020-09", "released": "2020-10"}, "released", "The release comes after the death."),
        ({"born": "2021", "arrested": "", "released": "2020-10"}, "released", "The release comes before the birth."),
        ({"died": "2020-09", "last_confirmed": "2020-10-01"}, "last_confirmed", "Custody was confirmed after the death."),
        ({"recognised": "2019", "recognised_by": "Monitor"}, "recognised", "The arrest was recognised before it happened."),
        ({"sentence_ends": "2019"}, "sentence_ends", "The sentence ends before the arrest."),
    ],
)
def test_row_that_contradicts_itself_is_reported_at_the_column(importer, cells, place, reason):
    done = importer([row(case_id="a", **cells), row(case_id="b", name="Somebody Else")])
    assert done.outcomes == {"created": 1, "rejected": 1}
    assert [(one["line"], one["column"], one["value"], one["reason"]) for one in done.problems] == [
        ("2", place, row(**cells)[place], reason)
    ]


def test_row_that_contradicts_what_an_editor_added_is_reported_and_the_others_imported(importer):
    importer([row(case_id="a"), row(case_id="b", name="Somebody Else")])
    arrest = Arrest.objects.order_by("pk").first()
    judgment = Judgment.objects.create(arrest=arrest, decided_on="2020-09-01")
    done = importer([row(case_id="a", arrested="2020-10"), row(case_id="b", name="Somebody Else", arrested="2020-10")])
    assert done.outcomes == {"updated": 1, "rejected": 1}
    assert [(one["line"], one["column"], one["value"], one["reason"]) for one in done.problems] == [
        (
            "2",
            "arrested",
            "2020-10",
            "The judgment was passed before the arrest, and not in absentia. "
            f"(judgment {judgment.pk} of 2020-09-01; arrest {arrest.pk} from 2020-10 to ?)",
        )
    ]
    assert sorted(str(one.began) for one in Arrest.objects.all()) == ["2020-08-09", "2020-10"]


def test_end_before_a_stay_that_an_editor_added_is_reported(importer):
    importer([row(case_id="a")])
    colony = Facility.objects.create(slug="colony", name="Colony", country="BY")
    Stay.objects.create(arrest=Arrest.objects.get(), facility=colony, began="2022")
    done = importer([row(case_id="a", released="2021-05-01")])
    assert (done.outcomes, done.places) == ({"rejected": 1}, [(2, "arrested")])
    assert done.problems[0]["reason"].startswith("The stay lies outside its arrest. (stay ")


def test_death_on_a_later_row_that_contradicts_an_earlier_arrest_is_reported(importer):
    importer([row(case_id="a", person_id="p", released="2021-05-01")])
    done = importer([row(case_id="b", person_id="p", arrested="2019", released="2019-12", died="2020-12")])
    assert (done.outcomes, done.places) == ({"rejected": 1}, [(2, "died")])
    assert Prisoner.objects.get().died is None
