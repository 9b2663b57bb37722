"""What history is read by: what was changed together, and what was deleted."""

from django.db import migrations

# Numbers of batches follow the order of the table nearly: an index of ranges costs a change next to nothing.
INDEXES = """
CREATE INDEX history_of_batch ON history_entry USING brin (batch) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX history_deleted ON history_entry (id) WHERE action = 'delete';
"""
DROP_INDEXES = "DROP INDEX history_deleted; DROP INDEX history_of_batch;"


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0019_contradictions")]
    operations = [migrations.RunSQL(INDEXES, DROP_INDEXES)]
