"""The history of kept files begins."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_kept_files")]
    operations = [
        KeepHistory("desk_original", owners=(("photo_id", "prisoners_photo"),)),
        KeepHistory("desk_capture"),
    ]
