"""A word for the state of all records, for what is made from them and kept: it changes with every change, and says nothing else.

Readers may ask for it, though not for the history that it is taken from.
"""

from django.db import migrations

STATE = """
CREATE FUNCTION stillheld_state() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
RETURN encode(sha256(format('%s %s', (SELECT encode(hash, 'hex') FROM history_seal ORDER BY number DESC LIMIT 1),
                            (SELECT max(id) FROM history_entry))::bytea), 'hex');
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0023_history_of_reviews")]
    operations = [migrations.RunSQL(STATE, "DROP FUNCTION stillheld_state();")]
