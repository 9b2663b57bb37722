"""The pictures of invented people."""

from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image

from prisoners.files.folder import public_folder
from prisoners.models import Photo

pytestmark = pytest.mark.django_db


def test_a_dozen_people_have_a_picture_that_readers_see_and_that_says_what_it_is(client: Client, media) -> None:
    call_command("make_demo", people=30, stdout=StringIO())
    photos = Photo.objects.all()
    assert len(photos) == 12
    for photo in photos:
        assert photo.prisoner.is_fictional
        assert client.get(f"/prisoners/{photo.prisoner.code}/photos/{photo.file}.jpg").status_code == 200
        assert "demonstration" in photo.alternative_text
    assert len({photo.sha256 for photo in photos}) == 12
    image = Image.open(BytesIO(public_folder().read(photos[0].page_image.name) or b""))
    assert image.size == (600, 720)
