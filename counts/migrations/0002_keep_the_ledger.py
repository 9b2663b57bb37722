"""The facts of each arrest, and the triggers by which the database keeps the ledger equal to them.

How a change travels: a statement that touches a record notes the people concerned in `counts_pending`, and one marker
a transaction in `counts_settlement`. The marker's deferred trigger runs as the transaction commits: it takes a lock that
puts commits in order, compares the current rows of those people with the view `counts_facts`, and, if anything differs,
writes one revision, closes the rows that no longer hold and opens the new ones. See docs/decisions/ledger.md.
"""

from django.db import migrations

# When each custody began and ended, by everything known of the person. Only published, named people are in it, and through
# it in the facts, so nobody else can be counted.
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
         ELSE least(greatest(ends.earliest, arrest.last_confirmed_on + 1, began.possible_from), ends.latest)
    END AS certain_until,
    ends.latest AS possible_until
FROM prisoners_arrest AS arrest
JOIN prisoners_prisoner AS person
    ON person.id = arrest.prisoner_id AND person.state = 'published' AND person.visibility = 'named'
-- Custody ends with its end or with death, whichever is first.
CROSS JOIN LATERAL (SELECT
    least(CASE WHEN arrest.ended IS NULL THEN 'infinity' ELSE coalesce(arrest.ended_earliest, '-infinity') END,
          CASE WHEN person.died IS NULL THEN 'infinity' ELSE coalesce(person.died_earliest, '-infinity') END) AS earliest,
    least(CASE WHEN arrest.ended IS NULL THEN 'infinity' ELSE coalesce(arrest.ended_latest, 'infinity') END,
          CASE WHEN person.died IS NULL THEN 'infinity' ELSE coalesce(person.died_latest, 'infinity') END) AS latest
) AS ends
-- Nobody is in custody before birth; a custody confirmed on some day began by then, and one that ended began before.
CROSS JOIN LATERAL (SELECT
    coalesce(arrest.began_earliest,
             CASE WHEN person.born_earliest IS NOT NULL
                  THEN least(person.born_earliest, arrest.last_confirmed_on, arrest.ended_earliest) END,
             '-infinity') AS possible_from,
    least(coalesce(arrest.began_latest, 'infinity'), arrest.last_confirmed_on, ends.latest) AS certain_from
) AS began
WINDOW life AS (PARTITION BY person.id ORDER BY began.possible_from, arrest.id);
"""

# When each stay began. One without a date began with the arrest; where several have none, nobody knows which did.
STAYS = """
CREATE VIEW counts_stays AS
SELECT
    stay.id,
    stay.arrest_id,
    stay.facility_id,
    coalesce(stay.began_earliest, '-infinity') AS possible_from,
    CASE WHEN stay.began IS NOT NULL THEN coalesce(stay.began_latest, 'infinity')
         WHEN count(*) FILTER (WHERE stay.began IS NULL) OVER (PARTITION BY stay.arrest_id) > 1 THEN 'infinity'
         ELSE '-infinity' END AS certain_from,
    stay.ended IS NULL AS is_open,
    coalesce(stay.ended_earliest, '-infinity') AS ended_earliest,
    coalesce(stay.ended_latest, 'infinity') AS ended_latest
FROM prisoners_stay AS stay;
"""

# The one definition of what can be counted.
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
    release.pardon_id,
    pardon.wave_id,
    coalesce(recognition.certain, '{}') AS recognised_certain,
    coalesce(recognition.possible, '{}') AS recognised_possible,
    coalesce(recognition.organisations, '{}') AS recognisers,
    coalesce(recognition.certain_each, '{}') AS recognisers_certain,
    coalesce(recognition.possible_each, '{}') AS recognisers_possible,
    CASE WHEN person.born IS NOT NULL THEN coalesce(person.born_earliest, '-infinity') END AS born_earliest,
    CASE WHEN person.born IS NOT NULL THEN coalesce(person.born_latest, 'infinity') END AS born_latest,
    person.gender,
    arrest.country,
    arrest.region,
    ARRAY(SELECT o.occupation_id FROM prisoners_prisoner_occupations AS o WHERE o.prisoner_id = person.id ORDER BY 1)
        AS occupations,
    ARRAY(SELECT c.statute_id FROM prisoners_charge AS c WHERE c.arrest_id = arrest.id ORDER BY 1) AS articles,
    ARRAY(SELECT DISTINCT t.kind_id FROM prisoners_treatment AS t WHERE t.arrest_id = arrest.id ORDER BY 1) AS treatments,
    arrest.context_id,
    arrest.case_id,
    coalesce(stay.facilities, '{}') AS facilities,
    coalesce(stay.certain_each, '{}') AS facilities_certain,
    coalesce(stay.possible_each, '{}') AS facilities_possible
FROM counts_custody AS custody
JOIN prisoners_arrest AS arrest ON arrest.id = custody.arrest_id
JOIN prisoners_prisoner AS person ON person.id = custody.prisoner_id
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
-- Whether custody ended with death, where no release says how it ended; null where the dates leave that open.
CROSS JOIN LATERAL (SELECT
    CASE WHEN person.died IS NULL OR person.died_earliest > arrest.ended_latest THEN false
         WHEN arrest.ended IS NULL OR person.died_latest <= arrest.ended_earliest THEN true END AS is_end
) AS death
CROSS JOIN LATERAL (SELECT
    coalesce(greatest(arrest.began_latest, arrest.last_confirmed_on), '-infinity') AS confirmed_on
) AS confirmation
LEFT JOIN LATERAL (
    SELECT judgment.ends_latest AS ends_on FROM prisoners_judgment AS judgment WHERE judgment.arrest_id = arrest.id
    ORDER BY judgment.decided_on_latest DESC NULLS LAST, judgment.id DESC LIMIT 1
) AS sentence ON true
LEFT JOIN LATERAL (
    SELECT range_agg(each.certain) AS certain, range_agg(each.possible) AS possible,
           array_agg(each.organisation_id ORDER BY each.id) AS organisations,
           array_agg(each.certain ORDER BY each.id) AS certain_each,
           array_agg(each.possible ORDER BY each.id) AS possible_each
    FROM (
        SELECT r.id, r.organisation_id,
            CASE WHEN r.made_on_latest IS NULL OR (r.withdrawn_on IS NOT NULL AND r.withdrawn_on_earliest IS NULL)
                      OR r.withdrawn_on_earliest <= r.made_on_latest
                 THEN 'empty' ELSE daterange(r.made_on_latest, r.withdrawn_on_earliest) END AS certain,
            daterange(r.made_on_earliest, r.withdrawn_on_latest) AS possible
        FROM prisoners_recognition AS r WHERE r.arrest_id = arrest.id
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
        WHERE s.arrest_id = arrest.id
    ) AS each
) AS stay ON true;
"""

PENDING = """
CREATE TABLE counts_pending (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    prisoner_id bigint NOT NULL,
    PRIMARY KEY (transaction, prisoner_id)
);
CREATE TABLE counts_settlement (transaction xid8 PRIMARY KEY DEFAULT pg_current_xact_id());

CREATE FUNCTION counts_note(people bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(people) > 0 THEN
        INSERT INTO counts_pending (prisoner_id)
            SELECT DISTINCT person FROM unnest(people) AS person WHERE person IS NOT NULL ON CONFLICT DO NOTHING;
        INSERT INTO counts_settlement DEFAULT VALUES ON CONFLICT DO NOTHING;
    END IF;
END $$;
"""

# Each record's table with the query that gives the people whom its changed rows concern. `touched` holds them.
CONCERNS = {
    "prisoners_prisoner": "SELECT id FROM touched",
    "prisoners_prisoner_occupations": "SELECT prisoner_id FROM touched",
    "prisoners_arrest": "SELECT prisoner_id FROM touched",
    **dict.fromkeys(
        (
            "prisoners_charge",
            "prisoners_judgment",
            "prisoners_recognition",
            "prisoners_stay",
            "prisoners_treatment",
            "releases_release",
        ),
        "SELECT arrest.prisoner_id FROM touched JOIN prisoners_arrest AS arrest ON arrest.id = touched.arrest_id",
    ),
    "releases_pardon": """SELECT arrest.prisoner_id FROM touched JOIN releases_release AS release ON release.pardon_id = touched.id
                          JOIN prisoners_arrest AS arrest ON arrest.id = release.arrest_id""",
    "releases_mechanism": """SELECT arrest.prisoner_id FROM touched
                             JOIN releases_release AS release ON release.mechanism_id = touched.code
                             JOIN prisoners_arrest AS arrest ON arrest.id = release.arrest_id""",
}
# A change has rows before and after it; both concern somebody.
TRANSITIONS = {
    "insert": ("NEW TABLE AS added", "SELECT * FROM added"),
    "update": ("OLD TABLE AS removed NEW TABLE AS added", "SELECT * FROM removed UNION ALL SELECT * FROM added"),
    "delete": ("OLD TABLE AS removed", "SELECT * FROM removed"),
}


def touch_triggers() -> str:
    return "\n".join(
        f"""
CREATE FUNCTION counts_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM counts_note(ARRAY(WITH touched AS ({rows}) {people}));
    RETURN NULL;
END $$;
CREATE TRIGGER counts_{event} AFTER {event} ON {table} REFERENCING {transition}
    FOR EACH STATEMENT EXECUTE FUNCTION counts_{table}_{event}();"""
        for table, people in CONCERNS.items()
        for event, (transition, rows) in TRANSITIONS.items()
    )


def truncate_triggers() -> str:
    """Emptying a table concerns everybody in the ledger."""
    return """
CREATE FUNCTION counts_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM counts_note(ARRAY(SELECT DISTINCT prisoner_id FROM counts_ledgerrow WHERE known_until IS NULL));
    RETURN NULL;
END $$;
""" + "\n".join(
        f"CREATE TRIGGER counts_truncate AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION counts_truncated();"
        for table in CONCERNS
    )


COLUMNS = """arrest_id, prisoner_id, ordinal, siblings, possible_from, certain_from, certain_until, possible_until,
    next_possible_from, next_certain_from, unconfirmed_from, is_death, mechanism, pardon_id, wave_id, recognised_certain,
    recognised_possible, recognisers, recognisers_certain, recognisers_possible, born_earliest, born_latest, gender, country,
    region, occupations, articles, treatments, context_id, case_id, facilities, facilities_certain, facilities_possible"""

# Where the ledger differs from the facts, for some people: what it says (null: nothing) beside what is so (likewise).
# Read by the settlement and by verify_ledger alike. Planned at each call: a plan made while the tables were small would
# be ruinous after a large import.
DIFFERENCES = f"""
CREATE FUNCTION counts_differences(people bigint[]) RETURNS TABLE (known counts_facts, fact counts_facts)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT was::counts_facts, now::counts_facts
    FROM (SELECT {COLUMNS} FROM counts_facts WHERE prisoner_id = ANY (people)) AS now
    FULL JOIN (SELECT {COLUMNS} FROM counts_ledgerrow WHERE known_until IS NULL AND prisoner_id = ANY (people)) AS was
        ON was.arrest_id = now.arrest_id
    WHERE was::counts_facts IS DISTINCT FROM now::counts_facts;
END $$;
"""

SETTLE = f"""
CREATE FUNCTION counts_settle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    people bigint[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A snapshot taken before another editor's commit would leave the ledger without that editor's change.
        RAISE feature_not_supported USING MESSAGE = 'Records are written at READ COMMITTED, or the ledger could miss a change.';
    END IF;
    -- From here to the commit one transaction at a time: revisions, their moments and commits keep one order, and what
    -- is read below includes every commit before this one.
    PERFORM pg_advisory_xact_lock(hashtext('counts_revision'));
    SELECT array_agg(prisoner_id) INTO people FROM counts_pending WHERE transaction = NEW.transaction;
    DELETE FROM counts_pending WHERE transaction = NEW.transaction;
    DELETE FROM counts_settlement WHERE transaction = NEW.transaction;

    WITH difference AS MATERIALIZED (
        SELECT known, fact FROM counts_differences(people)
    ), revision AS (
        INSERT INTO counts_revision (number, recorded_at, actor, reason)
        SELECT (SELECT coalesce(max(number), 0) + 1 FROM counts_revision), clock_timestamp(),
               coalesce(current_setting('stillheld.actor', true), ''), coalesce(current_setting('stillheld.reason', true), '')
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
CREATE CONSTRAINT TRIGGER counts_settle AFTER INSERT ON counts_settlement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION counts_settle();
"""


def drop_everything() -> str:
    triggers = [f"DROP TRIGGER counts_{event} ON {table};" for table in CONCERNS for event in (*TRANSITIONS, "truncate")]
    functions = [f"DROP FUNCTION counts_{table}_{event}();" for table in CONCERNS for event in TRANSITIONS]
    return "\n".join(
        [
            *triggers,
            *functions,
            "DROP FUNCTION counts_truncated();",
            "DROP TABLE counts_settlement;",
            "DROP FUNCTION counts_settle();",
            "DROP FUNCTION counts_differences(bigint[]);",
            "DROP FUNCTION counts_note(bigint[]);",
            "DROP TABLE counts_pending;",
            "DROP VIEW counts_facts;",
            "DROP VIEW counts_stays;",
            "DROP VIEW counts_custody;",
        ]
    )


# Records that are there already are counted as this migration commits.
COUNT_WHAT_IS_THERE = "SELECT counts_note(ARRAY(SELECT id FROM prisoners_prisoner)); SET CONSTRAINTS ALL IMMEDIATE;"


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0001_ledger"),
        ("prisoners", "0003_vocabularies"),
        ("releases", "0002_mechanisms_and_dated_releases"),
    ]
    operations = [
        migrations.RunSQL(
            CUSTODY
            + STAYS
            + FACTS
            + PENDING
            + touch_triggers()
            + truncate_triggers()
            + DIFFERENCES
            + SETTLE
            + COUNT_WHAT_IS_THERE,
            drop_everything(),
        ),
    ]
