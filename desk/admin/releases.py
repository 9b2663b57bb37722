"""How people get out: releases, pardons with their lines, waves; and what the world said of it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from prisoners.roles import Actor
from releases.acts import NO_WAVE_WORDS, save_act
from releases.models import Event, Pardon, PardonLine, Release, VoidRelease, Wave
from releases.rules import PERSON_TWICE_WORDS

from ..actors import actor_for
from ..offers.fitting import number_offered
from ..offers.noticing import notice
from .access import seen_by
from .base import LinkedModelAdmin, LinkedRows, RecordAdmin, RecordRows
from .citations import ReleaseCitationRows
from .forms import RecordForm, RecordFormSet
from .labels import arrest_label
from .parts import ArrestPartAdmin, LinkedPartAdmin

LINES_ON_PAGE = 100  # six fields a line; Django reads at most 1,000 fields of one form
NEEDS_END = _("A release needs a date: fill in “Ended” above. If the day is not known, write ../ and the day it became known.")
NO_END_YET = _("This custody has no end yet: open the arrest, and fill in “Ended” and the release there.")


class ReleaseFormSet(RecordFormSet):
    def check_rows(self, rows: list[Any]) -> None:
        """A release that is there already is the business of the arrest's own form."""
        if self.instance.ended is None and any(form.instance.pk is None for form in rows):
            raise ValidationError(NEEDS_END)


class ReleaseRow(LinkedRows):
    model = Release
    formset = ReleaseFormSet
    fields = ("mechanism", "pardon", "liberty_after", "conditions", "verification", "note")
    autocomplete_fields = ("mechanism", "pardon", "conditions")


class VoidReleaseRows(RecordRows):
    model = VoidRelease
    show_change_link = True
    fields = ("mechanism", "pardon", "happened_on", "because")
    autocomplete_fields = ("mechanism", "pardon")


class ReleaseForm(RecordForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        arrest = self.cleaned_data.get("arrest")
        if arrest and arrest.ended is None:
            self.add_error("arrest", NO_END_YET)
        return self.cleaned_data


@admin.register(Release)
class ReleaseAdmin(ArrestPartAdmin):
    form = ReleaseForm
    list_display = ("who", "mechanism", "pardon", "liberty_after", "verification")
    related = ("mechanism", "pardon")
    list_filter = ("mechanism", "liberty_after", "verification")
    fieldsets = (
        (None, {"fields": ("arrest", "mechanism", "pardon", "verification")}),
        (_("What came with it"), {"fields": ("liberty_after", "conditions")}),
        (_("For the desk"), {"fields": ("note",), "description": _("Readers never see it.")}),
    )
    autocomplete_fields = ("arrest", "mechanism", "pardon", "conditions")
    inlines = (ReleaseCitationRows,)


@admin.register(VoidRelease)
class VoidReleaseAdmin(LinkedPartAdmin):
    """For the sources of a release that came to nothing."""

    list_display = ("who", "mechanism", "happened_on", "pardon")
    related = ("mechanism", "pardon")
    fields = ("arrest", "mechanism", "pardon", "happened_on", "because")
    autocomplete_fields = ("arrest", "mechanism", "pardon")
    inlines = (ReleaseCitationRows,)


def lines_seen_by(actor: Actor) -> Q:
    """Lines that are matched to nobody, or to somebody whom the actor may read."""
    seen = seen_by(actor, "arrest__prisoner")
    return Q(arrest=None) | seen if seen else Q()


class PardonLinePageForm(RecordForm):
    """A line on a page of its own, held against the pardon's other lines."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        pardon, arrest = self.cleaned_data.get("pardon"), self.cleaned_data.get("arrest")
        if pardon and arrest:
            others = PardonLine.objects.filter(pardon=pardon, arrest__prisoner=arrest.prisoner_id).exclude(pk=self.instance.pk)
            if others.exclude(arrest=arrest).exists():
                self.add_error("arrest", PERSON_TWICE_WORDS)
        return self.cleaned_data


class PardonLineForm(RecordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False


class PardonLineFormSet(RecordFormSet):
    """Lines without a number go to the end, in the order in which they were typed."""

    def check_rows(self, rows: list[Any]) -> None:
        positions = [form.instance.position for form in rows if form.instance.position is not None]
        last = max(positions, default=0)
        for form in rows:
            if form.instance.position is None:
                last += 1
                form.instance.position = last
        self._refuse_person_twice(rows)

    @staticmethod
    def _refuse_person_twice(rows: list[Any]) -> None:
        matched: dict[int, int] = {}
        for form in rows:
            arrest = form.instance.arrest
            if arrest and matched.setdefault(arrest.prisoner_id, arrest.pk) != arrest.pk:
                form.add_error("arrest", PERSON_TWICE_WORDS)


class PardonLineRows(RecordRows):
    model = PardonLine
    form = PardonLineForm
    formset = PardonLineFormSet
    verbose_name = _("line")
    verbose_name_plural = _("lines (people as the source writes them; a line without a number goes to the end)")
    fields = ("position", "as_written", "arrest")
    autocomplete_fields = ("arrest",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        found = super().get_queryset(request).filter(lines_seen_by(actor_for(request)))
        return found.select_related("arrest__prisoner").prefetch_related("arrest__prisoner__names")


@admin.register(PardonLine)
class PardonLineAdmin(LinkedModelAdmin):
    """For pardons with more lines than one page can take."""

    form = PardonLinePageForm
    list_display = ("position", "as_written", "matched", "pardon")
    list_display_links = ("as_written",)
    list_select_related = ("pardon", "arrest__prisoner")
    search_fields = ("as_written",)
    fields = ("pardon", "position", "as_written", "arrest")
    autocomplete_fields = ("pardon", "arrest")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        found = super().get_queryset(request).filter(lines_seen_by(actor_for(request)))
        return found.prefetch_related("arrest__prisoner__names")

    @admin.display(description=_("matched arrest"))
    def matched(self, line: PardonLine) -> str:
        return arrest_label(line.arrest) if line.arrest else ""


@admin.register(Pardon)
class PardonAdmin(RecordAdmin):
    list_display = ("title", "wave", "announced_on", "announced", "listed", "identified", "unidentified")
    list_select_related = ("wave",)
    list_filter = ("legal_form",)
    sortable_by = ("title", "announced_on")
    search_fields = ("title", "slug", "wave__title")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("wave",)
    fields = (
        ("title", "slug"),
        "wave",
        ("announced_on", "authority", "legal_form"),
        "framing",
        ("announced_number", "is_announced_minimum"),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "wave":
            kwargs |= {"required": False, "help_text": NO_WAVE_WORDS}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Pardon, form: Any, change: bool) -> None:
        save_act(obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        matched = Count("lines", filter=Q(lines__arrest__isnull=False))
        return super().get_queryset(request).annotate(listed_number=Count("lines"), identified_number=matched)

    def get_readonly_fields(self, request: HttpRequest, obj: Pardon | None = None) -> tuple[str, ...]:
        return ("listed", "identified", "unidentified", "all_lines") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Pardon | None = None) -> list[Any]:
        return [*self.fields, ("listed", "identified", "unidentified", "all_lines")] if obj else list(self.fields)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fits = obj is None or obj.listed_number <= LINES_ON_PAGE
        return [PardonLineRows, ReleaseCitationRows] if fits else [ReleaseCitationRows]

    @admin.display(description=_("announced"))
    def announced(self, pardon: Pardon) -> str:
        number = pardon.announced_number
        if number is None:
            return gettext("unknown")
        return gettext("at least %(n)d") % {"n": number} if pardon.is_announced_minimum else str(number)

    @admin.display(description=_("listed"))
    def listed(self, pardon: Any) -> int:
        return pardon.listed_number

    @admin.display(description=_("identified"))
    def identified(self, pardon: Any) -> int:
        return pardon.identified_number

    @admin.display(description=_("unidentified"))
    def unidentified(self, pardon: Any) -> int:
        return pardon.listed_number - pardon.identified_number

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """With the number of its open lines that could name somebody now."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "GET":
            notice()
            found.offered_number = number_offered(actor_for(request), pardon=found.pk)
        return found

    @admin.display(description=_("lines"))
    def all_lines(self, pardon: Any) -> str:
        address = reverse("admin:releases_pardonline_changelist", query={"pardon": pardon.pk})
        intake = reverse("desk-intake-new", query={"pardon": pardon.pk})
        links = [(address, gettext("List them all")), (intake, gettext("Add a list of names"))]
        if offered := getattr(pardon, "offered_number", 0):
            words = ngettext(
                "%(n)d unidentified line may name somebody entered or changed since",
                "%(n)d unidentified lines may name people entered or changed since",
                offered,
            )
            links.append((reverse("desk-intake-offered", query={"pardon": pardon.pk}), words % {"n": offered}))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)


class PardonRows(LinkedRows):
    model = Pardon
    fields = ("title", "slug", "announced_on", "announced_number", "is_announced_minimum")
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Wave)
class WaveAdmin(RecordAdmin):
    list_display = ("title", "slug")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "summary")
    inlines = (PardonRows,)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_display = ("title", "happened_on", "kind", "actor", "stance")
    list_filter = ("kind", "stance")
    sortable_by = ("title", "happened_on", "actor")
    search_fields = ("title", "slug", "actor")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("waves",)
    fields = (("title", "slug"), "happened_on", "kind", ("actor", "stance"), "summary", "waves")
    inlines = (ReleaseCitationRows,)
