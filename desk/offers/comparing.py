"""Which open lines the names of some people may stand in: by keys in the database, then by the one judge of names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from django.db.models import QuerySet

from prisoners.finding import find, likeness
from prisoners.models import Name, Prisoner
from prisoners.names import POSSIBLE, query_keys

from ..intake.days import Days
from .models import Offer, OpenLine

AT_ONCE = 500  # people
MOST = 2000  # lines judged for one name
FEW = 100  # keys by which the index is asked; for more, reading every line is faster
KEPT = 20  # people kept for one line that was never compared before
_Both = tuple[int, frozenset[str], frozenset[str]]  # the place of a name, and two sets: a line holds a key of each


def offer_people(people: Sequence[int], *, since: int | None = None) -> None:
    """Make anew what these people are offered for, among the lines that wait since a seal, or among those that don't wait."""
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        if since is None:
            Offer.objects.filter(prisoner__in=some, line__since=None).delete()
        _add(_fitting(some, since))


def offer_everybody(lines: Sequence[OpenLine]) -> None:
    """Compare lines that nobody ever looked at with all who can have been held then."""
    by_days: dict[str, list[OpenLine]] = {}
    for line in lines:
        by_days.setdefault(str(line.held_on or ""), []).append(line)
    for some in by_days.values():
        found = find([line.name for line in some], among=Days.of(some[0].held_on).held(_everybody()), at_most=KEPT)
        _add(
            Offer(line=line, prisoner_id=one.prisoner_id, form=one.text, score=one.score)
            for line, each in zip(some, found, strict=True)
            for one in each
        )


def _everybody() -> QuerySet[Prisoner]:
    return Prisoner.objects.all()


def _add(offers: Iterable[Offer]) -> None:
    Offer.objects.bulk_create(offers, batch_size=1000, ignore_conflicts=True)


def _fitting(people: Sequence[int], since: int | None) -> list[Offer]:
    names = list(Name.objects.filter(prisoner__in=people).order_by("pk").values_list("prisoner", "text"))
    sets = [(at, one, other) for at, (_person, text) in enumerate(names) for one, other in _sets(text)]
    best: dict[tuple[int, int], Offer] = {}
    for at, line, name in set(_meeting(sets, since)):
        person, text = names[at]
        score = likeness(name, text)
        before = best.get((line, person))
        if score >= POSSIBLE and (before is None or score > before.score):
            best[line, person] = Offer(line_id=line, prisoner_id=person, form=text, score=score)
    return list(best.values())


def _sets(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The keys by which a search finds a name, slips and initials included: a line holds one of each of the two sets."""
    sought = query_keys(text)
    two = list(combinations(sought.wide, 2)) or [(each, each) for each in sought.wide]
    return [(one, other) for one, other in [(sought.pairs,) * 2, (sought.initials,) * 2, *two] if one and other]


def _meeting(sets: list[_Both], since: int | None) -> Iterator[tuple[int, int, str]]:
    """The place of a name, a line that shares keys with it, and the name read there.

    The lines come in one query, and are looked up here: the database would look through all of them for each name.
    """
    wanted = frozenset().union(*(one | other for _, one, other in sets))
    names: dict[int, str] = {}
    holding: dict[str, set[int]] = defaultdict(set)
    lines = OpenLine.objects.filter(since=since)
    if len(wanted) <= FEW:
        lines = lines.filter(keys__overlap=sorted(wanted))
    for line, name, keys in lines.values_list("pk", "name", "keys").iterator():
        names[line] = name
        for key in wanted.intersection(keys):
            holding[key].add(line)
    for at, one, other in sets:
        both = set().union(*(holding[key] for key in one if key in holding))
        if other is not one:
            both &= set().union(*(holding[key] for key in other if key in holding))
        for line in sorted(both)[:MOST]:
            yield at, line, names[line]
