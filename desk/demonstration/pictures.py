"""Patterns in place of photos, for a few of the invented people: a face would be somebody's."""

import random
import secrets
from datetime import UTC, date, datetime, time
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from prisoners.files.pictures import read_picture
from prisoners.models import Photo, Prisoner

from ..files.photos import add_photo

PICTURED = 12
_WIDTH, _HEIGHT, _TILE, _BAND = 600, 720, 120, 120
_COLOURS = ("#7a8b99", "#a3b1a2", "#c2b49a", "#8a7f8d", "#b9c4c9", "#6f7d6e")
_MAX_BYTES = 1_000_000


def picture_some(chance: random.Random, until: date) -> None:
    """Give the first people whom readers see a picture each."""
    moment = datetime.combine(until, time(), UTC)
    for person in Prisoner.objects.published().filter(visibility="named").order_by("pk")[:PICTURED]:
        photo = Photo(
            prisoner=person,
            alternative_text="A pattern of coloured tiles that says “demonstration”",
            credit="drawn for this demonstration",
            licence_id="cc0_1_0",
            is_public=True,
            consent_on=until,
        )
        picture = read_picture(_pattern(chance), max_bytes=_MAX_BYTES)
        add_photo(photo=photo, picture=picture, received_at=moment, chance=secrets.SystemRandom())


def _pattern(chance: random.Random) -> BytesIO:
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "#e9e9e4")
    pen = ImageDraw.Draw(image)
    for top in range(0, _HEIGHT - _BAND, _TILE):
        for left in range(0, _WIDTH, _TILE):
            _tile(chance, pen, left, top)
    where = (_WIDTH / 2, _HEIGHT - _BAND / 2)
    pen.text(where, "demonstration", fill="#33383b", font=ImageFont.load_default(64), anchor="mm")
    out = BytesIO()
    image.save(out, "PNG")
    return BytesIO(out.getvalue())


def _tile(chance: random.Random, pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """A square, and over it half of another, cut along one of its diagonals."""
    right, bottom = left + _TILE, top + _TILE
    under, over = chance.sample(_COLOURS, 2)
    pen.rectangle((left, top, right, bottom), fill=under)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners.pop(chance.randrange(4))
    pen.polygon(corners, fill=over)
