"""Writing down how many arrests ended at once, as an act of clemency ends them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Source
from prisoners.models import Citation as RecordCitation
from prisoners.recheck import check_now

from .models import Citation, Mechanism, Pardon, Release, Verification


@dataclass(frozen=True, slots=True)
class Ending:
    """How one arrest ended. An arrest that has an end already keeps it, whatever `ended` says."""

    arrest: Arrest
    ended: UncertainDate
    liberty_after: str
    conditions: tuple[str, ...]
    locator: str  # the place in the source


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all of them."""

    mechanism: Mechanism
    pardon: Pardon
    verification: Verification
    source: Source


class NotRecorded(ValidationError):
    """The database refused some of them; nothing was written. `refused` has the error of each, by its place."""

    def __init__(self, refused: dict[int, IntegrityError | DataError]) -> None:
        super().__init__([str(error).partition("\n")[0] for error in refused.values()])
        self.refused = refused


def record_releases(*, endings: Sequence[Ending], terms: Terms) -> None:
    """End these arrests and write a release with its citation for each, in the caller's transaction, by who is acting there.

    None may have a release: `release_once` refuses a second. Raises NotRecorded, which names those to blame.
    """
    try:
        with transaction.atomic():
            _write(endings, terms)
            check_now()
    except (IntegrityError, DataError) as error:
        raise NotRecorded(_refused(endings, terms) or {0: error}) from error


def _write(endings: Sequence[Ending], terms: Terms) -> None:
    open_ones = [ending for ending in endings if ending.arrest.ended is None]
    for ending in open_ones:
        ending.arrest.ended = ending.ended
    try:
        Arrest.objects.bulk_update([ending.arrest for ending in open_ones], ["ended"], batch_size=1000)
    except (IntegrityError, DataError):
        for ending in open_ones:
            ending.arrest.ended = None
        raise
    releases = Release.objects.bulk_create(_release(ending, terms) for ending in endings)
    through = Release.conditions.through
    through._default_manager.bulk_create(
        through(release_id=release.pk, condition_id=code)
        for release, ending in zip(releases, endings, strict=True)
        for code in ending.conditions
    )
    Citation.objects.bulk_create(
        Citation(release=release, source=terms.source, locator=ending.locator)
        for release, ending in zip(releases, endings, strict=True)
    )
    RecordCitation.objects.bulk_create(
        RecordCitation(arrest=ending.arrest, field="ended", source=terms.source, locator=ending.locator) for ending in open_ones
    )


def _release(ending: Ending, terms: Terms) -> Release:
    return Release(
        arrest=ending.arrest,
        mechanism=terms.mechanism,
        pardon=terms.pardon,
        liberty_after=ending.liberty_after,
        verification=terms.verification,
    )


def _refused(endings: Sequence[Ending], terms: Terms) -> dict[int, IntegrityError | DataError]:
    """Each tried alone, and taken back: whom the database refuses, and why."""
    found: dict[int, IntegrityError | DataError] = {}
    for place, ending in enumerate(endings):
        ended = Arrest.objects.values_list("ended", flat=True).get(pk=ending.arrest.pk)
        try:
            with transaction.atomic():
                ending.arrest.ended = ended
                _write([ending], terms)
                check_now()
                transaction.set_rollback(True)
        except (IntegrityError, DataError) as error:
            found[place] = error
        ending.arrest.ended = ended
    return found
