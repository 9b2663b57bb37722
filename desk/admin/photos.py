"""Photos of people: added on a page of their own, listed on the person's."""

import secrets
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prisoners.files.folder import public_folder
from prisoners.files.pictures import Picture, read_picture
from prisoners.models import Photo, Prisoner
from prisoners.roles import Action

from ..files.keeping import private_folder
from ..files.models import Original
from ..files.photos import KNOWN, add_photo, is_known, remove_photo, save_photo
from .base import LinkedModelAdmin
from .files import KeepingFiles, UploadForm, allow, content_of, download, preview
from .forms import RecordForm
from .labels import page_link, page_of

FACTS = ("alternative_text", "credit", "licence", "taken_on", "is_primary", "is_public", "consent_on", "consent_withdrawn_on")


class PhotoFactsForm(RecordForm):
    def _get_validation_exclusions(self) -> set[str]:
        """The mark of the case page moves from one photo to another when it is saved."""
        return {*super()._get_validation_exclusions(), "is_primary"}


class NewPhotoForm(UploadForm, PhotoFactsForm):
    reader = staticmethod(read_picture)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        person, picture = found.get("prisoner"), found.get("upload")
        if isinstance(person, Prisoner) and isinstance(picture, Picture) and is_known(prisoner=person, picture=picture):
            self.add_error("upload", ValidationError(KNOWN))
        return found


@admin.register(Photo)
class PhotoAdmin(LinkedModelAdmin, KeepingFiles):
    list_display = ("prisoner", "alternative_text", "licence", "is_primary", "shown")
    list_filter = ("is_public", "licence")
    list_select_related = ("prisoner", "licence")
    search_fields = ("prisoner__names__text", "prisoner__code")
    autocomplete_fields = ("prisoner", "licence")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        return _with_seen(super().get_queryset(request).select_related("prisoner", "licence").prefetch_related("prisoner__names"))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(prisoner__in=Prisoner.objects.named_like(search_term).values("pk")), False

    def get_form(self, request: HttpRequest, obj: Photo | None = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = PhotoFactsForm if obj else NewPhotoForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        return ("person", "picture", "shown", *FACTS, "original") if obj else ("prisoner", "upload", *FACTS)

    def get_readonly_fields(self, request: HttpRequest, obj: Photo | None = None) -> tuple[str, ...]:
        return ("person", "picture", "shown", "original") if obj else ()

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("<int:pk>/preview.jpg", site.admin_view(self.preview_view), name="prisoners_photo_preview"),
            path("<int:pk>/original", site.admin_view(self.original_view), name="prisoners_photo_original"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        allow(request, Action.SEE_DRAFTS)
        return preview(content_of(public_folder(), self._seen(request, pk).small_image.name))

    def original_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """As private as the rest of what isn't published: it can hold the place where it was taken."""
        allow(request, Action.SEE_PRIVATE)
        original = get_object_or_404(Original, photo=self._seen(request, pk))
        return download(content_of(private_folder(), original.file_name), original.download_name)

    def _seen(self, request: HttpRequest, pk: int) -> Photo:
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        if change:
            save_photo(photo=obj)
        else:
            add_photo(photo=obj, picture=form.cleaned_data["upload"], received_at=now(), chance=secrets.SystemRandom())

    def delete_model(self, request: HttpRequest, obj: Photo) -> None:
        remove_photo(photo=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> None:
        for photo in queryset:
            remove_photo(photo=photo)

    def response_post_save_add(self, request: HttpRequest, obj: Photo) -> HttpResponseRedirect:
        return HttpResponseRedirect(page_of(obj.prisoner))

    response_post_save_change = response_post_save_add

    @admin.display(description=_("person"))
    def person(self, photo: Photo) -> str:
        return page_link(photo.prisoner)

    @admin.display(description=_("picture"))
    def picture(self, photo: Photo) -> str:
        return _image(photo)

    @admin.display(description=_("what readers see"))
    def shown(self, photo: Photo) -> str:
        return _why_hidden(photo) or gettext("They see this photo.")

    @admin.display(description=_("file as it came"))
    def original(self, photo: Photo) -> str:
        """Its hash tells whether a file in hand is the one that was brought."""
        original = Original.objects.filter(photo=photo).first()
        if original is None:
            return ""
        size, address = filesizeformat(original.size), reverse("admin:prisoners_photo_original", args=[photo.pk])
        words = gettext("Download ({kind}, {size}). It may say where and when it was taken: keep it to yourself.")
        link = format_html('<a href="{}">{}</a>', address, words.format(kind=original.kind.title, size=size))
        return format_html("{}<br>SHA-256: <code>{}</code>", link, original.sha256)


def photos_of(person: Prisoner) -> str:
    """The photos of a person with what readers see of each, and the way to one more."""
    photos = (
        (page_of(photo), _image(photo), _why_hidden(photo) or gettext("Public.")) for photo in _with_seen(person.photos.all())
    )
    rows = format_html_join("", '<li><a href="{}">{}</a><br>{}</li>', photos)
    add = format_html('<a class="addlink" href="{}?prisoner={}">{}</a>', reverse("admin:prisoners_photo_add"), person.pk, _add())
    return format_html('<ul class="photos">{}</ul>{}', rows, add)


def _add() -> str:
    return gettext("Add a photo")


def _image(photo: Photo) -> str:
    small, address = photo.small_image, reverse("admin:prisoners_photo_preview", args=[photo.pk])
    return format_html(
        '<img class="photo" src="{}" width="{}" height="{}" alt="{}">', address, small.width, small.height, photo.alternative_text
    )


def _with_seen(photos: QuerySet[Photo]) -> QuerySet[Any]:
    """With `is_seen`: whether readers see the photo today."""
    return photos.annotate(is_seen=Exists(Photo.objects.shown(on=localdate()).filter(pk=OuterRef("pk"))))


def _why_hidden(photo: Any) -> str:
    """Why readers don't see the photo; empty when they do."""
    if not photo.is_public:
        return gettext("Not public.")
    if photo.consent_withdrawn_on:
        return gettext("Not shown: the consent was withdrawn.")
    if photo.consent_on is None or photo.consent_on > localdate():
        return gettext("Not shown: there is no consent yet.")
    return "" if photo.is_seen else gettext("Not shown while the person is not public by name.")
