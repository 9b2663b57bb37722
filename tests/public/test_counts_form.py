"""The form of a count: it needs no script, forgets nothing that was typed, and leads to an address worth keeping."""

import re
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from counts.asking import CountFilters
from counts.ledger import settle
from prisoners.models import Charge, Context, Facility, Occupation, Statute, Stay
from public.counts_choices import OFFERED_AT_MOST
from public.counts_form import canonical
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    """Somebody with a value of everything, and somebody in another region."""
    make_case(gender="male")
    make_arrest(make_prisoner(gender="female"), region="BY-BR")
    settle()


def form_of(client: Client, query: str) -> str:
    html = client.get(f"/counts/?{query}").content.decode()
    [form] = re.findall('<form action="/counts/ask/".*?</form>', html, re.S)
    return form


def sent(form: str) -> list[tuple[str, str]]:
    """What a browser sends of it: the inputs that are filled, ticked or hidden, and the options chosen."""
    found = []
    for tag in re.findall("<input [^>]*>|<select.*?</select>", form, re.S):
        [name] = re.findall(r'^<\w+ [^>]*?name="(.*?)"', tag)
        if tag.startswith("<select"):
            found += [(name, value) for value in re.findall(r'<option value="([^"]*)" selected', tag)]
        elif 'type="checkbox"' not in tag or " checked" in tag:
            found.append((name, "".join(re.findall(' value="(.*?)"', tag))))
    return [(name, unescape(value)) for name, value in found if value]


QUESTIONS = [
    "",
    "measure=held&on=2024-01-15&recognised=any&by=region",
    "measure=arrests&from=2021-01-01&to=2021-05-15&recognised=ever&by=gender&unit=arrests&region=BY-HM",
    "measure=releases&to=2021-05-15&gender=female&gender=male&occupation=journalist&treatment=none&age_min=18&age_max=40",
    "measure=ever&on=2021-05-15&status=held&status=released&arrested_from=2020-01-01&country=BY&q=taras",
    "measure=held&step=month&from=2021-01-01&to=2021-05-15&beside=arrests&beside=deaths&figures=served",
    "measure=arrests&step=year&from=2020-01-01&to=2021-05-15&cumulative=1",
    "measure=held&known=1&article=unknown&context=unknown&facility=unknown&mechanism=none&case=none",
]


@pytest.mark.parametrize("query", QUESTIONS)
def test_form_sent_again_as_it_stands_asks_the_same(client: Client, world, query: str) -> None:
    fields = sent(form_of(client, query))
    response = client.get("/counts/ask/", QueryDict("&".join(f"{name}={value}" for name, value in fields)))
    assert response.status_code == 302
    path, _mark, again = response.headers["Location"].partition("?")
    defaults = "" if query else "measure=held&recognised=then&unit=people"
    added = {"recognised": "then", "unit": "people"} if query else {}
    expected = QueryDict(query or defaults, mutable=True)
    for name, value in added.items():
        expected.setdefault(name, value)
    assert path == "/counts/"
    assert {name: sorted(values) for name, values in QueryDict(again).lists()} == {
        name: sorted(values) for name, values in expected.lists()
    }


@pytest.mark.parametrize("query", QUESTIONS)
def test_redirect_of_the_form_is_answered(client: Client, world, query: str) -> None:
    response = client.get("/counts/ask/", QueryDict(query), follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("measure=held&until=2024-01-15", "measure=held&on=2024-01-15"),
        ("until=2024-01-15", "on=2024-01-15"),
        ("measure=ever&until=2024-01-15", "measure=ever&on=2024-01-15"),
        ("measure=arrests&from=2024-01-01&until=2024-01-15", "measure=arrests&from=2024-01-01&to=2024-01-15"),
        ("measure=held&step=month&until=2024-01-15", "measure=held&step=month&to=2024-01-15"),
        ("measure=&by=&until=&q= ", ""),
        ("measure=colour&until=never", "measure=colour&on=never"),
        ("measure=held&until=1&until=2&on=3", "measure=held&on=3&on=1&on=2"),
    ],
)
def test_day_of_the_form_becomes_what_the_measure_takes(asked: str, named: str) -> None:
    assert canonical(QueryDict(asked)).urlencode() == named


@given(st.lists(st.tuples(st.sampled_from(["until", "on", "to", "measure", "q", "x"]), st.text(max_size=5)), max_size=6))
def test_nothing_that_was_typed_is_lost_on_the_way(fields) -> None:
    asked = QueryDict(mutable=True)
    for name, value in fields:
        asked.appendlist(name, value)
    on_the_way = canonical(asked)
    typed = sorted(value for _name, value in fields if value.strip())
    assert sorted(value for values in dict(on_the_way.lists()).values() for value in values) == typed


def test_form_is_open_where_nothing_was_asked_or_something_is_wrong(client: Client, world) -> None:
    def is_open(query: str) -> list[bool]:
        html = client.get(f"/counts/?{query}").content.decode()
        return [bool(mark) for mark in re.findall('<details class="(?:panel no-print ask|narrow)"( open)?>', html)]

    asked = {
        query: is_open(query)
        for query in ("", "by=region", "by=colour", "gender=male", "region=XX", "age_min=18", "figures=served")
    }
    assert asked == {
        "": [True, False, False],
        "by=region": [False, False, False],
        "by=colour": [True, False, False],
        "gender=male": [False, False, True],
        "region=XX": [True, False, True],
        "age_min=18": [False, False, True],
        "figures=served": [False, True, False],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("measure=colour", "measure"),
        ("recognised=nobody", "recognised"),
        ("unit=cells", "unit"),
        ("by=colour", "by"),
        ("from=soon", "from"),
        ("step=day", "step"),
        ("step=month", "from"),
        ("step=month&from=2020-01-01&on=2021-01-01", "until"),
        ("beside=arrests", "beside"),
        ("measure=arrests&figures=served", "figures"),
        ("step=month&from=2020-01-01&cumulative=1", "cumulative"),
        ("on=2024-02-30", "until"),
        ("measure=arrests&to=tomorrow", "until"),
        ("measure=arrests&on=2024-01-01", "until"),
        ("measure=arrests&from=2024-01-02&to=2024-01-01", "from"),
        ("known=soon", "known"),
        ("known=99", "known"),
        ("age_min=old", "age_min"),
        ("age_min=40&age_max=20", "age_min"),
        ("gender=x", "gender"),
        ("region=XX-99", "region"),
        ("occupation=x", "occupation"),
        ("article=x", "article"),
        ("facility=%3Cscript%3E", "facility"),
    ],
)
def test_wrong_value_stays_in_its_field_which_says_what_is_wrong(client: Client, world, query: str, field: str) -> None:
    form = form_of(client, query)
    assert re.findall('<strong class="wrong" id="wrong-(.*?)">', form) == [field]
    assert f'aria-describedby="wrong-{field}"' in form
    typed = QueryDict(query)
    of_form = {"on": "until", "to": "until"}
    kept = QueryDict(mutable=True)
    for name, value in sent(form):
        kept.appendlist(name, value)
    assert {name: kept.getlist(of_form.get(name, name)) for name in typed} == {name: typed.getlist(name) for name in typed}


def test_each_group_offers_what_a_reader_may_choose(client: Client, world) -> None:
    form = form_of(client, "")
    offered = {
        name: re.findall(f'name="{name}" value="(.*?)"', form)
        for name in ("country", "region", "gender", "article", "context", "facility", "occupation")
    }
    told = set(Occupation.objects.filter(prisoner__isnull=False).values_list("code", flat=True))
    assert told
    assert offered["country"] == []  # one alone leaves nothing to choose
    assert offered["region"] == ["BY-BR", "BY-HM", "unknown"]
    assert offered["gender"] == ["female", "male", "other", "unknown"]
    assert offered["article"] == ["by-cc-342-1", "unknown"]
    assert offered["occupation"] == [*sorted(told), "unknown"]
    assert offered["context"] == []  # nobody has one
    assert offered["facility"] == [Facility.objects.get().slug, "unknown"]


def test_long_list_is_cut_and_takes_the_others_by_name(client: Client) -> None:
    arrest = make_arrest()
    for number in range(OFFERED_AT_MOST + 3):
        facility = Facility.objects.create(slug=f"colony-{number:02}", name=f"Colony {number:02}", country="BY")
        Stay.objects.create(arrest=arrest, facility=facility, began="2021")
    settle()
    form = form_of(client, "recognised=any&facility=colony-41&facility=colony-00")
    boxes = re.findall(r'<input type="checkbox" name="facility" value="(.*?)"', form)
    ticked = re.findall(r'<input type="checkbox" name="facility" value="(.*?)" checked> (.*?)</label>', form)
    assert boxes == ["colony-41", *(f"colony-{number:02}" for number in range(OFFERED_AT_MOST)), "unknown"]
    assert ticked == [("colony-41", "Colony 41"), ("colony-00", "Colony 00")]
    assert re.findall('<input type="text" name="(facility|article)"', form) == ["facility"]
    assert "colony-42" not in form


def test_filter_without_a_field_is_kept_and_can_be_taken_away(client: Client, world) -> None:
    form = form_of(client, "status=held&status=released&arrested_from=2020-01-01&gender=male")
    chips = re.findall(r'<li><a href="(.*?)"><span class="unseen">Take away </span>(.*?) <', form)
    assert [(unescape(link), words) for link, words in chips] == [
        ("/counts/?status=released&arrested_from=2020-01-01&gender=male", "Status: held"),
        ("/counts/?status=held&arrested_from=2020-01-01&gender=male", "Status: released"),
        ("/counts/?status=held&status=released&gender=male", "Arrested from: 1 January 2020"),
    ]


def test_seal_doesnt_stay_in_the_form_for_another_question_would_break_it(client: Client, world) -> None:
    url = client.get("/counts.json?on=2024-01-15").json()["cite"]["url"]
    make_arrest()
    settle()
    assert dict(sent(form_of(client, url.partition("?")[2])))["known"] == "1"


def test_every_parameter_of_a_count_is_a_field_or_kept(client: Client, world) -> None:
    form = form_of(client, "&".join(f"{name}=@" for name in CountFilters.base_filters))
    assert set(CountFilters.base_filters) - {name for name, _value in sent(form)} == {"on", "to"}
    assert dict(sent(form))["until"] == "@"


@pytest.mark.parametrize("count", [1, 3])
def test_form_takes_the_same_number_of_queries_whatever_it_offers(client: Client, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        arrest = make_arrest(
            region=("BY-HM", "BY-BR", "BY-MI")[number], context=Context.objects.create(slug=f"c-{number}", title="C")
        )
        recognise(arrest, by=f"by-{number}")
        statute = Statute.objects.create(slug=f"s-{number}", country="BY", law="CC", article=str(number), title="x")
        Charge.objects.create(arrest=arrest, statute=statute)
    settle()
    chosen = "&".join(f"context=c-{number}&article=s-{number}&recognised=any" for number in range(1))
    client.get("/counts/")  # the places of a revision are read once
    with django_assert_num_queries(25):
        client.get(f"/counts/?{chosen}")
