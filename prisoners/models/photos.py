"""Photos of people: what readers may be shown. The files as they came are the desk's, and can't be reached from here."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..fields import HexField, UncertainDateField, hex_digits
from ..files.folder import NAME_LENGTH
from ..querysets import PhotoQuerySet
from ..vocabulary import Term
from .person import Prisoner


class Licence(Term):
    """On what terms a photo may be shown and used."""

    url = models.URLField(_("address of its text"), blank=True)

    class Meta(Term.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")


@dataclass(frozen=True, slots=True)
class StoredImage:
    """One of the two sizes of a photo, as a file."""

    name: str
    sha256: str
    width: int
    height: int


class Photo(models.Model):
    """A photo of a person, in two sizes made of its pixels alone. Made and removed by the desk's services only."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="photos", verbose_name=_("person"))
    file = HexField(_("file"), max_length=NAME_LENGTH, unique=True, editable=False)
    sha256 = HexField(_("SHA-256"), max_length=64, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    small_sha256 = HexField(_("SHA-256 of the small one"), max_length=64, editable=False)
    small_width = models.PositiveIntegerField(_("width of the small one"), editable=False)
    small_height = models.PositiveIntegerField(_("height of the small one"), editable=False)
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for those who can’t see it, such as “A woman with short hair, outdoors”."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who took it, as readers are told."))
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="photos", verbose_name=_("licence"))
    taken_on = UncertainDateField(_("taken"))
    is_primary = models.BooleanField(
        _("on the case page"), default=False, help_text=_("The photo that the case page shows; one for each person.")
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Readers see it while this is marked, consent stands and the person is public by name."),
    )
    consent_on = models.DateField(
        _("consent given"),
        null=True,
        blank=True,
        help_text=_("The day on which the person, or their family, agreed that it be shown."),
    )
    consent_withdrawn_on = models.DateField(
        _("consent withdrawn"), null=True, blank=True, help_text=_("With any day here nobody sees the photo any more.")
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-is_primary", "pk"]
        constraints = [
            models.CheckConstraint(condition=hex_digits("file", NAME_LENGTH), name="photo_file_shape"),
            models.CheckConstraint(condition=hex_digits("sha256", 64), name="photo_sha256_shape"),
            models.CheckConstraint(condition=hex_digits("small_sha256", 64), name="photo_small_sha256_shape"),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, small_width__gt=0, small_height__gt=0), name="photo_has_size"
            ),
            models.CheckConstraint(condition=~Q(alternative_text=""), name="photo_has_alternative_text"),
            models.UniqueConstraint(
                fields=["prisoner"],
                condition=Q(is_primary=True),
                name="photo_one_primary",
                violation_error_message=_("Another photo is the one on the case page already."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(consent_on__isnull=False),
                name="photo_public_with_consent",
                violation_error_message=_("A photo can be public only with the day on which consent was given."),
            ),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_on=None) | Q(consent_withdrawn_on__gte=F("consent_on")),
                name="photo_consent_given_before_withdrawn",
                violation_error_message=_("The consent was withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return self.alternative_text

    @property
    def page_image(self) -> StoredImage:
        """The larger one."""
        return StoredImage(f"{self.file}.jpg", self.sha256, self.width, self.height)

    @property
    def small_image(self) -> StoredImage:
        """The one within a page."""
        return StoredImage(f"{self.file}-small.jpg", self.small_sha256, self.small_width, self.small_height)
