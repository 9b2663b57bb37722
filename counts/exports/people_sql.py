"""The one statement that says what a file tells of each person: the joins that `people` has its columns from.

Of people shown by initials it gives years, and nothing that their page doesn't tell: whatever joins records of its own asks
`told.is_named`. What comes from the ledger's row is coarse there already.
"""

# Those of the list's rows, with the records that they lead to. `told` says what may be told of the person.
_ROWS = """
unnest(%s::bigint[], %s::boolean[], %s::text[], %s::boolean[], %s::text[], %s::integer[]) WITH ORDINALITY
    AS listed (row_id, is_certain, initials, is_judged, sentence_kind, sentence_months, place)
JOIN counts_ledgerrow AS row ON row.id = listed.row_id
JOIN prisoners_arrest AS arrest ON arrest.id = row.arrest_id
JOIN prisoners_prisoner AS person ON person.id = row.prisoner_id
    AND person.state = 'published' AND person.visibility IN ('named', 'initials') AND person.embargo_until IS NULL
CROSS JOIN LATERAL (SELECT
    row.visibility = 'named' AND person.visibility = 'named' AS is_named,
    NOT (row.visibility = 'named' AND person.visibility = 'named') AS is_coarse,
    %s::date AS day, %s::text AS url_before, %s::text AS url_after, %s::text AS language
) AS told
LEFT JOIN prisoners_context AS context ON context.id = row.context_id
LEFT JOIN prisoners_case AS trial ON trial.id = row.case_id AND told.is_named
LEFT JOIN releases_pardon AS pardon ON pardon.id = row.pardon_id AND told.is_named
LEFT JOIN releases_wave AS wave ON wave.id = row.wave_id AND told.is_named
"""
# The name as on pages: the primary one in the page's language, else the heading; and the legal one in its own script.
_NAMES = """
LEFT JOIN LATERAL (
    SELECT name.id, name.text, name.script FROM prisoners_name AS name WHERE told.is_named AND name.prisoner_id = person.id
    ORDER BY (name.is_primary AND name.language = told.language) DESC, name.is_heading DESC, name.id LIMIT 1
) AS name ON true
LEFT JOIN LATERAL (
    SELECT legal.text FROM prisoners_name AS legal
    WHERE told.is_named AND legal.prisoner_id = person.id AND legal.kind = 'legal'
        AND legal.id <> name.id AND legal.script <> name.script
    ORDER BY legal.id LIMIT 1
) AS native ON true
"""
# How the person stands on the day, whichever arrest matched: as `public.standing` chooses among several.
_STANDING = """
LEFT JOIN LATERAL (
    SELECT other.* FROM counts_ledgerrow AS other
    WHERE row.siblings > 1 AND other.prisoner_id = row.prisoner_id AND other.known_until IS NULL
        AND other.possible_from <= told.day
    ORDER BY other.certain_from <= told.day AND other.certain_until > told.day DESC, other.possible_until > told.day DESC,
        other.possible_from DESC, other.arrest_id DESC
    LIMIT 1
) AS latest ON true
CROSS JOIN LATERAL (SELECT
    CASE WHEN row.siblings > 1 THEN latest.certain_from ELSE row.certain_from END AS certain_from,
    CASE WHEN row.siblings > 1 THEN latest.certain_until ELSE row.certain_until END AS certain_until,
    CASE WHEN row.siblings > 1 THEN latest.possible_until ELSE row.possible_until END AS possible_until,
    CASE WHEN row.siblings > 1 THEN latest.unconfirmed_from ELSE row.unconfirmed_from END AS unconfirmed_from,
    CASE WHEN row.siblings > 1 THEN latest.is_death ELSE row.is_death END AS is_death
) AS custody
CROSS JOIN LATERAL (SELECT
    CASE WHEN custody.certain_from <= told.day AND custody.certain_until > told.day THEN 'held'
         WHEN custody.possible_until > told.day THEN 'possibly_held'
         WHEN custody.is_death THEN 'died' ELSE 'released' END AS status
) AS standing
"""
_LAW = """
LEFT JOIN LATERAL (
    SELECT array_agg(statute.slug ORDER BY statute.slug) AS slugs,
        array_agg(concat(statute.law, ' ', statute.article, '(' || nullif(statute.part, '') || ')')
                  ORDER BY statute.slug) AS citations
    FROM prisoners_statute AS statute WHERE statute.id = ANY (row.articles)
) AS law ON true
"""
# Where the person can be on the day, if they can be held then.
_PLACES = """
LEFT JOIN LATERAL (
    SELECT array_agg(facility.slug ORDER BY facility.slug) AS slugs, array_agg(facility.name ORDER BY facility.slug) AS names
    FROM prisoners_facility AS facility
    WHERE told.is_named AND row.possible_from <= told.day AND row.possible_until > told.day AND row.facilities <> '{}'
        AND facility.id IN (
            SELECT entry.id FROM unnest(row.facilities, row.facilities_possible) AS entry (id, possible)
            WHERE entry.possible @> told.day)
) AS places ON true
"""
# Recognitions that stand. Which one was first is asked of what may be told, or the order would tell more.
_RECOGNITION = """
LEFT JOIN LATERAL (
    SELECT array_agg(organisation.slug ORDER BY organisation.slug) AS slugs,
        array_agg(organisation.name ORDER BY organisation.slug) AS names,
        (array_agg(recognition ORDER BY counts_last(recognition.made_on_latest, told.is_coarse) NULLS LAST,
                   counts_first(recognition.made_on_earliest, told.is_coarse) NULLS FIRST, organisation.slug)
            FILTER (WHERE recognition.made_on IS NOT NULL))[1] AS first
    FROM prisoners_recognition AS recognition
    JOIN prisoners_organisation AS organisation ON organisation.id = recognition.organisation_id
    WHERE recognition.arrest_id = arrest.id AND recognition.withdrawn_on IS NULL
) AS recognised ON true
"""
# When the sentence is expected to be over, of somebody who can be held on the day. Reckoning takes a while, so it is asked
# only where there is a judgment.
_SENTENCE = """
LEFT JOIN LATERAL (
    SELECT expected.earliest, expected.latest FROM sentence_ends(arrest.id) AS expected
    WHERE told.is_named AND row.possible_from <= told.day AND row.possible_until > told.day AND listed.is_judged
) AS sentence ON true
"""
SOURCE = _ROWS + _NAMES + _STANDING + _LAW + _PLACES + _RECOGNITION + _SENTENCE + "ORDER BY listed.place"
