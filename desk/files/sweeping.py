"""Puts files and rows in order: what no row names goes, what a row names must be there and unchanged."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from prisoners.files.folder import Folder, public_folder
from prisoners.files.uploads import sha256_of
from prisoners.models import Photo

from .keeping import private_folder
from .models import Capture, Original

# A file is written before its row can be seen: one as young as this may belong to a form that is still being saved.
GRACE_SECONDS = 60 * 60
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a row names."""

    record: str
    folder: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A row whose file is not what it should be."""

    record: str
    file: str
    problem: str


def orphans(moment: float) -> list[Path]:
    """Files that no row names, and leftovers of uploads; none younger than an hour before `moment`."""
    before = moment - GRACE_SECONDS
    # The folders are read first: whatever a row comes to name afterwards is younger than that.
    found = {key: list(folder.names(older_than=before)) for key, folder in folders().items()}
    named = {(one.folder, one.name) for one in named_files()}
    kept = folders()
    return sorted(kept[key].path / name for key, names in found.items() for name in names if (key, name) not in named)


def problems() -> Iterator[Problem | None]:
    """For each file that a row names None, or what is wrong with it."""
    kept = folders()
    for one in named_files():
        content = kept[one.folder].read(one.name)
        if content is None:
            yield Problem(one.record, f"{one.folder}/{one.name}", "missing")
        elif sha256_of(content) != one.sha256:
            yield Problem(one.record, f"{one.folder}/{one.name}", "changed")
        else:
            yield None


def count_named() -> int:
    """How many files `problems` looks at."""
    return 2 * Photo.objects.count() + Original.objects.count() + Capture.objects.count()


def named_files() -> Iterator[Named]:
    """Every file that a row names."""
    for photo in Photo.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        for image in (photo.page_image, photo.small_image):
            yield Named(f"photo {photo.pk}", "public", image.name, image.sha256)
    for original in Original.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        yield Named(f"original of photo {original.photo_id}", "private", original.file_name, original.sha256)
    for capture in Capture.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        yield Named(f"captured file {capture.pk}", "private", capture.file_name, capture.sha256)


def folders() -> dict[str, Folder]:
    """Each folder by its name; `incoming` holds uploads while they are received."""
    return {
        "public": public_folder(),
        "private": private_folder(),
        "incoming": Folder(Path(settings.MEDIA_DIR) / "incoming"),
    }
