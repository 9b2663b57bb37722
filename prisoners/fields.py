"""The one field type for uncertain dates, in models and in forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .dates import FORMS, MAX_LENGTH, InvalidDate, UncertainDate


def to_uncertain_date(value: Any) -> UncertainDate | None:
    """None for an empty value, else the parsed date. Raises ValidationError with the reason."""
    if value in (None, ""):
        return None
    if isinstance(value, UncertainDate):
        return value
    try:
        return UncertainDate.parse(str(value))
    except InvalidDate as error:
        raise ValidationError(str(error), code="invalid_date") from None


class UncertainDateFormField(forms.CharField):
    """A date typed as text, in one of the forms of `prisoners.dates.FORMS`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Such as %(forms)s.") % {"forms": FORMS})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> UncertainDate | None:  # type: ignore[override]
        return to_uncertain_date(super().to_python(value) if isinstance(value, str) else value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value or ""))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()


class UncertainDateField(models.CharField):
    """A date as written (EDTF), with two columns that the database derives: `<name>_earliest` and `<name>_latest`.

    In Python the value is an UncertainDate or None, which carries both days; in queries use the two columns.
    """

    description = "uncertain date"
    # What mypy takes to be assigned and read; these annotations do nothing at run time.
    _pyi_private_set_type: UncertainDate | str | None  # type: ignore[assignment]
    _pyi_private_get_type: UncertainDate | None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A migration's historical models list the derived columns themselves.
        if cls.__module__ == "__fake__":
            return
        for bound in ("earliest", "latest"):
            derived = models.GeneratedField(
                expression=models.Func(models.F(name), function=f"edtf_{bound}"),
                output_field=models.DateField(null=True),
                db_persist=True,
                editable=False,
            )
            derived.contribute_to_class(cls, f"{name}_{bound}")

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> UncertainDate | None:
        return None if value is None else UncertainDate.parse(value)

    def to_python(self, value: Any) -> UncertainDate | None:
        return to_uncertain_date(value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value or ""))

    def get_prep_value(self, value: Any) -> str | None:
        value = to_uncertain_date(value)
        return None if value is None else value.text

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": UncertainDateFormField, "empty_value": None, **kwargs})


class HexField(models.CharField):
    """Exactly so many hexadecimal digits: a digest, or a random name. Constraints hold the database to it, too."""

    description = "hexadecimal digits"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.validators.append(RegexValidator(rf"^[0-9a-f]{{{self.max_length}}}\Z"))


def hex_digits(name: str, length: int) -> models.Q:
    """The condition that a column holds exactly so many hexadecimal digits."""
    return models.Q(**{f"{name}__regex": f"^[0-9a-f]{{{length}}}$"})
