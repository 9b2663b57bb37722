"""Makes the demonstration, once, in a database that holds no real person."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from prisoners.acting import OPERATOR, acting
from prisoners.models import Arrest, Prisoner
from releases.models import Release

from ..files.keeping import kept_with_rows
from . import story
from .desk_work import leave_work_behind
from .doubt import cast_doubt
from .key_day import settle
from .lives import tell
from .people import Person
from .pictures import picture_some
from .scene import set_scene
from .world import wave_plan
from .writing import Writer


class RealPeoplePresent(Exception):
    """The database holds people who are not fictional, and invented ones are not added to them."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the database holds after `make_demonstration`."""

    is_new: bool
    people: int
    arrests: int
    releases: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def make_demonstration(
    *,
    seed: int = story.DEFAULT_SEED,
    people: int = story.DEFAULT_PEOPLE,
    until: date = story.DEFAULT_UNTIL,
    progress: Callable[[int], object] = lambda written: None,
) -> Made:
    """Write so many invented people, unless there are some already; `progress` hears how many were just written.

    Raises RealPeoplePresent, and writes nothing, when the database holds real people alone. Who imported a list of their
    own after the demonstration keeps both, and every page says that some people are invented.
    """
    with acting(actor=OPERATOR, capacity=OPERATOR, reason="demonstration"), kept_with_rows():
        _let_no_other_in()
        if Prisoner.objects.filter(is_fictional=True).exists():
            return _count(is_new=False)
        if Prisoner.objects.exists():
            raise RealPeoplePresent
        _write(random.Random(seed), people, until, progress)  # noqa: S311 (invented data, the same for the same seed)
        return _count(is_new=True)


def _write(chance: random.Random, people: int, until: date, progress: Callable[[int], object]) -> None:
    writer = Writer(chance, set_scene(chance, people, until), until)
    writer.write_people(invent(chance, people, until), progress)
    writer.write_lines(wave_plan())
    picture_some(chance, until)
    leave_work_behind()
    _gather_statistics()


def invent(chance: random.Random, people: int, until: date) -> list[Person]:
    """The people of the story, before anything is written."""
    invented = tell(chance, people, until, wave_plan())
    cast_doubt(chance, invented, until)
    settle(chance, invented, until)
    return invented


def _let_no_other_in() -> None:
    # Two that run at once would both find the database empty.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demonstration'))")


def _gather_statistics() -> None:
    # Without them the first pages would be planned as if every table were empty.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _count(*, is_new: bool) -> Made:
    return Made(is_new=is_new, people=Prisoner.objects.count(), arrests=Arrest.objects.count(), releases=Release.objects.count())
