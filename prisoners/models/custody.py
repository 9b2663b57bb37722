"""Losses of liberty: arrests, where people were kept, and what an arrest belongs to."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from ..places import validate_country, validate_region
from ..vocabulary import Term
from .person import Prisoner


class Context(models.Model):
    """What arrests belong to, such as “2020 election protests”."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("context")
        verbose_name_plural = _("contexts")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Case(models.Model):
    """What several people are tried for together, such as a group trial."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Agency(Term):
    """Who arrests: a police force, a security service, an army."""

    class Meta(Term.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")


class Whereabouts(models.TextChoices):
    """What the authorities say of where a person is (HURIDOCS: enforced disappearance begins with the last two)."""

    LOCATED = "located", _("acknowledged, with location")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    INCOMMUNICADO = "incommunicado", _("no outside contact")
    DENIED = "denied", _("denied")
    UNKNOWN = "unknown", _("unknown")


class Arrest(models.Model):
    """One loss of liberty, from arrest to its end.

    Custody runs from the day it began up to, but not including, the day it ended. Without an end it goes on. An end whose
    day is unknown is written as an interval that is open to the past, up to the day on which the end became known.
    """

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="arrests", verbose_name=_("person"))
    began = UncertainDateField(_("arrested"))
    ended = UncertainDateField(
        _("ended"),
        help_text=_(
            "Empty: still held. If the end is certain but its day is not: ../ and the day it became known, as in ../2023-05-01."
        ),
    )
    last_confirmed_on = models.DateField(_("custody last confirmed on"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    region = models.CharField(_("region"), max_length=6, blank=True, validators=[validate_region])
    place = models.CharField(_("place"), max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name=_("agency"))
    circumstances = models.TextField(_("circumstances"), blank=True)
    stated_reason = models.TextField(_("stated reason"), blank=True)
    real_reason = models.TextField(_("real reason"), blank=True)
    whereabouts = models.CharField(_("whereabouts"), max_length=15, choices=Whereabouts, default=Whereabouts.UNKNOWN)
    is_home_confinement = models.BooleanField(_("home confinement"), default=False)
    context = models.ForeignKey(Context, models.PROTECT, null=True, blank=True, verbose_name=_("context"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, verbose_name=_("case"))
    certainly_held = models.GeneratedField(
        expression=models.Func("began", "ended", "last_confirmed_on", function="custody_certain"),
        output_field=DateRangeField(),
        db_persist=True,
    )
    possibly_held = models.GeneratedField(
        expression=models.Func("began", "ended", function="custody_possible"), output_field=DateRangeField(), db_persist=True
    )

    class Meta:
        verbose_name = _("arrest")
        verbose_name_plural = _("arrests")
        ordering = [models.F("began_earliest").asc(nulls_first=True), "pk"]
        constraints = [
            ExclusionConstraint(
                name="arrest_no_overlap",
                expressions=[("prisoner", RangeOperators.EQUAL), ("certainly_held", RangeOperators.OVERLAPS)],
                violation_error_message=_("This person was certainly in custody under another arrest on some of these days."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_latest__gte=models.F("began_earliest"))
                | models.Q(ended_latest=None)
                | models.Q(began_earliest=None),
                name="arrest_ended_after_began",
                violation_error_message=_("The custody ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(last_confirmed_on__gte=models.F("began_earliest"))
                | models.Q(last_confirmed_on=None)
                | models.Q(began_earliest=None),
                name="arrest_confirmed_after_began",
                violation_error_message=_("Custody was confirmed before it began."),
            ),
            models.CheckConstraint(
                condition=models.Q(last_confirmed_on__lte=models.F("ended_latest"))
                | models.Q(last_confirmed_on=None)
                | models.Q(ended_latest=None),
                name="arrest_confirmed_before_end",
                violation_error_message=_("Custody was confirmed after it had ended."),
            ),
            models.CheckConstraint(condition=models.Q(country__regex="^[A-Z]{2}$"), name="arrest_country_shape"),
            models.CheckConstraint(
                condition=models.Q(region="") | models.Q(region__regex="^[A-Z]{2}-[A-Z0-9]{1,3}$"), name="arrest_region_shape"
            ),
            models.CheckConstraint(
                condition=models.Q(region="") | models.Q(region__startswith=models.F("country")),
                name="arrest_region_in_country",
                violation_error_message=_("The region is not in the country."),
            ),
            models.CheckConstraint(condition=models.Q(whereabouts__in=Whereabouts.values), name="arrest_whereabouts_known"),
        ]

    def __str__(self) -> str:
        began = str(self.began) if self.began else _("unknown date")
        return f"{self.prisoner.code}: {began} – {self.ended or ''}".rstrip(" –")

    def clean(self) -> None:
        if self.region and self.country and not self.region.startswith(f"{self.country}-"):
            raise ValidationError({"region": _("The region is not in the country.")})


class FacilityKind(models.TextChoices):
    """What a place of detention is."""

    POLICE = "police", _("police cells")
    REMAND = "remand", _("remand prison")
    PRISON = "prison", _("prison")
    COLONY = "colony", _("penal colony")
    OPEN = "open", _("open facility")
    PSYCHIATRIC = "psychiatric", _("psychiatric institution")
    CAMP = "camp", _("camp")
    OTHER = "other", _("other")


class Facility(models.Model):
    """A place where people are held."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=FacilityKind, default=FacilityKind.OTHER)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    region = models.CharField(_("region"), max_length=6, blank=True, validators=[validate_region])
    postal_address = models.TextField(_("postal address for letters"), blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=FacilityKind.values), name="facility_kind_known"),
            models.CheckConstraint(
                condition=models.Q(region="") | models.Q(region__startswith=models.F("country")),
                name="facility_region_in_country",
            ),
            models.CheckConstraint(
                condition=models.Q(region="") | models.Q(region__regex="^[A-Z]{2}-[A-Z0-9]{1,3}$"), name="facility_region_shape"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="facility_position_whole",
                violation_error_message=_("A position is a latitude (-90 to 90) and a longitude (-180 to 180)."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Regime(Term):
    """The regime under which a person is kept during a stay."""

    class Meta(Term.Meta):
        verbose_name = _("regime")
        verbose_name_plural = _("regimes")


class Stay(models.Model):
    """Time in one facility during an arrest."""

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="stays", verbose_name=_("arrest"))
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="stays", verbose_name=_("facility"))
    began = UncertainDateField(_("from"))
    ended = UncertainDateField(_("until"))
    regime = models.ForeignKey(Regime, models.PROTECT, null=True, blank=True, verbose_name=_("regime"))

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        ordering = [models.F("began_earliest").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_latest__gte=models.F("began_earliest"))
                | models.Q(ended_latest=None)
                | models.Q(began_earliest=None),
                name="stay_ended_after_began",
                violation_error_message=_("The stay ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.facility)
