"""Whom a name may be: the people whose stored names are likest to it, from among any people.

Candidates come from the database by stored keys, the selective ones first and wider ones only for texts that found nobody likely;
`prisoners.names.compared` judges them. The work is bounded, however many share a name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from .models import Prisoner
from .names import LIKELY, POSSIBLE, Band, Sought, band, compared, keys, parsed, query_keys

# Names judged for one text, and for all texts of a call together.
MOST, FEWEST, TOGETHER = 2000, 200, 20_000
# Of a key that more names share, these are looked through for those that share most other keys.
LOOKED_THROUGH = 20_000
NONE_ASKED = "true"

CANDIDATES = """
SELECT asked.at, found.* FROM unnest(%(ats)s::int[], %(ones)s::text[], %(others)s::text[]) AS asked (at, one, other)
CROSS JOIN LATERAL (
    SELECT name.id, name.prisoner_id, name.text
    FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
    WHERE kept.keys && string_to_array(asked.one, ' ') AND kept.keys && string_to_array(asked.other, ' ') AND {among}
    LIMIT %(limit)s
) AS found
"""
# The same for texts that more names fit: the likest of them, by keys and, in one script, by trigrams.
LIKEST = """
SELECT asked.at, likest.* FROM unnest(%(ats)s::int[], %(ones)s::text[], %(others)s::text[], %(texts)s::text[], %(alls)s::text[])
    AS asked (at, one, other, text, keys)
CROSS JOIN LATERAL (
    SELECT found.id, found.prisoner_id, found.text FROM (
        SELECT name.id, name.prisoner_id, name.text, kept.keys
        FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
        WHERE kept.keys && string_to_array(asked.one, ' ') AND kept.keys && string_to_array(asked.other, ' ') AND {among}
        LIMIT %(through)s
    ) AS found
    ORDER BY (SELECT count(*) FROM unnest(found.keys) AS each WHERE each = ANY (string_to_array(asked.keys, ' '))) DESC,
             similarity(found.text, asked.text) DESC, found.id
    LIMIT %(limit)s
) AS likest
"""
# Names whose keys nobody has written yet are few, and looked at one by one; were they many, the newest of them.
WANTING = """
SELECT name.id, name.prisoner_id, name.text
FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
WHERE kept.keys IS NULL AND {among} ORDER BY kept.name_id DESC LIMIT %(limit)s
"""
SPELT_SO = """
SELECT asked.at, found.* FROM unnest(%(ats)s::int[], %(texts)s::text[]) AS asked (at, text)
CROSS JOIN LATERAL (
    SELECT name.id, name.prisoner_id, name.text
    FROM prisoners_name AS name JOIN prisoners_namekeys AS kept ON kept.name_id = name.id AND kept.keys IS NULL
    WHERE upper(name.text) = upper(asked.text) AND {among} LIMIT %(limit)s
) AS found
"""

Stored = tuple[int, int, str]  # the name's key, its person's, its text


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who a text may name, by the stored form of their name that fits best."""

    prisoner_id: int
    name_id: int
    text: str
    score: float
    band: Band


@dataclass(slots=True)
class _Asked:
    """One text on its way: the keys to look by, and the best name found of each person."""

    at: int
    text: str
    sought: Sought
    best: dict[int, Found] = field(default_factory=dict)
    judged: set[int] = field(default_factory=set)

    def judge(self, found: Iterable[Stored]) -> None:
        mine = parsed(self.text)
        for name_id, prisoner_id, text in found:
            if name_id in self.judged:
                continue
            self.judged.add(name_id)
            score = compared(mine, parsed(text))
            before = self.best.get(prisoner_id)
            if score >= POSSIBLE and (before is None or (score, text == self.text) > (before.score, before.text == self.text)):
                self.best[prisoner_id] = Found(prisoner_id, name_id, text, score, band(score))

    @property
    def score(self) -> float:
        return max((found.score for found in self.best.values()), default=0.0)

    def ranked(self, at_most: int) -> list[Found]:
        order = sorted(self.best.values(), key=lambda found: (-found.score, found.text != self.text, found.prisoner_id))
        return order[:at_most]


# What to look by: names that hold one key of the first set and one of the second.
_Both = tuple[frozenset[str], frozenset[str]]


def find(texts: Sequence[str], *, among: QuerySet[Prisoner] | None = None, at_most: int = 10) -> list[list[Found]]:
    """For each text the people whom it may name, best first: those whose score is at least `POSSIBLE`.

    Searches everybody unless `among` says whom: a queryset of people that isn't cut to a length. A text without letters finds
    nobody. Of names that more than two thousand people share, those are judged whose keys and spelling are nearest.
    """
    every = [_Asked(at, text, query_keys(text)) for at, text in enumerate(texts)]
    asked = [one for one in every if parsed(one.text).tokens]
    if asked:
        condition = _condition(among)
        _judge_wanting(asked, condition)
        _look(asked, _selective, condition)
        _look([one for one in asked if one.score < LIKELY], _wide, condition)
        _look([one for one in asked if one.score < POSSIBLE], _widest, condition)
    return [one.ranked(at_most) for one in every]


def _selective(asked: _Asked) -> list[_Both]:
    """Pairs of words; of a single word, itself, with what it stands beside if that is an initial."""
    if len(asked.sought.tokens) > 1:
        return [(asked.sought.pairs, asked.sought.pairs)]
    has_initials = bool(parsed(asked.text).initials)
    first = [asked.sought.initials] if has_initials and asked.sought.initials else asked.sought.tokens
    return [(each, each) for each in first]


def _wide(asked: _Asked) -> list[_Both]:
    """Any two words, each with slips; and a surname beside what the other word begins with."""
    wide = asked.sought.wide
    two = [(one, other) for at, one in enumerate(wide) for other in wide[at + 1 :]]
    return [(asked.sought.initials, asked.sought.initials), *(two or [(each, each) for each in wide])]


def _widest(asked: _Asked) -> list[_Both]:
    """Any one word but a given name, which thousands share."""
    rare = [each for each in asked.sought.wide if not any(key.startswith("t:%") for key in each)]
    return [(each, each) for each in rare or asked.sought.wide]


def _look(asked: list[_Asked], by: Any, among: tuple[str, dict[str, Any]]) -> None:
    """Fetch and judge whom the keys that `by` gives find."""
    if not asked:
        return
    limit = max(FEWEST, min(MOST, TOGETHER // len(asked)))
    lines = [(one, *both) for one in asked for both in by(one) if both[0] and both[1]]
    cut: list[tuple[_Asked, frozenset[str], frozenset[str]]] = []
    found = _fetch(CANDIDATES, lines, among, limit=limit + 1)
    for line, names in zip(lines, found, strict=True):
        if len(names) > limit:
            cut.append(line)
        else:
            line[0].judge(names)
    for line, names in zip(cut, _fetch(LIKEST, cut, among, limit=limit, through=LOOKED_THROUGH), strict=True):
        line[0].judge(names)


def _fetch(
    sql: str, lines: list[tuple[_Asked, frozenset[str], frozenset[str]]], among: tuple[str, dict[str, Any]], **bounds: int
) -> list[list[Stored]]:
    """What is found for each line, in one query."""
    found: list[list[Stored]] = [[] for _ in lines]
    said = {
        "ats": list(range(len(lines))),
        "ones": [" ".join(one) for _asked, one, _other in lines],
        "others": [" ".join(other) for _asked, _one, other in lines],
        "texts": [asked.text for asked, *_ in lines],
        "alls": [" ".join(keys(asked.text)) for asked, *_ in lines],
    }
    for at, *name in _rows(sql, among, {**said, **bounds}) if lines else ():
        found[at].append((name[0], name[1], name[2]))
    return found


def _judge_wanting(asked: list[_Asked], among: tuple[str, dict[str, Any]]) -> None:
    limit = max(FEWEST, min(MOST, TOGETHER // len(asked)))
    names = _rows(WANTING, among, {"limit": limit})
    for one in asked if names else ():
        one.judge(names)
    if len(names) == limit:
        said = {"ats": [one.at for one in asked], "texts": [one.text for one in asked], "limit": limit}
        by_place = {one.at: one for one in asked}
        for at, *name in _rows(SPELT_SO, among, said):
            by_place[at].judge([(name[0], name[1], name[2])])


def _rows(sql: str, among: tuple[str, dict[str, Any]], said: dict[str, Any]) -> list[Any]:
    condition, values = among
    with connection.cursor() as cursor:
        cursor.execute(sql.format(among=condition), {**said, **values})
        return cursor.fetchall()


def _condition(among: QuerySet[Prisoner] | None) -> tuple[str, dict[str, Any]]:
    """That a name's person is among these, as SQL with its values.

    As a value and not as EXISTS: the database would turn that into a join, and read everybody for the sake of a few.
    """
    if among is None:
        return NONE_ASKED, {}
    chosen = among.filter(pk=RawSQL("name.prisoner_id", [])).order_by().values_list("pk")[:1]
    try:
        sql, values = chosen.query.sql_with_params()
    except EmptyResultSet:
        return "false", {}
    names = (f"among_{at}" for at in range(len(values)))
    named = re.sub("%(.)", lambda found: f"%({next(names)})s" if found[1] == "s" else found[0], sql)
    return f"({named}) IS NOT NULL", {f"among_{at}": value for at, value in enumerate(values)}
