"""Adding and removing the captured files of sources."""

import datetime
import random

from prisoners.files.documents import Document
from prisoners.files.folder import new_name
from prisoners.models import Source

from .keeping import drop, keep, kept_with_rows, private_folder
from .models import Capture


def add_capture(*, source: Source, document: Document, captured_at: datetime.datetime, chance: random.Random) -> Capture:
    """Keep a file of a source as it came. Raises ValidationError when the source has this very file already."""
    with kept_with_rows():
        capture = Capture(
            source=source,
            file=new_name(chance),
            sha256=document.sha256,
            size=len(document.content),
            media_type=document.kind.media_type,
            captured_at=captured_at,
        )
        capture.full_clean()
        keep(private_folder(), capture.file_name, document.content)
        capture.save()
    return capture


def remove_capture(*, capture: Capture) -> None:
    """Remove a captured file."""
    with kept_with_rows():
        drop(private_folder(), capture.file_name)
        capture.delete()
