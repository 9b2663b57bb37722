"""The one statement that says what a file tells of each person: the joins that `people` has its columns from.

Of people shown by initials it gives years, and nothing that their page doesn't tell: whatever joins records of its own asks
`told.is_named`, or is given the named alone. What comes from the ledger's row is coarse there already.

What belongs to many people is gathered for all of them at once, by their keys; looked up for each, it took ten times as long.
"""

# The rows of the list, with the records that they lead to. `told` says what may be told of the person.
_ROWS = """
unnest(%(rows)s::bigint[], %(certain)s::boolean[], %(initials)s::text[]) WITH ORDINALITY
    AS listed (row_id, is_certain, initials, place)
JOIN counts_ledgerrow AS row ON row.id = listed.row_id
JOIN prisoners_arrest AS arrest ON arrest.id = row.arrest_id
JOIN prisoners_prisoner AS person ON person.id = row.prisoner_id
    AND person.state = 'published' AND person.visibility IN ('named', 'initials') AND person.embargo_until IS NULL
CROSS JOIN LATERAL (SELECT
    row.visibility = 'named' AND person.visibility = 'named' AS is_named,
    NOT (row.visibility = 'named' AND person.visibility = 'named') AS is_coarse,
    %(day)s::date AS day
) AS told
LEFT JOIN prisoners_context AS context ON context.id = row.context_id
LEFT JOIN prisoners_case AS trial ON trial.id = row.case_id AND told.is_named
LEFT JOIN releases_pardon AS pardon ON pardon.id = row.pardon_id AND told.is_named
LEFT JOIN releases_wave AS wave ON wave.id = row.wave_id AND told.is_named
"""
# The name as on pages: the primary one in the page's language, else the heading; and the legal one in its own script.
_NAMES = """
LEFT JOIN (
    SELECT form.prisoner_id, max(form.text) FILTER (WHERE form.place = 1) AS text,
        (array_agg(form.text ORDER BY form.id)
            FILTER (WHERE form.kind = 'legal' AND form.place > 1 AND form.script <> form.first_script))[1] AS native
    FROM (
        SELECT own.*, row_number() OVER in_order AS place, first_value(own.script) OVER in_order AS first_script
        FROM prisoners_name AS own WHERE own.prisoner_id = ANY (%(named)s::bigint[])
        WINDOW in_order AS (PARTITION BY own.prisoner_id
                            ORDER BY (own.is_primary AND own.language = %(language)s) DESC, own.is_heading DESC, own.id)
    ) AS form GROUP BY form.prisoner_id
) AS name ON name.prisoner_id = person.id AND told.is_named
"""
# How people with several arrests stand on the day, whichever one matched: as `public.standing` chooses among them.
_STANDING = """
LEFT JOIN (
    SELECT DISTINCT ON (other.prisoner_id) other.prisoner_id, other.certain_from, other.certain_until, other.possible_until,
        other.unconfirmed_from, other.is_death
    FROM counts_ledgerrow AS other
    WHERE other.prisoner_id = ANY (%(several)s::bigint[]) AND other.known_until IS NULL AND other.possible_from <= %(day)s
    ORDER BY other.prisoner_id, other.certain_from <= %(day)s AND other.certain_until > %(day)s DESC,
        other.possible_until > %(day)s DESC, other.possible_from DESC, other.arrest_id DESC
) AS latest ON latest.prisoner_id = row.prisoner_id
CROSS JOIN LATERAL (SELECT
    coalesce(latest.certain_from, row.certain_from) AS certain_from,
    coalesce(latest.certain_until, row.certain_until) AS certain_until,
    coalesce(latest.possible_until, row.possible_until) AS possible_until,
    coalesce(latest.unconfirmed_from, row.unconfirmed_from) AS unconfirmed_from,
    CASE WHEN latest.prisoner_id IS NULL THEN row.is_death ELSE latest.is_death END AS is_death
) AS custody
CROSS JOIN LATERAL (SELECT
    CASE WHEN custody.certain_from <= told.day AND custody.certain_until > told.day THEN 'held'
         WHEN custody.possible_until > told.day THEN 'possibly_held'
         WHEN custody.is_death THEN 'died' ELSE 'released' END AS status
) AS standing
"""
_LAW = """
LEFT JOIN (
    SELECT charged.id, array_agg(statute.slug ORDER BY statute.slug) AS slugs,
        array_agg(concat(statute.law, ' ', statute.article, '(' || nullif(statute.part, '') || ')') ORDER BY statute.slug)
            AS citations
    FROM counts_ledgerrow AS charged, unnest(charged.articles) AS article (id), prisoners_statute AS statute
    WHERE charged.id = ANY (%(rows)s::bigint[]) AND statute.id = article.id
    GROUP BY charged.id
) AS law ON law.id = row.id
"""
# Where people are, or can be, on the day, if they can be held then.
_PLACES = """
LEFT JOIN (
    SELECT held.id, array_agg(facility.slug ORDER BY facility.slug) AS slugs,
        array_agg(facility.name ORDER BY facility.slug) AS names
    FROM (
        SELECT DISTINCT kept.id, entry.id AS facility_id
        FROM counts_ledgerrow AS kept, unnest(kept.facilities, kept.facilities_possible) AS entry (id, possible)
        WHERE kept.id = ANY (%(rows)s::bigint[]) AND kept.possible_from <= %(day)s AND kept.possible_until > %(day)s
            AND entry.possible @> %(day)s::date
    ) AS held JOIN prisoners_facility AS facility ON facility.id = held.facility_id
    GROUP BY held.id
) AS places ON places.id = row.id AND told.is_named
"""
# Recognitions that stand. Which one was first is asked of what may be told, or the order would tell more.
_RECOGNITION = """
LEFT JOIN (
    SELECT given.arrest_id, array_agg(organisation.slug ORDER BY organisation.slug) AS slugs,
        array_agg(organisation.name ORDER BY organisation.slug) AS names,
        (array_agg(given ORDER BY counts_last(given.made_on_latest, asked.is_coarse) NULLS LAST,
                   counts_first(given.made_on_earliest, asked.is_coarse) NULLS FIRST, organisation.slug)
            FILTER (WHERE given.made_on IS NOT NULL))[1] AS first
    FROM unnest(%(arrests)s::bigint[], %(coarse)s::boolean[]) AS asked (arrest_id, is_coarse)
    JOIN prisoners_recognition AS given ON given.arrest_id = asked.arrest_id AND given.withdrawn_on IS NULL
    JOIN prisoners_organisation AS organisation ON organisation.id = given.organisation_id
    GROUP BY given.arrest_id
) AS recognised ON recognised.arrest_id = arrest.id
"""
# When the sentence is expected to be over, of somebody who can be held on the day. Reckoning takes a while, so it is asked
# only where a sentence is in force, and once.
_SENTENCE = """
CROSS JOIN LATERAL (
    SELECT CASE WHEN told.is_named AND row.sentence_kind <> '' AND row.possible_from <= told.day AND row.possible_until > told.day
                THEN (SELECT ARRAY[expected.earliest, expected.latest] FROM sentence_ends(arrest.id) AS expected) END AS ends
    OFFSET 0
) AS sentence
"""
SOURCE = _ROWS + _NAMES + _STANDING + _LAW + _PLACES + _RECOGNITION + _SENTENCE + "ORDER BY listed.place"
