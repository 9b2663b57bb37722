"""The history of every record, kept by the database itself, and sealed so that a change of it shows.

Each statement that changes a tracked table writes an entry for each row that it changed: the row before and after, who,
and why. As the transaction commits, its entries are sealed: a digest of them all, chained to the seal before. Nothing
updates or deletes either. See docs/decisions/history.md.
"""

from django.db import migrations

from prisoners.history.sql import DROP_MACHINERY, DROP_TABLES, MACHINERY, TABLES


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0008_drop_plain_texts")]
    operations = [migrations.RunSQL(TABLES, DROP_TABLES), migrations.RunSQL(MACHINERY, DROP_MACHINERY)]
