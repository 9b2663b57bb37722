"""How an import recognises a name it has seen: whatever its case, its spaces and the order of its words."""

from django.db import migrations

# A space is the only white space left after NFKC, line by line texts being the rule for names.
NAME_KEY = """
CREATE FUNCTION desk_name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT string_agg(word, ' ' ORDER BY word COLLATE "C")
        FROM string_to_table(lower(normalize(name, NFKC)), ' ') AS word WHERE word <> '');
CREATE INDEX desk_name_key ON prisoners_name (desk_name_key(text));
"""
DROP_NAME_KEY = """
DROP INDEX desk_name_key;
DROP FUNCTION desk_name_key(text);
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_imports"), ("prisoners", "0003_vocabularies")]
    operations = [migrations.RunSQL(NAME_KEY, DROP_NAME_KEY)]
