"""Handing out a prepared file: in blocks, with its size and its validator, packed where the reader can unpack it."""

import os
import re
import weakref
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag

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


def download(request: HttpRequest, path: Path, *, name: str, content_type: str, sha256: str) -> HttpResponseBase:
    """A file as it is. `sha256` is its own."""
    return _answer(request, Blocks(path), path.stat().st_size, name, content_type, sha256)


def packed_download(
    request: HttpRequest, path: Path, *, name: str, content_type: str, sha256: str, size: int
) -> HttpResponseBase:
    """A file that lies there packed (gzip), as the text in it; `sha256` and `size` (in bytes) are the text's."""
    is_packed = _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    length = path.stat().st_size if is_packed else size
    etag = f"{sha256}-gzip" if is_packed else sha256
    response = _answer(request, Blocks(path, unpack=not is_packed), length, name, content_type, etag)
    if is_packed and response.status_code == 200:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _answer(request: HttpRequest, blocks: Blocks, size: int, name: str, content_type: str, etag: str) -> HttpResponseBase:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {
        # Anybody may keep it, and must ask before each use whether it still holds: somebody may be withdrawn.
        "Cache-Control": "no-cache",
        "Content-Length": str(size),
        "Content-Disposition": str(disposition),
        "X-Content-Type-Options": "nosniff",
        "ETag": quote_etag(etag),
    }
    response = StreamingHttpResponse(blocks, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=quote_etag(etag), response=response) or response
