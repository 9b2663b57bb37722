"""Image files for tests: whole ones, ones that carry more than their picture, and ones made to do harm."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

SECRET = "Hidden Street 7"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()  # which holds the moment of its making
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>{SECRET}</place></x:xmpmeta>'.encode()


def drawn(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Red in the left upper corner, blue in the right lower one, white between them."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 3, height // 3), fill="red")
    pen.rectangle((2 * width // 3, 2 * height // 3, width, height), fill="blue")
    return image.convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **options: Any) -> BytesIO:
    out = BytesIO()
    image.save(out, form, **options)
    return BytesIO(out.getvalue())


def photo(width: int = 400, height: int = 300) -> BytesIO:
    """A plain JPEG."""
    return saved(drawn(width, height))


def telling_exif(orientation: int = 1) -> Image.Exif:
    """Where, when, by whom and with what a picture was taken, and which way is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x013B], exif[0x0110] = orientation, SECRET, SECRET, "A telephone"
    exif.get_ifd(0x8769)[0x9003] = "2020:08:09 21:00:00"
    place = (IFDRational(53), IFDRational(54), IFDRational(2791, 100))
    exif.get_ifd(0x8825).update({1: "N", 2: place, 3: "E", 4: place, 29: "2020:08:09"})
    return exif


def telling_jpeg(orientation: int = 1) -> BytesIO:
    """A JPEG with everything that cameras and programs write into one, and something after its end."""
    content = saved(drawn(), exif=telling_exif(orientation), xmp=XMP, icc_profile=PROFILE, comment=SECRET).getvalue()
    return BytesIO(content + SECRET.encode())


def telling_plain_jpeg() -> BytesIO:
    """A JPEG whose pixels go through no profile of colours, which would leave its comment behind."""
    return saved(drawn(), exif=telling_exif(), xmp=XMP, comment=SECRET)


def telling_png() -> BytesIO:
    notes = PngInfo()
    notes.add_text("Comment", SECRET)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(drawn(), "PNG", pnginfo=notes, exif=telling_exif(), dpi=(300, 300))


def telling_webp() -> BytesIO:
    return saved(drawn(), "WEBP", exif=telling_exif(), xmp=XMP)


def moving(form: str) -> BytesIO:
    return saved(drawn(), form, save_all=True, append_images=[drawn(mode="L").convert("RGB")], duration=100)


def claiming_png(width: int, height: int) -> BytesIO:
    """A small file that claims to hold so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000), 9)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks))


def png_with_text_bomb() -> BytesIO:
    """A comment of a few bytes that unpacks to a hundred million."""
    content = saved(drawn(), "PNG").getvalue()
    bomb = _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(100_000_000), 9))
    return BytesIO(content[:33] + bomb + content[33:])


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
