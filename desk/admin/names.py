"""The names of a person, as rows on the person's page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prisoners.models import Name
from prisoners.services import set_heading

from .base import LinkedModelAdmin, RecordRows
from .citations import CitationRows
from .forms import RecordFormSet
from .labels import page_link


class NameFormSet(RecordFormSet):
    """One name is the heading: the marked one, else the first. Marks can move between rows in one go."""

    def check_rows(self, rows: list[Any]) -> None:
        if not rows:
            raise ValidationError(_("A person needs at least one name."))
        headings = [form.instance.text for form in rows if form.instance.is_heading]
        if len(headings) > 1:
            raise ValidationError(_("Only one name can be the heading. Marked are: %(names)s.") % {"names": "; ".join(headings)})
        self.refuse_repeats(rows, "name_one_primary_per_language", lambda name: name.language if name.is_primary else None)

    def save(self, commit: bool = True) -> Any:
        if commit:
            self._give_marks_back()
        saved = super().save(commit=commit)
        if commit:
            self._ensure_heading()
        return saved

    def _give_marks_back(self) -> None:
        """The database allows one mark at a time, at every moment: changed rows drop theirs before any takes one."""
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        marked = Name.objects.filter(Q(is_heading=True) | Q(is_primary=True), pk__in=changed)
        marked.update(is_heading=False, is_primary=False)

    def _ensure_heading(self) -> None:
        names = self.instance.names.order_by("-is_heading", "pk")
        first = names.first()
        if first is not None and not first.is_heading:
            set_heading(name=first)


class NameRows(RecordRows):
    model = Name
    show_change_link = True
    formset = NameFormSet
    min_num = 1
    fields = ("text", "language", "script", "kind", "is_heading", "is_primary")


@admin.register(Name)
class NameAdmin(LinkedModelAdmin):
    """For the sources of a name. Which one is the heading is decided on the page of the person, beside the others."""

    list_display = ("text", "language", "script", "kind")
    search_fields = ("text",)
    fields = ("prisoner", "text", "language", "script", "kind")
    autocomplete_fields = ("prisoner",)
    inlines = (CitationRows,)

    def get_fields(self, request: HttpRequest, obj: Name | None = None) -> Any:
        return ["person", *self.fields[1:]] if obj else list(self.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Name | None = None) -> tuple[str, ...]:
        return ("person",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Name | None = None) -> bool:
        """With the person, or on their page, where the others are in sight: one must be left, and one be the heading."""
        here = (request.resolver_match and request.resolver_match.url_name) or ""
        return not here.startswith("prisoners_name_") and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("person"))
    def person(self, name: Name) -> str:
        return page_link(name.prisoner)
