"""Whom a name may be: the people whose stored names are likest to it, from among any people.

Candidates come from the database by stored keys, the selective ones first and wider ones only for texts that found nobody of
the very name; `prisoners.names.compared` judges them. The work is bounded, however many share a name.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from rapidfuzz.distance import OSA

from .models import Prisoner
from .names import POSSIBLE, Band, Sought, band, compared, keys, parsed, query_keys
from .names.comparing import SINGLE_WORD
from .names.weights import SAME_FAMILY, SAME_SOUND
from .spellings import pattern

# Names judged for one text, and for all texts of a call together; for a search, which is waited for.
MOST, FEWEST, TOGETHER = 2000, 200, 20_000
MOST_SEARCHED = 300
# From here on somebody has the very name, as it sounds, and slips needn't be looked for; of a text of one word, the very word.
VERY_NAME, VERY_WORD = SAME_SOUND * SAME_FAMILY, SINGLE_WORD * SAME_SOUND
# Of a search for one word, how near it must be.
WORD_NEAR = SINGLE_WORD * 0.72
# Of a key that more names share, so many times as many are looked through for those that share most other keys.
LOOKED_THROUGH = 5
NONE_ASKED = "true"

# OFFSET keeps the database from taking the keys apart again for each name.
CANDIDATES = """
SELECT asked.at, found.* FROM (
    SELECT at, string_to_array(one, ' ') AS one, string_to_array(other, ' ') AS other
    FROM unnest(%(ats)s::int[], %(ones)s::text[], %(others)s::text[]) AS lines (at, one, other) OFFSET 0
) AS asked
CROSS JOIN LATERAL (
    SELECT name.id, name.prisoner_id, name.text
    FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
    WHERE kept.keys && asked.one AND kept.keys && asked.other AND {among}
    LIMIT %(limit)s
) AS found
"""
# The same for texts that more names fit: the likest of them, by keys and, in one script, by trigrams.
LIKEST = """
SELECT asked.at, likest.* FROM (
    SELECT at, string_to_array(one, ' ') AS one, string_to_array(other, ' ') AS other, text, string_to_array(keys, ' ') AS keys
    FROM unnest(%(ats)s::int[], %(ones)s::text[], %(others)s::text[], %(texts)s::text[], %(alls)s::text[])
        AS lines (at, one, other, text, keys) OFFSET 0
) AS asked
CROSS JOIN LATERAL (
    SELECT found.id, found.prisoner_id, found.text FROM (
        SELECT name.id, name.prisoner_id, name.text, kept.keys
        FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
        WHERE kept.keys && asked.one AND kept.keys && asked.other AND {among}
        LIMIT %(through)s
    ) AS found
    ORDER BY (SELECT count(*) FROM unnest(found.keys) AS each WHERE each = ANY (asked.keys)) DESC,
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
SELECT asked.at, found.* FROM unnest(%(ats)s::int[], %(texts)s::text[], %(patterns)s::text[]) AS asked (at, text, pattern)
CROSS JOIN LATERAL (
    SELECT name.id, name.prisoner_id, name.text FROM prisoners_spellings AS spelt
    JOIN prisoners_name AS name ON name.prisoner_id = spelt.prisoner_id AND upper(name.text) = upper(asked.text)
    JOIN prisoners_namekeys AS kept ON kept.name_id = name.id AND kept.keys IS NULL
    WHERE spelt.text LIKE upper(asked.pattern) AND {among} LIMIT %(limit)s
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
    least: float = POSSIBLE
    best: dict[int, Found] = field(default_factory=dict)
    judged: set[int] = field(default_factory=set)

    def judge(self, found: Iterable[Stored]) -> None:
        for name_id, prisoner_id, text in found:
            if name_id in self.judged:
                continue
            self.judged.add(name_id)
            score = likeness(self.text, text)
            before = self.best.get(prisoner_id)
            if score >= self.least and (before is None or score > before.score):
                self.best[prisoner_id] = Found(prisoner_id, name_id, text, score, band(score))

    @property
    def is_single(self) -> bool:
        return len(parsed(self.text).tokens) == 1

    @property
    def is_found(self) -> bool:
        """Whether somebody has the very name."""
        score = max((found.score for found in self.best.values()), default=0.0)
        return score >= (VERY_WORD if self.is_single else VERY_NAME)

    def ranked(self, at_most: int) -> list[Found]:
        """The best first; of those as likely, the one spelt most like it."""
        mine = _spelt(self.text)
        order = ((-found.score, OSA.distance(mine, _spelt(found.text)), found.prisoner_id) for found in self.best.values())
        return [self.best[prisoner_id] for *_, prisoner_id in sorted(order)[:at_most]]


def likeness(text: str, stored: str) -> float:
    """How likely a text names whoever has a stored name. A number in the text is held to that of the name.

    To the judge of names a number is nothing; but an “unknown man 3” is nobody else than that.
    """
    digits = _digits(text)
    return 0.0 if digits and digits != _digits(stored) else compared(parsed(text), parsed(stored))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _spelt(text: str) -> str:
    """A name in plain Latin letters, its words in an order of their own."""
    return " ".join(sorted(token.plain for token in parsed(text).tokens))


# What to look by: names that hold one key of the first set and one of the second.
_Both = tuple[frozenset[str], frozenset[str]]
_Line = tuple[_Asked, frozenset[str], frozenset[str]]
_Condition = tuple[str, dict[str, Any]]


def find(
    texts: Sequence[str], *, among: QuerySet[Prisoner] | None = None, at_most: int = 10, with_slips: bool = True
) -> list[list[Found]]:
    """For each text the people whom it may name, best first: those whose score is at least `POSSIBLE`.

    Searches everybody unless `among` says whom: a queryset of people that isn't cut to a length. A text without letters finds
    nobody. Of names that more than two thousand people share, those are judged whose keys and spelling are nearest. Without
    `with_slips` it takes a tenth of the time for whoever isn't there: names count that sound alike, in any script and order.
    """
    every = [_Asked(at, text, query_keys(text)) for at, text in enumerate(texts)]
    asked = [one for one in every if parsed(one.text).tokens]
    if asked:
        condition = _condition(among)
        _judge_wanting(asked, condition)
        _look(asked, _selective, condition)
        if with_slips:
            _look([one for one in asked if not one.is_found], _wide, condition)
    return [one.ranked(at_most) for one in every]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What a search finds. `is_common`: more names than can be compared hold `by`, a key of each set, and none was compared.

    `is_cut`: nobody has the name, and of those who nearly have it only the nearest were compared.
    """

    found: list[Found]
    by: list[frozenset[str]]
    is_common: bool = False
    is_cut: bool = False


def nearest(text: str, *, among: QuerySet[Prisoner]) -> Nearest:
    """Everybody whom a text may name, best first; for a single word also those with a word like it."""
    one = _Asked(0, text, query_keys(text))
    if not parsed(text).tokens:
        return Nearest([], [])
    one.least = WORD_NEAR if one.is_single else POSSIBLE
    condition = _condition(among)
    _judge_wanting([one], condition)
    if _look([one], _selective, condition, at_most=MOST_SEARCHED, all_or_none=True):
        by = [both[0] for both in _selective(one)] if parsed(text).initials else list(one.sought.tokens)
        # Keys know no numbers: with one, only what is spelt so is found.
        by = [] if _digits(text) else by
        return Nearest(one.ranked(len(one.best)), by, is_common=True)
    is_cut = not one.is_found and _look_for_likest(_lines([one], _wide), condition, at_most=MOST_SEARCHED)
    return Nearest(one.ranked(len(one.best)), [], is_cut=is_cut)


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


def _look(
    asked: list[_Asked], by: Callable[[_Asked], list[_Both]], among: _Condition, *, at_most: int = 0, all_or_none: bool = False
) -> bool:
    """Fetch and judge whom the keys that `by` gives find; whether there were more than are judged.

    Of more the likest are judged, or with `all_or_none` nobody.
    """
    limit = at_most or max(FEWEST, min(MOST, TOGETHER // max(1, len(asked))))
    lines = _lines(asked, by)
    cut: list[_Line] = []
    for line, names in zip(lines, _fetch(CANDIDATES, lines, among, limit=limit + 1), strict=True):
        if len(names) > limit:
            cut.append(line)
        else:
            line[0].judge(names)
    if cut and not all_or_none:
        _look_for_likest(cut, among, at_most=limit)
    return bool(cut)


def _look_for_likest(lines: list[_Line], among: _Condition, *, at_most: int) -> bool:
    """Fetch and judge those whom the lines find, of more than `at_most` the likest; whether there were more."""
    found = _fetch(LIKEST, lines, among, limit=at_most + 1, through=LOOKED_THROUGH * at_most)
    for line, names in zip(lines, found, strict=True):
        line[0].judge(names[:at_most])
    return any(len(names) > at_most for names in found)


def _lines(asked: list[_Asked], by: Callable[[_Asked], list[_Both]]) -> list[_Line]:
    return [(one, *both) for one in asked for both in by(one) if both[0] and both[1]]


def _fetch(sql: str, lines: list[_Line], among: _Condition, **bounds: int) -> list[list[Stored]]:
    """What is found for each line, in one query."""
    if not lines:
        return []
    found: list[list[Stored]] = [[] for _ in lines]
    said = {
        "ats": list(range(len(lines))),
        "ones": [" ".join(one) for _asked, one, _other in lines],
        "others": [" ".join(other) for _asked, _one, other in lines],
        "texts": [asked.text for asked, *_ in lines],
        "alls": [" ".join(keys(asked.text)) for asked, *_ in lines],
    }
    for at, *name in _rows(sql, among, {**said, **bounds}):
        found[at].append((name[0], name[1], name[2]))
    return found


def _judge_wanting(asked: list[_Asked], among: _Condition) -> None:
    limit = max(FEWEST, min(MOST, TOGETHER // len(asked)))
    names = _rows(WANTING, among, {"limit": limit})
    for one in asked if names else ():
        one.judge(names)
    if len(names) == limit:
        texts = [one.text for one in asked]
        said = {"ats": [one.at for one in asked], "texts": texts, "patterns": [*map(pattern, texts)], "limit": limit}
        by_place = {one.at: one for one in asked}
        for at, *name in _rows(SPELT_SO, among, said):
            by_place[at].judge([(name[0], name[1], name[2])])


def _rows(sql: str, among: _Condition, said: dict[str, Any]) -> list[Any]:
    condition, values = among
    with connection.cursor() as cursor:
        cursor.execute(sql.format(among=condition), {**said, **values})
        return cursor.fetchall()


def _condition(among: QuerySet[Prisoner] | None) -> _Condition:
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
