"""What rulers announced beside what is known of it: the numbers of acts of clemency and of their waves.

A line of a list names somebody, reviewed or not. Only lines matched to somebody who is published by name are more than a
number here: the day of an act is public, so to stand under it would tell the day of whoever is shown by initials.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField, Exists, F, FilteredRelation, Func, Max, OuterRef, Q, QuerySet

from prisoners.models import Arrest, Prisoner
from prisoners.sentences import Days, Remaining
from releases.models import Pardon, PardonLine, Release, Wave


@dataclass(frozen=True, slots=True)
class Numbers:
    """Four numbers, none of which is added to another."""

    announced: int | None
    is_announced_minimum: bool
    listed: int
    identified: int

    @property
    def unidentified(self) -> int:
        """Announced, or listed if more are listed, and not identified."""
        return max(0, max(self.announced or 0, self.listed) - self.identified)

    @property
    def is_unidentified_minimum(self) -> bool:
        return self.announced is None or self.is_announced_minimum


def waves_newest_first() -> QuerySet[Wave]:
    """Waves by the day of their last act."""
    last_act = Max("pardons__announced_on_earliest")
    return Wave.objects.annotate(last_act=last_act).order_by(F("last_act").desc(nulls_last=True), "-pk")


def numbers_by_pardon(pardons: Sequence[Pardon]) -> dict[int, Numbers]:
    """The numbers of each act, in three queries for any number of acts."""
    listed = _count(PardonLine.objects.filter(pardon__in=pardons))
    named = _count(_matched_lines(pardons))
    released = _count(
        _releases(pardons).exclude(Exists(PardonLine.objects.filter(pardon=OuterRef("pardon"), arrest=OuterRef("arrest"))))
    )
    return {
        pardon.pk: Numbers(
            announced=pardon.announced_number,
            is_announced_minimum=pardon.is_announced_minimum,
            listed=listed[pardon.pk],
            identified=named[pardon.pk] + released[pardon.pk],
        )
        for pardon in pardons
    }


def together(each: Sequence[Numbers], *, identified: int) -> Numbers:
    """The numbers of several acts: announced and listed added up, and the people identified, each counted once."""
    announced = [numbers.announced for numbers in each if numbers.announced is not None]
    return Numbers(
        announced=sum(announced) if announced else None,
        is_announced_minimum=any(numbers.is_announced_minimum or numbers.announced is None for numbers in each),
        listed=sum(numbers.listed for numbers in each),
        identified=identified,
    )


def identified_arrests(pardons: Sequence[Pardon]) -> QuerySet[Any]:
    """Arrests of named people that an act names or ended, by name, with their release and the end of the sentence."""
    named = _matched_lines(pardons).values("arrest")
    released = _releases(pardons).values("arrest")
    return (
        Arrest.objects.filter(pk__in=named.union(released))
        .annotate(
            heading=FilteredRelation("prisoner__names", condition=Q(prisoner__names__is_heading=True)),
            sentence_earliest=_sentence_in_force("earliest"),
            sentence_latest=_sentence_in_force("latest"),
        )
        .order_by("heading__text", "pk")
        .select_related("prisoner", "release__mechanism")
        .prefetch_related("prisoner__names")
    )


def remaining_of(arrest: Any) -> Remaining | None:
    """What remained of the sentence; `arrest` comes from `identified_arrests`."""
    columns: Any = arrest
    return Remaining.between(
        Days(columns.ended_earliest, columns.ended_latest), Days(columns.sentence_earliest, columns.sentence_latest)
    )


def remaining_of_all(arrests: QuerySet[Any]) -> list[Remaining | None]:
    """What remained of each released person's sentence, reading only the days. Who died in custody was not released."""
    without_release = Q(release=None, prisoner__died_latest__lte=F("ended_earliest"))
    days = arrests.filter(ended__isnull=False).exclude(Q(release__mechanism__is_death=True) | without_release).order_by()
    columns = days.values_list("ended_earliest", "ended_latest", "sentence_earliest", "sentence_latest")
    return [Remaining.between(Days(row[0], row[1]), Days(row[2], row[3])) for row in columns]


def _sentence_in_force(bound: str) -> Func:
    """When the sentence that was in force as the custody ended would have ended, as the database reckons it."""
    template = f"(sentence_ends(%(expressions)s)).{bound}"
    return Func("pk", "ended_earliest", "ended_latest", template=template, output_field=DateField(null=True))


def arrested_again(arrests: QuerySet[Any]) -> int:
    """How many of these people were certainly arrested again after the end."""
    later = Arrest.objects.filter(prisoner=OuterRef("prisoner"), began_earliest__gte=OuterRef("ended_latest"))
    again = arrests.order_by().filter(Exists(later.exclude(pk=OuterRef("pk"))))
    return again.aggregate(people=Count("prisoner", distinct=True))["people"]


def _matched_lines(pardons: Sequence[Pardon]) -> QuerySet[PardonLine]:
    return PardonLine.objects.filter(pardon__in=pardons, arrest__prisoner__in=Prisoner.objects.named()).order_by()


def _releases(pardons: Sequence[Pardon]) -> QuerySet[Release]:
    return Release.objects.filter(pardon__in=pardons, arrest__prisoner__in=Prisoner.objects.named()).order_by()


def _count(rows: Iterable[Any]) -> Counter[int]:
    """Rows by pardon."""
    grouped = rows.order_by().values_list("pardon").annotate(Count("pk"))  # type: ignore[attr-defined]
    return Counter(dict(grouped))
