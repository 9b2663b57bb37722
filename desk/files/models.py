"""The files that readers never see. Nothing outside the desk can name these tables or the folder that they describe."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prisoners.fields import HexField, hex_digits
from prisoners.files.folder import NAME_LENGTH
from prisoners.files.kinds import CAPTURES, PICTURES, Kind
from prisoners.models import Photo, Source

MEDIA_TYPES = [(kind.media_type, kind.title) for kind in CAPTURES]
PICTURE_TYPES = [(kind.media_type, kind.title) for kind in PICTURES]

KNOWN = _("This very file has been captured for this source already.")


class KeptFile(models.Model):
    """A file in the private folder, exactly as it came."""

    file = HexField(_("file"), max_length=NAME_LENGTH, unique=True, editable=False)
    sha256 = HexField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)

    media_type: str

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind.title}, SHA-256 {self.sha256[:12]}…"

    @property
    def download_name(self) -> str:
        """What it is called when an editor saves it: by the beginning of its hash, and never by a person."""
        return f"{self._meta.model_name}-{self.sha256[:12]}.{self.kind.suffix}"

    @property
    def kind(self) -> Kind:
        return next(kind for kind in CAPTURES if kind.media_type == self.media_type)

    @property
    def file_name(self) -> str:
        """Its name in the folder, which says nothing; the media type stands in the row."""
        return f"{self.file}.bin"


class Original(KeptFile):
    """The file that a photo was made from, with all that its camera wrote into it."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="+", verbose_name=_("photo"))
    media_type = models.CharField(_("media type"), max_length=40, choices=PICTURE_TYPES, editable=False)
    received_at = models.DateTimeField(_("received"), editable=False)

    class Meta:
        verbose_name = _("original of a photo")
        verbose_name_plural = _("originals of photos")
        constraints = [
            models.CheckConstraint(condition=hex_digits("file", NAME_LENGTH), name="original_file_shape"),
            models.CheckConstraint(condition=hex_digits("sha256", 64), name="original_sha256_shape"),
            models.CheckConstraint(
                condition=Q(media_type__in=[kind.media_type for kind in PICTURES]), name="original_media_type_known"
            ),
        ]


class Capture(KeptFile):
    """What a source said when somebody kept it: the page, the document, the film."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"), db_index=False)
    media_type = models.CharField(_("media type"), max_length=40, choices=MEDIA_TYPES, editable=False)
    captured_at = models.DateTimeField(_("captured"), editable=False)

    class Meta:
        verbose_name = _("captured file")
        verbose_name_plural = _("captured files")
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                name="capture_once",
                violation_error_message=KNOWN,
            ),
            models.CheckConstraint(condition=hex_digits("file", NAME_LENGTH), name="capture_file_shape"),
            models.CheckConstraint(condition=hex_digits("sha256", 64), name="capture_sha256_shape"),
            models.CheckConstraint(
                condition=Q(media_type__in=[kind.media_type for kind in CAPTURES]), name="capture_media_type_known"
            ),
        ]
