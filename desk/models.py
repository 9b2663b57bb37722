"""Records of the editors' own work. Nothing here is ever shown to readers."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prisoners.models import Arrest, Prisoner
from prisoners.places import validate_country
from prisoners.roles import Role

from .files.models import Capture, Original
from .intake.models import Intake, IntakeLine
from .kept.models import KeptPost
from .offers.models import Offer, OpenLine, Progress
from .private.models import (
    ConsentEvidence,
    ExactAddress,
    FamilyContact,
    HealthFile,
    InternalNote,
    SourceIdentity,
)

__all__ = [
    "Approval",
    "Capture",
    "ConsentEvidence",
    "ExactAddress",
    "FamilyContact",
    "HealthFile",
    "Import",
    "ImportedRow",
    "Intake",
    "IntakeLine",
    "InternalNote",
    "KeptPost",
    "Offer",
    "OpenLine",
    "Original",
    "Progress",
    "SourceIdentity",
]

OUTCOMES = ["created", "updated", "unchanged", "waiting", "rejected"]


class Approval(models.TextChoices):
    """Who answers for what an import made public."""

    NONE = "none", _("nothing was published")
    OPERATOR = "operator", _("the operator, at the prompt")


class Import(models.Model):
    """One file that was imported. An import that changed nothing leaves no record."""

    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    list_name = models.CharField(_("list"), max_length=60, blank=True)
    as_at = models.DateField(_("the list was true on"), null=True, blank=True)
    approval = models.CharField(_("published by"), max_length=10, choices=Approval, default=Approval.NONE)
    made_at = models.DateTimeField(_("imported"))
    rows = models.PositiveIntegerField(_("rows in the file"), default=0)
    created = models.PositiveIntegerField(_("arrests created"), default=0)
    updated = models.PositiveIntegerField(_("arrests updated"), default=0)
    unchanged = models.PositiveIntegerField(_("rows that changed nothing"), default=0)
    waiting = models.PositiveIntegerField(_("rows waiting as possible duplicates"), default=0)
    rejected = models.PositiveIntegerField(_("rows rejected"), default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(approval__in=Approval.values), name="import_approval_known"),
            models.CheckConstraint(
                condition=Q(rows=sum(map(models.F, OUTCOMES[1:]), start=models.F(OUTCOMES[0]))),
                name="import_counts_every_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name}"


class ImportedRow(models.Model):
    """A row that an import used, and what it became. A later import of the same case adds a row and takes `is_latest`.

    `values` holds what the row said, column by column, so that the next import of the case can tell what the file changed
    from what an editor changed. If the arrest was deleted since, the row stays and says so.
    """

    batch = models.ForeignKey(Import, models.CASCADE, related_name="used_rows", db_index=False, verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    list_name = models.CharField(_("list"), max_length=60, blank=True)
    case_id = models.CharField(_("case in the list"), max_length=100, blank=True)
    person_id = models.CharField(_("person in the list"), max_length=100, blank=True)
    digest = models.CharField(_("digest of the row"), max_length=32)
    values = models.JSONField(_("values"), default=dict)
    notes = models.JSONField(_("kept as notes"), default=dict, blank=True)
    prisoner = models.ForeignKey(Prisoner, models.SET_NULL, null=True, related_name="imported_rows", verbose_name=_("person"))
    arrest = models.ForeignKey(Arrest, models.SET_NULL, null=True, related_name="imported_rows", verbose_name=_("arrest"))
    is_update = models.BooleanField(_("changed an arrest that was there"), default=False)
    is_latest = models.BooleanField(_("latest of its case"), default=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["batch", "line"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="imported_row_once"),
            models.UniqueConstraint(
                fields=["list_name", "case_id"], condition=Q(is_latest=True) & ~Q(case_id=""), name="imported_case_once"
            ),
        ]
        indexes = [
            models.Index(fields=["list_name", "person_id"], condition=~Q(person_id=""), name="imported_person"),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, {self.line}"


class Assignment(models.Model):
    """What somebody with an account is there for: a role, everywhere or in some countries only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments", db_index=False, verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=14, choices=Role)
    countries = ArrayField(
        models.CharField(max_length=2, validators=[validate_country]),
        verbose_name=_("countries"),
        default=list,
        blank=True,
        help_text=_("Two capital letters each, separated by commas, such as BY, RU; empty for every country."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                name="assignment_once",
                violation_error_message=_("This account has this role already: add the countries there."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="assignment_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
