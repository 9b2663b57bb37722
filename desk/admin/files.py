"""What the pages of uploaded files share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prisoners.files.folder import Folder
from prisoners.files.kinds import UnusableFile
from prisoners.roles import Action, may

from ..actors import actor_for
from ..files.keeping import kept_with_rows
from .forms import RecordForm


class UploadForm(RecordForm):
    """A form that takes one file and reads it at once, so that what is wrong with it stands beside its field."""

    upload = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    reader: Callable[..., Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = filesizeformat(settings.UPLOAD_MAX_BYTES)
        self.fields["upload"].help_text = _("At most %(size)s. The file’s name is not kept.") % {"size": most}

    def clean_upload(self) -> Any:
        try:
            return type(self).reader(self.cleaned_data["upload"], max_bytes=settings.UPLOAD_MAX_BYTES)
        except UnusableFile as error:
            raise ValidationError(str(error)) from None


class KeepingFiles(admin.ModelAdmin):
    """Files that a refused form has written are gone with its rows. Stands behind RecordAdmin, which explains refusals."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with kept_with_rows():
            return super().changeform_view(request, *args, **kwargs)


def allow(request: HttpRequest, action: Action) -> None:
    """Raise PermissionDenied before anything is looked up, so that nobody learns what there is."""
    if not may(actor_for(request), action):
        raise PermissionDenied


def content_of(folder: Folder, name: str) -> bytes:
    content = folder.read(name)
    if content is None:
        raise Http404(_("The file is missing. `manage.py sweep_files` lists all that are."))
    return content


def download(content: bytes, file_name: str) -> HttpResponse:
    """A file to save and not to open here: whatever it holds, the browser runs none of it on this site's behalf."""
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


def preview(content: bytes) -> HttpResponse:
    """A picture that this site made itself."""
    return HttpResponse(content, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})
