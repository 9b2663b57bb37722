"""What can be had as data: the page, the dictionary, and the prepared files."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from counts.exports.counting import COUNT_COLUMNS
from counts.exports.people import PEOPLE
from counts.package.building import ENTITIES, ZIP
from counts.package.citing import bibtex, citation
from counts.package.kept import Kept, NotReady, present_or_made
from counts.tables import TABLES

from .. import case_json, coarse_case
from ..files import Prepared, download, packed_download
from ..reading import limited, reading

# How long whoever comes while the files are being made is asked to wait, in seconds.
RETRY_AFTER = 60


@reading
def data(request: HttpRequest) -> HttpResponse:
    """The downloads, with what is in them, and how to cite them."""
    fields = [
        *case_json.FIELDS.items(),
        *((name, text) for name, text in coarse_case.FIELDS.items() if name not in case_json.FIELDS),
    ]
    context = {
        "case_fields": fields,
        "count_columns": COUNT_COLUMNS,
        "people_columns": PEOPLE,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
        **_files(request, localdate()),
    }
    return render(request, "public/data.html", context)


@gzip_page
@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Every table of the data set with its columns."""
    return render(request, "public/dictionary.html", {"tables": TABLES})


@limited
def package(request: HttpRequest) -> HttpResponseBase:
    """The data package."""
    try:
        kept = _kept(localdate())
    except NotReady:
        return _not_ready(request)
    made = kept.made.zip
    return download(request, Prepared(kept.folder / ZIP, _name(kept, "zip"), "application/zip", made.bytes, made.sha256))


@limited
def entities(request: HttpRequest) -> HttpResponseBase:
    """The same people for FollowTheMoney."""
    try:
        kept = _kept(localdate())
    except NotReady:
        return _not_ready(request)
    made, name = kept.made.entities, _name(kept, "ftm.jsonl")
    file = Prepared(kept.folder / ENTITIES, name, "application/jsonl", made.bytes, made.sha256)
    return packed_download(request, file)


def _kept(day: datetime.date) -> Kept:
    return present_or_made(day, timeout_ms=settings.PUBLIC_STATEMENT_TIMEOUT_MS)


def _files(request: HttpRequest, day: datetime.date) -> dict[str, object]:
    """What the page tells of the files; nothing while they are not there."""
    try:
        made = _kept(day).made
    except NotReady:
        return {"made": None}
    url = request.build_absolute_uri(reverse("data"))
    return {
        "made": made,
        "tables": [(table, made.tables[table.name]) for table in TABLES],
        "citation": citation(made, url=url),
        "bibtex": bibtex(made, url=url),
    }


def _name(kept: Kept, ending: str) -> str:
    return f"political-prisoners-{kept.made.version.replace('+', '-')}.{ending}"


def _not_ready(request: HttpRequest) -> HttpResponse:
    response = render(request, "public/data_not_ready.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response
