"""The history of reviews begins, and that of people passes over what only says that somebody changed something."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0022_guard_publication")]
    operations = [
        KeepHistory("prisoners_prisoner", passed_over=("changed_at", "last_changed_by", "changed_in")),
        KeepHistory("prisoners_review"),
    ]
