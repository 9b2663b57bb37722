"""The names of a person, as rows on the person's page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from prisoners.models import Name
from prisoners.services import set_heading

from .base import RecordRows
from .forms import RecordFormSet


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
    formset = NameFormSet
    min_num = 1
    fields = ("text", "language", "script", "kind", "is_heading", "is_primary")
