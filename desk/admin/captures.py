"""The captured files of sources: added on a page of their own, listed on the source's, downloaded and never opened here."""

import secrets
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prisoners.files.documents import Document, read_document
from prisoners.models import Source
from prisoners.roles import Action, may

from ..actors import actor_for
from ..files.captures import KNOWN, add_capture, is_known, remove_capture
from ..files.keeping import private_folder
from ..files.models import Capture
from .base import LinkedModelAdmin
from .files import KeepingFiles, UploadForm, allow, content_of, download
from .labels import page_link, page_of

SHOWN = 50
FACTS = ("of_source", "download", "sha256", "media_type", "bytes", "captured_at")


class CaptureForm(UploadForm):
    reader = staticmethod(read_document)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        source, document = found.get("source"), found.get("upload")
        if isinstance(source, Source) and isinstance(document, Document) and is_known(source=source, document=document):
            self.add_error("upload", ValidationError(KNOWN))
        return found


@admin.register(Capture)
class CaptureAdmin(LinkedModelAdmin, KeepingFiles):
    form = CaptureForm
    list_display = ("source", "media_type", "bytes", "captured_at", "sha256")
    list_select_related = ("source",)
    search_fields = ("source__title", "source__url", "sha256")
    search_help_text = _("A part of the source’s title or address; or the SHA-256 of a file in hand.")
    autocomplete_fields = ("source",)
    fields = ("source", "upload")

    def has_change_permission(self, request: HttpRequest, obj: Capture | None = None) -> bool:
        """A captured file stays as it came."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(actor_for(request), Action.SEE_PRIVATE)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(actor_for(request), Action.WRITE_PRIVATE)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(actor_for(request), Action.WRITE_PRIVATE)

    def get_fields(self, request: HttpRequest, obj: Capture | None = None) -> Any:
        return FACTS if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Capture | None = None) -> tuple[str, ...]:
        return FACTS if obj else ()

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.download_view)
        return [path("<int:pk>/download", page, name="desk_capture_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        allow(request, Action.SEE_PRIVATE)
        capture = get_object_or_404(Capture, pk=pk)
        return download(content_of(private_folder(), capture.file_name), capture.download_name)

    def save_model(self, request: HttpRequest, obj: Capture, form: Any, change: bool) -> None:
        add_capture(capture=obj, document=form.cleaned_data["upload"], captured_at=now(), chance=secrets.SystemRandom())

    def delete_model(self, request: HttpRequest, obj: Capture) -> None:
        remove_capture(capture=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Capture]) -> None:
        for capture in queryset:
            remove_capture(capture=capture)

    def response_post_save_add(self, request: HttpRequest, obj: Capture) -> HttpResponseRedirect:
        return HttpResponseRedirect(page_of(obj.source))

    @admin.display(description=_("source"))
    def of_source(self, capture: Capture) -> str:
        return page_link(capture.source)

    @admin.display(description=_("size"))
    def bytes(self, capture: Capture) -> str:
        return filesizeformat(capture.size)

    @admin.display(description=_("file"))
    def download(self, capture: Capture) -> str:
        return _download_link(capture)


def captures_of(source: Source) -> str:
    """The captured files of a source with their hashes, and the way to one more."""
    captures = Capture.objects.filter(source=source).order_by("pk")[:SHOWN]
    words = '<li>{} · <a href="{}">{}</a><br>SHA-256: <code>{}</code></li>'
    rows = format_html_join("", words, ((_download_link(it), page_of(it), _when(it), it.sha256) for it in captures))
    add = reverse("admin:desk_capture_add")
    link = format_html('<a class="addlink" href="{}?source={}">{}</a>', add, source.pk, gettext("Add a captured file"))
    return format_html("<ul>{}</ul>{}", rows, link)


def _download_link(capture: Capture) -> str:
    words = gettext("Download ({kind}, {size})").format(kind=capture.kind.title, size=filesizeformat(capture.size))
    return format_html('<a href="{}">{}</a>', reverse("admin:desk_capture_download", args=[capture.pk]), words)


def _when(capture: Capture) -> str:
    return gettext("captured %(when)s") % {"when": date_format(localtime(capture.captured_at), "j F Y, H:i")}
