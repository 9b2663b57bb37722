"""How one record names another, so that an editor who knows the person recognises it."""

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from prisoners.models import Arrest


def arrests_with_names() -> models.QuerySet[Arrest]:
    """Arrests with what `arrest_label` reads."""
    return Arrest.objects.select_related("prisoner").prefetch_related("prisoner__names")


def arrest_label(arrest: Arrest) -> str:
    """Such as “Alaksandr Novik (BY-7K3QX2), 2020-08-09 – 2021”."""
    return f"{arrest.prisoner}, {arrest_days(arrest)}"


def arrest_days(arrest: Arrest) -> str:
    """Such as “2020-08-09 – 2021”; open at the end while the custody goes on."""
    return f"{arrest.began or _('unknown date')} – {arrest.ended or ''}".rstrip()


def owner_label(owner: models.Model) -> str:
    """What a private record is about, in words."""
    return arrest_label(owner) if isinstance(owner, Arrest) else str(owner)


def page_link(record: models.Model, text: str = "") -> str:
    """A link to the record's own page at the desk."""
    return format_html('<a href="{}">{}</a>', page_of(record), text or str(record))


def page_of(record: models.Model) -> str:
    """The address of the record's own page at the desk."""
    return reverse(f"{admin.site.name}:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def list_of(model: type[models.Model], query: dict[str, object]) -> str:
    """The address of the list of such records at the desk, narrowed."""
    return reverse(f"{admin.site.name}:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)
