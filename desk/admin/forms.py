"""Forms and sets of rows that every record shares: rules speak beside the field that they concern."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import BaseInlineFormSet

from prisoners.rules import broken

from .choices import remember_choices
from .reasons import REASON, refuse_rows_without_reason, refuse_without_reason
from .rules import ACROSS, RULES, rule_behind, words_of


class CapitalsField(forms.CharField):
    """A code of capital letters, however it was typed."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").upper()


class RecordForm(forms.ModelForm):
    """A form that shows a broken rule of the database beside the field that it concerns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember_choices(self)

    def _get_validation_exclusions(self) -> set[str]:
        """Django leaves out every column that the form doesn't ask for: the derived days too, and with them the rules on days."""
        derived = {field.name for field in self._meta.model._meta.fields if field.generated}
        return super()._get_validation_exclusions() - derived  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        errors = self.errors.pop(NON_FIELD_ERRORS, None)
        for error in errors.as_data() if errors else []:
            for message in error.messages:
                self._place(message)
        self._hold_against_owner()
        # Asked last, of what could be saved otherwise. Rows are asked by their set, after they were compared.
        if REASON in self.fields and not self.errors:
            refuse_without_reason(self)

    def _hold_against_owner(self) -> None:
        """The rules that tie a record to what it belongs to, as that will be after saving."""
        for rule, (field, _side, _other) in broken(ACROSS, self.instance):
            place = field if field in self.fields else None
            if place not in self.errors:
                self.add_error(place, ValidationError(str(rule.words)))

    def _place(self, message: str) -> None:
        name = rule_behind(self._meta.model, message)
        rule = RULES.get(name or "")
        field = rule.field if rule and rule.field in self.fields else None
        self.add_error(field, ValidationError(words_of(name, message) if name else message))


class RecordFormSet(BaseInlineFormSet):
    """Rows on the page of what they belong to. `check_rows` sees them as they will be after saving.

    Django leaves conditional rules, and those that tie a row to its parent, to the database: rows are compared here.
    """

    def get_queryset(self) -> Any:
        """Each row knows its parent, and needn't ask for it to name itself."""
        found = super().get_queryset()
        for row in found:
            setattr(row, self.fk.name, self.instance)
        return found

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            self.check_rows(self.rows())
        if not any(self.errors):
            refuse_rows_without_reason(self)

    def rows(self) -> list[Any]:
        """The forms of the rows that will be there after saving."""
        written = [*self.initial_forms, *(form for form in self.extra_forms if form.has_changed())]
        return [form for form in written if not self._should_delete_form(form)]  # type: ignore[attr-defined]

    def check_rows(self, rows: list[Any]) -> None:
        """Add errors to rows, or raise ValidationError for all of them."""

    @staticmethod
    def refuse_repeats(rows: list[Any], rule: str, key: Any) -> None:
        """Mark each row whose key an earlier row has; rows without a key (None) are left alone."""
        seen = set()
        for form in rows:
            value = key(form.instance)
            if value is not None and value in seen:
                words = next(c.get_violation_error_message() for c in form.instance._meta.constraints if c.name == rule)
                form.add_error(RULES[rule].field, words_of(rule, words))
            seen.add(value)
