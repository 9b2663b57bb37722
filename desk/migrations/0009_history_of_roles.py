"""The history of roles begins."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("desk", "0008_roles")]
    operations = [KeepHistory("desk_assignment", owners=(("user_id", "auth_user"),))]
