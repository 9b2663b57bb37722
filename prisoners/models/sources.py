"""Where each fact comes from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from .custody import Arrest, Stay
from .law import Charge, Judgment
from .person import Name, Prisoner
from .recognition import Recognition
from .treatment import Treatment


class SourceKind(models.TextChoices):
    """What kind of thing a source is."""

    ARTICLE = "article", _("news article")
    STATEMENT = "statement", _("statement of an organisation")
    OFFICIAL = "official", _("official publication")
    COURT = "court", _("court document")
    LIST = "list", _("list of prisoners")
    TESTIMONY = "testimony", _("testimony")
    LETTER = "letter", _("letter")
    MEDIA = "media", _("photo, video or recording")
    POST = "post", _("post on a social network")
    OTHER = "other", _("other")


class Confidentiality(models.TextChoices):
    """Who may learn of a source."""

    PUBLIC = "public", _("public: readers see it")
    CONFIDENTIAL = "confidential", _("confidential: readers see only that there is one")


class Source(models.Model):
    """Something one can go back to: an article, a statement, a list, a document."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind, default=SourceKind.OTHER)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=12, choices=Confidentiality, default=Confidentiality.CONFIDENTIAL
    )
    published_on = UncertainDateField(_("date"))
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    reliability = models.PositiveSmallIntegerField(
        _("reliability, 1 to 5"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=~Q(url=""), name="source_url_once"),
            models.CheckConstraint(condition=~Q(url="") | ~Q(title=""), name="source_can_be_found"),
            models.CheckConstraint(condition=Q(reliability__range=(1, 5)) | Q(reliability=None), name="source_reliability_range"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
            models.CheckConstraint(condition=Q(confidentiality__in=Confidentiality.values), name="source_confidentiality_known"),
        ]

    def __str__(self) -> str:
        return self.title or self.url


# What a record belongs to isn't cited, but where it stands.
_OWNERS = (Prisoner, Arrest)


class CitationBase(models.Model):
    """What ties a source to a record and a field of it, with the exact place in the source.

    A concrete citation names the records of its app in `targets`, and exactly one of them is filled.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="%(app_label)s_%(class)ss", verbose_name=_("source"))
    field = models.CharField(_("field"), max_length=40, blank=True, help_text=_("The field that it supports; empty: all."))
    locator = models.CharField(_("place in the source"), max_length=200, blank=True, help_text=_("Page, paragraph, minute."))
    value = models.CharField(_("value that it gives"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.source)

    @classmethod
    def targets(cls) -> dict[str, Any]:
        """The records that can be cited: the name of each link, and the model that it leads to."""
        links = [field for field in cls._meta.concrete_fields if field.is_relation and field.name != "source"]
        return {link.name: link.related_model for link in links}

    @property
    def record(self) -> models.Model | None:
        """The record cited."""
        return next((record for name in self.targets() if (record := getattr(self, name)) is not None), None)

    def clean(self) -> None:
        record = self.record
        if self.field and record is not None and self.field not in (fields := citable_fields(type(record))):
            known = {"field": self.field, "record": record._meta.verbose_name, "fields": ", ".join(fields)}
            raise ValidationError({"field": _("“%(field)s” is no field of a %(record)s. Its fields: %(fields)s.") % known})


def citable_fields(model: type[models.Model]) -> list[str]:
    """The names of the fields of a record that a source can support, in the order of the model."""
    plain = [field for field in model._meta.concrete_fields if field.editable and not field.generated]
    links = {link.name for link in plain if link.is_relation and link.related_model in _OWNERS}
    return [field.name for field in [*plain, *model._meta.many_to_many] if not field.primary_key and field.name not in links]


def exactly_one(names: list[str]) -> Q:
    """A condition that exactly one of these columns is filled."""
    filled = sum(
        (
            Case(When(**{f"{name}__isnull": False}, then=Value(1)), default=Value(0), output_field=models.IntegerField())
            for name in names
        ),
        start=Value(0),
    )
    return Q(models.lookups.Exact(filled, 1))


_CITED = ["prisoner", "name", "arrest", "stay", "charge", "judgment", "treatment", "recognition"]


class Citation(CitationBase):
    """A citation of a record of people and arrests."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    name = models.ForeignKey(Name, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    arrest = models.ForeignKey(Arrest, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    stay = models.ForeignKey(Stay, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    charge = models.ForeignKey(Charge, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    judgment = models.ForeignKey(Judgment, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    treatment = models.ForeignKey(Treatment, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    recognition = models.ForeignKey(Recognition, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(_CITED), name="citation_one_record"),
        ]
        # Each citation stands in one of these only.
        indexes = [
            models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"citation_{name}") for name in _CITED
        ]
