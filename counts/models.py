"""The ledger: one row for each arrest as known from one revision until another."""

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from .querysets import LedgerQuerySet


class DateMultiRangeField(models.Field):
    """Several spans of days (PostgreSQL's `datemultirange`); queried with the lookup `holds`, never read in Python."""

    def db_type(self, connection: Any) -> str:
        return "datemultirange"


@DateMultiRangeField.register_lookup
class Holds(models.Lookup):
    """Whether one of the spans holds a day."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        spans, span_params = self.process_lhs(compiler, connection)
        day, day_params = self.process_rhs(compiler, connection)
        return f"{spans} @> {day}::date", [*span_params, *day_params]


def _recognised(kind: str, end: str, about: str) -> models.GeneratedField:
    """Where custody that is recognised begins or ends: the hull of both, which nearly always is the span itself."""
    spans = f"recognised_{kind}"
    hull = {
        "from": f"CASE WHEN isempty({spans}) THEN 'infinity'::date ELSE greatest({kind}_from, lower({spans})) END",
        "until": f"least({kind}_until, upper({spans}))",
    }
    return models.GeneratedField(
        expression=RawSQL(hull[end], ()), output_field=models.DateField(), db_persist=True, help_text=about
    )


class Revision(models.Model):
    """One transaction that changed what can be counted. Numbers, moments and commits are in the same order."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    recorded_at = models.DateTimeField(_("recorded"))
    actor = models.CharField(_("who"), max_length=150, blank=True)
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        indexes = [models.Index(fields=["recorded_at"], name="revision_recorded_at")]

    def __str__(self) -> str:
        return str(self.number)


class LedgerRow(models.Model):
    """One arrest of somebody who is public in some way, as known from revision `known_from` until `known_until` (null: now).

    The database writes it (migrations 0002 to 0005), from the view `counts_facts`; nothing else may. Custody is certain on the
    days from `certain_from` up to, not including, `certain_until`, and possible likewise. A bound without a day is an
    infinite date, which Python can't hold: compare these columns in queries, don't read them.

    It has no foreign keys: a row of the past outlives what it was about.
    """

    arrest_id = models.BigIntegerField()
    prisoner_id = models.BigIntegerField()
    known_from = models.PositiveIntegerField()
    known_until = models.PositiveIntegerField(null=True)
    ordinal = models.SmallIntegerField(help_text="The how-manieth arrest of the person.")
    siblings = models.SmallIntegerField(help_text="How many arrests the person has.")
    possible_from = models.DateField()
    certain_from = models.DateField()
    certain_until = models.DateField()
    possible_until = models.DateField()
    next_possible_from = models.DateField(help_text="By when the person can have been in custody again.")
    next_certain_from = models.DateField(help_text="By when certainly.")
    unconfirmed_from = models.DateField(help_text="From this day custody is no longer confirmed.")
    is_death = models.BooleanField(null=True, help_text="Null where the dates leave it open.")
    mechanism = models.CharField(max_length=40, help_text="Empty while custody goes on.")
    pardon_id = models.BigIntegerField(null=True)
    wave_id = models.BigIntegerField(null=True)
    recognised_certain = DateMultiRangeField()
    recognised_possible = DateMultiRangeField()
    recognised_possible_from = _recognised("possible", "from", "From the first of these days while possibly in custody.")
    recognised_possible_until = _recognised("possible", "until", "Up to, not including: the last of them, likewise.")
    recognised_certain_from = _recognised("certain", "from", "The same of the certain spans.")
    recognised_certain_until = _recognised("certain", "until", "The same.")
    recognised_again = models.GeneratedField(
        expression=RawSQL(
            "recognised_possible <> range_merge(recognised_possible)::datemultirange"
            " OR recognised_certain <> range_merge(recognised_certain)::datemultirange",
            (),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        help_text="Whether recognition was withdrawn and given again.",
    )
    recognisers = ArrayField(models.BigIntegerField())
    recognisers_certain = ArrayField(DateRangeField())
    recognisers_possible = ArrayField(DateRangeField())
    born_earliest = models.DateField(null=True)
    born_latest = models.DateField(null=True)
    gender = models.CharField(max_length=10)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=6)
    occupations = ArrayField(models.CharField(max_length=40))
    articles = ArrayField(models.BigIntegerField())
    treatments = ArrayField(models.CharField(max_length=40))
    context_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    facilities = ArrayField(models.BigIntegerField())
    facilities_certain = ArrayField(DateRangeField())
    facilities_possible = ArrayField(DateRangeField())
    visibility = models.CharField(max_length=10, help_text="Named, initials or counted: see docs/decisions/visibility.md.")
    sentence_kind = models.CharField(
        max_length=20, help_text="Of the sentence in force; empty where there is none, or none is told."
    )
    sentence_months = models.IntegerField(null=True, help_text="Its length; null where that is not known, or not told.")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the ledger")
        verbose_name_plural = _("ledger")
        constraints = [
            models.UniqueConstraint(fields=["arrest_id"], condition=models.Q(known_until=None), name="ledger_one_current_row"),
            models.CheckConstraint(
                condition=models.Q(known_until=None) | models.Q(known_until__gt=models.F("known_from")),
                name="ledger_known_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["prisoner_id"], condition=models.Q(known_until=None), name="ledger_prisoner"),
            # Few rows, which are read apart from all others where each person counts once; all that is asked of them is here.
            models.Index(
                fields=["prisoner_id", "possible_from", "arrest_id"],
                include=["possible_until", "visibility"],
                condition=models.Q(known_until=None, siblings__gt=1),
                name="ledger_several_arrests",
            ),
            models.Index(
                fields=["arrest_id"],
                condition=models.Q(known_until=None, recognised_again=True),
                name="ledger_recognised_again",
            ),
            models.Index(
                fields=["-possible_from", "-arrest_id"], condition=models.Q(known_until=None), name="ledger_newest_first"
            ),
            # All that a count of arrests or of releases asks, when it is of everybody: a twentieth of the table.
            models.Index(
                fields=["certain_from", "possible_from"],
                include=["prisoner_id", "siblings", "visibility"],
                condition=models.Q(known_until=None),
                name="ledger_began",
            ),
            models.Index(
                fields=["possible_until", "certain_until"],
                include=["prisoner_id", "siblings", "visibility", "is_death", "mechanism"],
                condition=models.Q(known_until=None) & ~models.Q(mechanism=""),
                name="ledger_ended",
            ),
            models.Index(
                fields=["wave_id"],
                include=["visibility", "mechanism"],
                condition=models.Q(known_until=None, wave_id__isnull=False),
                name="ledger_wave",
            ),
            models.Index(
                fields=["pardon_id"], condition=models.Q(known_until=None, pardon_id__isnull=False), name="ledger_pardon"
            ),
            # Few rows: those of the past too, for people are taken in the order in which they came to be counted.
            models.Index(
                fields=["arrest_id", "known_from"], condition=models.Q(visibility="counted"), name="ledger_only_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrest_id} from revision {self.known_from}"


class VisibilityChange(models.Model):
    """From this revision on more or less is told of an arrest that had been in the ledger; the database writes it.

    A question about the past obeys the narrower of what was told then and what is told now: see docs/decisions/two-clocks.md.
    """

    arrest_id = models.BigIntegerField()
    revision = models.PositiveIntegerField()
    visibility = models.CharField(max_length=10, blank=True, help_text="Empty: in numbers no more.")

    class Meta:
        verbose_name = _("change of visibility")
        verbose_name_plural = _("changes of visibility")
        constraints = [models.UniqueConstraint(fields=["arrest_id", "revision"], name="visibility_change_once_a_revision")]
        indexes = [models.Index(fields=["revision"], name="visibility_change_revision")]

    def __str__(self) -> str:
        return f"{self.arrest_id} from revision {self.revision}: {self.visibility or 'in numbers no more'}"


class FormerRecord(models.Model):
    """What a record was called in addresses and in words until a moment, when its slug changed or it was deleted.

    The database keeps it (migration 0006), so that a citation finds what it named: see docs/decisions/two-clocks.md.
    """

    table_name = models.CharField(max_length=63)
    key = models.CharField(max_length=80)
    slug = models.CharField(max_length=80)
    words = models.JSONField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("former record")
        verbose_name_plural = _("former records")
        indexes = [
            models.Index(fields=["table_name", "slug", "until"], name="former_record_slug"),
            models.Index(fields=["table_name", "key", "until"], name="former_record_key"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.slug} until {self.until}"


class ToldTerm(models.Model):
    """A place or term that stands, by what is known now, with somebody of lists: what a form may offer.

    The database keeps it as the ledger is written (migration 0007); it says nothing that the ledger doesn't.
    """

    name = models.CharField(max_length=20, help_text="Region, mechanism, occupation or treatment.")
    country = models.CharField(max_length=2, blank=True, help_text="Of a region.")
    value = models.CharField(max_length=40, blank=True, help_text="Its code; of an unknown region empty.")
    arrests = models.BigIntegerField(help_text="With how many arrests it stands.")

    class Meta:
        verbose_name = _("term that is told")
        verbose_name_plural = _("terms that are told")
        constraints = [models.UniqueConstraint(fields=["name", "country", "value"], name="told_term_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.country} {self.value}"
