"""What a file is, told by its content alone: names and declared types can say anything."""

import re
import zlib
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEAD = 4096


class UnusableFile(ValueError):
    """A file that can't be taken, with the reason in words for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is called, its media type, and how names of such files end."""

    title: str | Promise
    media_type: str
    suffix: str


JPEG = Kind(_("a JPEG image"), "image/jpeg", "jpg")
PNG = Kind(_("a PNG image"), "image/png", "png")
WEBP = Kind(_("a WebP image"), "image/webp", "webp")
PDF = Kind(_("a PDF document"), "application/pdf", "pdf")
HTML = Kind(_("an HTML page"), "text/html", "html")
MHTML = Kind(_("a page saved as MHTML"), "multipart/related", "mhtml")
WARC = Kind(_("a WARC archive"), "application/warc", "warc")
WARC_GZ = Kind(_("a compressed WARC archive"), "application/warc+gzip", "warc.gz")
TEXT = Kind(_("plain text"), "text/plain", "txt")
MP4 = Kind(_("an MP4 film"), "video/mp4", "mp4")

# Known so that they can be refused by name.
GIF = Kind(_("a GIF image"), "image/gif", "gif")
SVG = Kind(_("an SVG drawing, which can hold scripts"), "image/svg+xml", "svg")
HEIC = Kind(_("an HEIC or AVIF image"), "image/heic", "heic")
TIFF = Kind(_("a TIFF image"), "image/tiff", "tif")
BMP = Kind(_("a BMP image"), "image/bmp", "bmp")
QUICKTIME = Kind(_("a QuickTime film"), "video/quicktime", "mov")
ZIP = Kind(_("a ZIP archive or an office document"), "application/zip", "zip")
GZIP = Kind(_("a compressed file"), "application/gzip", "gz")
PROGRAM = Kind(_("a program"), "application/octet-stream", "bin")

PICTURES = (JPEG, PNG, WEBP)
CAPTURES = (PDF, HTML, MHTML, WARC, WARC_GZ, JPEG, PNG, WEBP, TEXT, MP4)

_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"WARC/", WARC),
    (b"GIF8", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"PK\x03\x04", ZIP),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
)
_STILL_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_BEFORE_ROOT = rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
_SVG = re.compile(_BEFORE_ROOT + rb"(<!doctype\s+svg|<svg)\b", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(_BEFORE_ROOT + rb"<(!doctype\s+html|html|head|body|title|meta|script)\b", re.IGNORECASE | re.DOTALL)
_MHTML = re.compile(rb"\A([A-Za-z-]+:.*\r?\n(\s.*\r?\n)*)*content-type:\s*multipart/related\b", re.IGNORECASE)
_UNPRINTABLE = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARK_UTF8, _MARKS_UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes) -> Kind | None:
    """The kind of this file; None when it is none that we know."""
    return _by_beginning(content) or (_of_text(content.removeprefix(_MARK_UTF8)) if content else None)


def _by_beginning(content: bytes) -> Kind | None:
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        return BMP
    if content[4:8] == b"ftyp":
        return _of_film(content[8:12])
    return _of_gzip(content) if content[:2] == b"\x1f\x8b" else None


def _of_film(brand: bytes) -> Kind:
    if brand in _STILL_BRANDS:
        return HEIC
    return QUICKTIME if brand == b"qt  " else MP4


def _of_gzip(content: bytes) -> Kind:
    try:
        head = zlib.decompressobj(wbits=31).decompress(content[:HEAD], 8)
    except zlib.error:
        return GZIP
    return WARC_GZ if head.startswith(b"WARC/") else GZIP


def _of_text(content: bytes) -> Kind | None:
    """Some kind of text. Old pages are in any of many encodings; none of them needs control characters."""
    if content[:2] in _MARKS_UTF16:
        return _of_utf16(content)
    if _UNPRINTABLE.search(content):
        return None
    head = content[:HEAD]
    if _SVG.match(head):
        return SVG
    if _HTML.match(head):
        return HTML
    return MHTML if _MHTML.match(head) else TEXT


def _of_utf16(content: bytes) -> Kind | None:
    try:
        return _of_text(content.decode("utf-16").encode())
    except UnicodeDecodeError:
        return None
