"""The pages of photos and captured files at the desk: what is said of bad files, who may see what, and how files leave."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client

from desk.admin.labels import page_of
from desk.admin.photos import PhotoAdmin
from desk.files.keeping import private_folder
from desk.models import Capture, Original
from prisoners.models import Photo, State
from tests import images
from tests.desk.admin_forms import add_page, complaints, filled_in, list_page, save
from tests.factories import make_prisoner, make_source
from tests.files import PAGE, make_capture, make_photo

pytestmark = pytest.mark.django_db
NOT_KEPT = "max-age=0, no-cache, no-store, must-revalidate, private"
SANDBOX = "default-src 'none'; sandbox"
# The name and the type that a browser claims for a file are worth nothing.
BAD = {
    "gif": (
        images.saved(images.drawn(), "GIF"),
        "this is a GIF image. What can be taken: a JPEG image, a PNG image, a WebP image.",
    ),
    "svg": (BytesIO(b"<svg xmlns='x'><script>alert(1)</script></svg>"), "this is an SVG drawing, which can hold scripts."),
    "html": (BytesIO(b"<html><script>alert(1)</script>"), "this is an HTML page."),
    "program": (BytesIO(b"MZ\x90"), "this is a program."),
    "empty": (BytesIO(b""), "The file is empty."),
    "cut": (BytesIO(images.photo().getvalue()[:2000]), "The picture is broken"),
    "bomb": (images.claiming_png(20_000, 20_000), "The picture is too large: at most 52 million pixels can be taken."),
}


def sent(
    content: bytes | BytesIO, name: str = "holiday at Hidden Street 7.jpg", claimed: str = "image/jpeg"
) -> SimpleUploadedFile:
    whole = content.getvalue() if isinstance(content, BytesIO) else content
    return SimpleUploadedFile(name, whole, content_type=claimed)


def new_photo(person, file: BytesIO, **more: object) -> dict[str, object]:
    facts = {"alternative_text": "A drawing", "licence": "cc_by_4_0", "prisoner": person.pk, "upload": sent(file)}
    return {**facts, **more}


def send(client: Client, address: str, values: dict[str, object]) -> HttpResponse:
    """Open the page, fill it in, press “Save”."""
    return client.post(address, {**filled_in(client.get(address)), **values})


def client_with(*permissions: str) -> Client:
    """Somebody of the desk who may do so much."""
    user = User.objects.create_user("helper", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_editor_adds_a_photo_that_is_not_public_by_itself(desk: Client, media: Path) -> None:
    person = make_prisoner()
    response = send(desk, add_page(Photo), new_photo(person, images.telling_jpeg(orientation=6)))
    photo = Photo.objects.get()
    assert (complaints(response), response.url) == ({}, page_of(person))
    assert (photo.prisoner, photo.width, photo.height, photo.is_public, photo.is_primary) == (person, 300, 400, False, True)
    assert private_folder().read(Original.objects.get().file_name) == images.telling_jpeg(orientation=6).getvalue()
    assert "Hidden" not in str(files(media))


@pytest.mark.parametrize("kind", BAD)
def test_bad_photo_is_refused_beside_its_field_with_the_reason(desk: Client, media: Path, kind: str) -> None:
    file, words = BAD[kind]
    response = save(desk, add_page(Photo), new_photo(make_prisoner(), file))
    found = complaints(response)
    assert list(found) == ["upload"]
    assert words in found["upload"][0]
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_photo_that_is_too_large_is_refused_and_no_more_of_it_kept_than_needed(desk: Client, settings, media: Path) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    response = save(desk, add_page(Photo), new_photo(make_prisoner(), images.photo(800, 800)))
    assert complaints(response) == {"upload": ["The file is too large: at most 1000\xa0bytes can be taken."]}
    [file] = response.wsgi_request.FILES.values()
    assert file.size == 1001


def test_same_photo_again_is_refused_beside_its_field(desk: Client, media: Path) -> None:
    photo = make_photo()
    response = save(desk, add_page(Photo), new_photo(photo.prisoner, images.telling_jpeg()))
    assert complaints(response) == {"upload": ["This person has a photo from this very file already."]}


def test_public_photo_without_consent_is_refused_in_words_and_leaves_no_file(desk: Client, media: Path) -> None:
    response = save(desk, add_page(Photo), new_photo(make_prisoner(), images.photo(), is_public="on"))
    assert complaints(response) == {"consent_on": ["A photo can be public only with the day on which consent was given."]}
    assert files(media) == []


def test_mark_of_the_case_page_moves_to_the_photo_that_is_saved_with_it(desk: Client) -> None:
    first = make_photo()
    second = make_photo(first.prisoner, file=images.photo())
    assert complaints(save(desk, page_of(second), {"is_primary": "on"})) == {}
    assert dict(Photo.objects.values_list("pk", "is_primary")) == {first.pk: False, second.pk: True}


def test_withdrawn_consent_takes_the_photo_from_readers_at_once(desk: Client, client: Client) -> None:
    photo = make_photo()
    address = f"/prisoners/{photo.prisoner.code}/photos/{photo.file}.jpg"
    assert client.get(address).status_code == 200
    assert complaints(save(desk, page_of(photo), {"consent_withdrawn_on": "2024-06-01"})) == {}
    assert client.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_deleted_photo_takes_its_files_along(desk: Client, media: Path) -> None:
    one, two = make_photo(), make_photo()
    desk.post(f"{page_of(one).removesuffix('change/')}delete/", {"post": "yes", "reason": "Asked for."})
    assert (list(Photo.objects.all()), len(files(media))) == ([two], 3)
    desk.post(
        list_page(Photo), {"action": "delete_selected", "_selected_action": [two.pk], "post": "yes", "reason": "Asked for."}
    )
    assert (Photo.objects.count(), files(media)) == (0, [])


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        ({}, State.PUBLISHED, "They see this photo."),
        ({}, State.DRAFT, "Not shown while the person is not public by name."),
        ({"is_public": False}, State.PUBLISHED, "Not public."),
        ({"consent_on": "2999-01-01"}, State.PUBLISHED, "Not shown: there is no consent yet."),
        ({"consent_withdrawn_on": "2024-02-01"}, State.PUBLISHED, "Not shown: the consent was withdrawn."),
    ],
)
def test_page_of_a_photo_says_what_readers_see(desk: Client, facts, state, words: str) -> None:
    photo = make_photo(make_prisoner(state=state), **facts)
    assert words in desk.get(page_of(photo)).content.decode()


def test_page_of_a_person_shows_each_photo_and_the_way_to_another(desk: Client) -> None:
    photo = make_photo()
    html = desk.get(page_of(photo.prisoner)).content.decode()
    assert f'src="/desk/admin/prisoners/photo/{photo.pk}/preview.jpg" width="320" height="240"' in html
    assert f'href="{page_of(photo)}"' in html
    assert f'href="{add_page(Photo)}?prisoner={photo.prisoner.pk}"' in html
    preview = desk.get(f"/desk/admin/prisoners/photo/{photo.pk}/preview.jpg")
    assert (preview.status_code, preview.headers["Content-Type"], preview.headers["Cache-Control"]) == (
        200,
        "image/jpeg",
        NOT_KEPT,
    )


def test_original_leaves_as_it_came_under_a_name_that_says_nothing(desk: Client) -> None:
    photo = make_photo()
    found = desk.get(f"/desk/admin/prisoners/photo/{photo.pk}/original")
    sha256 = Original.objects.get().sha256
    assert found.content == images.telling_jpeg().getvalue()
    assert found.headers["Content-Disposition"] == f'attachment; filename="original-{sha256[:12]}.jpg"'
    assert sha256 in desk.get(page_of(photo)).content.decode()


def test_editor_adds_a_captured_file_and_finds_its_hash_on_the_page_of_the_source(desk: Client, media: Path) -> None:
    source = make_source()
    file = sent(PAGE, "Ян Новік.exe", "application/x-msdownload")
    response = send(desk, add_page(Capture), {"source": source.pk, "upload": file})
    capture = Capture.objects.get()
    assert (complaints(response), response.url, capture.media_type) == ({}, page_of(source), "text/html")
    html = desk.get(page_of(source)).content.decode()
    assert (capture.sha256 in html, f"/desk/admin/desk/capture/{capture.pk}/download" in html) == (True, True)


def test_captured_file_leaves_as_an_attachment_that_no_browser_opens(desk: Client) -> None:
    capture = make_capture(content=b"<html><script>alert(1)</script>")
    found = desk.get(f"/desk/admin/desk/capture/{capture.pk}/download")
    names = ("Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")
    assert [found.headers[name] for name in names] == [
        "application/octet-stream",
        f'attachment; filename="capture-{capture.sha256[:12]}.html"',
        SANDBOX,
        "nosniff",
        NOT_KEPT,
    ]
    assert found.content == b"<html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04", "this is a ZIP archive or an office document."),
        (b"<svg/>", "this is an SVG drawing, which can hold scripts."),
        (bytes(50), "this is of a kind that isn’t known here."),
    ],
)
def test_bad_capture_is_refused_beside_its_field_with_the_reason(desk: Client, media: Path, content: bytes, words: str) -> None:
    response = save(desk, add_page(Capture), {"source": make_source().pk, "upload": sent(content)})
    found = complaints(response)
    assert list(found) == ["upload"]
    assert words in found["upload"][0]
    assert (Capture.objects.count(), files(media)) == (0, [])


def test_same_capture_again_is_refused_beside_its_field(desk: Client) -> None:
    capture = make_capture()
    response = save(desk, add_page(Capture), {"source": capture.source.pk, "upload": sent(PAGE)})
    assert complaints(response) == {"upload": ["This very file has been captured for this source already."]}


def test_same_capture_from_a_colleague_in_the_same_moment_is_explained_and_leaves_no_file(
    desk: Client, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = make_capture()
    monkeypatch.setattr("desk.admin.captures.is_known", lambda **_asked: False)
    response = save(desk, add_page(Capture), {"source": capture.source.pk, "upload": sent(PAGE)})
    assert (response.status_code, len(files(media))) == (409, 1)
    assert "This very file has been captured for this source already." in response.content.decode()


def test_failure_after_the_files_were_written_leaves_none(desk: Client, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise IntegrityError("later")

    monkeypatch.setattr(PhotoAdmin, "log_addition", fail)
    with pytest.raises(IntegrityError, match="later"):
        save(desk, add_page(Photo), new_photo(make_prisoner(), images.photo()))
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_captured_file_can_not_be_changed(desk: Client) -> None:
    capture = make_capture()
    assert desk.post(page_of(capture), {"source": make_source().pk}).status_code == 403
    assert Capture.objects.get().source == capture.source


PRIVATE = {
    "preview": lambda photo, capture: f"/desk/admin/prisoners/photo/{photo.pk}/preview.jpg",
    "original": lambda photo, capture: f"/desk/admin/prisoners/photo/{photo.pk}/original",
    "capture": lambda photo, capture: f"/desk/admin/desk/capture/{capture.pk}/download",
}
NEEDED = {"preview": "view_photo", "original": "view_original", "capture": "view_capture"}


@pytest.mark.parametrize("file", PRIVATE)
def test_file_is_for_those_who_may_see_that_kind_and_others_learn_nothing(file: str) -> None:
    photo, capture = make_photo(), make_capture()
    path = PRIVATE[file](photo, capture)
    missing = re.sub(r"\d+", "999999", path)
    others = client_with(*(permission for kind, permission in NEEDED.items() if kind != file))
    assert [others.get(path).status_code, others.get(missing).status_code] == [403, 403]
    User.objects.get(username="helper").user_permissions.set(Permission.objects.filter(codename=NEEDED[file]))
    assert [others.get(path).status_code, others.get(missing).status_code] == [200, 404]


@pytest.mark.parametrize("file", PRIVATE)
def test_file_is_not_for_readers_and_strangers(client: Client, outside: Client, file: str) -> None:
    path = PRIVATE[file](make_photo(), make_capture())
    assert [each.get(path).url for each in (client, outside)] == [f"/desk/admin/login/?next={path}"] * 2


def test_who_may_see_people_but_no_files_sees_nothing_of_them() -> None:
    photo, capture = make_photo(), make_capture()
    helper = client_with("view_prisoner", "view_source")
    person, source = (helper.get(page_of(record)).content.decode() for record in (photo.prisoner, capture.source))
    assert ("preview.jpg" in person, capture.sha256 in source) == (False, False)


@pytest.mark.parametrize(("model", "permission"), [(Photo, "view_photo"), (Capture, "view_capture")])
def test_who_may_only_look_can_not_upload(media: Path, model, permission: str) -> None:
    response = client_with(permission).post(add_page(model), new_photo(make_prisoner(), images.photo()))
    assert (response.status_code, model.objects.count(), files(media)) == (403, 0, [])


@pytest.mark.parametrize("path", ["/desk/admin/login/", "/counts/", "/no/such/page/"])
def test_upload_of_somebody_without_an_account_is_not_received(client: Client, outside: Client, path: str) -> None:
    for each in (client, outside):
        response = each.post(path, {"upload": sent(images.photo())})
        assert list(response.wsgi_request.FILES) == []


def test_uploads_of_one_request_are_bounded_together(desk: Client, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    response = desk.post(add_page(Photo), {"one": sent(bytes(800)), "two": sent(bytes(800)), "three": sent(bytes(800))})
    assert [file.size for file in response.wsgi_request.FILES.values()] == [800, 201, 0]


def test_missing_file_is_said_to_be_missing(desk: Client) -> None:
    capture = make_capture()
    private_folder().delete(capture.file_name)
    assert desk.get(f"/desk/admin/desk/capture/{capture.pk}/download").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_source_asks_as_often_for_three_captures_as_for_one(
    desk: Client, django_assert_num_queries, count: int
) -> None:
    source = make_source()
    for number in range(count):
        make_capture(source, PAGE + bytes([65 + number]))
    with django_assert_num_queries(8):
        desk.get(page_of(source))


@pytest.mark.parametrize("model", [Photo, Capture])
def test_list_asks_as_often_for_three_rows_as_for_one(desk: Client, django_assert_num_queries, model) -> None:
    make_photo()
    make_capture()
    queries = 6 if model is Photo else 4
    with django_assert_num_queries(queries):
        desk.get(list_page(model))
    for _ in range(2):
        make_photo()
        make_capture()
    with django_assert_num_queries(queries):
        desk.get(list_page(model))
