"""Nothing unpublished gets out: every address answers as in a world in which hidden people don't exist."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counts.answers import CountFilters
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.listing import SORTS, ListFilters
from prisoners.models import Arrest, Case, Context, Facility, Organisation, Photo, Source, Statute
from releases.models import Pardon, PardonLine, Wave
from tests.public import canaries
from tests.public.canaries import CANARY, HIDDEN, Hidden
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
# Texts that the database allows only in some forms: codes of persons, terms, countries, regions, languages and scripts.
HELD_TO_A_FORM = {
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
PAGES = ["/", "/prisoners/", "/releases/", "/counts/", "/counts.json", "/counts.csv", "/data/", "/methodology/", "/about/"]
NAMEABLE = {"case": Case, "context": Context, "facility": Facility, "recognised": Organisation, "article": Statute}
QUERIED = ["/prisoners/", "/counts.json"]


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
    asked = [*PAGES, "/healthz", "/no/such/page/", *_wrong_values(), *_breakdowns()]
    asked += [f"/prisoners/?sort={sort}" for sort in SORTS] + [
        f"/prisoners/?q={CANARY}&status={status}" for status in ("held", "died")
    ]
    for hidden in hidden_people:
        asked += [f"/prisoners/{hidden.code}/", f"/prisoners/{hidden.code}.json", f"/prisoners/{hidden.code}"]
        asked.append(f"/prisoners/{hidden.code}/photos/{hidden.digits(Photo, 'file')[:32]}.jpg")
        asked += [f"{page}?q={hidden.code}" for page in QUERIED]
        asked += [f"{page}?{name}={hidden.slug(model)}" for name, model in NAMEABLE.items() for page in QUERIED]
    return asked


def _wrong_values() -> list[str]:
    """Errors name what is valid."""
    of_lists, of_counts = set(ListFilters.base_filters), set(CountFilters.base_filters)
    return [f"/prisoners/?{name}=@" for name in sorted(of_lists)] + [f"/counts.json?{name}=@" for name in sorted(of_counts)]


def _breakdowns() -> list[str]:
    asked = [f"/counts.csv?recognised=any&unit=arrests&measure={measure}" for measure in ("releases", "ever")]
    return [f"{path}&by={by}" for path in asked for by in DIMENSIONS]


def crawl(client: Client) -> list[str]:
    """Addresses within the site, by links from the first page."""
    found, seen = ["/"], {"/"}
    for path in found:
        html = client.get(path).content.decode()
        for link in re.findall(r'href="([^"]*)"', html):
            target = _absolute(path, link.replace("&amp;", "&"))
            if target and target not in seen and len(found) < CRAWLED_AT_MOST:
                seen.add(target)
                found.append(target)
    return found


def _absolute(path: str, link: str) -> str:
    if link.startswith("?"):
        return path.partition("?")[0] + link
    return link if link.startswith("/") and not link.startswith("/static/") else ""


def answers(client: Client, paths: Iterable[str]) -> dict[str, tuple]:
    found = {path: client.get(path) for path in paths}
    return {path: (answer.status_code, sorted(answer.headers.items()), answer.content) for path, answer in found.items()}


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


def test_every_address_answers_as_if_hidden_people_did_not_exist(client: Client, media: Path) -> None:
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


def test_every_text_of_a_hidden_person_holds_a_canary(media: Path) -> None:
    make_public_world()
    hidden = plan_hidden_person("draft", "BY-CANA00", {})
    hidden.make_all()
    assert canaries.texts_without_canary(hidden) == HELD_TO_A_FORM


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_person_costs_as_many_queries_as_one_who_never_was(client: Client, kind: str, media: Path) -> None:
    make_public_world()
    plan_hidden_person(kind, "BY-CANA00", {}).make_all()
    settle()
    assert _queries(client, "/prisoners/BY-CANA00/") == _queries(client, "/prisoners/BY-000000/")


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)
