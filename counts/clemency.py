"""Who is known of acts of clemency: their numbers, and each person identified with what became of them.

Only people whom the ledger holds by name are more than a number here: the day of an act is public, so to stand under it
would tell the day of whoever is shown by initials. Lines, releases and void releases all tie somebody to an act.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from prisoners.sentences import Remaining
from releases.models import Pardon
from releases.numbers import Numbers, together
from releases.outcomes import Outcome, outcome

from . import remembered

# Who is tied to which act, and by what; then only those whom the ledger names now.
_TIED = """
tied AS (
    SELECT arrest_id, pardon_id, 'line' AS by FROM releases_pardonline WHERE pardon_id = ANY (%(acts)s) AND arrest_id IS NOT NULL
    UNION ALL SELECT arrest_id, pardon_id, 'release' FROM releases_release WHERE pardon_id = ANY (%(acts)s)
    UNION ALL SELECT arrest_id, pardon_id, 'void' FROM releases_voidrelease WHERE pardon_id = ANY (%(acts)s)
)"""
_NAMED = "row.known_until IS NULL AND row.visibility = 'named'"
# An end on record can lie ahead, as of a release that was announced for a day to come.
_HAS_ENDED = "row.mechanism <> '' AND row.certain_until <= %(today)s"
# A death is no release.
_NUMBERS = f"""
WITH {_TIED}
SELECT act.id, act.wave_id, count(DISTINCT row.prisoner_id),
       count(DISTINCT row.prisoner_id) FILTER (WHERE tied.by = 'release' AND row.is_death IS FALSE AND {_HAS_ENDED})
FROM tied JOIN releases_pardon AS act ON act.id = tied.pardon_id
JOIN counts_ledgerrow AS row ON row.arrest_id = tied.arrest_id AND {_NAMED}
GROUP BY GROUPING SETS ((act.id), (act.wave_id))"""
_LISTED = "SELECT pardon_id, count(*) FROM releases_pardonline WHERE pardon_id = ANY (%(acts)s) GROUP BY pardon_id"
# The end of the sentence is reckoned for whoever came out, for nothing else here takes as long.
_IDENTIFIED = f"""
WITH {_TIED}, covered AS (
    SELECT arrest_id, array_agg(DISTINCT pardon_id ORDER BY pardon_id) AS acts,
           bool_or(by = 'release') AS is_under, bool_or(by = 'void') AS is_void
    FROM tied GROUP BY arrest_id
)
SELECT row.arrest_id, row.prisoner_id, covered.acts, covered.is_under, covered.is_void,
       CASE WHEN {_HAS_ENDED} THEN row.mechanism ELSE '' END, row.is_death AND {_HAS_ENDED},
       sentence.earliest - arrest.ended_latest, sentence.latest - arrest.ended_earliest,
       coalesce(release.liberty_after, ''), coalesce(release.verification, ''),
       ARRAY(SELECT given.condition_id FROM releases_release_conditions AS given WHERE given.release_id = release.id ORDER BY 1),
       later.arrest_id
FROM covered
JOIN counts_ledgerrow AS row ON row.arrest_id = covered.arrest_id AND {_NAMED}
JOIN prisoners_arrest AS arrest ON arrest.id = row.arrest_id
LEFT JOIN releases_release AS release ON release.arrest_id = row.arrest_id
LEFT JOIN prisoners_name AS heading ON heading.prisoner_id = row.prisoner_id AND heading.is_heading
LEFT JOIN LATERAL (
    -- OFFSET has it reckoned only for those of whom it is asked.
    SELECT told.* FROM (
        SELECT WHERE arrest.ended IS NOT NULL AND row.is_death IS NOT TRUE AND {_HAS_ENDED}
                     AND EXISTS (SELECT FROM prisoners_judgment WHERE arrest_id = arrest.id) OFFSET 0
    ) AS asked CROSS JOIN LATERAL sentence_ends(arrest.id, arrest.ended_earliest, arrest.ended_latest) AS told
) AS sentence ON true
LEFT JOIN LATERAL (
    SELECT other.arrest_id FROM counts_ledgerrow AS other
    WHERE row.siblings > 1 AND row.mechanism <> '' AND other.known_until IS NULL AND other.prisoner_id = row.prisoner_id
      AND other.arrest_id <> row.arrest_id AND other.possible_from >= row.possible_until AND other.certain_from <= %(today)s
    ORDER BY other.possible_from, other.arrest_id LIMIT 1
) AS later ON true
ORDER BY heading.text, row.arrest_id"""


class Identified(NamedTuple):
    """One arrest of a named person whom acts cover: the acts, and what became of it.

    `remaining` is what remained of the sentence when custody ended, None where that isn't known. `again` is the first arrest
    that certainly came after, None where there is none.
    """

    arrest_id: int
    prisoner_id: int
    acts: frozenset[int]
    outcome: Outcome
    mechanism: str
    remaining: Remaining | None
    liberty_after: str
    verification: str
    conditions: tuple[str, ...]
    again: int | None


def numbers_by_act(acts: Sequence[Pardon], *, today: date) -> tuple[dict[int, Numbers], dict[int, Numbers]]:
    """The numbers of each act, and those of the waves of which these are all acts; two queries for any number of acts.

    Released is who was by `today`.
    """
    listed = dict(_rows(_LISTED, acts))
    found = {(act, wave): (people, out) for act, wave, people, out in _rows(_NUMBERS, acts, today=today)}
    each = {
        act.pk: Numbers(
            act.announced_number,
            act.is_announced_minimum,
            listed.get(act.pk, 0),
            *found.get((act.pk, None), (0, 0)),
        )
        for act in acts
    }
    by_wave: dict[int, list[Numbers]] = defaultdict(list)
    for act in acts:
        by_wave[act.wave_id].append(each[act.pk])
    return each, {wave: _together(numbers, *found.get((None, wave), (0, 0))) for wave, numbers in by_wave.items()}


def _together(each: Sequence[Numbers], identified: int, released: int) -> Numbers:
    return together(each, identified=identified, released=released)


def identified(acts: Sequence[Pardon], *, today: date) -> list[Identified]:
    """Everybody identified whom these acts cover, an arrest each, by name; one query."""
    return [_identified(*row) for row in _rows(_IDENTIFIED, acts, today=today)]


def _identified(
    arrest: int,
    prisoner: int,
    acts: list[int],
    is_under: bool,
    is_void: bool,
    mechanism: str,
    is_death: bool | None,
    shortest: int | None,
    longest: int | None,
    liberty_after: str,
    verification: str,
    conditions: list[str],
    again: int | None,
) -> Identified:
    became = outcome(is_under_act=is_under, is_void=is_void, has_ended=bool(mechanism), is_death=bool(is_death))
    return Identified(
        arrest_id=arrest,
        prisoner_id=prisoner,
        acts=frozenset(acts),
        outcome=became,
        mechanism=mechanism,
        remaining=Remaining.within(shortest, longest),
        liberty_after=liberty_after,
        verification=verification,
        conditions=tuple(conditions),
        again=again,
    )


def people(of: Iterable[Identified]) -> int:
    """How many people these arrests are of."""
    return len({one.prisoner_id for one in of})


def _rows(sql: str, acts: Sequence[Pardon], **params: Any) -> list[Any]:
    return remembered.rows_of_records(sql, {"acts": [act.pk for act in acts], **params})
