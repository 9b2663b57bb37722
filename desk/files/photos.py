"""Adding and removing photos of people."""

import datetime
import random

from django.utils.translation import gettext_lazy as _

from prisoners.files.folder import new_name, public_folder
from prisoners.files.pictures import Picture
from prisoners.models import Photo, Prisoner

from .keeping import drop, keep, kept_with_rows, private_folder
from .models import Original

KNOWN = _("This person has a photo from this very file already.")


def add_photo(*, photo: Photo, picture: Picture, received_at: datetime.datetime, chance: random.Random) -> None:
    """Keep a photo, with what is said of it in `photo`. The first one of a person becomes that of the case page."""
    with kept_with_rows():
        photo.is_primary = photo.is_primary or not photo.prisoner.photos.filter(is_primary=True).exists()
        _describe(photo, picture, new_name(chance))
        original = _original(photo, picture, new_name(chance), received_at)
        keep(public_folder(), photo.page_image.name, picture.page.content)
        keep(public_folder(), photo.small_image.name, picture.small.content)
        keep(private_folder(), original.file_name, picture.original)
        save_photo(photo=photo)
        original.save()


def is_known(*, prisoner: Prisoner, picture: Picture) -> bool:
    """Whether this person has a photo from the same file already."""
    return Original.objects.filter(sha256=picture.sha256, photo__prisoner=prisoner).exists()


def _describe(photo: Photo, picture: Picture, file: str) -> None:
    page, small = picture.page, picture.small
    photo.file = file
    photo.sha256, photo.width, photo.height = page.sha256, page.width, page.height
    photo.small_sha256, photo.small_width, photo.small_height = small.sha256, small.width, small.height


def _original(photo: Photo, picture: Picture, file: str, received_at: datetime.datetime) -> Original:
    return Original(
        photo=photo,
        file=file,
        sha256=picture.sha256,
        size=len(picture.original),
        media_type=picture.kind.media_type,
        received_at=received_at,
    )


def save_photo(*, photo: Photo) -> None:
    """Save what an editor says about a photo; one that becomes the photo of the case page takes the other's place."""
    with kept_with_rows():
        if photo.is_primary:
            Photo.objects.filter(prisoner=photo.prisoner_id, is_primary=True).exclude(pk=photo.pk).update(is_primary=False)
        photo.save()


def remove_photo(*, photo: Photo) -> None:
    """Remove a photo, its files and the file as it came."""
    with kept_with_rows():
        for original in Original.objects.filter(photo=photo):
            drop(private_folder(), original.file_name)
        drop(public_folder(), photo.page_image.name)
        drop(public_folder(), photo.small_image.name)
        photo.delete()
