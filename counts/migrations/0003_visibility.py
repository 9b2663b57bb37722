"""Everybody who is public in some way is in the ledger, with their visibility; only named people with exact days.

Of people with initials only, and of those who are only counted, the ledger knows calendar years: whatever reads it can't
tell more. See docs/decisions/visibility.md.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("counts.migrations.0002_keep_the_ledger")

# The first and the last day of what may be told: the day itself, or the calendar year that it lies in.
WIDENING = """
CREATE FUNCTION counts_first(day date, is_coarse boolean) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN is_coarse THEN make_date(extract(year FROM day)::int, 1, 1) ELSE day END;
CREATE FUNCTION counts_last(day date, is_coarse boolean) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN is_coarse THEN make_date(extract(year FROM day)::int, 12, 31) ELSE day END;
"""

# Who is public in some way. An embargo holds until it is lifted, whatever the day: the ledger reads no clock.
PEOPLE = """
CREATE VIEW counts_people AS
SELECT
    person.id,
    person.visibility,
    kind.is_coarse,
    person.published_on,
    person.gender,
    counts_first(person.born_earliest, kind.is_coarse) AS born_earliest,
    counts_last(person.born_latest, kind.is_coarse) AS born_latest,
    person.died IS NOT NULL AS has_died,
    counts_first(person.died_earliest, kind.is_coarse) AS died_earliest,
    counts_last(person.died_latest, kind.is_coarse) AS died_latest
FROM prisoners_prisoner AS person
CROSS JOIN LATERAL (SELECT person.visibility <> 'named' AS is_coarse) AS kind
WHERE person.state = 'published' AND person.visibility <> 'internal' AND person.embargo_until IS NULL;
"""

# When each custody began and ended, by everything that may be told of the person.
CUSTODY = """
CREATE VIEW counts_custody AS
SELECT
    arrest.id AS arrest_id,
    person.id AS prisoner_id,
    (row_number() OVER life)::smallint AS ordinal,
    (count(*) OVER (PARTITION BY person.id))::smallint AS siblings,
    began.possible_from,
    greatest(began.possible_from, began.certain_from) AS certain_from,
    CASE WHEN ends.earliest = 'infinity' THEN ends.earliest
         ELSE least(greatest(ends.earliest, told.confirmed_first + 1, began.possible_from), ends.latest)
    END AS certain_until,
    ends.latest AS possible_until
FROM prisoners_arrest AS arrest
JOIN counts_people AS person ON person.id = arrest.prisoner_id
CROSS JOIN LATERAL (SELECT
    counts_first(arrest.began_earliest, person.is_coarse) AS began_earliest,
    counts_last(arrest.began_latest, person.is_coarse) AS began_latest,
    counts_first(arrest.ended_earliest, person.is_coarse) AS ended_earliest,
    counts_last(arrest.ended_latest, person.is_coarse) AS ended_latest,
    counts_first(arrest.last_confirmed_on, person.is_coarse) AS confirmed_first,
    counts_last(arrest.last_confirmed_on, person.is_coarse) AS confirmed_last,
    -- To publish somebody says that the arrest has been, on no closer day than that.
    CASE WHEN person.is_coarse AND arrest.began_latest <= person.published_on THEN person.published_on END AS published_on
) AS told
-- Custody ends with its end or with death, whichever is first.
CROSS JOIN LATERAL (SELECT
    least(CASE WHEN arrest.ended IS NULL THEN 'infinity' ELSE coalesce(told.ended_earliest, '-infinity') END,
          CASE WHEN NOT person.has_died THEN 'infinity' ELSE coalesce(person.died_earliest, '-infinity') END) AS earliest,
    least(CASE WHEN arrest.ended IS NULL THEN 'infinity' ELSE coalesce(told.ended_latest, 'infinity') END,
          CASE WHEN NOT person.has_died THEN 'infinity' ELSE coalesce(person.died_latest, 'infinity') END) AS latest
) AS ends
-- Nobody is in custody before birth; a custody confirmed on some day began by then, and one that ended began before.
CROSS JOIN LATERAL (SELECT
    coalesce(told.began_earliest,
             CASE WHEN person.born_earliest IS NOT NULL
                  THEN least(person.born_earliest, told.confirmed_first, told.ended_earliest) END,
             '-infinity') AS possible_from,
    least(coalesce(told.began_latest, 'infinity'), told.published_on, told.confirmed_last, ends.latest) AS certain_from
) AS began
WINDOW life AS (PARTITION BY person.id ORDER BY began.possible_from, arrest.id);
"""

# The one definition of what can be counted. Where only years are told, so are no place, no act of clemency (its day is
# public) and no end of a sentence; and no group trial of people with initials.
FACTS = """
CREATE VIEW counts_facts AS
SELECT
    custody.arrest_id,
    custody.prisoner_id,
    custody.ordinal,
    custody.siblings,
    custody.possible_from,
    custody.certain_from,
    custody.certain_until,
    custody.possible_until,
    coalesce(later.possible_from, 'infinity') AS next_possible_from,
    coalesce(later.certain_from, 'infinity') AS next_certain_from,
    CASE WHEN custody.certain_until < 'infinity' THEN 'infinity'
         ELSE least((confirmation.confirmed_on + interval '1 year')::date,
                    CASE WHEN sentence.ends_on >= confirmation.confirmed_on THEN sentence.ends_on + 1 END)
    END AS unconfirmed_from,
    coalesce(mechanism.is_death, death.is_end) AS is_death,
    coalesce(mechanism.code, CASE WHEN death.is_end THEN 'death_in_custody' WHEN arrest.ended IS NOT NULL THEN 'unknown'
                                  ELSE '' END)::varchar(40) AS mechanism,
    CASE WHEN NOT person.is_coarse THEN release.pardon_id END AS pardon_id,
    CASE WHEN NOT person.is_coarse THEN pardon.wave_id END AS wave_id,
    coalesce(recognition.certain, '{}') AS recognised_certain,
    coalesce(recognition.possible, '{}') AS recognised_possible,
    coalesce(recognition.organisations, '{}') AS recognisers,
    coalesce(recognition.certain_each, '{}') AS recognisers_certain,
    coalesce(recognition.possible_each, '{}') AS recognisers_possible,
    CASE WHEN record.born IS NOT NULL THEN coalesce(person.born_earliest, '-infinity') END AS born_earliest,
    CASE WHEN record.born IS NOT NULL THEN coalesce(person.born_latest, 'infinity') END AS born_latest,
    person.gender,
    arrest.country,
    arrest.region,
    ARRAY(SELECT o.occupation_id FROM prisoners_prisoner_occupations AS o WHERE o.prisoner_id = person.id ORDER BY 1)
        AS occupations,
    ARRAY(SELECT c.statute_id FROM prisoners_charge AS c WHERE c.arrest_id = arrest.id ORDER BY 1) AS articles,
    ARRAY(SELECT DISTINCT t.kind_id FROM prisoners_treatment AS t WHERE t.arrest_id = arrest.id ORDER BY 1) AS treatments,
    arrest.context_id,
    CASE WHEN person.visibility <> 'initials' THEN arrest.case_id END AS case_id,
    coalesce(stay.facilities, '{}') AS facilities,
    coalesce(stay.certain_each, '{}') AS facilities_certain,
    coalesce(stay.possible_each, '{}') AS facilities_possible,
    person.visibility
FROM counts_custody AS custody
JOIN prisoners_arrest AS arrest ON arrest.id = custody.arrest_id
JOIN counts_people AS person ON person.id = custody.prisoner_id
JOIN prisoners_prisoner AS record ON record.id = custody.prisoner_id
LEFT JOIN releases_release AS release ON release.arrest_id = arrest.id
LEFT JOIN releases_mechanism AS mechanism ON mechanism.code = release.mechanism_id
LEFT JOIN releases_pardon AS pardon ON pardon.id = release.pardon_id
-- When the person was, by the day, in custody again: by the arrests that can be later, and by those that certainly are.
-- Custodies of one person don't overlap, so one that goes on after the end of another began after it.
LEFT JOIN LATERAL (
    SELECT min(other.possible_from) FILTER (WHERE other.certain_from >= custody.certain_until) AS possible_from,
           min(other.certain_from) FILTER (WHERE
               (other.ordinal > custody.ordinal AND other.possible_from >= custody.certain_from)
               OR (other.certain_from >= custody.possible_until AND other.certain_from < other.certain_until)) AS certain_from
    FROM counts_custody AS other
    WHERE custody.siblings > 1 AND other.prisoner_id = custody.prisoner_id AND other.ordinal <> custody.ordinal
) AS later ON true
-- Whether custody ended with death, where no release says how it ended; null where the dates leave that open. Asked of the
-- exact dates: the answer says which it was, not when.
CROSS JOIN LATERAL (SELECT
    CASE WHEN record.died IS NULL OR record.died_earliest > arrest.ended_latest THEN false
         WHEN arrest.ended IS NULL OR record.died_latest <= arrest.ended_earliest THEN true END AS is_end
) AS death
CROSS JOIN LATERAL (SELECT
    coalesce(greatest(counts_last(arrest.began_latest, person.is_coarse),
                      counts_last(arrest.last_confirmed_on, person.is_coarse)), '-infinity') AS confirmed_on
) AS confirmation
-- Asked only where it decides something: reckoning a sentence takes ten times as long as anything else here.
CROSS JOIN LATERAL (SELECT
    CASE WHEN arrest.ended IS NULL AND NOT person.has_died AND NOT person.is_coarse
              AND EXISTS (SELECT FROM prisoners_judgment AS judgment WHERE judgment.arrest_id = arrest.id)
         THEN (SELECT latest FROM sentence_ends(arrest.id)) END AS ends_on
) AS sentence
LEFT JOIN LATERAL (
    SELECT range_agg(each.certain) AS certain, range_agg(each.possible) AS possible,
           array_agg(each.organisation_id ORDER BY each.id) AS organisations,
           array_agg(each.certain ORDER BY each.id) AS certain_each,
           array_agg(each.possible ORDER BY each.id) AS possible_each
    FROM (
        SELECT r.id, r.organisation_id,
            CASE WHEN made.by IS NULL OR (r.withdrawn_on IS NOT NULL AND withdrawn.first IS NULL) OR withdrawn.first <= made.by
                 THEN 'empty' ELSE daterange(made.by, withdrawn.first) END AS certain,
            daterange(counts_first(r.made_on_earliest, person.is_coarse), counts_last(r.withdrawn_on_latest, person.is_coarse))
                AS possible
        FROM prisoners_recognition AS r
        CROSS JOIN LATERAL (SELECT
            least(counts_last(r.made_on_latest, person.is_coarse),
                  CASE WHEN person.is_coarse AND r.made_on_latest <= person.published_on THEN person.published_on END) AS by
        ) AS made
        CROSS JOIN LATERAL (SELECT counts_first(r.withdrawn_on_earliest, person.is_coarse) AS first) AS withdrawn
        WHERE r.arrest_id = arrest.id
    ) AS each
) AS recognition ON true
-- A stay without an end lasts until the next one.
LEFT JOIN LATERAL (
    SELECT array_agg(each.facility_id ORDER BY each.id) AS facilities,
           array_agg(daterange(each.certain_from, greatest(each.certain_from, each.certain_until)) ORDER BY each.id)
               AS certain_each,
           array_agg(daterange(each.possible_from, greatest(each.possible_from, each.possible_until)) ORDER BY each.id)
               AS possible_each
    FROM (
        SELECT s.id, s.facility_id, s.possible_from, s.certain_from,
            CASE WHEN s.is_open THEN coalesce(next.possible_from, 'infinity') ELSE s.ended_earliest END AS certain_until,
            CASE WHEN s.is_open THEN coalesce(next.certain_from, 'infinity') ELSE s.ended_latest END AS possible_until
        FROM counts_stays AS s
        LEFT JOIN LATERAL (
            SELECT min(other.possible_from) FILTER (WHERE (other.certain_from, other.id) > (s.possible_from, s.id))
                       AS possible_from,
                   min(other.certain_from) FILTER (WHERE (other.possible_from, other.id) > (s.certain_from, s.id))
                       AS certain_from
            FROM counts_stays AS other WHERE s.is_open AND other.arrest_id = s.arrest_id AND other.id <> s.id
        ) AS next ON true
        WHERE s.arrest_id = arrest.id AND NOT person.is_coarse
    ) AS each
) AS stay ON true;
"""

COLUMNS = f"{before.COLUMNS}, visibility"
DIFFERENCES = before.DIFFERENCES.replace(before.COLUMNS, COLUMNS)

SETTLE = f"""
CREATE OR REPLACE FUNCTION counts_settle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    people bigint[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A snapshot taken before another editor's commit would leave the ledger without that editor's change.
        RAISE feature_not_supported USING MESSAGE = 'Records are written at READ COMMITTED, or the ledger could miss a change.';
    END IF;
    -- From here to the commit one transaction at a time: revisions, their moments and commits keep one order, and what
    -- is read below includes every commit before this one.
    PERFORM stillheld_commit_lock();
    SELECT array_agg(prisoner_id) INTO people FROM counts_pending WHERE transaction = NEW.transaction;
    DELETE FROM counts_pending WHERE transaction = NEW.transaction;
    DELETE FROM counts_settlement WHERE transaction = NEW.transaction;

    WITH difference AS MATERIALIZED (
        SELECT known, fact FROM counts_differences(people)
    ), revision AS (
        INSERT INTO counts_revision (number, recorded_at, actor, reason)
        SELECT (SELECT coalesce(max(number), 0) + 1 FROM counts_revision), clock_timestamp(),
               left(stillheld_actor(), 150), stillheld_context('reason')
        WHERE EXISTS (SELECT 1 FROM difference)
        RETURNING number
    ), closed AS (
        UPDATE counts_ledgerrow AS row SET known_until = revision.number
        FROM difference, revision
        WHERE row.known_until IS NULL AND row.arrest_id = (difference.known).arrest_id
        RETURNING 1
    ), closed_first AS (SELECT count(*) FROM closed)
    INSERT INTO counts_ledgerrow (known_from, {COLUMNS})
        SELECT revision.number, (difference.fact).* FROM difference, revision, closed_first
        WHERE (difference.fact).arrest_id IS NOT NULL;
    RETURN NULL;
END $$;
ALTER FUNCTION counts_settle() SET plan_cache_mode = force_custom_plan;
"""

DROP_READERS = """
DROP FUNCTION counts_differences(bigint[]);
DROP VIEW counts_facts;
DROP VIEW counts_custody;
"""
DROP_PEOPLE = """
DROP VIEW counts_people;
DROP FUNCTION counts_first(date, boolean);
DROP FUNCTION counts_last(date, boolean);
"""

# Who is public already became so when the ledger first knew them, or becomes so now.
FIRST_PUBLISHED = """
UPDATE prisoners_prisoner AS person SET published_on = coalesce(
    (SELECT min(revision.recorded_at)::date FROM counts_ledgerrow AS row
     JOIN counts_revision AS revision ON revision.number = row.known_from WHERE row.prisoner_id = person.id),
    current_date)
WHERE person.published_on IS NULL
  AND (person.id IN (SELECT id FROM counts_people) OR person.id IN (SELECT prisoner_id FROM counts_ledgerrow));
"""

OLD_SETTLE = before.SETTLE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").partition("CREATE CONSTRAINT TRIGGER")[0]
OLD = before.CUSTODY + before.FACTS + before.DIFFERENCES + OLD_SETTLE + before.COUNT_WHAT_IS_THERE


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0002_keep_the_ledger"),
        ("prisoners", "0018_sentence_ends"),
        ("releases", "0002_mechanisms_and_dated_releases"),
    ]
    operations = [
        migrations.RunSQL(DROP_READERS, OLD),
        migrations.AddField(
            "ledgerrow",
            "visibility",
            models.CharField(
                default="named", help_text="Named, initials or counted: see docs/decisions/visibility.md.", max_length=10
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "ledgerrow",
            models.Index(
                fields=["arrest_id", "known_from"], condition=models.Q(visibility="counted"), name="ledger_only_counted"
            ),
        ),
        migrations.RunSQL(
            WIDENING + PEOPLE + CUSTODY + FACTS + DIFFERENCES + SETTLE + FIRST_PUBLISHED + before.COUNT_WHAT_IS_THERE,
            DROP_READERS + DROP_PEOPLE,
        ),
    ]
