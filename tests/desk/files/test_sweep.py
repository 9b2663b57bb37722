"""`sweep_files`: what no record names goes, what a record names must be there and unchanged."""

import json
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from desk.files.keeping import private_folder
from desk.models import Original
from prisoners.files.folder import public_folder
from prisoners.models import Photo
from tests.files import make_capture, make_photo

pytestmark = pytest.mark.django_db
IN_ORDER = "Every file has its record, and every record its file, unchanged."


def sweep(*args: str) -> str:
    out = StringIO()
    call_command("sweep_files", *args, stdout=out)
    return out.getvalue().strip()


def complaint(*args: str) -> tuple[str, str]:
    """What is printed and what is said at the end of a sweep that finds records without their files."""
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("sweep_files", *args, stdout=out)
    assert refused.value.returncode == 1
    return out.getvalue().strip(), str(refused.value)


def leave(media: Path, name: str, hours: float) -> Path:
    """A file that nobody names, last changed so many hours ago."""
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    age(path, hours)
    return path


def age(path: Path, hours: float) -> None:
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


def age_all(media: Path) -> None:
    for path in media.rglob("*"):
        age(path, 48)


def files(media: Path) -> set[str]:
    return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}


def test_files_in_order_are_left_alone(media: Path) -> None:
    make_photo()
    make_capture()
    age_all(media)
    before = files(media)
    assert (sweep(), files(media)) == (IN_ORDER, before)


def test_no_folder_at_all_is_in_order(media: Path) -> None:
    assert sweep() == IN_ORDER


def test_old_files_that_no_record_names_are_deleted_and_young_ones_stay(media: Path) -> None:
    photo = make_photo()
    age_all(media)
    kept = files(media)
    old = [f"public/{'0' * 32}.jpg", f"private/{'0' * 32}.bin", "incoming/x.upload", f"private/{photo.file}.bin"]
    for name in old:
        leave(media, name, hours=2)
    young = leave(media, f"public/{'1' * 32}.jpg", hours=0.9)
    assert sweep().splitlines() == [f"deleted {name}" for name in sorted(old, key=lambda name: str(media / name))]
    assert files(media) == {*kept, str(young.relative_to(media))}


def test_dry_run_says_what_would_go_and_deletes_nothing(media: Path) -> None:
    name = f"public/{'0' * 32}.jpg"
    leave(media, name, hours=2)
    assert (sweep("--dry-run"), files(media)) == (f"would delete {name}", {name})


def test_files_of_a_deleted_person_are_swept(media: Path) -> None:
    photo = make_photo()
    age_all(media)
    photo.prisoner.delete()
    assert Photo.objects.count() == Original.objects.count() == 0
    assert len(sweep().splitlines()) == 3
    assert files(media) == set()


def test_missing_and_changed_files_are_named_with_their_records(media: Path) -> None:
    photo, capture = make_photo(), make_capture()
    original = Original.objects.get()
    public_folder().delete(photo.small_image.name)
    (media / "public" / photo.page_image.name).write_bytes(b"another picture")
    (media / "private" / original.file_name).write_bytes(b"")
    private_folder().delete(capture.file_name)
    printed, said = complaint()
    assert printed.splitlines() == [
        f"photo {photo.pk}: public/{photo.file}.jpg is changed",
        f"photo {photo.pk}: public/{photo.file}-small.jpg is missing",
        f"original of photo {photo.pk}: private/{original.file}.bin is changed",
        f"captured file {capture.pk}: private/{capture.file}.bin is missing",
    ]
    assert said == "4 files of records are missing or changed: bring them back from a backup."


def test_json_says_the_same_for_programs(media: Path) -> None:
    capture = make_capture()
    private_folder().delete(capture.file_name)
    name = f"public/{'0' * 32}.jpg"
    leave(media, name, hours=2)
    printed, _said = complaint("--json", "--dry-run")
    expected: dict[str, Any] = {
        "orphans": [name],
        "deleted": False,
        "problems": [{"record": f"captured file {capture.pk}", "file": f"private/{capture.file}.bin", "problem": "missing"}],
    }
    assert json.loads(printed) == expected


def test_sweep_asks_as_often_for_many_files_as_for_one(media: Path, django_assert_num_queries) -> None:
    make_photo()
    make_capture()
    with django_assert_num_queries(9):
        sweep()
    for _ in range(2):
        make_photo()
        make_capture()
    with django_assert_num_queries(9):
        sweep()
