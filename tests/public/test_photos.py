"""Photos on readers' pages: seen only while everything allows it, and gone without a trace the moment it doesn't."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from PIL import Image

from prisoners.files.folder import public_folder
from prisoners.models import Consent, Photo, Prisoner, State, Visibility
from prisoners.models.photos import StoredImage
from public.photos import display_size
from tests import images
from tests.factories import as_operator, make_prisoner
from tests.files import make_capture, make_photo
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db
UNKNOWN = f"/prisoners/BY-000000/photos/{'0' * 32}.jpg"


def address(photo: Photo, size: str = "", code: str = "") -> str:
    return f"/prisoners/{code or photo.prisoner.code}/photos/{photo.file}{size}.jpg"


def answer(client: Client, path: str) -> tuple:
    found = client.get(path)
    return found.status_code, sorted(found.headers.items()), found.content


def set_person(photo: Photo, **facts: object) -> None:
    with as_operator():
        Prisoner.objects.filter(pk=photo.prisoner.pk).update(**facts)


def give_to(photo: Photo, state: str) -> None:
    """What was published never becomes a draft again: so the photo becomes that of somebody else."""
    photo.prisoner = make_prisoner(state=state)
    set_photo(photo, prisoner=photo.prisoner)


def set_photo(photo: Photo, **facts: object) -> None:
    Photo.objects.filter(pk=photo.pk).update(**facts)


def agree(photo: Photo, **facts: object) -> None:
    Consent.objects.create(prisoner=photo.prisoner, scope="photo", given_by="family", given_on="2021-01-01", **facts)


def tomorrow():
    return localdate() + timedelta(days=1)


HIDING: dict[str, Callable[[Photo], object]] = {
    "person draft": lambda it: give_to(it, State.DRAFT),
    "person in_review": lambda it: give_to(it, State.IN_REVIEW),
    "person withdrawn": lambda it: set_person(it, state=State.WITHDRAWN),
    **{
        f"person {visibility}": lambda it, visibility=visibility: set_person(it, visibility=visibility)
        for visibility in Visibility
        if visibility != Visibility.NAMED
    },
    "person under embargo": lambda it: set_person(it, embargo_until=tomorrow()),
    "photo not public": lambda it: set_photo(it, is_public=False),
    "no consent": lambda it: set_photo(it, is_public=False, consent_on=None),
    "consent to come": lambda it: set_photo(it, consent_on=tomorrow()),
    "consent withdrawn": lambda it: set_photo(it, consent_withdrawn_on=localdate()),
    "consent withdrawn from some day on": lambda it: set_photo(it, consent_withdrawn_on=tomorrow()),
    "consent of the log withdrawn": lambda it: agree(it, withdrawn_on=localdate()),
    "photo deleted": lambda it: Photo.objects.filter(pk=it.pk).delete(),
    "file gone": lambda it: [public_folder().delete(name) for name in (it.page_image.name, it.small_image.name)],
}


def test_consent_given_anew_shows_the_photo_again(client: Client) -> None:
    photo = make_photo()
    agree(photo, withdrawn_on=localdate())
    agree(photo)
    assert client.get(address(photo)).status_code == 200


@pytest.mark.parametrize(("size", "width"), [("", 400), ("-small", 320)])
def test_photo_that_may_be_seen_is_handed_out_in_both_sizes(client: Client, size: str, width: int) -> None:
    photo = make_photo()
    found = client.get(address(photo, size))
    assert found.status_code == 200
    assert Image.open(BytesIO(found.content)).size[0] == width
    assert {name: found.headers[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    assert found.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert found.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [name for name in ("Last-Modified", "Set-Cookie", "Vary") if name in found.headers] == []


@pytest.mark.parametrize("size", ["", "-small"])
@pytest.mark.parametrize("reason", HIDING)
def test_photo_that_may_not_be_seen_is_answered_like_one_that_never_was(client: Client, reason: str, size: str) -> None:
    photo = make_photo()
    HIDING[reason](photo)
    hidden, unknown = answer(client, address(photo, size)), answer(client, UNKNOWN)
    assert hidden[0] == 404
    assert hidden == unknown


@pytest.mark.parametrize("reason", HIDING)
def test_photo_that_may_not_be_seen_costs_as_many_queries_as_one_that_never_was(client: Client, reason: str) -> None:
    photo = make_photo()
    HIDING[reason](photo)
    assert _queries(client, address(photo)) == _queries(client, UNKNOWN) == 6


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_photo_is_one_query_within_its_limit_of_time(client: Client, django_assert_num_queries) -> None:
    photo = make_photo()
    with django_assert_num_queries(4):  # savepoint, time limit, photo, savepoint
        client.get(address(photo))


def test_photo_under_the_code_of_somebody_else_is_not_there(client: Client) -> None:
    photo, other = make_photo(), make_photo()
    assert answer(client, address(photo, code=other.prisoner.code)) == answer(client, UNKNOWN)


@pytest.mark.parametrize(
    "path",
    [
        "/prisoners/BY-000000/photos/",
        "/prisoners/BY-000000/photos/x.jpg",
        f"/prisoners/BY-000000/photos/{'0' * 32}.bin",
        f"/prisoners/BY-000000/photos/{'0' * 32}-large.jpg",
        f"/prisoners/BY-000000/photos/..%2F..%2Fprivate%2F{'0' * 32}.bin",
        "/prisoners/BY-000000/photos/../../../../etc/passwd",
        f"/media/public/{'0' * 32}.jpg",
        f"/media/private/{'0' * 32}.bin",
        f"/private/{'0' * 32}.bin",
        f"/static/../media/private/{'0' * 32}.bin",
    ],
)
def test_address_of_no_photo_is_answered_like_any_address_of_nothing(client: Client, path: str) -> None:
    make_photo()
    found, unknown = client.get(path), client.get(UNKNOWN)
    assert (found.status_code, found.content) == (404, unknown.content)


def test_no_kept_file_has_an_address_among_readers_pages(client: Client) -> None:
    make_photo()
    make_capture()
    for kept in (make_photo().file, make_capture().file):
        for path in (f"/{kept}", f"/media/{kept}", f"/desk/{kept}.bin", f"/static/{kept}.bin"):
            assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_photo_can_only_be_read(client: Client, method: str) -> None:
    shown, unknown = (getattr(client, method)(path) for path in (address(make_photo()), UNKNOWN))
    assert (shown.status_code, shown.content, shown.headers) == (405, unknown.content, unknown.headers)


def test_head_says_the_same_without_the_picture(client: Client) -> None:
    path = address(make_photo())
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.headers, head.content) == (200, whole.headers, b"")


def test_browser_that_has_the_photo_is_told_so_until_it_may_not_be_seen(client: Client) -> None:
    photo = make_photo()
    path = address(photo)
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "private, no-cache")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    set_photo(photo, consent_withdrawn_on=localdate())
    gone = client.get(path, headers={"If-None-Match": etag})
    assert (gone.status_code, gone.content) == (404, client.get(UNKNOWN).content)


def test_missing_file_is_said_in_the_log_without_a_name(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    photo = make_photo(make_prisoner("Taras Vymyšleny"))
    HIDING["file gone"](photo)
    client.get(address(photo))
    assert [record.getMessage() for record in caplog.records if record.name == "public.photos"] == [
        f"The file of photo {photo.pk} is missing."
    ]


def page_of(client: Client, person: Prisoner) -> str:
    return client.get(person.get_absolute_url()).content.decode()


def test_case_page_shows_the_photo_with_its_words_and_its_size(client: Client) -> None:
    photo = make_photo(make_case(), credit="A <friend>", taken_on="2019-05", alternative_text='Two "squares"')
    html = page_of(client, photo.prisoner)
    [image] = re.findall(r"<img [^>]*>", html)
    assert image == (
        f'<img src="{address(photo, "-small")}" width="240" height="180" alt="Two &quot;squares&quot;" decoding="async">'
    )
    assert f'<a href="{address(photo)}"><img' in html
    words = " ".join(re.sub(r"<[^>]+>", " ", html.partition("<figcaption>")[2].partition("</figcaption>")[0]).split())
    assert words == "Taken in May 2019. Photo: A &lt;friend&gt; Terms of use: CC BY 4.0"
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noreferrer">CC BY 4.0</a>' in html


@pytest.mark.parametrize("reason", [reason for reason in HIDING if not reason.startswith(("person", "file"))])
def test_case_page_without_a_photo_that_may_be_seen_says_nothing_of_photos(client: Client, reason: str) -> None:
    person = make_case()
    before = page_of(client, person), client.get(f"/prisoners/{person.code}.json").json()
    photo = make_photo(person)
    assert page_of(client, person) != before[0]
    HIDING[reason](photo)
    assert (page_of(client, person), client.get(f"/prisoners/{person.code}.json").json()) == before


def test_case_page_shows_the_chosen_photo_and_the_next_when_that_may_not_be_seen(client: Client) -> None:
    person = make_prisoner()
    first = make_photo(person)
    chosen = make_photo(person, file=images.photo(), is_primary=True)
    assert f"{chosen.file}-small.jpg" in page_of(client, person)
    set_photo(chosen, is_public=False)
    html = page_of(client, person)
    assert (f"{first.file}-small.jpg" in html, chosen.file in html) == (True, False)


def test_json_tells_of_each_photo_that_may_be_seen(client: Client) -> None:
    person = make_prisoner()
    hidden = make_photo(person, is_public=False)
    photo = make_photo(person, file=images.photo(), taken_on="2019", credit="A friend", licence_id="by_permission")
    document = client.get(f"/prisoners/{person.code}.json")
    assert hidden.file not in document.content.decode()
    assert document.json()["photos"] == [
        {
            "url": f"http://testserver{address(photo)}",
            "width": 400,
            "height": 300,
            "alternative_text": "A drawing of two squares",
            "credit": "A friend",
            "licence": "by_permission",
            "licence_url": "",
            "taken_on": {"edtf": "2019", "earliest": "2019-01-01", "latest": "2019-12-31"},
        }
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_case_page_takes_as_many_queries_with_three_photos_as_with_one(
    client: Client, django_assert_num_queries, count: int
) -> None:
    person = make_prisoner()
    for number in range(count):
        make_photo(person, file=images.photo(100 + number, 100))
    # savepoint, time limit, person, names, occupations, photos, arrests, lines of pardons, citations, savepoint, notice
    with django_assert_num_queries(14):
        page_of(client, person)


def test_first_view_with_a_photo_stays_under_sixty_kilobytes(client: Client) -> None:
    noise = images.saved(Image.effect_noise((1200, 1200), 100).convert("RGB"))
    photo = make_photo(make_case(arrests=2), file=noise)
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    parts = [page_of(client, photo.prisoner).encode(), sheet, client.get(address(photo, "-small")).content]
    assert sum(map(len, parts)) < 60 * 1024


@pytest.mark.parametrize(
    ("size", "shown"), [((320, 240), (240, 180)), ((240, 320), (216, 288)), ((100, 80), (100, 80)), ((320, 1), (240, 1))]
)
def test_photo_takes_no_more_of_the_page_than_it_may(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert display_size(StoredImage("", "", *size)) == shown


def test_list_shows_no_photo(client: Client) -> None:
    make_photo(make_case())
    assert "<img" not in client.get("/prisoners/").content.decode()
