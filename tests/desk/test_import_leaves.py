"""The small pure parts: scripts, slugs, forms of dates, aliases, certain custody."""

import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desk.imports.custody import Span, certainly_held
from desk.imports.dateforms import parse_forms, to_iso
from desk.imports.known import name_key
from desk.imports.problems import BadValue
from desk.imports.report import harmless
from desk.imports.scripts import script_of
from desk.imports.translation import split_alias
from prisoners.dates import UncertainDate
from prisoners.slugs import LENGTH, ascii_slug

DAY = datetime.date


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Alieś Prykład", "Latn"),
        ("Алесь Прыклад", "Cyrl"),
        ("مثال", "Arab"),
        ("舉例", "Hani"),
        ("例子", "Hani"),
        ("ဥပမာ", "Mymr"),
        ("דוגמה", "Hebr"),
        ("例のひと", "Jpan"),
        ("예시", "Hang"),
        ("예시 例", "Kore"),
        ("དཔེར", "Tibt"),
        ("Ａｌｅｓ", "Latn"),
        ("Prykład Алесь Алесь", "Cyrl"),
        ("12 – 34", ""),
        ("", ""),
    ],
)
def test_script_of_name_is_that_of_most_letters(name, script):
    assert script_of(name) == script


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("2020 election protests", "2020-election-protests"),
        ("Café trial", "cafe-trial"),
        ("Дело 2020", "2020-e7b94593"),
        ("舉例", "case-649c0bae"),
    ],
)
def test_slug_of_title_in_any_script_is_ascii(title, slug):
    assert ascii_slug(title, "case", set()) == slug


def test_slug_taken_already_gets_a_digest():
    assert ascii_slug("Trial", "case", {"trial"}) == "trial-98a66e97"


@given(st.lists(st.text(min_size=1, max_size=200), unique=True, max_size=8))
def test_slugs_of_different_titles_differ_and_fit(titles):
    taken = set()
    for title in titles:
        slug = ascii_slug(title, "context", taken)
        assert slug.isascii()
        assert 0 < len(slug) <= LENGTH
        assert slug not in taken
        taken.add(slug)


@pytest.mark.parametrize(
    ("forms", "text", "iso"),
    [
        (["DD.MM.YYYY"], "09.08.2020", "2020-08-09"),
        (["D/M/YYYY"], "9/8/2020", "2020-08-09"),
        (["M.YYYY", "YYYY"], "8.2020", "2020-08"),
        (["DD.MM.YYYY"], "2020-08", "2020-08"),
        (["YYYYMMDD"], "20200809", "2020-08-09"),
        (["DD.MM.YYYY"], "31.02.2020", "2020-02-31"),
    ],
)
def test_date_form_reads_what_is_in_it_and_leaves_the_rest(forms, text, iso):
    assert to_iso(text, parse_forms(forms)) == iso


@pytest.mark.parametrize(
    "forms", [["DD.MM"], ["YYYY-YYYY"], ["DD.YYYY"], ["day"], ["DD.MM.YYYY", "MM.DD.YYYY"], ["D.M.YYYY", "DD.MM.YYYY"]]
)
def test_date_forms_that_can_not_be_or_contradict_are_refused(forms):
    with pytest.raises(ValueError, match=r"is not a form of dates|as different days"):
        parse_forms(forms)


def test_alias_in_brackets_is_taken_apart_from_the_name():
    assert split_alias("舉例（Example）", "（）") == ("舉例", ["Example"])
    assert split_alias("舉例", "（）") == ("舉例", [])


@pytest.mark.parametrize("text", ["舉例（", "舉例）", "（例）", "舉例（）", "舉（例）人", "舉（例（二））"])
def test_alias_with_brackets_that_do_not_match_is_refused(text):
    with pytest.raises(BadValue, match="brackets"):
        split_alias(text, "（）")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_report_never_holds_a_formula(text):
    assert harmless(text) == f"'{text}"


days = st.dates(DAY(2019, 1, 1), DAY(2022, 12, 31))
dates = st.one_of(
    st.none(),
    days.map(str),
    days.map(lambda day: str(day)[:7]),
    days.map(lambda day: str(day)[:4]),
    days.map(lambda day: f"../{day}"),
    days.map(lambda day: f"{day}/.."),
)


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(began=dates, ended=dates, confirmed=st.none() | days)
def test_certain_custody_is_what_the_database_says(began, ended, confirmed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT custody_certain(%s, %s, %s)", [began, ended, confirmed])
        (expected,) = cursor.fetchone()
    parsed = [UncertainDate.parse(text) if text else None for text in (began, ended)]
    span = certainly_held(*parsed, confirmed)
    assert (span and (span.first, span.until)) == (None if expected.isempty else (expected.lower, expected.upper))


spans_of_days = st.tuples(days, st.integers(1, 400)).map(lambda span: (span[0], span[0] + datetime.timedelta(days=span[1])))


@given(spans_of_days, spans_of_days)
def test_spans_overlap_when_they_share_a_day(one, other):
    shared = max(one[0], other[0]) < min(one[1], other[1])
    assert Span(*one).overlaps(Span(*other)) == shared


@pytest.mark.django_db
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["Alieś", "ПРЫКЛАД", "例", "van", "de", "Ａles", "O'Neil"]), min_size=1, max_size=5), st.randoms()
)
@example(["Пётр", "Іваноў"], None)
def test_name_key_of_database_knows_a_name_in_any_order_and_case(words, chance):
    other = list(words)
    if chance:
        chance.shuffle(other)
    name, twin = "  ".join(words).upper(), " ".join(other).lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_name_key(%s) = desk_name_key(%s)", [name, twin])
        assert cursor.fetchone() == (True,)
    assert name_key(name) == name_key(twin)
