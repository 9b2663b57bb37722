"""Rows with something wrong: each is reported with its column, its value and why, and good rows go in all the same."""

import pytest

from prisoners.models import Arrest, Prisoner, Statute

from .importing import row

CASES = [
    ("impossible day", {"born": "1954-02-29"}, "born", "“1954-02-29”: February 1954 has 28 days, not a day 29."),
    ("impossible month", {"arrested": "2020-13"}, "arrested", "“2020-13”: there is no month 13."),
    ("no date at all", {"died": "unknown"}, "died", "“unknown” is not a date in a form known here"),
    ("future", {"arrested": "2999-01-01"}, "arrested", "This day is still to come."),
    ("future confirmation", {"last_confirmed": "2999-01-01"}, "last_confirmed", "This day is still to come."),
    ("end before beginning", {"released": "2020-08-08"}, "released", "The custody ends before it begins."),
    ("interval ends before it begins", {"arrested": "2020-08/2020-07"}, "arrested", "“2020-08/2020-07” ends before it begins."),
    ("death before birth", {"born": "1990", "died": "1989", "arrested": ""}, "died", "The death comes before the birth."),
    ("arrest before birth", {"born": "2021"}, "arrested", "The arrest comes before the birth."),
    ("arrest after death", {"died": "2020-08-08"}, "arrested", "The arrest comes after the death."),
    ("release after death", {"died": "2020-09", "released": "2020-10"}, "released", "The release comes after the death."),
    ("confirmed before arrest", {"last_confirmed": "2020-08-08"}, "last_confirmed", "Custody was confirmed before it began."),
    (
        "confirmed after release",
        {"released": "2020-09-01", "last_confirmed": "2020-09-02"},
        "last_confirmed",
        "Custody was confirmed after it had ended.",
    ),
    (
        "confirmed after death",
        {"died": "2020-09", "last_confirmed": "2020-10-01"},
        "last_confirmed",
        "confirmed after the death.",
    ),
    (
        "confirmed while perhaps dead",
        {"died": "2020", "last_confirmed": "2020-10-01"},
        "died",
        "write the death as 2020-10-01/2020-12-31.",
    ),
    (
        "confirmed in a month",
        {"last_confirmed": "2020-09"},
        "last_confirmed",
        "“2020-09” must be one full day, such as 2020-08-09.",
    ),
    ("sentence over before arrest", {"sentence_ends": "2020-08-08"}, "sentence_ends", "The sentence ends before the arrest."),
    (
        "recognised before arrest",
        {"recognised": "2020-08-08", "recognised_by": "M"},
        "recognised",
        "The arrest was recognised before it happened.",
    ),
    ("recognised by nobody", {"recognised": "2020-09-01"}, "recognised_by", "needs the organisation that recognised"),
    (
        "unknown country",
        {"country": "XX"},
        "country",
        "“XX” is not a country: use two capital letters of ISO 3166-1, such as BY.",
    ),
    ("country by name", {"country": "Belarus"}, "country", "Did you mean BY?"),
    ("country in small letters", {"country": "by"}, "country", "Did you mean “BY”?"),
    (
        "unknown region",
        {"region": "BY-XX"},
        "region",
        "Valid: BY-BR, BY-HM, BY-HO, BY-HR, BY-MA, BY-MI, BY-VI.",
    ),
    ("region by name", {"region": "Minsk"}, "region", "Did you mean BY-HM?"),
    ("region elsewhere", {"region": "RU-MOW"}, "region", "“RU-MOW” is not in the country BY."),
    ("unknown home region", {"home_region": "BY-ZZ"}, "home_region", "“BY-ZZ” is not a region"),
    ("unknown article", {"articles": "CC 342(1);CC 343(1)"}, "articles", "Did you mean “CC 342(1)”? Valid: CC 342(1)."),
    ("article of another country", {"country": "RU", "articles": "CC 342(1)"}, "articles", "is not an article known here"),
    ("unknown mechanism", {"released": "2021", "mechanism": "pardonned"}, "mechanism", "Did you mean “pardon”?"),
    ("unknown pardon", {"released": "2021", "pardon": "spring"}, "pardon", "“spring” is not a pardon known here."),
    ("unknown gender", {"gender": "femal"}, "gender", "Did you mean “female”? Valid: female, male, other, unknown."),
    ("unknown occupation", {"occupations": "journalist;jurnalist"}, "occupations", "Did you mean “journalist”?"),
    ("unknown treatment", {"treatments": "tortured"}, "treatments", "Did you mean “torture”?"),
    ("unknown visibility", {"visibility": "public"}, "visibility", "Valid: counted, initials, internal, named."),
    ("unknown sentence", {"sentence_kind": "prison"}, "sentence_kind", "“prison” is not a kind of sentence known here."),
    ("negative months", {"sentence_months": "-3"}, "sentence_months", "“-3” is not a number of months"),
    ("months in words", {"sentence_months": "two years"}, "sentence_months", "use a whole number from 1 to 32767."),
    ("too many months", {"sentence_months": "32768"}, "sentence_months", "use a whole number from 1 to 32767."),
    ("name too long", {"name": "x" * 201}, "name", "The text has 201 characters; 200 are the most."),
    ("place too long", {"place": "x" * 201}, "place", "The text has 201 characters; 200 are the most."),
    ("case too long", {"case_id": "x" * 101}, "case_id", "The text has 101 characters; 100 are the most."),
    ("address not an address", {"source_url": "see https://example.org/1"}, "source_url", "“see” is not a web address"),
    ("address that runs", {"source_url": "javascript:alert(1)"}, "source_url", "is not a web address"),
    ("address too long", {"source_url": "https://example.org/" + "x" * 981}, "source_url", "The text has 1001 characters"),
    ("names without a language", {"names": "Аляксандр"}, "names", "write it as be:Імя, several divided by |."),
    ("names in no language", {"names": "xq:Аляксандр"}, "names", "“xq” is not a language"),
    ("names with an odd language", {"names": "belarusian:Алесь"}, "names", "“belarusian” is not a language"),
    ("names without a name", {"names": "be:"}, "names", "is not a language and a name"),
    ("date without a source", {"source_url": "", "source_date": "2020-09-01"}, "source_date", "needs the address or the title"),
    ("ended, nothing says when", {"mechanism": "pardon"}, "released", "nothing says by when"),
    ("control character", {"name": "Al\x07ieś"}, "name", "holds the character U+0007"),
    ("turned round", {"name": "Al\u202eies"}, "name", "holds the character U+202E"),
    ("damaged text", {"name": "Al\ufffdies"}, "name", "may have been converted wrongly"),
    ("formula", {"place": '=HYPERLINK("x")'}, "place", "This is a formula"),
    ("name empty", {"name": " "}, "name", "It is empty, and every row needs it."),
    ("country empty", {"country": ""}, "country", "It is empty, and every row needs it."),
]


@pytest.fixture
def statute(db):
    return Statute.objects.create(slug="by-cc-342-1", country="BY", law="CC", article="342", part="1", title="Group actions")


@pytest.mark.parametrize(("cells", "column", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_row_with_a_bad_value_is_reported_and_the_others_are_imported(importer, statute, cells, column, reason):
    good = row(name="Bahdan Dobry", source_url="https://example.org/2")
    result = importer([good, row(**cells), good | {"name": "Ciemra Dobraja"}])
    assert result.places == [(3, column)]
    assert reason in result.problems[0]["reason"]
    assert result.outcomes == {"created": 2, "rejected": 1}
    assert result.status == 1
    assert result.message == "1 of 3 rows are not imported. The other 2 are imported."
    assert Arrest.objects.count() == Prisoner.objects.count() == 2


def test_row_with_several_bad_values_is_reported_with_each(importer):
    result = importer([row(born="1990-02-30", gender="x", region="BY-XX")])
    assert sorted(result.places) == [(2, "born"), (2, "gender"), (2, "region")]
    assert [problem["value"] for problem in sorted(result.problems, key=lambda found: found["column"])] == [
        "1990-02-30",
        "x",
        "BY-XX",
    ]
    assert result.outcomes == {"rejected": 1}


def test_file_without_a_usable_row_writes_nothing(importer):
    from .importing import row_counts

    before = row_counts()
    result = importer([row(born="1990-02-30", context="New", facility="New")])
    assert (result.status, row_counts()) == (1, before)
    assert result.message == "1 of 1 rows are not imported. Nothing is imported."


def test_report_cuts_long_values_and_disarms_formulas(importer):
    result = importer([row(gender="-" + "x" * 300)])
    assert result.problems[0]["value"] == "'-" + "x" * 78 + "…"


def test_report_can_be_read_by_its_owner_alone(importer):
    importer([row(born="x")])
    (report,) = importer.folder.glob("*.report")
    assert report.stat().st_mode & 0o777 == 0o600


def test_report_that_can_not_be_written_stops_the_import(importer, tmp_path):
    from django.core.management import CommandError, call_command

    path = tmp_path / "cases.csv"
    path.write_text("name,country\nAlieś,BY\n", encoding="utf-8")
    with pytest.raises(CommandError, match="The report can't be written"):
        call_command("import_cases", str(path), report=tmp_path / "nowhere" / "r.csv")
    assert Prisoner.objects.count() == 0


@pytest.mark.parametrize("name", ["علی\u200cرضا", "Jean\u2011Luc", "O'Neil", "Ó Súilleabháin", "梁‧舉例"])
def test_name_with_joiners_and_marks_is_kept_as_written(importer, name):
    assert importer([row(name=name)]).status == 0
    assert Prisoner.objects.get().name().text == name
