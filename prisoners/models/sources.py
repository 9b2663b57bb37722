"""Where each fact comes from."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from .custody import Arrest
from .law import Judgment
from .person import Prisoner
from .recognition import Recognition
from .treatment import Treatment


class Source(models.Model):
    """Something one can go back to: an article, a statement, a list, a document."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    published_on = UncertainDateField(_("date"))
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
        ]

    def __str__(self) -> str:
        return self.title or self.url


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


class Citation(CitationBase):
    """A citation of a record of people and arrests."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    arrest = models.ForeignKey(Arrest, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    judgment = models.ForeignKey(Judgment, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    treatment = models.ForeignKey(Treatment, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)
    recognition = models.ForeignKey(Recognition, models.CASCADE, null=True, blank=True, related_name="citations", db_index=False)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(["prisoner", "arrest", "judgment", "treatment", "recognition"]), name="citation_one_record"
            ),
        ]
        # Each citation stands in one of these only.
        indexes = [
            models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"citation_{name}")
            for name in ("prisoner", "arrest", "judgment", "treatment", "recognition")
        ]
