"""Photos that readers may see at this very moment, and the file behind each."""

import datetime
import logging
from dataclasses import dataclass

from prisoners.files.folder import public_folder
from prisoners.models import Photo
from prisoners.models.photos import StoredImage

logger = logging.getLogger(__name__)

SMALL = "-small"
DISPLAY = (240, 288)  # what a photo may take of a page; the file is larger, for sharp screens


@dataclass(frozen=True, slots=True)
class ShownFile:
    """The content of an image, and the digest that changes with it."""

    content: bytes
    sha256: str


def shown_file(code: str, name: str, day: datetime.date) -> ShownFile | None:
    """The file of that name among this person's photos; None when there is none that readers may see, whatever the reason."""
    photo = Photo.objects.shown(on=day).filter(prisoner__code=code, file=name.removesuffix(SMALL)).first()
    if photo is None:
        return None
    image = photo.small_image if name.endswith(SMALL) else photo.page_image
    content = public_folder().read(image.name)
    if content is None:
        logger.error("The file of photo %s is missing.", photo.pk)
        return None
    return ShownFile(content, image.sha256)


def display_size(image: StoredImage) -> tuple[int, int]:
    """Width and height on the page: the browser keeps the place free while the photo is on its way."""
    scale = min(1.0, DISPLAY[0] / image.width, DISPLAY[1] / image.height)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))
