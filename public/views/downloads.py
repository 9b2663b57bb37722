"""Files of lists and counts, written while they are read, in one moment of the database."""

import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.timezone import localdate, now

from counts.answering import answer
from counts.exports.files import FORMATS, STREAMED, File, count_file, people_file
from counts.moment import one_long_moment
from counts.problems import InvalidQuery

from ..gone import stop_when_gone
from ..reading import downloading

PIECE = 1 << 16
Prepare = Callable[[], File]


@downloading
def people(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everybody on the list that the same query shows."""
    return _download(request, form, lambda: _people(request))


@downloading
def counts(request: HttpRequest, form: str) -> HttpResponseBase:
    """The count that the same query asks."""
    return _download(request, form, lambda: _count(request))


def _people(request: HttpRequest) -> File:
    return people_file(request.GET, today=localdate(), now=now(), base_url=_base(request))


def _count(request: HttpRequest) -> File:
    return count_file(answer(request.GET, today=localdate(), now=now()), base_url=_base(request))


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").removesuffix("/")


def _download(request: HttpRequest, form: str, prepare: Prepare) -> HttpResponseBase:
    stream = _stream(request, form, prepare)
    try:
        file = cast(File, next(stream))
    except InvalidQuery as error:
        if form in ("json", "jsonl"):
            return JsonResponse(error.as_dict(), status=400)
        raise
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}.{form}"',
        "X-Total-Rows": str(file.rows),
    }
    if request.method == "HEAD":
        stream.close()
        return HttpResponse(content_type=FORMATS[form], headers=headers)
    response = StreamingHttpResponse(cast(Iterator[bytes], stream), content_type=FORMATS[form], headers=headers)
    if form in STREAMED:
        return cast(HttpResponseBase, GZipMiddleware(lambda _request: response)(request))
    return response


def _stream(request: HttpRequest, form: str, prepare: Prepare) -> Generator[File | bytes]:
    """First what the file is, then its pieces. To close it, wherever it is, lets the database go at once.

    What goes wrong on the way is raised: the server then breaks the connection off, and nobody takes a part for the whole.
    """
    if form in STREAMED:
        with one_long_moment(settings.DOWNLOAD_STATEMENT_TIMEOUT_MS):
            file = prepare()
            yield file
            yield from file.chunks(form)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "file")
            with one_long_moment(settings.DOWNLOAD_STATEMENT_TIMEOUT_MS):
                file = prepare()
                yield file
                yield b""  # the headers at once: the file itself takes a while
                with closing(file.steps(form, path)) as steps:
                    stop_when_gone(request, steps)
            yield from _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
