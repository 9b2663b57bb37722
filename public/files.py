"""Handing out a prepared file: in blocks, with its size and its validator, packed where the reader can unpack it."""

import os
import re
import weakref
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

BLOCK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


class Blocks:
    """The content of a file, which is opened at once: it can be read to its end though the file is removed meanwhile."""

    def __init__(self, path: Path, *, unpack: bool = False) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.close = weakref.finalize(self, os.close, self._descriptor)
        self._unpack = unpack

    def __iter__(self) -> Iterator[bytes]:
        unpacking = zlib.decompressobj(_GZIP) if self._unpack else None
        while block := os.read(self._descriptor, BLOCK):
            yield unpacking.decompress(block) if unpacking else block


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that lies there: how it is called, what it is, its size in bytes and its digest (SHA-256, hexadecimal)."""

    path: Path
    name: str
    content_type: str
    size: int
    sha256: str


def download(request: HttpRequest, file: Prepared) -> HttpResponseBase:
    """The file as it is."""
    return _answer(request, file, {"Content-Length": str(file.size)}, etag=file.sha256)


def packed_download(request: HttpRequest, file: Prepared) -> HttpResponseBase:
    """A file that lies there packed (gzip), as the text in it: size and digest are the text's."""
    vary = {"Vary": "Accept-Encoding"}
    if _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is None:
        return _answer(request, file, {**vary, "Content-Length": str(file.size)}, etag=file.sha256, unpack=True)
    packed = {"Content-Encoding": "gzip", "Content-Length": str(file.path.stat().st_size)}
    return _answer(request, file, {**vary, **packed}, etag=f"{file.sha256}-gzip")


def _answer(
    request: HttpRequest, file: Prepared, headers: Mapping[str, str], *, etag: str, unpack: bool = False
) -> HttpResponseBase:
    quoted = quote_etag(etag)
    told = {
        **headers,
        # Anybody may keep it, and must ask before each use whether it still holds: somebody may be withdrawn.
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "X-Content-Type-Options": "nosniff",
        "ETag": quoted,
    }
    unchanged = get_conditional_response(request, etag=quoted, response=HttpResponse(headers=told))
    if unchanged is not None and unchanged.status_code != HTTPStatus.OK:
        return unchanged
    return StreamingHttpResponse(Blocks(file.path, unpack=unpack), content_type=file.content_type, headers=told)
