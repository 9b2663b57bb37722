"""The history of photos and of their licences begins."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0013_licences")]
    operations = [
        KeepHistory("prisoners_licence", "code"),
        KeepHistory("prisoners_photo", owners=(("prisoner_id", "prisoners_prisoner"),)),
    ]
