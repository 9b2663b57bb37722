"""From draft to published, guarded by the database: the states, the second person, and what a published record must have.

How it works: a change to any table of a person's record stamps the person with who made it (`last_changed_by`,
`changed_at`), in the same statement, and so takes the lock of the person's row. Publishing reads the stamp under that same
lock, so that a change and an approval made at once are put in order. What is done to published people opens an item of the
review list, one for each person, author and kind. See docs/decisions/approval.md.
"""

from django.db import migrations

# Raised as named constraints, so that forms can put them into the editor's words.
REFUSE = """
CREATE FUNCTION stillheld_refuse(rule text, words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING CONSTRAINT = rule, MESSAGE = words;
END $$;

CREATE FUNCTION stillheld_is_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN stillheld_context('capacity') = 'operator';
"""

# prisoners/roles.py says the same to people; a test holds the two together.
STATES = """
CREATE FUNCTION prisoner_may_move(before text, after text, by_operator boolean) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN (before, after) IN (('draft', 'in_review'), ('in_review', 'draft'), ('in_review', 'withdrawn'),
                           ('in_review', 'published'), ('published', 'withdrawn'), ('withdrawn', 'in_review'))
    OR by_operator AND (before, after) IN (('draft', 'published'), ('withdrawn', 'published'));

CREATE FUNCTION prisoner_width(visibility text) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN array_position(ARRAY['internal', 'counted', 'initials', 'named'], visibility);

-- The command that lifts embargoes knows the day where the site is, which may begin before the database's.
CREATE FUNCTION prisoner_embargo_is_over(until date) RETURNS boolean LANGUAGE sql STABLE
RETURN until <= CASE stillheld_context('capacity') WHEN 'embargo'
                    THEN (transaction_timestamp() AT TIME ZONE 'UTC' + interval '14 hours')::date ELSE current_date END;

-- Nothing may be public before the day of an embargo: an earlier day, or none, shows more.
CREATE FUNCTION prisoner_shows_more(was text, was_until date, now text, now_until date) RETURNS boolean LANGUAGE sql STABLE
RETURN prisoner_width(now) > prisoner_width(was)
    OR was_until IS NOT NULL AND coalesce(now_until, '-infinity') < was_until AND NOT prisoner_embargo_is_over(was_until);

CREATE FUNCTION prisoner_shows_less(was text, was_until date, now text, now_until date) RETURNS boolean LANGUAGE sql STABLE
RETURN prisoner_width(now) < prisoner_width(was)
    OR coalesce(now_until, '-infinity') > coalesce(was_until, '-infinity');
"""

# What a record says, without where it stands and who touched it. Generated columns follow from the others, and a trigger
# that runs before the write doesn't see them yet.
ESSENCE = """
CREATE FUNCTION prisoner_essence(record jsonb) RETURNS jsonb LANGUAGE sql STABLE
RETURN record
    - '{state,visibility,embargo_until,published_on,changed_at,last_changed_by,changed_in}'::text[]
    - ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = 'prisoners_prisoner'::regclass AND attgenerated <> '');
"""

WHOLE = """
CREATE FUNCTION prisoner_require(people bigint[], parts text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part text;
    lacking text;
BEGIN
    FOREACH part IN ARRAY parts LOOP
        SELECT code INTO lacking FROM prisoners_prisoner AS person WHERE id = ANY (people) AND NOT CASE part
            WHEN 'heading' THEN EXISTS (SELECT FROM prisoners_name WHERE prisoner_id = person.id AND is_heading)
            WHEN 'arrest' THEN EXISTS (SELECT FROM prisoners_arrest WHERE prisoner_id = person.id)
            ELSE EXISTS (SELECT FROM prisoners_citation WHERE prisoner_id = person.id)
                OR EXISTS (SELECT FROM prisoners_citation AS citation JOIN prisoners_arrest AS arrest
                           ON arrest.id = citation.arrest_id WHERE arrest.prisoner_id = person.id) END
            LIMIT 1;
        IF lacking IS NOT NULL THEN
            PERFORM stillheld_refuse('publication_needs_' || part, lacking || ': ' || CASE part
                WHEN 'heading' THEN 'no name is marked as the heading.'
                WHEN 'arrest' THEN 'there is no arrest.' ELSE 'there is no source.' END);
        END IF;
    END LOOP;
END $$;

-- One row a statement, looked at as the transaction commits: an import writes people before their names, and an editor
-- moves the mark of the heading from one name to another.
CREATE TABLE prisoners_unproven (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    people bigint[] NOT NULL,
    parts text[] NOT NULL,
    is_new boolean NOT NULL
);
CREATE FUNCTION prisoner_prove() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM prisoners_unproven WHERE id = NEW.id;
    PERFORM prisoner_require(ARRAY(SELECT id FROM prisoners_prisoner WHERE id = ANY (NEW.people) AND state = 'published'),
                             NEW.parts);
    RETURN NULL;
END $$;
ALTER FUNCTION prisoner_prove() SET plan_cache_mode = force_custom_plan;
CREATE CONSTRAINT TRIGGER new_publication_is_whole AFTER INSERT ON prisoners_unproven
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_new) EXECUTE FUNCTION prisoner_prove();
CREATE CONSTRAINT TRIGGER publication_stays_whole AFTER INSERT ON prisoners_unproven
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT NEW.is_new) EXECUTE FUNCTION prisoner_prove();
"""

# Before a person's own row is written: may it be, and whose change is it? Within another trigger the row is written to
# stamp it, which is how a change elsewhere in the record arrives here.
GUARD = """
-- The transaction of the last stamp: what the same person does in one transaction is stamped once.
ALTER TABLE prisoners_prisoner ADD COLUMN changed_in xid8;

CREATE FUNCTION prisoner_guard_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' AND NOT stillheld_is_operator() THEN
        PERFORM stillheld_refuse(
            CASE NEW.state WHEN 'published' THEN 'publication_needs_second_person' ELSE 'record_starts_as_draft' END,
            NEW.code || ': a new record is a draft, until another person has approved its publication.');
    END IF;
    NEW.last_changed_by := stillheld_actor();
    NEW.changed_in := pg_current_xact_id();
    NEW.changed_at := greatest(NEW.changed_at, transaction_timestamp());
    RETURN NEW;
END $$;
CREATE TRIGGER prisoner_guard_new BEFORE INSERT ON prisoners_prisoner FOR EACH ROW EXECUTE FUNCTION prisoner_guard_new();

CREATE FUNCTION prisoner_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := stillheld_actor();
    by_operator boolean := stillheld_is_operator();
    stays_public boolean := OLD.state = 'published' AND NEW.state = 'published';
    is_stamp boolean := pg_trigger_depth() > 1;
    is_edit boolean := NOT is_stamp AND prisoner_essence(to_jsonb(OLD)) IS DISTINCT FROM prisoner_essence(to_jsonb(NEW));
    shows_more boolean := prisoner_shows_more(OLD.visibility, OLD.embargo_until, NEW.visibility, NEW.embargo_until);
    shows_less boolean := prisoner_shows_less(OLD.visibility, OLD.embargo_until, NEW.visibility, NEW.embargo_until);
    -- What has an author whom another person must follow. Publishing and approved widening have none: they are approvals.
    is_authored boolean := is_stamp OR is_edit OR shows_less OR (shows_more AND NOT stays_public)
        OR (OLD.state = 'withdrawn' AND NEW.state = 'in_review');
BEGIN
    IF NEW.state <> OLD.state AND NOT prisoner_may_move(OLD.state, NEW.state, by_operator) THEN
        PERFORM stillheld_refuse('state_follows_state',
                                 format('%s: a record can’t go from “%s” to “%s”.', OLD.code, OLD.state, NEW.state));
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published' THEN
        IF NOT by_operator AND (actor = '' OR actor = OLD.last_changed_by OR is_authored) THEN
            PERFORM stillheld_refuse('publication_needs_second_person',
                OLD.code || ': whoever made the last change can’t approve the publication: another person must.');
        END IF;
        PERFORM prisoner_require(ARRAY[OLD.id], '{heading,arrest,source}');
    ELSIF stays_public AND shows_more AND NOT by_operator AND (
        actor = '' OR actor = OLD.last_changed_by OR is_edit OR NOT EXISTS (
            SELECT FROM prisoners_review AS proposal
            WHERE prisoner_id = OLD.id AND kind = 'widening' AND decision = '' AND author <> actor
              AND coalesce(nullif(to_visibility, ''), OLD.visibility) = NEW.visibility
              AND CASE WHEN changes_embargo THEN to_embargo_until ELSE OLD.embargo_until END
                  IS NOT DISTINCT FROM NEW.embargo_until)) THEN
        PERFORM stillheld_refuse('widening_needs_second_person',
            OLD.code || ': to show more of a published person, one person proposes it and another approves.');
    END IF;

    NEW.last_changed_by := OLD.last_changed_by;
    NEW.changed_in := OLD.changed_in;
    IF is_authored THEN
        NEW.last_changed_by := actor;
        NEW.changed_in := pg_current_xact_id();
    END IF;
    NEW.changed_at := CASE WHEN is_authored OR (NEW.state, NEW.visibility) <> (OLD.state, OLD.visibility)
                                OR NEW.embargo_until IS DISTINCT FROM OLD.embargo_until
                           THEN clock_timestamp() ELSE OLD.changed_at END;
    RETURN NEW;
END $$;
CREATE TRIGGER prisoner_guard BEFORE UPDATE ON prisoners_prisoner FOR EACH ROW EXECUTE FUNCTION prisoner_guard();
"""

REVIEWS = """
ALTER TABLE prisoners_review ADD CONSTRAINT review_of_person_there
    FOREIGN KEY (prisoner_id) REFERENCES prisoners_prisoner ON DELETE CASCADE;

-- A publication is its last author's work; everything else that of whoever acts.
CREATE FUNCTION prisoner_open_reviews(people bigint[], of_kind text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO prisoners_review (prisoner_id, author, kind, opened_at, last_at, to_visibility, changes_embargo, decision,
                                  decided_by, by_operator, note)
        SELECT id, CASE of_kind WHEN 'publication' THEN last_changed_by ELSE stillheld_actor() END, of_kind,
               clock_timestamp(), clock_timestamp(), '', false, '', '', false, ''
        FROM prisoners_prisoner WHERE id = ANY (people) ORDER BY id
    ON CONFLICT (prisoner_id, author, kind) WHERE decision = '' DO UPDATE SET last_at = excluded.last_at;
$$;

CREATE FUNCTION prisoner_close_reviews(people bigint[], of_kind text, with_decision text) RETURNS void LANGUAGE sql AS $$
    UPDATE prisoners_review SET decision = with_decision, decided_by = stillheld_actor(), decided_at = clock_timestamp(),
        by_operator = stillheld_is_operator()
    WHERE prisoner_id = ANY (people) AND kind = of_kind AND decision = '';
$$;

-- The operator decides alone, and that is on record.
CREATE FUNCTION prisoner_record_operator(people bigint[], of_kind text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO prisoners_review (prisoner_id, author, kind, opened_at, last_at, to_visibility, changes_embargo, decision,
                                  decided_by, decided_at, by_operator, note)
        SELECT id, stillheld_actor(), of_kind, clock_timestamp(), clock_timestamp(), '', false, 'approved',
               stillheld_actor(), clock_timestamp(), true, ''
        FROM unnest(people) AS id;
$$;

CREATE FUNCTION prisoner_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    edited bigint[]; taken_up bigint[]; narrowed bigint[]; withdrawn bigint[]; proposed bigint[];
    sent_back bigint[]; published bigint[]; widened bigint[];
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN NULL;  -- a stamp
    END IF;
    SELECT array_agg(id) FILTER (WHERE before = 'published' AND is_edit),
           array_agg(id) FILTER (WHERE before = 'in_review' AND state = 'in_review' AND is_authored),
           array_agg(id) FILTER (WHERE before = 'published' AND state = 'published' AND shows_less),
           array_agg(id) FILTER (WHERE before = 'published' AND state = 'withdrawn'),
           array_agg(id) FILTER (WHERE before <> 'in_review' AND state = 'in_review'),
           array_agg(id) FILTER (WHERE before = 'in_review' AND state IN ('draft', 'withdrawn')),
           array_agg(id) FILTER (WHERE before <> 'published' AND state = 'published'),
           array_agg(id) FILTER (WHERE before = 'published' AND state = 'published' AND shows_more)
    INTO edited, taken_up, narrowed, withdrawn, proposed, sent_back, published, widened
    FROM (SELECT now.id, was.state AS before, now.state,
                 is_edit, is_edit OR shows_more OR shows_less AS is_authored, shows_more, shows_less
          FROM removed AS was JOIN added AS now ON now.id = was.id
          CROSS JOIN LATERAL (SELECT
              prisoner_essence(to_jsonb(was)) IS DISTINCT FROM prisoner_essence(to_jsonb(now)) AS is_edit,
              prisoner_shows_more(was.visibility, was.embargo_until, now.visibility, now.embargo_until) AS shows_more,
              prisoner_shows_less(was.visibility, was.embargo_until, now.visibility, now.embargo_until) AS shows_less) AS what) AS move;
    PERFORM prisoner_open_reviews(edited, 'change');
    PERFORM prisoner_open_reviews(narrowed, 'narrowing');
    PERFORM prisoner_open_reviews(withdrawn, 'withdrawal');
    PERFORM prisoner_close_reviews(withdrawn, 'widening', 'declined');
    PERFORM prisoner_open_reviews(proposed, 'publication');
    PERFORM prisoner_close_reviews(sent_back, 'publication', 'declined');
    UPDATE prisoners_review SET author = stillheld_actor(), last_at = clock_timestamp()
        WHERE prisoner_id = ANY (taken_up) AND kind = 'publication' AND decision = '';
    IF stillheld_is_operator() THEN
        PERFORM prisoner_record_operator(
            ARRAY(SELECT unnest(published) EXCEPT SELECT prisoner_id FROM prisoners_review
                  WHERE prisoner_id = ANY (published) AND kind = 'publication' AND decision = ''), 'publication');
        PERFORM prisoner_record_operator(widened, 'widening');
    END IF;
    PERFORM prisoner_close_reviews(published, 'publication', 'approved');
    UPDATE prisoners_review AS proposal SET decision = 'approved', decided_by = stillheld_actor(),
        decided_at = clock_timestamp(), by_operator = stillheld_is_operator()
    FROM removed AS was JOIN added AS now ON now.id = was.id
    WHERE proposal.prisoner_id = now.id AND now.id = ANY (widened) AND kind = 'widening' AND decision = ''
      AND (author <> stillheld_actor() OR stillheld_is_operator())
      AND coalesce(nullif(to_visibility, ''), was.visibility) = now.visibility
      AND CASE WHEN changes_embargo THEN to_embargo_until ELSE was.embargo_until END IS NOT DISTINCT FROM now.embargo_until;
    RETURN NULL;
END $$;
CREATE TRIGGER prisoner_moved AFTER UPDATE ON prisoners_prisoner REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION prisoner_moved();

-- Only the operator brings records in that are no drafts.
CREATE FUNCTION prisoner_arrived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published bigint[] := ARRAY(SELECT id FROM added WHERE state = 'published');
BEGIN
    PERFORM prisoner_open_reviews(ARRAY(SELECT id FROM added WHERE state = 'in_review'), 'publication');
    IF published <> '{}' THEN
        PERFORM prisoner_record_operator(published, 'publication');
        INSERT INTO prisoners_unproven (people, parts, is_new) VALUES (published, '{heading,arrest,source}', true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER prisoner_arrived AFTER INSERT ON prisoners_prisoner REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION prisoner_arrived();
"""

# What services may write themselves: a proposal to widen, and decisions on what is in force already.
REVIEW_GUARD = """
CREATE FUNCTION review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := stillheld_actor();
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;  -- the database's own
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM stillheld_refuse('review_is_kept', 'What was reviewed stays on record.');
    ELSIF actor = '' THEN
        PERFORM stillheld_refuse('review_needs_second_person', 'Nobody is acting: a review needs somebody known.');
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.kind <> 'widening' OR NEW.decision <> '' THEN
            PERFORM stillheld_refuse('review_follows_record', 'The database opens reviews itself, but for a proposed widening.');
        END IF;
        NEW.author := actor;
    ELSIF OLD.decision <> '' THEN
        PERFORM stillheld_refuse('review_decided_once', 'This was decided before.');
    ELSIF (NEW.prisoner_id, NEW.author, NEW.kind, NEW.opened_at) <> (OLD.prisoner_id, OLD.author, OLD.kind, OLD.opened_at) THEN
        PERFORM stillheld_refuse('review_is_kept', 'A review keeps its person, author and kind.');
    ELSIF NEW.decision <> '' THEN
        IF OLD.kind = 'publication' OR (OLD.kind = 'widening') <> (NEW.decision = 'declined') THEN
            PERFORM stillheld_refuse('review_follows_record', 'This is decided by what happens to the record itself.');
        END IF;
        NEW.decided_by := actor;
        NEW.decided_at := clock_timestamp();
        NEW.by_operator := stillheld_is_operator();
        RETURN NEW;
    ELSIF OLD.kind <> 'widening' OR OLD.author <> actor THEN
        PERFORM stillheld_refuse('review_follows_record', 'Only whoever proposed a widening can propose it differently.');
    END IF;
    -- To propose is to have the last word until another person speaks.
    UPDATE prisoners_prisoner SET changed_at = changed_at WHERE id = NEW.prisoner_id;
    NEW.last_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER review_guard BEFORE INSERT OR UPDATE OR DELETE ON prisoners_review
    FOR EACH ROW EXECUTE FUNCTION review_guard();
"""

STAMP = """
CREATE FUNCTION prisoner_stamp(people bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    actor text := stillheld_actor();
    by_operator boolean := stillheld_is_operator();
    published bigint[]; in_review bigint[];
BEGIN
    WITH stale AS (
        SELECT id FROM prisoners_prisoner AS person
        WHERE id = ANY (people) AND (
            last_changed_by <> actor OR changed_in IS DISTINCT FROM pg_current_xact_id() OR changed_at < transaction_timestamp()
            OR (state = 'published' AND NOT by_operator AND NOT EXISTS (
                SELECT FROM prisoners_review
                WHERE prisoner_id = person.id AND author = actor AND kind = 'change' AND decision = '')))
        ORDER BY id FOR NO KEY UPDATE
    ), stamped AS (
        UPDATE prisoners_prisoner AS person SET changed_at = person.changed_at FROM stale WHERE person.id = stale.id
        RETURNING person.id, person.state
    )
    SELECT array_agg(id) FILTER (WHERE state = 'published'), array_agg(id) FILTER (WHERE state = 'in_review')
    INTO published, in_review FROM stamped;
    IF published IS NOT NULL THEN
        PERFORM prisoner_open_reviews(published, 'change');
    END IF;
    IF in_review IS NOT NULL THEN
        UPDATE prisoners_review SET author = actor, last_at = clock_timestamp()
            WHERE prisoner_id = ANY (in_review) AND kind = 'publication' AND decision = '';
    END IF;
END $$;
ALTER FUNCTION prisoner_stamp(bigint[]) SET plan_cache_mode = force_custom_plan;
"""

# stillheld_watch(table, people, parts, had): every change to the table's rows stamps the people whom the query `people` finds
# for the rows in `touched`; rows that an UPDATE leaves equal are not touched. Those whom `had` finds for the rows before and
# not for the rows after may have lost one of the `parts` that a published person needs.
WATCH = """
CREATE FUNCTION stillheld_people(rows text, query text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN format('WITH touched AS (%s) SELECT id FROM (%s) AS found (id) WHERE id IS NOT NULL', rows, query);

CREATE FUNCTION stillheld_watched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rows text := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM added' WHEN 'DELETE' THEN 'SELECT * FROM removed'
        ELSE '(SELECT * FROM added EXCEPT SELECT * FROM removed) UNION ALL (SELECT * FROM removed EXCEPT SELECT * FROM added)' END;
    people bigint[];
    losers bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT id) FROM (%s) AS everybody', stillheld_people(rows, TG_ARGV[0])) INTO people;
    IF people IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM prisoner_stamp(people);
    IF TG_OP <> 'INSERT' AND TG_ARGV[1] <> '{}' THEN
        EXECUTE format('SELECT array_agg(person.id) FROM prisoners_prisoner AS person WHERE state = ''published'' AND id IN (%s%s)',
                       stillheld_people('SELECT * FROM removed', TG_ARGV[2]),
                       CASE TG_OP WHEN 'UPDATE' THEN ' EXCEPT (' || stillheld_people('SELECT * FROM added', TG_ARGV[2]) || ')'
                                  ELSE '' END) INTO losers;
        IF losers IS NOT NULL THEN
            INSERT INTO prisoners_unproven (people, parts, is_new) VALUES (losers, TG_ARGV[1]::text[], false);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION stillheld_watch(watched regclass, people text, parts text[] DEFAULT '{}', had text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    event text[];
BEGIN
    FOREACH event SLICE 1 IN ARRAY ARRAY[['insert', 'NEW TABLE AS added'], ['delete', 'OLD TABLE AS removed'],
                                         ['update', 'OLD TABLE AS removed NEW TABLE AS added']] LOOP
        EXECUTE format('CREATE TRIGGER watched_%s AFTER %s ON %s REFERENCING %s
                        FOR EACH STATEMENT EXECUTE FUNCTION stillheld_watched(%L, %L, %L)',
                       event[1], event[1], watched, event[2], people, parts, coalesce(had, people));
    END LOOP;
END $$;

CREATE FUNCTION stillheld_unwatch(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP TRIGGER watched_insert ON %s', watched);
    EXECUTE format('DROP TRIGGER watched_update ON %s', watched);
    EXECUTE format('DROP TRIGGER watched_delete ON %s', watched);
END $$;
"""

OF_PERSON = "SELECT prisoner_id FROM touched"
OF_ARREST = "SELECT arrest.prisoner_id FROM touched JOIN prisoners_arrest AS arrest ON arrest.id = touched.arrest_id"
OF_CITED = """SELECT coalesce(touched.prisoner_id, form.prisoner_id, arrest.prisoner_id) FROM touched
    LEFT JOIN prisoners_name AS form ON form.id = touched.name_id
    LEFT JOIN prisoners_stay AS stay ON stay.id = touched.stay_id
    LEFT JOIN prisoners_charge AS charge ON charge.id = touched.charge_id
    LEFT JOIN prisoners_judgment AS judgment ON judgment.id = touched.judgment_id
    LEFT JOIN prisoners_treatment AS treatment ON treatment.id = touched.treatment_id
    LEFT JOIN prisoners_recognition AS recognition ON recognition.id = touched.recognition_id
    LEFT JOIN prisoners_arrest AS arrest
        ON arrest.id = coalesce(touched.arrest_id, stay.arrest_id, charge.arrest_id, judgment.arrest_id, treatment.arrest_id,
                                recognition.arrest_id)"""
OF_RECOGNITION = """SELECT arrest.prisoner_id FROM touched
    JOIN prisoners_recognition AS recognition ON recognition.id = touched.recognition_id
    JOIN prisoners_arrest AS arrest ON arrest.id = recognition.arrest_id"""
WATCHED = {
    "prisoners_name": (OF_PERSON, "{heading}", f"{OF_PERSON} WHERE is_heading"),
    **dict.fromkeys(
        (
            *("prisoners_prisoner_occupations", "prisoners_prisoner_affiliations", "prisoners_prisoner_vulnerabilities"),
            *("prisoners_summary", "prisoners_consent", "prisoners_photo"),
        ),
        (OF_PERSON, "{}", OF_PERSON),
    ),
    "prisoners_recognition_criteria": (OF_RECOGNITION, "{}", OF_RECOGNITION),
    "prisoners_arrest": (OF_PERSON, "{arrest,source}", OF_PERSON),
    **dict.fromkeys(
        ("prisoners_charge", "prisoners_judgment", "prisoners_recognition", "prisoners_stay", "prisoners_treatment"),
        (OF_ARREST, "{}", OF_ARREST),
    ),
    "prisoners_citation": (OF_CITED, "{source}", OF_CITED),
}
WATCH_RECORDS = "".join(
    f"SELECT stillheld_watch('{table}', '{people}', '{parts}', '{had}');\n" for table, (people, parts, had) in WATCHED.items()
)
UNWATCH_RECORDS = "".join(f"SELECT stillheld_unwatch('{table}');\n" for table in WATCHED)

DROP_EVERYTHING = """
DROP FUNCTION stillheld_unwatch(regclass);
DROP FUNCTION stillheld_watch(regclass, text, text[], text);
DROP FUNCTION stillheld_watched();
DROP FUNCTION stillheld_people(text, text);
DROP FUNCTION prisoner_stamp(bigint[]);
DROP TRIGGER review_guard ON prisoners_review;
DROP FUNCTION review_guard();
DROP TRIGGER prisoner_arrived ON prisoners_prisoner;
DROP FUNCTION prisoner_arrived();
DROP TRIGGER prisoner_moved ON prisoners_prisoner;
DROP FUNCTION prisoner_moved();
DROP FUNCTION prisoner_record_operator(bigint[], text);
DROP FUNCTION prisoner_close_reviews(bigint[], text, text);
DROP FUNCTION prisoner_open_reviews(bigint[], text);
ALTER TABLE prisoners_review DROP CONSTRAINT review_of_person_there;
DROP TRIGGER prisoner_guard ON prisoners_prisoner;
DROP FUNCTION prisoner_guard();
DROP TRIGGER prisoner_guard_new ON prisoners_prisoner;
DROP FUNCTION prisoner_guard_new();
ALTER TABLE prisoners_prisoner DROP COLUMN changed_in;
DROP TABLE prisoners_unproven;
DROP FUNCTION prisoner_prove();
DROP FUNCTION prisoner_require(bigint[], text[]);
DROP FUNCTION prisoner_essence(jsonb);
DROP FUNCTION prisoner_shows_less(text, date, text, date);
DROP FUNCTION prisoner_shows_more(text, date, text, date);
DROP FUNCTION prisoner_embargo_is_over(date);
DROP FUNCTION prisoner_width(text);
DROP FUNCTION prisoner_may_move(text, text, boolean);
DROP FUNCTION stillheld_is_operator();
DROP FUNCTION stillheld_refuse(text, text);
"""

# Those in review already wait for anybody's approval: nobody knows who wrote them.
LIST_WHAT_WAITS = """
SELECT prisoner_open_reviews(ARRAY(SELECT id FROM prisoners_prisoner WHERE state = 'in_review'), 'publication');
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0021_second_person")]
    operations = [
        migrations.RunSQL(
            REFUSE + STATES + ESSENCE + WHOLE + GUARD + REVIEWS + LIST_WHAT_WAITS + REVIEW_GUARD + STAMP + WATCH + WATCH_RECORDS,
            UNWATCH_RECORDS + DROP_EVERYTHING,
        ),
    ]
