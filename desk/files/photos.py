"""Adding and removing photos of people."""

import datetime
import random
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prisoners.files.folder import new_name, public_folder
from prisoners.files.pictures import Picture
from prisoners.models import Photo, Prisoner

from .keeping import drop, keep, kept_with_rows, private_folder
from .models import Original


def add_photo(
    *, prisoner: Prisoner, picture: Picture, received_at: datetime.datetime, chance: random.Random, **facts: Any
) -> Photo:
    """Keep a photo of a person, not public unless the facts say so. The first one becomes that of the case page.

    Raises ValidationError when this person has a photo from the same file already, or when the facts break a rule.
    """
    with kept_with_rows():
        others = Photo.objects.filter(prisoner=prisoner)
        if Original.objects.filter(sha256=picture.sha256, photo__in=others).exists():
            raise ValidationError(_("This person has a photo from this very file already."))
        facts.setdefault("is_primary", not others.filter(is_primary=True).exists())
        photo = _photo(prisoner, picture, new_name(chance), facts)
        original = _original(photo, picture, new_name(chance), received_at)
        keep(public_folder(), photo.page_image.name, picture.page.content)
        keep(public_folder(), photo.small_image.name, picture.small.content)
        keep(private_folder(), original.file_name, picture.original)
        save_photo(photo=photo)
        original.save()
    return photo


def _photo(prisoner: Prisoner, picture: Picture, file: str, facts: dict[str, Any]) -> Photo:
    page, small = picture.page, picture.small
    return Photo(
        prisoner=prisoner,
        file=file,
        sha256=page.sha256,
        width=page.width,
        height=page.height,
        small_sha256=small.sha256,
        small_width=small.width,
        small_height=small.height,
        **facts,
    )


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
        photo.full_clean()
        photo.save()


def remove_photo(*, photo: Photo) -> None:
    """Remove a photo, its files and the file as it came."""
    with kept_with_rows():
        for original in Original.objects.filter(photo=photo):
            drop(private_folder(), original.file_name)
        drop(public_folder(), photo.page_image.name)
        drop(public_folder(), photo.small_image.name)
        photo.delete()
