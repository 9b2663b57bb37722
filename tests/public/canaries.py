"""Hidden people with a canary in every text that the records can hold: whatever field is added, it is filled too."""

import datetime
import hashlib
import itertools
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from desk.models import Intake, IntakeLine, InternalNote
from prisoners.acting import OPERATOR, acting
from prisoners.fields import HexField, UncertainDateField
from prisoners.files.folder import public_folder
from prisoners.models import Arrest, CitationBase, Photo, Prisoner, Review, ReviewKind, Source, State, Visibility
from prisoners.vocabulary import Term
from releases.models import Event, Pardon, PardonLine, Wave

CANARY = "CANARY"
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"state": State.DRAFT},
    "in_review": {"state": State.IN_REVIEW},
    "withdrawn": {"state": State.WITHDRAWN},
    "internal": {"state": State.PUBLISHED, "visibility": Visibility.INTERNAL},
    # The day has come, but nobody has lifted it.
    "embargoed": {"state": State.PUBLISHED, "embargo_until": date(2020, 1, 1)},
    "embargoed_initials": {
        "state": State.PUBLISHED,
        "visibility": Visibility.INITIALS,
        "embargo_until": date(2999, 1, 1),
    },
    "embargoed_counted": {"state": State.PUBLISHED, "visibility": Visibility.COUNTED, "embargo_until": date(2020, 1, 1)},
}
VISIBLE = {
    visibility.value: {"state": State.PUBLISHED, "visibility": visibility}
    for visibility in (Visibility.NAMED, Visibility.INITIALS, Visibility.COUNTED)
}
# Acts of clemency and what was said of them are public by themselves; so are the terms of vocabularies, as definitions.
PUBLIC = (Wave, Pardon, Event)
# Roles belong to accounts; how far lines have been compared is a number.
OF_NOBODY = ("Assignment", "Progress")
# What belongs to exactly one record, of several kinds.
OF_ONE_RECORD = (CitationBase, InternalNote)
# Texts that the database allows only in some forms.
FORMS = {"country": "BY", "region": "BY-HM", "home_region": "BY-HM", "language": "be", "script": "Cyrl"}
DATES = {"began": "2020-02-01", "born": "1990", "died": None, "withdrawn_on": "2050"}
DAYS = {"consent_on": "2020-01-01"}
# What a reader could see of it, or of whom it is, is tried; so it is the most open value that there is.
CHOICES = {"confidentiality": "public"}
# All of four digits: a canary that another began with would be found wherever the other is.
_numbers = itertools.cycle(range(1000, 10_000))


class Hidden:
    """One hidden person with one record of each model; records in `given` are used, the others are made."""

    def __init__(self, kind: str, code: str, given: dict[type[models.Model], models.Model]) -> None:
        self.kind, self.code, self.made = kind, code, dict(given)

    def make_all(self) -> None:
        # By an operator whose name is a canary: the database keeps who changed and who reviewed a record.
        with acting(actor=f"{CANARY}{next(_numbers)}", capacity=OPERATOR):
            for model in record_models():
                if issubclass(model, OF_ONE_RECORD):
                    self._cite(model)
                elif model not in PUBLIC:
                    self.make(model)
        line, arrest = self.made[PardonLine], self.made[Arrest]
        PardonLine.objects.filter(pk=line.pk).update(arrest=arrest.pk)
        public_folder().write(f"{self.digits(Photo, 'file')[:32]}.jpg", CANARY.encode())

    def make(self, model: type[models.Model]) -> models.Model:
        if model not in self.made:
            self.made[model] = model._default_manager.create(**self._values(model))
            for many in model._meta.many_to_many:
                getattr(self.made[model], many.name).add(self.make(many.related_model))
        return self.made[model]

    def _cite(self, model: type[models.Model]) -> None:
        """One for each kind of record that isn't public by itself."""
        values = {name: value for name, value in self._values(model).items() if name not in _targets(model) or name == "source"}
        for name, target in _targets(model).items():
            if target not in (Source, *PUBLIC):
                model._default_manager.create(**values, **{name: self.make(target)})

    def _values(self, model: type[models.Model]) -> dict[str, Any]:
        if model is Prisoner:
            return {**self._texts(model), "code": self.code, **{**HIDDEN, **VISIBLE}[self.kind]}
        if model is IntakeLine:
            # Matched to the hidden person, as an editor would have it.
            return {**self._texts(model), "intake": self.make(Intake), "arrest": self.make(Arrest), "decision": "chosen"}
        if model is Review:
            proposed = {"prisoner": self.make(Prisoner), "kind": ReviewKind.WIDENING}
            undecided = {"decided_by": "", "decided_at": None}
            return {**self._texts(model), **proposed, **undecided}
        tied = issubclass(model, OF_ONE_RECORD)
        links = {name: self.make(target) for name, target in _targets(model).items() if not tied or name == "source"}
        return {**self._texts(model), **links}

    def _texts(self, model: type[models.Model]) -> dict[str, Any]:
        fields = [field for field in model._meta.concrete_fields if not field.is_relation and not field.generated]
        values = {field.name: self._value(field) for field in fields if not isinstance(field, models.BigAutoField)}
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, field: Any) -> Any:
        number = next(_numbers)
        if field.choices:
            first = None if field.has_default() or field.blank else field.choices[0][0]
            return CHOICES.get(field.name, first)
        if isinstance(field, models.DateTimeField):
            return timezone.now()
        if isinstance(field, HexField):
            return self.digits(field.model, field.name)[: field.max_length]
        if isinstance(field, UncertainDateField):
            return DATES.get(field.name, "2020-03-01")
        if isinstance(field, models.DateField):
            return DAYS.get(field.name) if field.null else datetime.date(2021, 1, 1)
        if isinstance(field, models.CharField | models.TextField):
            return self._text(field, number)
        if isinstance(field, models.JSONField):
            return {"en": f"{CANARY} {number}"}
        if isinstance(field, models.BooleanField):
            return field.name in ("is_heading", "is_primary", "is_fictional", "is_public") or None
        is_counted = isinstance(field, models.PositiveIntegerField | models.FloatField)
        return number if is_counted and not field.has_default() else None

    def digits(self, model: type[models.Model], field: str) -> str:
        """Digits of this person's own record, known before it is made."""
        return hashlib.md5(f"{model.__name__}.{field} {self.code}".encode()).hexdigest() * 2

    def _text(self, field: Any, number: int) -> str:
        if isinstance(field, models.URLField):
            return f"https://{CANARY}.example/{number}"
        if isinstance(field, models.SlugField):
            return self.slug(field.model)
        return FORMS.get(field.name) or (f"term_{number}" if field.primary_key else f"{CANARY}{number}"[: field.max_length])

    def slug(self, model: type[models.Model]) -> str:
        """The name of this person's record in addresses, known before the record is made."""
        return getattr(self.made.get(model), "slug", f"{CANARY}-{model.__name__}-{self.code}".lower())


def record_models() -> list[type[models.Model]]:
    """Every model of a record. The history keeps what is written to these, canaries and all."""
    models_of = (apps.get_app_config(app).get_models() for app in ("prisoners", "releases", "desk"))
    found = [model for models in models_of for model in models if model._meta.managed]
    return [model for model in found if model.__name__ not in OF_NOBODY]


def terms() -> dict[type[models.Model], models.Model]:
    """A term of its own in each vocabulary, whose labels must show nowhere."""
    maker = Hidden("draft", "BY-000000", {})
    return {model: maker.make(model) for model in record_models() if issubclass(model, Term)}


def unmatched_line(pardon: Pardon) -> PardonLine:
    """A line of a list that names nobody known."""
    number = next(_numbers)
    return PardonLine.objects.create(pardon=pardon, position=number, as_written=f"{CANARY} {number}")


def planted() -> dict[str, str]:
    """Every canary in the records, with the model and field that it is in."""
    fields = [
        (model, field)
        for model in record_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    ]
    return {
        text: f"{model.__name__}.{field.name}"
        for model, field in fields
        for value in model._default_manager.values_list(field.name, flat=True)
        for text in ([str(one) for one in value.values()] if isinstance(value, dict) else [str(value)])
        if CANARY in text.upper()
    }


def texts_without_canary(hidden: Hidden) -> set[str]:
    """Texts of this person's own records that hold no canary."""
    return {
        f"{model.__name__}.{field.name}"
        for model, record in hidden.made.items()
        if model not in PUBLIC
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        if not (field.choices or isinstance(field, UncertainDateField))
        if CANARY not in str(getattr(record, field.name)).upper()
    }


def _targets(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """A charge may be requalified as another article; that one isn't needed to fill it."""
    links = [field for field in model._meta.concrete_fields if field.is_relation and field.name != "requalified_as"]
    return {link.name: link.related_model for link in links}
