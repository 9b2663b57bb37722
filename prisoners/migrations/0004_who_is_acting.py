"""By which the database knows who makes a change, and why (`prisoners.acting` says it)."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION stillheld_context(key text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> key, '');

CREATE FUNCTION stillheld_actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN stillheld_context('actor');

-- What must be in the order of commits (revisions, the seals of history) takes this one lock as the transaction commits:
-- with a lock each, two transactions could wait for each other.
CREATE FUNCTION stillheld_commit_lock() RETURNS void LANGUAGE sql
RETURN pg_advisory_xact_lock(hashtext('stillheld_commit'));
"""
DROP_FUNCTIONS = """
DROP FUNCTION stillheld_commit_lock();
DROP FUNCTION stillheld_actor();
DROP FUNCTION stillheld_context(text);
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0003_vocabularies")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS)]
