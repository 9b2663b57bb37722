"""What the database does for history. Used by migrations only; never changed once released, but by new functions beside."""

# Entries hold rows as JSON, not as columns like those of the table: a later migration of the table would have to change
# the past, and with it every hash.
TABLES = """
CREATE SEQUENCE history_batch;
CREATE TABLE history_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch bigint NOT NULL,
    subject text NOT NULL,
    belongs_to text,
    action text NOT NULL CONSTRAINT history_action_known CHECK (action IN ('insert', 'update', 'delete')),
    before jsonb,
    after jsonb,
    actor text NOT NULL,
    reason text NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT history_images_fit CHECK ((before IS NULL) = (action = 'insert') AND (after IS NULL) = (action = 'delete'))
);
CREATE INDEX history_of_subject ON history_entry (subject, id);
CREATE INDEX history_of_owner ON history_entry (belongs_to, id) WHERE belongs_to IS NOT NULL;
CREATE TABLE history_seal (
    number bigint PRIMARY KEY,
    batch bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    entries bigint NOT NULL,
    digest bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL CONSTRAINT history_seal_once UNIQUE
);
-- Which tables have a history, as `history_attach` was told.
CREATE TABLE history_tracked (
    table_name text PRIMARY KEY, key text NOT NULL, owners text[] NOT NULL, left_out text[] NOT NULL
);
-- What a transaction has yet to seal.
CREATE TABLE history_pending (batch bigint PRIMARY KEY, first_entry bigint NOT NULL);
"""
DROP_TABLES = """
DROP TABLE history_pending;
DROP TABLE history_tracked;
DROP TABLE history_seal;
DROP TABLE history_entry;
DROP SEQUENCE history_batch;
"""

_BATCH = """
-- One number for the entries of a transaction; a new one after they were sealed within it.
CREATE FUNCTION history_batch() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    current text := current_setting('stillheld.history_batch', true);
BEGIN
    IF coalesce(current, '') = '' THEN
        current := set_config('stillheld.history_batch', nextval('history_batch')::text, true);
    END IF;
    RETURN current::bigint;
END $$;
"""

_SEALING = """
CREATE FUNCTION history_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO history_pending (batch, first_entry) SELECT batch, min(id) FROM added GROUP BY batch ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER history_await_seal AFTER INSERT ON history_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION history_await_seal();

-- An entry as bytes, the same whatever the session's settings.
CREATE FUNCTION history_bytes(entry history_entry) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(ROW(entry.id, entry.batch, entry.subject, entry.belongs_to, entry.action, entry.before, entry.after,
                             entry.actor, entry.reason, extract(epoch FROM entry.recorded_at))::text, 'UTF8'));

CREATE FUNCTION history_link(number bigint, batch bigint, sealed_at timestamptz, entries bigint, digest bytea, previous bytea)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(convert_to(ROW(number, batch, extract(epoch FROM sealed_at), entries)::text, 'UTF8') || digest || previous);

CREATE FUNCTION history_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last history_seal%ROWTYPE;
    made history_seal%ROWTYPE;
BEGIN
    PERFORM stillheld_commit_lock();
    SELECT * INTO last FROM history_seal ORDER BY number DESC LIMIT 1;
    made.number := coalesce(last.number, 0) + 1;
    made.batch := NEW.batch;
    made.sealed_at := clock_timestamp();
    SELECT count(*), sha256(coalesce(string_agg(history_bytes(entry), ''::bytea ORDER BY entry.id), ''))
        INTO made.entries, made.digest
        FROM history_entry AS entry WHERE entry.id >= NEW.first_entry AND entry.batch = NEW.batch;
    made.previous := coalesce(last.hash, sha256(''));
    made.hash := history_link(made.number, made.batch, made.sealed_at, made.entries, made.digest, made.previous);
    INSERT INTO history_seal SELECT made.*;
    DELETE FROM history_pending WHERE batch = NEW.batch;
    -- What this transaction still changes, after a seal that was asked for early, is a batch of its own.
    PERFORM set_config('stillheld.history_batch', '', true);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER history_seal AFTER INSERT ON history_pending
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_seal();
"""

# The owner of a table keeps the right to grant itself anything again, and a superuser has every right: for them the
# trigger stands, and for what they do beyond it, the chain of seals.
_PROTECTION = """
CREATE FUNCTION history_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING CONSTRAINT = 'history_is_kept',
        MESSAGE = format('History is kept: %s of %s is refused.', TG_OP, TG_TABLE_NAME);
END $$;
CREATE TRIGGER history_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON history_entry
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept();
CREATE TRIGGER history_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON history_seal
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON history_entry, history_seal FROM CURRENT_USER;
"""

_ATTACHING = r"""
-- Keep the history of a table from now on: its rows as they are become the first entries. `owners` are columns by which a
-- row belongs to another record, each as column=table. Derived columns and those in `passed_over` aren't kept.
CREATE FUNCTION history_attach(tracked regclass, key text, owners text[], passed_over text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = tracked);
    left_out text[] := passed_over || ARRAY(SELECT attname::text FROM pg_attribute
                                            WHERE attrelid = tracked AND attgenerated <> '' AND NOT attisdropped ORDER BY attnum);
    subject text := format('%L || it.%I', name || ':', key);
    owner text := coalesce('CASE ' || (
        SELECT string_agg(format('WHEN it.%1$I IS NOT NULL THEN %2$L || it.%1$I', split_part(each, '=', 1),
                                 split_part(each, '=', 2) || ':'), ' ') FROM unnest(owners) AS each) || ' END', 'NULL');
    image text := format('to_jsonb(it) - %L::text[]', left_out);
    said text := 'said_batch, said_actor, said_reason, said_at';
    columns text := 'batch, actor, reason, recorded_at, subject, belongs_to, action, before, after';
    kept text := format('SELECT %s, %s, %s', said, subject, owner);
BEGIN
    PERFORM history_detach(tracked);
    INSERT INTO history_tracked VALUES (name, key, owners, left_out);
    EXECUTE format($f$
        CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $body$
        DECLARE
            said_batch bigint := history_batch();
            said_actor text := stillheld_actor();
            said_reason text := stillheld_context('reason');
            said_at timestamptz := clock_timestamp();
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO history_entry (%2$s) %3$s, 'insert', NULL, %4$s FROM added AS it;
            ELSIF TG_OP = 'UPDATE' THEN
                INSERT INTO history_entry (%2$s)
                SELECT %5$s, coalesce(found.subject, was.subject), coalesce(found.owner, was.owner),
                       CASE WHEN was.image IS NULL THEN 'insert' WHEN found.image IS NULL THEN 'delete' ELSE 'update' END,
                       was.image, found.image
                FROM (SELECT %6$s AS subject, %7$s AS owner, %4$s AS image FROM removed AS it) AS was
                FULL JOIN (SELECT %6$s AS subject, %7$s AS owner, %4$s AS image FROM added AS it) AS found
                    ON found.subject = was.subject
                WHERE was.image IS DISTINCT FROM found.image;
            ELSIF TG_OP = 'DELETE' THEN
                INSERT INTO history_entry (%2$s) %3$s, 'delete', %4$s, NULL FROM removed AS it;
            ELSE
                INSERT INTO history_entry (%2$s) %3$s, 'delete', %4$s, NULL FROM %8$s AS it;
            END IF;
            RETURN NULL;
        END $body$ $f$, 'history_of_' || name, columns, kept, image, said, subject, owner, tracked);
    EXECUTE format('CREATE TRIGGER history_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS added
                    FOR EACH STATEMENT EXECUTE FUNCTION %I()', tracked, 'history_of_' || name);
    EXECUTE format('CREATE TRIGGER history_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS removed NEW TABLE AS added
                    FOR EACH STATEMENT EXECUTE FUNCTION %I()', tracked, 'history_of_' || name);
    EXECUTE format('CREATE TRIGGER history_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS removed
                    FOR EACH STATEMENT EXECUTE FUNCTION %I()', tracked, 'history_of_' || name);
    EXECUTE format('CREATE TRIGGER history_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION %I()', tracked, 'history_of_' || name);
    EXECUTE format('INSERT INTO history_entry (%s)
                    SELECT history_batch(), stillheld_actor(), stillheld_context(''reason''), clock_timestamp(), %s, %s,
                           ''insert'', NULL, %s
                    FROM %s AS it WHERE NOT EXISTS (SELECT FROM history_entry AS there WHERE there.subject = %s)',
                   columns, subject, owner, image, tracked, subject);
END $$;

CREATE FUNCTION history_detach(tracked regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = tracked);
    operation text;
BEGIN
    FOREACH operation IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', 'history_' || operation, tracked);
    END LOOP;
    EXECUTE format('DROP FUNCTION IF EXISTS %I()', 'history_of_' || name);
    DELETE FROM history_tracked WHERE table_name = name;
END $$;
"""

MACHINERY = _BATCH + _SEALING + _PROTECTION + _ATTACHING
DROP_MACHINERY = """
DROP FUNCTION history_detach(regclass);
DROP FUNCTION history_attach(regclass, text, text[], text[]);
DROP TRIGGER history_is_kept ON history_seal;
DROP TRIGGER history_is_kept ON history_entry;
DROP FUNCTION history_is_kept();
DROP TRIGGER history_seal ON history_pending;
DROP FUNCTION history_seal();
DROP FUNCTION history_link(bigint, bigint, timestamptz, bigint, bytea, bytea);
DROP FUNCTION history_bytes(history_entry);
DROP TRIGGER history_await_seal ON history_entry;
DROP FUNCTION history_await_seal();
DROP FUNCTION history_batch();
"""
