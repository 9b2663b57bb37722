"""Pictures taken apart to their pixels and written anew, so that nothing else that a file carried goes on.

Cameras write where and when a picture was taken, by which device, and often a small earlier version of it. None of that
is filtered out here: a new file is made of the pixels alone.
"""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms

from .kinds import PICTURES, Kind, UnusableFile
from .uploads import Upload, kind_among, read_whole, sha256_of

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 52_000_000  # telephones in common use make up to 50 million
MAX_SIDE = 16_384
MIN_SIDE = 40
PAGE_SIDE, SMALL_SIDE = 1280, 320
SMALL_BYTES = 30_000  # the first view of a page has 60,000 bytes in all
_QUALITIES = (82, 72, 60, 45, 30)
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises, by its own account and by experience, for files that are broken or made to break it.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A JPEG made of pixels alone."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256_of(self.content)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that somebody brought: the file as it came, and what readers may be shown of it."""

    original: bytes
    kind: Kind
    page: Rendition
    small: Rendition

    @property
    def sha256(self) -> str:
        """Of the file as it came."""
        return sha256_of(self.original)


def read_picture(upload: Upload, *, max_bytes: int) -> Picture:
    """The picture in a file. Raises UnusableFile with the reason when there is none that can be taken."""
    original = read_whole(upload, max_bytes)
    kind = kind_among(original, PICTURES)
    pixels = _pixels(original)
    return Picture(original, kind, _rendition(pixels, PAGE_SIDE, None), _rendition(pixels, SMALL_SIDE, SMALL_BYTES))


def verify_picture(content: bytes) -> None:
    """Raise UnusableFile unless this is a whole picture of a bearable size; for pictures that are kept as they came."""
    _pixels(content)


def _pixels(content: bytes) -> Image.Image:
    """Upright, in sRGB, no larger than a page shows."""
    try:
        _open(content).verify()  # which leaves the image unusable
        image = _open(content)
        image.draft("RGB", (PAGE_SIDE, PAGE_SIDE))  # a JPEG is decoded no larger than needed
        image.load()
        return _bounded(_opaque(_in_srgb(_shrunk(_upright(image)))), PAGE_SIDE)
    except UnusableFile:
        raise
    except _BOMB:
        raise _too_many_pixels() from None
    except _BROKEN:
        raise UnusableFile(_("The picture is broken: it ends too early, or its data contradict each other.")) from None


def _open(content: bytes) -> Any:
    image = Image.open(BytesIO(content), formats=FORMATS)
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_many_pixels(width, height)
    if min(width, height) < MIN_SIDE:
        words = _("The picture has %(width)d × %(height)d pixels; at least %(least)d each way are needed.")
        raise UnusableFile(words % {"width": width, "height": height, "least": MIN_SIDE})
    # A JPEG with several frames holds one picture and helpers to it, such as its brightness; others move.
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        raise UnusableFile(_("The picture moves; a still one is needed."))
    return image


def _too_many_pixels(width: int = 0, height: int = 0) -> UnusableFile:
    limits = {"most": MAX_PIXELS // 1_000_000, "side": MAX_SIDE}
    if not width:
        return UnusableFile(_("The picture is too large: at most %(most)d million pixels can be taken.") % limits)
    words = _("The picture has %(width)d × %(height)d pixels; at most %(most)d million, and %(side)d each way, can be taken.")
    return UnusableFile(words % {**limits, "width": width, "height": height})


def _upright(image: Image.Image) -> Image.Image:
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    return image.transpose(turn) if turn is not None else image


def _shrunk(image: Image.Image) -> Image.Image:
    """Not much larger than a page shows, before steps that copy the picture: each copy of a large one takes 200 MB."""
    factor = max(image.size) // (2 * PAGE_SIDE)
    if factor < 2:
        return image
    if image.mode in ("1", "P", "I;16"):  # which can't be made smaller as they are
        image = image.convert("I" if image.mode == "I;16" else "RGBA")
    return image.reduce((min(factor, image.width), min(factor, image.height)))


def _in_srgb(image: Image.Image) -> Image.Image:
    """The colours as their profile means them; without a usable profile, as they stand."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError):
        return image


def _opaque(image: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")  # 16 bits a pixel
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("RGB")


def _bounded(image: Image.Image, side: int) -> Image.Image:
    image = image.copy()
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image


def _rendition(pixels: Image.Image, side: int, max_bytes: int | None) -> Rendition:
    bounded = _bounded(pixels, side)
    bare = Image.frombytes("RGB", bounded.size, bounded.tobytes())
    for quality in _QUALITIES:
        content = _as_jpeg(bare, quality)
        if max_bytes is None or len(content) <= max_bytes:
            break
    return Rendition(content, *bare.size)


def _as_jpeg(bare: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
