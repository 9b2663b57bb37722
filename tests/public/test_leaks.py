"""Nothing unpublished gets out: every address answers as in a world in which hidden people don't exist."""

import re
from collections.abc import Iterable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from counts.asking import CountFilters
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.listing import SORTS, ListFilters
from prisoners.models import Arrest, Case, Context, Facility, Organisation, Photo, Source, Statute
from public.api.asking import CaseFilters
from public.urls import urlpatterns as public_patterns
from releases.models import Pardon, PardonLine, Wave
from tests.packages import PREPARED
from tests.public import canaries
from tests.public.bodies import FILES, text_of
from tests.public.canaries import CANARY, HIDDEN, Hidden
from tests.public.worlds import make_case, make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
# Texts that the database allows only in some forms: codes of persons, terms, countries, regions, languages and scripts.
HELD_TO_A_FORM = {
    "Review.decided_by",  # empty until it is decided
    "Summary.language",
    "Vulnerability.code",
    "Criterion.code",
    "Condition.code",
    "Agency.code",
    "Affiliation.code",
    "Arrest.country",
    "Arrest.region",
    "Capture.file",
    "Capture.sha256",
    "Facility.country",
    "Facility.region",
    "Licence.code",
    "Mechanism.code",
    "Name.language",
    "Name.script",
    "Occupation.code",
    "Original.file",
    "Original.sha256",
    "Photo.file",
    "Photo.sha256",
    "Photo.small_sha256",
    "Prisoner.code",
    "Prisoner.country",
    "Prisoner.home_region",
    "Regime.code",
    "Source.language",
    "Statute.country",
    "TreatmentKind.code",
}
CRAWLED_AT_MOST = 60
API_LISTS = [f"/api/v1/{name}/" for name in ("prisoners", "arrests", "releases")]
API = [
    *(
        "/api/",
        "/api/v1/",
        "/api/v1/openapi.json",
        "/api/v1/counts/",
        "/api/v1/counts/?known=1",
        "/api/v1/pardons/act-1/",
        "/api/v1/waves/late-summer/",
    ),
    *(f"/api/v1/{name}/" for name in ("pardons", "waves", "facilities", "events", "organisations")),
    *("/api/v1/facilities/colony-15/", "/api/v1/events/late-summer-said-1/", "/api/v1/organisations/monitor/"),
    *("/api/prisoners/", "/api/v1/nothing/there/", *API_LISTS),
]
PAGES = [
    *("/", "/prisoners/", "/releases/", "/counts/", "/data/", "/data/dictionary/", "/methodology/", "/about/", *FILES),
    *("/releases/late-summer.json", "/releases/late-summer/act-1.json", "/timeline/", "/timeline.json"),
    "/timeline/?from=2020-01-01&to=2026-01-01",
    *("/counts/?known=1", "/counts.json?known=1&recognised=any", "/counts/ask/?until=2024-01-01"),
    *("/counts/people/", "/counts/people/?known=1&recognised=any&measure=ever"),
    *("/counts.svg", "/counts.png", "/counts.svg?by=region&recognised=any"),
    *("/counts/changes/", "/counts/changes/?known_from=1&recognised=any", "/counts/changes.json?known_from=1&recognised=any"),
    *API,
]
NAMEABLE = {"case": Case, "context": Context, "facility": Facility, "recognised": Organisation, "article": Statute}
QUERIED = ["/prisoners/", "/prisoners.csv", "/counts.json", "/api/v1/arrests/"]


def make_public_world() -> None:
    """Everything that readers may see, with the records that hidden people share."""
    make_case(arrests=2)
    make_wave()
    case = Case.objects.create(slug="group-trial", title="A group trial")
    Arrest.objects.filter(prisoner__names__text="Taras Vymyšleny").update(case=case)


def shared() -> dict:
    """Public records that hidden people are tied to as well."""
    return {model: model.objects.first() for model in (Case, Context, Facility, Organisation, Source, Statute)}


def addresses(hidden_people: Iterable[Hidden]) -> list[str]:
    """Where somebody who looks for hidden people would look, names and codes in hand."""
    asked = [*PAGES, *PREPARED, "/healthz", "/no/such/page/", *_wrong_values(), *_breakdowns()]
    asked += [f"/prisoners/?sort={sort}" for sort in SORTS] + [
        f"/prisoners/?q={CANARY}&status={status}" for status in ("held", "died")
    ]
    for hidden in hidden_people:
        asked += [f"/prisoners/{hidden.code}/", f"/prisoners/{hidden.code}.json", f"/prisoners/{hidden.code}"]
        asked.append(photo_of(hidden))
        asked += [f"/api/v1/prisoners/{hidden.code}/", f"/api/v1/facilities/{hidden.slug(Facility)}/"]
        asked.append(f"/api/v1/organisations/{hidden.slug(Organisation)}/")
        asked += [f"{page}?q={hidden.code}" for page in QUERIED]
        asked += [f"{page}?{name}={hidden.slug(model)}" for name, model in NAMEABLE.items() for page in QUERIED]
    return asked


def photo_of(hidden: Hidden) -> str:
    return f"/prisoners/{hidden.code}/photos/{hidden.digits(Photo, 'file')[:32]}.jpg"


def _wrong_values() -> list[str]:
    """Errors name what is valid."""
    asked = {"/prisoners/": ListFilters, "/counts.json": CountFilters, "/api/v1/arrests/": CaseFilters}
    return [f"{path}?{name}=@" for path, filters in asked.items() for name in sorted(filters.base_filters)]


def _breakdowns() -> list[str]:
    asked = [f"/counts.csv?recognised=any&unit=arrests&measure={measure}" for measure in ("releases", "ever")]
    return [f"{path}&by={by}" for path in asked for by in DIMENSIONS]


def crawl(client: Client) -> list[str]:
    """Addresses within the site, by links from the first page."""
    found, seen = ["/"], {"/"}
    for path in found:
        html = text_of(client.get(path))
        for link in re.findall(r'href="([^"]*)"', html):
            target = _absolute(path, link.replace("&amp;", "&"))
            if target and target not in seen and len(found) < CRAWLED_AT_MOST:
                seen.add(target)
                found.append(target)
    return found


def _absolute(path: str, link: str) -> str:
    if link.startswith("?"):
        return path.partition("?")[0] + link
    return link if link.startswith("/") and not link.startswith("/static/") and link not in PREPARED else ""


def answers(client: Client, paths: Iterable[str]) -> dict[str, tuple]:
    found = {path: client.get(path) for path in paths}
    return {path: (answer.status_code, sorted(answer.headers.items()), text_of(answer)) for path, answer in found.items()}


def plan_hidden_people() -> list[Hidden]:
    """For each way of being hidden one person with records of their own, and one who shares all with published people."""
    terms = canaries.terms()
    people = []
    for number, kind in enumerate(HIDDEN):
        people.append(plan_hidden_person(kind, f"BY-CANA0{number}", terms))
        people.append(plan_hidden_person(kind, f"BY-CANA1{number}", {**terms, **shared()}))
    return people


def plan_hidden_person(kind: str, code: str, given: dict) -> Hidden:
    """Somebody named by a line of a public list, who is not in the records yet."""
    line = canaries.unmatched_line(Pardon.objects.first())
    return Hidden(kind, code, {Wave: Wave.objects.first(), Pardon: line.pardon, PardonLine: line, **given})


def test_every_address_answers_as_if_hidden_people_did_not_exist(client: Client) -> None:
    make_public_world()
    people = plan_hidden_people()
    settle()
    paths = list(dict.fromkeys([*crawl(client), *addresses(people)]))
    before = answers(client, paths)
    for hidden in people:
        hidden.make_all()
    settle()
    after = answers(client, paths)
    assert [path for path in paths if before[path] != after[path]] == []
    unasked = [path for path in paths if CANARY not in path.upper()]
    assert [path for path in unasked if CANARY in str(after[path]).upper()] == []


def test_every_text_of_a_hidden_person_holds_a_canary() -> None:
    make_public_world()
    hidden = plan_hidden_person("draft", "BY-CANA00", {})
    hidden.make_all()
    assert canaries.texts_without_canary(hidden) == HELD_TO_A_FORM


@pytest.mark.parametrize("path", ["/prisoners/{}/", "/prisoners/{}.json", "/api/v1/prisoners/{}/"])
@pytest.mark.parametrize("kind", [*HIDDEN, "counted"])
def test_hidden_person_asks_the_database_what_one_asks_who_never_was(client: Client, kind: str, path: str) -> None:
    make_public_world()
    plan_hidden_person(kind, "BY-CANA00", {}).make_all()
    settle()
    assert _queries(client, "BY-CANA00", path) == _queries(client, "BY-000000", path)


def _queries(client: Client, code: str, path: str) -> list[str]:
    """The statements of a page, but for the code that they ask."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path.format(code)).status_code == 404
    return [re.sub(r"s\d+_x\d+", "savepoint", query["sql"].replace(code, "CODE")) for query in captured]


# What readers may see of somebody's own records, by model and field. A new field is hidden until it is written here.
SHOWN_OF_INITIALS = {
    *("Context.slug", "Context.title", "Organisation.name", "Organisation.slug"),
    *("Statute.article", "Statute.law", "Statute.part", "Statute.slug", "Statute.title"),
    *("Mechanism.labels", "Occupation.labels", "TreatmentKind.labels", "Organisation.url"),
}
SHOWN_OF_NAMED = SHOWN_OF_INITIALS | {
    *("Agency.labels", "Arrest.circumstances", "Arrest.place", "Arrest.real_reason", "Arrest.stated_reason"),
    *("Case.slug", "Case.title", "Citation.locator", "Citation.value", "Facility.name", "Facility.slug"),
    *("Judgment.court", "Name.text", "Summary.text", "Recognition.criteria_note", "Criterion.labels"),
    *("Recognition.statement_url", "Photo.alternative_text", "Photo.credit", "Licence.labels", "Licence.url"),
    *(
        "Affiliation.label",
        "Affiliation.labels",
        "Vulnerability.labels",
        "Condition.labels",
        "VoidRelease.because",
        "Citation.field",
    ),
    *("Judgment.judge", "Recognition.withdrawn_because", "Facility.postal_address"),
    *("Regime.labels", "Source.archived_url", "Source.publisher", "Source.title", "Source.url", "Treatment.account"),
}
SHOWN = {"named": SHOWN_OF_NAMED, "initials": SHOWN_OF_INITIALS, "counted": set()}


@pytest.mark.parametrize("kind", canaries.VISIBLE)
def test_visible_person_shows_exactly_what_is_meant_for_readers(client: Client, kind: str) -> None:
    make_public_world()
    person = plan_hidden_person(kind, "BY-CANA00", canaries.terms())
    person.make_all()
    settle()
    paths = list(dict.fromkeys([*crawl(client), *every_page(person)]))
    texts = [str(answer[1:]) for path, answer in answers(client, paths).items() if CANARY not in path.upper()]
    everything = "\n".join(texts)
    assert {where for text, where in canaries.planted().items() if text in everything} == SHOWN[kind]


def every_page(person: Hidden) -> list[str]:
    """Each page, list, breakdown and format where somebody can show, without naming them in the address."""
    code = [f"/prisoners/{person.code}/", f"/prisoners/{person.code}.json", f"/api/v1/prisoners/{person.code}/", photo_of(person)]
    lists = ("/prisoners/", "/prisoners.csv", "/prisoners.jsonl")
    sorts = [f"{page}?sort={sort}&on={day}" for page in lists for sort in SORTS for day in ("2020-12-31", "2026-01-01")]
    counts = [f"/counts{form}?recognised=any&measure=ever&by={by}" for form in ("/", ".json", ".csv") for by in DIMENSIONS]
    return [*PAGES, *code, *sorts, *counts, *_wrong_values(), "/no/such/page/", "/releases/late-summer/", "/healthz"]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_public_address_is_looked_at_in_every_language(client: Client, language: str) -> None:
    make_public_world()
    person = plan_hidden_person("initials", "BY-CANA00", {})
    person.make_all()
    settle()
    with translation.override(language):
        start = reverse("home")
        paths = [start + path[1:] for path in dict.fromkeys([*crawl(client), *every_page(person)])]
        found = {path: client.get(path, headers={"Accept-Language": language}) for path in paths}
    seen = {answer.resolver_match.url_name for answer in found.values() if answer.status_code != 404}
    # Nobody here has a photo to be seen, so its address answers as any that never was; test_photos.py looks at those that are.
    assert {pattern.name for pattern in public_patterns} - seen == {"photo", "package", "followthemoney", "api-nothing"}
    hidden = [text for text, where in canaries.planted().items() if where not in SHOWN_OF_INITIALS]
    said = {path: text_of(answer) for path, answer in found.items()}
    leaks = [(path, text) for path, words in said.items() for text in hidden if text in words]
    assert leaks == []


# Where a number stands that somebody who is only counted may change; in files of people, that of the newest revision alone.
WITH_TOTALS = re.compile(
    r"/(counts.*|releases/.*|timeline(/|\.json)(\?.*)?|prisoners\.(json|xlsx|parquet)|data/([#p].*|followthemoney.jsonl)?"
    r"|api/v1/counts/.*|api/v1/(waves|pardons)/.+)?"
)


def test_only_counted_person_is_in_totals_and_nowhere_else(client: Client) -> None:
    make_public_world()
    terms = canaries.terms()
    people = [
        plan_hidden_person("counted", "BY-CANA00", terms),
        plan_hidden_person("counted", "BY-CANA10", {**terms, **shared()}),
    ]
    settle()
    paths = list(dict.fromkeys([*crawl(client), *addresses(people), *every_page(people[0])]))
    before = answers(client, paths)
    for person in people:
        person.make_all()
    settle()
    after = answers(client, paths)
    changed = [path for path in paths if before[path] != after[path]]
    assert [path for path in changed if not WITH_TOTALS.fullmatch(path)] == []
    assert [path for path in paths if CANARY not in path.upper() and CANARY in str(after[path]).upper()] == []


@pytest.mark.parametrize("by", [name for name in DIMENSIONS if name not in ("year", "month")])
def test_only_counted_person_changes_a_total_and_no_group(client: Client, by: str) -> None:
    make_public_world()
    settle()
    paths = [f"/counts.json?recognised=any&measure={measure}&by={by}" for measure in ("ever", "held", "arrests", "releases")]
    before = [client.get(path).json() for path in paths]
    plan_hidden_person("counted", "BY-CANA10", shared()).make_all()
    settle()
    after = [client.get(path).json() for path in paths]
    assert [one["groups"] for one in after] == [one["groups"] for one in before]
    grown = [(new["total"]["at_most"] - old["total"]["at_most"]) for old, new in zip(before, after, strict=True)]
    assert grown[0] == 1
    assert [one["counted_only"]["at_most"] for one in after] == grown


FILTERED = ["gender=unknown", "region=BY-HM", "country=BY", "age_max=60", "status=held", "q=canary", "treatment=none"]


@pytest.mark.parametrize("narrowing", FILTERED)
def test_only_counted_person_changes_no_narrowed_number(client: Client, narrowing: str) -> None:
    make_public_world()
    settle()
    path = f"/counts.json?recognised=any&measure=ever&{narrowing}"
    before = client.get(path).json()["total"]
    plan_hidden_person("counted", "BY-CANA10", shared()).make_all()
    settle()
    assert client.get(path).json()["total"] == before


def test_confidential_source_shows_nowhere(client: Client) -> None:
    make_public_world()
    person = plan_hidden_person("named", "BY-CANA00", canaries.terms())
    person.make_all()
    Source.objects.filter(pk=person.made[Source].pk).update(confidentiality="confidential")
    settle()
    everything = "\n".join(str(answer[1:]) for answer in answers(client, [*crawl(client), *every_page(person)]).values())
    shown = {where for text, where in canaries.planted().items() if text in everything}
    # That there is one, and for which field, may be known.
    hidden = {where for where in SHOWN_OF_NAMED if where.startswith(("Source.", "Citation."))} - {"Citation.field"}
    assert shown == SHOWN_OF_NAMED - hidden
