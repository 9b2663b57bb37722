"""Makers of photos and captured files, through the services."""

import random
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from desk.files.captures import add_capture
from desk.files.photos import add_photo
from desk.models import Capture
from prisoners.files.documents import read_document
from prisoners.files.pictures import read_picture
from prisoners.models import Photo, Prisoner, Source
from tests import images
from tests.factories import make_prisoner, make_source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHOWN = {"is_public": True, "consent_on": "2024-01-01"}
CHANCE = random.SystemRandom()
PAGE = b"<!DOCTYPE html><title>A page</title><p>What the source said."


def make_photo(prisoner: Prisoner | None = None, *, file: BytesIO | None = None, **facts: Any) -> Photo:
    """A photo that readers may see if the person is public by name, unless told otherwise."""
    facts = {"alternative_text": "A drawing of two squares", "licence_id": "cc_by_4_0", **SHOWN, **facts}
    photo = Photo(prisoner=prisoner or make_prisoner(), **facts)
    picture = read_picture(file or images.telling_jpeg(), max_bytes=5_000_000)
    add_photo(photo=photo, picture=picture, received_at=NOW, chance=CHANCE)
    return photo


def make_capture(source: Source | None = None, content: bytes = PAGE) -> Capture:
    capture = Capture(source=source or make_source())
    document = read_document(BytesIO(content), max_bytes=5_000_000)
    add_capture(capture=capture, document=document, captured_at=NOW, chance=CHANCE)
    return capture
