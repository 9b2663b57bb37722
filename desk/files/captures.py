"""Adding and removing the captured files of sources."""

import datetime
import random

from prisoners.files.documents import Document
from prisoners.files.folder import new_name
from prisoners.models import Source

from .keeping import drop, keep, kept_with_rows, private_folder
from .models import KNOWN, Capture

__all__ = ["KNOWN", "add_capture", "is_known", "remove_capture"]


def add_capture(*, capture: Capture, document: Document, captured_at: datetime.datetime, chance: random.Random) -> None:
    """Keep a file of `capture.source` as it came. The database refuses (`capture_once`) one that the source has already."""
    with kept_with_rows():
        capture.file, capture.captured_at = new_name(chance), captured_at
        capture.sha256, capture.size = document.sha256, len(document.content)
        capture.media_type = document.kind.media_type
        keep(private_folder(), capture.file_name, document.content)
        capture.save()


def is_known(*, source: Source, document: Document) -> bool:
    """Whether the source has this very file already."""
    return Capture.objects.filter(source=source, sha256=document.sha256).exists()


def remove_capture(*, capture: Capture) -> None:
    """Remove a captured file."""
    with kept_with_rows():
        drop(private_folder(), capture.file_name)
        capture.delete()
