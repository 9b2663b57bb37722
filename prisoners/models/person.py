"""A person, and the names they are known by."""

import secrets
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..codes import PATTERN, new_code
from ..dates import UncertainDate
from ..fields import UncertainDateField
from ..name_keys import write_keys
from ..places import validate_country, validate_region
from ..querysets import NameQuerySet, PrisonerQuerySet
from ..vocabulary import Term

JOINERS = "\u200c\u200d"  # they print nothing, and are part of how Persian and Indic names are written


class State(models.TextChoices):
    """Where a record stands on its way to the public."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Visibility(models.TextChoices):
    """How much of a published person readers may see: docs/decisions/visibility.md."""

    NAMED = "named", _("named")
    INITIALS = "initials", _("initials only")
    COUNTED = "counted", _("counted only")
    INTERNAL = "internal", _("internal")


class Gender(models.TextChoices):
    """Gender as the person lives it, as far as it is known."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class Occupation(Term):
    """What a person does, or did, for a living or a cause."""

    class Meta(Term.Meta):
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")


class Affiliation(Term):
    """What a person belongs to, or belonged to: a party, a movement, a union, a faith."""

    class Meta(Term.Meta):
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")


class Vulnerability(Term):
    """What makes custody harder on a person (Mandela Rule 2; Bangkok Rules), such as old age or small children at home."""

    is_health = models.BooleanField(
        _("tells of health"), default=False, help_text=_("Published only where the person, or who speaks for them, agreed to it.")
    )

    class Meta(Term.Meta):
        verbose_name = _("vulnerability")
        verbose_name_plural = _("vulnerabilities")


class Prisoner(models.Model):
    """A person who was arrested."""

    code = models.CharField(_("code"), max_length=9, unique=True, editable=False, validators=[RegexValidator(f"^{PATTERN}$")])
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[validate_country],
        help_text=_("The country that holds or held this person: two letters of ISO 3166-1."),
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, default=Gender.UNKNOWN)
    born = UncertainDateField(_("born"))
    died = UncertainDateField(_("died"))
    citizenships = ArrayField(
        models.CharField(max_length=2, validators=[validate_country]), verbose_name=_("citizenships"), default=list, blank=True
    )
    home_region = models.CharField(_("home region"), max_length=6, blank=True, validators=[validate_region])
    occupations = models.ManyToManyField(Occupation, verbose_name=_("occupations"), blank=True)
    affiliations = models.ManyToManyField(Affiliation, verbose_name=_("affiliations"), blank=True)
    vulnerabilities = models.ManyToManyField(Vulnerability, verbose_name=_("vulnerabilities"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.NAMED)
    embargo_until = models.DateField(
        _("embargo until"), null=True, blank=True, help_text=_("Nothing is public before that day, whatever the state.")
    )
    published_on = models.DateField(_("first published"), null=True, editable=False)
    is_fictional = models.BooleanField(_("fictional"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # The database keeps both, whichever table of the record a change touches (migration `second_person`).
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    last_changed_by = models.CharField(_("last changed by"), max_length=150, blank=True, editable=False)

    objects = PrisonerQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=f"^{PATTERN}$"), name="prisoner_code_shape"),
            models.CheckConstraint(condition=models.Q(code__startswith=models.F("country")), name="prisoner_code_country"),
            models.CheckConstraint(condition=models.Q(country__regex="^[A-Z]{2}$"), name="prisoner_country_shape"),
            models.CheckConstraint(
                condition=models.Q(home_region="") | models.Q(home_region__regex="^[A-Z]{2}-[A-Z0-9]{1,3}$"),
                name="prisoner_home_region_shape",
            ),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="prisoner_state_known"),
            models.CheckConstraint(condition=models.Q(visibility__in=Visibility.values), name="prisoner_visibility_known"),
            models.CheckConstraint(condition=models.Q(gender__in=Gender.values), name="prisoner_gender_known"),
            models.CheckConstraint(
                condition=models.Q(died_latest__gte=models.F("born_earliest"))
                | models.Q(died_latest=None)
                | models.Q(born_earliest=None),
                name="prisoner_died_after_birth",
                violation_error_message=_("The death comes before the birth."),
            ),
        ]
        indexes = [
            # Only of the few who are not public: an index of all states would tempt the planner, while it has no statistics
            # yet, to look single people up by being public.
            models.Index(fields=["state"], condition=~models.Q(state=State.PUBLISHED), name="prisoner_not_public"),
            # Each page asks whether there are invented people, and whether there are only such.
            models.Index(fields=["is_fictional"], condition=models.Q(is_fictional=True), name="prisoner_fictional"),
            models.Index(fields=["is_fictional"], condition=models.Q(is_fictional=False), name="prisoner_real"),
        ]

    def __str__(self) -> str:
        name = self.name()
        return f"{name.text} ({self.code})" if name else self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code and self.country:
            self.code = new_code(self.country, secrets.SystemRandom())
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("prisoner", args=[self.code])

    def name(self) -> "Name | None":
        """The name for a heading: the primary one in the page's language, else the one that the list is sorted by.

        Reads `self.names.all()`, which a list prefetches.
        """
        names = sorted(self.names.all(), key=lambda name: (not name.is_heading, name.pk or 0))
        language = get_language()
        in_language = [name for name in names if name.is_primary and name.language == language]
        return next(iter(in_language or names), None)

    def summary(self) -> "Summary | None":
        """The summary in the page's language, else the first that there is.

        Reads `self.summaries.all()`, which a page prefetches.
        """
        language = get_language()
        return min(self.summaries.all(), key=lambda summary: (summary.language != language, summary.pk), default=None)

    def native_name(self) -> "Name | None":
        """The legal name in its own script, where it differs from the heading."""
        heading = self.name()
        legal = (n for n in self.names.all() if n.kind == NameKind.LEGAL)
        return next((n for n in legal if heading and n.pk != heading.pk and n.script != heading.script), None)


class NameKind(models.TextChoices):
    """What kind of name a form is."""

    LEGAL = "legal", _("legal")
    TRANSLITERATION = "transliteration", _("transliteration")
    MAIDEN = "maiden", _("maiden")
    ALIAS = "alias", _("alias")
    PEN = "pen", _("pen name")
    RELIGIOUS = "religious", _("religious")
    PATRONYMIC = "patronymic", _("patronymic")


class Name(models.Model):
    """One form of a person's name."""

    # `name_once` begins with the person, and serves as their index.
    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="names", verbose_name=_("person"), db_index=False)
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language"), max_length=8, default="und", help_text=_("ISO 639 code, such as be, ru, fa, zh; “und” if not known.")
    )
    script = models.CharField(
        _("script"), max_length=4, blank=True, help_text=_("ISO 15924 code, such as Latn, Cyrl, Arab, Hans.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=NameKind, default=NameKind.LEGAL)
    is_primary = models.BooleanField(_("primary in its language"), default=False)
    is_heading = models.BooleanField(
        _("heading"), default=False, help_text=_("The name that lists are sorted by; one for each person.")
    )

    objects = NameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["prisoner", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "text"], name="name_once"),
            models.UniqueConstraint(
                fields=["prisoner", "language"],
                condition=models.Q(is_primary=True),
                name="name_one_primary_per_language",
                violation_error_message=_("There is a primary name in this language already."),
            ),
            models.UniqueConstraint(
                fields=["prisoner"],
                condition=models.Q(is_heading=True),
                name="name_one_heading",
                violation_error_message=_("Another name is the heading already."),
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="name_not_empty"),
            models.CheckConstraint(
                condition=models.Q(script="") | models.Q(script__regex="^[A-Z][a-z]{3}$"), name="name_script_shape"
            ),
            models.CheckConstraint(
                condition=models.Q(language__regex="^[a-z]{2,3}(-[A-Za-z]{2,4})?$"), name="name_language_shape"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=NameKind.values), name="name_kind_known"),
        ]
        indexes = [
            models.Index(fields=["text", "prisoner"], condition=models.Q(is_heading=True), name="name_heading"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As ever, and with the keys that the name is found by."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            write_keys([(self.pk, self.text)])

    def clean(self) -> None:
        if any(not (c.isprintable() or c in JOINERS) for c in self.text):
            raise ValidationError({"text": _("The name holds characters that can't be printed.")})

    @property
    def direction(self) -> str:
        """For the `dir` attribute: `rtl` for scripts written from the right."""
        return "rtl" if self.script in {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"} else "ltr"

    @property
    def language_tag(self) -> str:
        """For the `lang` attribute (BCP 47)."""
        return f"{self.language}-{self.script}" if self.script and "-" not in self.language else self.language


class Summary(models.Model):
    """What a case is about, in one language."""

    # `summary_once` begins with the person, and serves as their index.
    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="summaries", verbose_name=_("person"), db_index=False)
    language = models.CharField(
        _("language"), max_length=8, default="und", help_text=_("ISO 639 code, such as be, ru, fa, zh; “und” if not known.")
    )
    text = models.TextField(_("summary"))

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        ordering = ["prisoner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "language"],
                name="summary_once",
                violation_error_message=_("There is a summary in this language already."),
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="summary_not_empty"),
            models.CheckConstraint(
                condition=models.Q(language__regex="^[a-z]{2,3}(-[A-Za-z]{2,4})?$"), name="summary_language_shape"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


def age_between(born: UncertainDate | None, day: Any) -> tuple[int, int] | None:
    """Youngest and oldest age in whole years on a day, for an uncertain birth; None when a bound is missing."""
    if born is None or born.earliest is None or born.latest is None:
        return None
    return _age(born.latest, day), _age(born.earliest, day)


def _age(born: Any, day: Any) -> int:
    return int(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
