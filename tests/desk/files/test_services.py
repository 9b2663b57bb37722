"""Adding and removing photos and captured files: rows and files stay or go together."""

import os
import random
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from desk.files.captures import remove_capture
from desk.files.keeping import keep, kept_with_rows, private_folder
from desk.files.photos import add_photo, is_known, remove_photo, save_photo
from desk.models import Capture, Original
from prisoners.files.folder import public_folder
from prisoners.files.pictures import read_picture
from prisoners.files.uploads import sha256_of
from prisoners.models import Photo
from tests import images
from tests.factories import make_prisoner, make_source
from tests.files import NOW, PAGE, make_capture, make_photo

pytestmark = pytest.mark.django_db


def files(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def test_photo_is_kept_in_two_public_sizes_and_one_private_original(media: Path) -> None:
    photo = make_photo(file=images.telling_jpeg(orientation=6))
    original = Original.objects.get()
    expected = [f"private/{original.file}.bin", f"public/{photo.file}-small.jpg", f"public/{photo.file}.jpg"]
    assert files(media) == sorted(expected)
    assert private_folder().read(original.file_name) == images.telling_jpeg(orientation=6).getvalue()
    assert (original.sha256, original.size, original.media_type, original.received_at) == (
        sha256_of(images.telling_jpeg(orientation=6).getvalue()),
        len(images.telling_jpeg(orientation=6).getvalue()),
        "image/jpeg",
        NOW,
    )
    assert (photo.width, photo.height, photo.small_width, photo.small_height) == (300, 400, 240, 320)
    for image in (photo.page_image, photo.small_image):
        assert sha256_of(public_folder().read(image.name) or b"") == image.sha256


def test_name_of_the_original_says_nothing_of_the_public_one() -> None:
    photo = make_photo()
    assert Original.objects.get().file != photo.file


def test_names_are_drawn_from_the_chance_that_is_given() -> None:
    expected = random.Random(7)
    names = [f"{expected.getrandbits(128):032x}" for _ in range(2)]
    photo = Photo(prisoner=make_prisoner(), alternative_text="A drawing", licence_id="cc_by_4_0")
    picture = read_picture(images.photo(), max_bytes=5_000_000)
    add_photo(photo=photo, picture=picture, received_at=NOW, chance=random.Random(7))
    assert [photo.file, Original.objects.get().file] == names


def test_folders_and_files_are_open_to_their_owner_alone(media: Path) -> None:
    make_photo()
    found = {path.relative_to(media).parts[0]: oct(path.stat().st_mode & 0o777) for path in media.iterdir()}
    assert found == {"public": "0o700", "private": "0o700"}
    assert {oct((media / file).stat().st_mode & 0o777) for file in files(media)} == {"0o600"}


def test_photo_that_breaks_a_rule_leaves_neither_row_nor_file(media: Path) -> None:
    with pytest.raises(IntegrityError, match="photo_public_with_consent"):
        make_photo(is_public=True, consent_on=None)
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_photo_undone_with_what_came_after_leaves_no_file(media: Path) -> None:
    seen = []

    def make_and_fail() -> None:
        with kept_with_rows():
            make_photo()
            seen.extend(files(media))
            raise RuntimeError("later")

    with pytest.raises(RuntimeError, match="later"):
        make_and_fail()
    assert len(seen) == 3
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_inner_failure_that_is_handled_takes_only_its_own_files(media: Path) -> None:
    with kept_with_rows():
        kept = make_photo()
        with pytest.raises(IntegrityError, match="photo_has_alternative_text"):
            make_photo(alternative_text="")
    assert (list(Photo.objects.all()), len(files(media))) == ([kept], 3)


def test_file_is_not_kept_outside_a_block_that_would_undo_it(media: Path) -> None:
    with pytest.raises(RuntimeError, match="files are kept within"):
        keep(public_folder(), f"{'0' * 32}.jpg", b"content")
    assert not media.exists()


def test_disk_that_is_full_leaves_no_row(media: Path, monkeypatch) -> None:
    synced = iter([None, None])
    monkeypatch.setattr(os, "fsync", lambda _descriptor: next(synced))  # the third file fails
    with pytest.raises(StopIteration):
        make_photo()
    assert (Photo.objects.count(), Original.objects.count(), files(media)) == (0, 0, [])


def test_file_is_known_for_the_person_whose_photo_came_from_it_and_nobody_else() -> None:
    photo = make_photo()
    same, other = (read_picture(file, max_bytes=5_000_000) for file in (images.telling_jpeg(), images.photo()))
    asked = [(photo.prisoner, same), (photo.prisoner, other), (make_prisoner(), same)]
    assert [is_known(prisoner=person, picture=picture) for person, picture in asked] == [True, False, False]


def test_first_photo_is_on_the_case_page_and_a_later_one_takes_its_place_when_asked() -> None:
    person = make_prisoner()
    first = make_photo(person)
    second = make_photo(person, file=images.photo(200, 200))
    third = make_photo(person, file=images.photo(300, 300), is_primary=True)
    assert dict(Photo.objects.values_list("pk", "is_primary")) == {first.pk: False, second.pk: False, third.pk: True}
    first.is_primary = True
    save_photo(photo=first)
    assert dict(Photo.objects.values_list("pk", "is_primary")) == {first.pk: True, second.pk: False, third.pk: False}


@pytest.mark.django_db(transaction=True)
def test_removed_photo_takes_its_files_along_once_that_is_certain(media: Path) -> None:
    photo = make_photo()
    with transaction.atomic():
        remove_photo(photo=photo)
        assert len(files(media)) == 3
        transaction.set_rollback(True)
    assert (Photo.objects.count(), Original.objects.count(), len(files(media))) == (1, 1, 3)
    remove_photo(photo=Photo.objects.get())
    assert (Photo.objects.count(), Original.objects.count(), files(media)) == (0, 0, [])


def test_capture_is_kept_as_it_came(media: Path) -> None:
    capture = make_capture()
    assert files(media) == [f"private/{capture.file}.bin"]
    assert private_folder().read(capture.file_name) == PAGE
    assert (capture.sha256, capture.size, capture.media_type, capture.captured_at) == (
        sha256_of(PAGE),
        len(PAGE),
        "text/html",
        NOW,
    )


def test_same_capture_twice_is_refused_for_one_source(media: Path) -> None:
    capture = make_capture()
    with pytest.raises(IntegrityError, match="capture_once"):
        make_capture(capture.source)
    make_capture(make_source())
    assert (Capture.objects.count(), len(files(media))) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_removed_capture_takes_its_file_along(media: Path) -> None:
    remove_capture(capture=make_capture())
    assert (Capture.objects.count(), files(media)) == (0, [])


def test_upload_is_read_from_its_beginning(media: Path) -> None:
    file = BytesIO(images.photo().getvalue())
    file.seek(0, os.SEEK_END)
    assert make_photo(file=file).width == 400
