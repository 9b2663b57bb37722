"""A case that comes again: what the file changed goes in, what an editor changed stays."""

import datetime

import pytest

from desk.models import ImportedRow
from prisoners.models import Arrest, Judgment, Name, Prisoner, Statute
from releases.models import Release

from .importing import row

DAY = datetime.date


@pytest.fixture
def again(importer):
    """Imports a case, lets an editor at it, imports it with other values."""

    def run(first, second, edit=lambda: None, **options):
        usual = row(case_id="c1")
        assert importer([usual | first], **options).outcomes == {"created": 1}
        edit()
        return importer([usual | second], **options)

    return run


def value_of(column):
    arrest, person = Arrest.objects.select_related("context", "case").get(), Prisoner.objects.get()
    found = {
        "summary": person.summary() and person.summary().text,
        "arrested": arrest.began,
        "released": arrest.ended,
        "last_confirmed": arrest.last_confirmed_on,
        "context": arrest.context,
        "case": arrest.case,
        "region": arrest.region,
        "place": arrest.place,
    }
    return str(found[column] if column in found else getattr(person, column))


CHANGES = [
    ("gender", "female", "other"),
    ("born", "1990", "1990-05"),
    ("died", "2024", "2024-05-05"),
    ("home_region", "BY-HM", "BY-BR"),
    ("summary", "One.", "Two."),
    ("arrested", "2020-08", "2020-08-10"),
    ("released", "2021", "2021-05-05"),
    ("last_confirmed", "2021-01-01", "2021-02-02"),
    ("context", "Protests", "Election"),
    ("case", "Group A", "Group B"),
    ("region", "BY-HM", "BY-BR"),
    ("place", "Minsk", "Brest"),
]


@pytest.mark.parametrize(("column", "old", "new"), CHANGES)
def test_changed_cell_changes_the_record(again, column, old, new):
    result = again({column: old}, {column: new})
    assert (result.problems, result.outcomes) == ([], {"updated": 1})
    assert value_of(column) == new


@pytest.mark.parametrize(("column", "old", "new"), CHANGES)
def test_cell_filled_later_fills_the_record(again, column, old, new):
    again({column: ""}, {column: new})
    assert value_of(column) == new


@pytest.mark.parametrize(("column", "old", "new"), CHANGES)
def test_cell_emptied_later_says_nothing(again, column, old, new):
    again({column: old, "place": "Minsk"}, {column: "", "place": "Minsk", "treatments": "torture"})
    assert value_of(column) == ("Minsk" if column == "place" else old)


EDITS = [
    ("born", "1990", "1991", lambda: Prisoner.objects.update(born="1992")),
    ("arrested", "2020-08", "2020-08-10", lambda: Arrest.objects.update(began="2020-08-20")),
    ("place", "Minsk", "Brest", lambda: Arrest.objects.update(place="Hrodna")),
    ("released", "2021", "2021-05", lambda: Arrest.objects.update(ended="2021-06")),
    ("mechanism", "pardon", "amnesty", lambda: Release.objects.update(mechanism="parole")),
    ("sentence_kind", "imprisonment", "life", lambda: Judgment.objects.update(sentence_kind="fine")),
]


@pytest.mark.parametrize(("column", "old", "new", "edit"), EDITS, ids=[edit[0] for edit in EDITS])
def test_cell_changed_after_an_editor_changed_the_record_is_reported_and_nothing_of_the_row_goes_in(
    again, column, old, new, edit
):
    usual = {"released": "2021"} if column == "mechanism" else {}
    result = again({**usual, column: old}, {**usual, column: new, "occupations": "journalist"}, edit)
    assert (result.outcomes, result.places) == ({"rejected": 1}, [(2, column)])
    assert Prisoner.objects.get().occupations.count() == 0
    assert ImportedRow.objects.count() == 1


@pytest.mark.parametrize(("column", "old", "new", "edit"), EDITS, ids=[edit[0] for edit in EDITS])
def test_cell_that_did_not_change_leaves_what_an_editor_wrote(again, column, old, new, edit):
    usual = {"released": "2021"} if column == "mechanism" else {}
    result = again({**usual, column: old}, {**usual, column: old, "occupations": "journalist"}, edit)
    assert (result.problems, result.outcomes) == ([], {"updated": 1})
    for model in (Prisoner, Arrest, Release, Judgment):
        values = list(model.objects.values())
        edit()
        assert list(model.objects.values()) == values  # what the editor wrote was still there


def test_list_that_did_not_change_brings_nothing_back_that_an_editor_removed(again):
    Statute.objects.create(slug="a", country="BY", law="CC", article="1", title="x")
    lists = {"occupations": "journalist", "treatments": "torture", "articles": "CC 1", "names": "be:Адзін", "facility": "A"}

    def remove():
        arrest = Arrest.objects.get()
        arrest.prisoner.occupations.clear()
        for records in (
            arrest.treatments,
            arrest.charges,
            arrest.stays,
            arrest.citations,
            arrest.prisoner.names.filter(language="be"),
        ):
            records.all().delete()

    assert again(lists, {**lists, "place": "Brest"}, remove).outcomes == {"updated": 1}
    arrest = Arrest.objects.get()
    left = (arrest.prisoner.occupations, arrest.treatments, arrest.charges, arrest.stays, arrest.citations)
    assert [records.count() for records in left] == [0, 0, 0, 0, 0]
    assert arrest.prisoner.names.count() == 1


def test_lists_only_grow(again):
    Statute.objects.create(slug="a", country="BY", law="CC", article="1", title="x")
    Statute.objects.create(slug="b", country="BY", law="CC", article="2", title="x")
    first = {"occupations": "journalist", "treatments": "torture", "articles": "CC 1", "names": "be:Адзін", "facility": "A"}
    second = {
        "occupations": "lawyer",
        "treatments": "solitary",
        "articles": "CC 2",
        "names": "ru:Один",
        "facility": "B",
        "source_url": "https://example.org/2",
        "recognised_by": "Monitor",
    }
    assert again(first, second).problems == []
    arrest = Arrest.objects.get()
    assert sorted(arrest.prisoner.occupations.values_list("code", flat=True)) == ["journalist", "lawyer"]
    assert sorted(arrest.treatments.values_list("kind", flat=True)) == ["solitary", "torture"]
    assert sorted(arrest.charges.values_list("statute__slug", flat=True)) == ["a", "b"]
    assert sorted(arrest.prisoner.names.values_list("language", flat=True)) == ["be", "ru", "und"]
    assert sorted(arrest.stays.values_list("facility__name", flat=True)) == ["A", "B"]
    assert sorted(arrest.citations.values_list("source__url", flat=True)) == ["https://example.org/1", "https://example.org/2"]
    assert list(arrest.recognitions.values_list("organisation__name", flat=True)) == ["Monitor"]


def test_sentence_that_changed_changes_the_judgment(again):
    again({"sentence_kind": "imprisonment", "sentence_months": "12"}, {"sentence_kind": "imprisonment", "sentence_months": "24"})
    assert list(Judgment.objects.values_list("sentence_kind", "sentence_months")) == [("imprisonment", 24)]


def test_release_that_became_known_is_added(again):
    again({}, {"released": "2021-05-05", "mechanism": "pardon"})
    release = Release.objects.select_related("arrest").get()
    assert (release.mechanism_id, str(release.arrest.ended)) == ("pardon", "2021-05-05")


def test_day_of_release_that_became_known_replaces_the_day_by_which_it_was(importer):
    importer([row(case_id="c1", mechanism="pardon")], as_at=DAY(2023, 1, 1))
    assert importer([row(case_id="c1", mechanism="pardon")], as_at=DAY(2023, 6, 1)).outcomes == {"unchanged": 1}
    assert str(Arrest.objects.get().ended) == "../2023-01-01"
    importer([row(case_id="c1", mechanism="pardon", released="2022-12-24")], as_at=DAY(2023, 6, 1))
    assert str(Arrest.objects.get().ended) == "2022-12-24"


def test_mechanism_that_an_editor_found_out_survives_a_row_that_gives_none(again):
    again({"released": "2021"}, {"released": "2021", "place": "Brest"}, lambda: Release.objects.update(mechanism="exchange"))
    assert (Release.objects.get().mechanism_id, Arrest.objects.get().place) == ("exchange", "Brest")


def test_later_list_confirms_custody_anew_and_an_earlier_one_takes_nothing_back(importer):
    case = row(case_id="c1", arrested="")
    for as_at, outcome, confirmed in [
        (DAY(2020, 9, 30), {"created": 1}, DAY(2020, 9, 30)),
        (DAY(2021, 9, 30), {"updated": 1}, DAY(2021, 9, 30)),
        (DAY(2020, 12, 31), {"updated": 1}, DAY(2021, 9, 30)),
    ]:
        assert importer([case], as_at=as_at).outcomes == outcome
        assert Arrest.objects.get().last_confirmed_on == confirmed


def test_corrected_name_takes_the_heading_and_the_old_one_stays(again):
    again({"name": "Ales Priklad"}, {"name": "Alieś Prykład"})
    assert sorted(Name.objects.values_list("text", "is_heading", "is_primary")) == [
        ("Ales Priklad", False, False),
        ("Alieś Prykład", True, True),
    ]


def test_corrected_name_leaves_a_heading_that_an_editor_chose(again):
    def choose():
        Name.objects.update(is_heading=False)
        Name.objects.create(prisoner=Prisoner.objects.get(), text="Chosen", language="be", is_heading=True)

    again({"name": "Ales Priklad"}, {"name": "Alieś Prykład"}, choose)
    assert sorted(Name.objects.values_list("text", "is_heading")) == [
        ("Ales Priklad", False),
        ("Alieś Prykład", False),
        ("Chosen", True),
    ]


@pytest.mark.parametrize(("old", "new", "after"), [("named", "internal", "internal"), ("internal", "named", "internal")])
def test_visibility_can_be_narrowed_and_never_widened(again, old, new, after):
    again({"visibility": old}, {"visibility": new})
    assert Prisoner.objects.get().visibility == after


def test_case_can_not_change_its_person_or_country(importer):
    importer([row(case_id="c1", person_id="p")])
    result = importer([row(case_id="c1", person_id="q")])
    assert result.places == [(2, "person_id")]
    assert importer([row(case_id="c1", person_id="p", country="RU")]).places == [(2, "country")]


def test_update_that_would_overlap_another_arrest_is_reported(importer):
    first = row(case_id="c1", person_id="p", arrested="2020-08-09", released="2020-09-01")
    second = row(case_id="c2", person_id="p", arrested="2021-08-09")
    importer([first, second])
    result = importer([first | {"released": "2022"}, second])
    assert (result.outcomes, result.places) == ({"unchanged": 1, "rejected": 1}, [(2, "arrested")])


def test_update_that_shortens_a_custody_makes_room_for_another(importer):
    first = row(case_id="c1", person_id="p", arrested="2020-08-09", released="2022-09-01")
    importer([first])
    second = row(case_id="c2", person_id="p", arrested="2021-08-09")
    assert importer([first | {"released": "2020-09-01"}, second]).outcomes == {"created": 1, "updated": 1}


def test_update_that_the_database_refuses_is_reported_with_its_rule(importer):
    importer([row(case_id="c1"), row(case_id="c2", name="B")])
    Arrest.objects.filter(imported_rows__case_id="c1").update(last_confirmed_on=DAY(2022, 1, 1))
    result = importer([row(case_id="c1", released="2021"), row(case_id="c2", name="B", place="Brest")])
    assert (result.outcomes, result.places) == ({"updated": 1, "rejected": 1}, [(2, "last_confirmed")])
    assert result.problems[0]["reason"] == "Custody was confirmed after it had ended."


def test_update_is_kept_as_a_row_of_its_own_beside_the_first(again):
    again({"place": "Minsk"}, {"place": "Brest"})
    rows = ImportedRow.objects.order_by("pk").values_list("values__place", "is_update", "is_latest")
    assert list(rows) == [("Minsk", False, False), ("Brest", True, True)]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_updates_take_as_many_queries_for_one_row_as_for_many(importer, django_assert_num_queries, count):
    rows = [row(case_id=f"c{number}", name=f"Person {number}", released="2022", sentence_months="9") for number in range(count)]
    importer(rows)
    with django_assert_num_queries(41):
        result = importer(
            [cells | {"place": "Brest", "released": "2023", "sentence_months": "8", "born": "1990"} for cells in rows]
        )
    assert result.outcomes == {"updated": count}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_new_rows_take_as_many_queries_for_one_row_as_for_many(importer, django_assert_num_queries, count):
    with django_assert_num_queries(34):
        result = importer([row(name=f"Person {number}", source_url=f"https://example.org/{number}") for number in range(count)])
    assert result.outcomes == {"created": count}
