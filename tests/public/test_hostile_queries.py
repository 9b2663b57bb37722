"""Whatever a reader or an attacker asks, the answer is a page, a refusal or nothing there: never a failure of ours."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.asking import CountFilters
from counts.changes.filters import ChangeFilters
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.listing import ListFilters
from counts.measures import MEASURES
from prisoners.models import Facility, Judgment, Prisoner, Stay
from public import chronicle, releases_list, wave_people
from public.api.asking import CaseFilters
from releases.models import Pardon, Release
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.bodies import FILES, text_of
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
WAVE = "/releases/late-summer/"
API = [f"/api/v1/{name}/" for name in ("prisoners", "arrests", "releases", "counts", "pardons", "waves", "facilities")]
PATHS = [
    *("/", "/prisoners/", "/counts/", *FILES, "/releases/", WAVE, "/prisoners/BY-000000/", *API),
    *("/releases/late-summer.json", "/releases/late-summer/act-1/", "/timeline/", "/timeline.json"),
    *("/counts/changes/", "/counts/changes.json", "/counts/people/", "/counts/ask/", "/counts.svg"),
]
OF_PAGES = {*wave_people.NAMES, *releases_list.NAMES, *(choice.name for choice in chronicle.CHOICES), "from", "to", "page"}
NAMES = sorted(
    {*OF_PAGES, *ListFilters.base_filters, *CountFilters.base_filters, *ChangeFilters.base_filters, *CaseFilters.base_filters}
)
# What has broken such sites before: edges of numbers, of the calendar, of the database's texts, and others' scripts.
NASTY = [
    *("0", "-1", "501", "99999999999999999999", "1e9", "NaN", "a" * 300, " ".join("abcdefghij" * 10), "then", "unknown", "held"),
    *("\x00", "a\x00b", "'", '"', "%", "_", "\\", "{}", ":on", "';--", "\u202e", "😀", "İ", "\uffff", "BY-ZZ", "monitor"),
    *("1", "1.AAAAAAAAAAAAAAAAAAAAAA", "1-9.AAAAAAAAAAAAAAAAAAAAAA", "0001-01-01T00:00+23:59", "9999-12-31T23:59:59-12:00"),
    *("0001-01-01", "9999-12-31", "0000-00-00", "2024-02-30", "-infinity", "٢٠٢٤-٠١-٠١"),
]
texts = st.sampled_from(NASTY) | st.text(max_size=20) | st.dates().map(str)
parameters = st.lists(st.tuples(st.sampled_from(NAMES) | texts, texts), max_size=4)


ON_THE_EDGE = ["0001", "9999", "0001-01-01", "9999-12-31", "9999/..", "../0001"]


@pytest.fixture
def reader() -> Client:
    """Somebody who reads a small world with dates at both ends of the calendar, as a slip of the pen may put them there."""
    make_case(arrests=2)
    wave = make_wave()
    for number, edge in enumerate(ON_THE_EDGE):
        make_arrest(make_prisoner(born=edge), began=edge)
        ended = make_arrest(make_prisoner(died=edge), began=None, ended=edge)
        Judgment.objects.create(arrest=ended, ends=edge)
        recognise(ended, made_on=edge)
        Stay.objects.create(arrest=ended, facility=Facility.objects.first(), began=edge)
        act = Pardon.objects.create(wave=wave, slug=f"edge-{number}", title="Act", announced_on=edge)
        Release.objects.create(arrest=ended, mechanism_id="pardon", pardon=act)
    make_arrest(began="9999", last_confirmed_on=date.max)
    settle()
    return Client(raise_request_exception=False)


@settings(max_examples=150, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), parameters=parameters)
def test_no_query_breaks_a_page(reader: Client, path: str, parameters: list[tuple[str, str]]) -> None:
    answer = reader.get(f"{path}?{urlencode(parameters)}", follow=True)
    assert text_of(answer)  # a file is made while it is read
    assert answer.status_code in (200, 400, 404), (path, parameters)


def test_no_nasty_value_breaks_a_parameter(reader: Client) -> None:
    everywhere = [[(name, value) for name in NAMES] for value in NASTY]
    searched = [[(name, value)] for name in ("q", "case", "recognised", "on") for value in NASTY]
    asked = [f"/counts.json?{urlencode(query)}" for query in (*everywhere, *searched)]
    assert [path for path in asked if reader.get(path).status_code not in (200, 400)] == []


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("day", [date.min, date(4, 2, 29), date.max])
def test_any_day_can_be_asked(reader: Client, measure: str, day: date) -> None:
    asked = {"to" if MEASURES[measure].is_flow else "on": day, "measure": measure, "recognised": "any"}
    answers = {by: reader.get("/counts/", {**asked, "by": by}).status_code for by in DIMENSIONS}
    assert answers == dict.fromkeys(DIMENSIONS, 200)
    assert reader.get("/prisoners/", {"on": day}).status_code == 200
    rows = [text_of(reader.get(path, {"on": day})) for path in FILES if path.startswith("/prisoners")]
    assert all(rows)


def test_no_date_of_a_record_breaks_a_page(reader: Client) -> None:
    people = [person.get_absolute_url() for person in Prisoner.objects.all()]
    acts = [f"{WAVE}{pardon.slug}/" for pardon in Pardon.objects.all()]
    paths = [
        "/",
        "/prisoners/",
        "/releases/",
        "/releases/late-summer/",
        *people,
        *(f"{path[:-1]}.json" for path in people),
        *(f"/api/v1{path}" for path in people),
        *API,
        "/api/v1/waves/late-summer/",
        "/releases/late-summer.json",
        "/timeline/",
        "/timeline.json",
        *acts,
        *(f"{act[:-1]}.json" for act in acts),
    ]
    assert {path: status for path in paths if (status := reader.get(path).status_code) != 200} == {}


NOWHERE = ["/api/v1/%00/", "/api/v1/prisoners/%00/", "/api/v1/waves/x%00/", "/api/v1/waves/%FF/", "/api/%00/"]


@pytest.mark.parametrize(
    "path", ["/prisoners/%00/", "/prisoners/BY-00000%00/", "/releases/%00/", "/releases/x/%FF/", "/%C0%AF", *NOWHERE]
)
def test_no_address_breaks_the_site(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404
