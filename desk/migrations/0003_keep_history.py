"""The history of imports, accounts and what accounts may do begins."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_name_key"), ("prisoners", "0009_history"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        KeepHistory("desk_import"),
        KeepHistory("auth_group_permissions", owners=(("group_id", "auth_group"),)),
        KeepHistory("auth_group"),
        KeepHistory("auth_user_groups", owners=(("user_id", "auth_user"),)),
        KeepHistory("auth_user_user_permissions", owners=(("user_id", "auth_user"),)),
        KeepHistory("auth_user", passed_over=("last_login", "password")),
    ]
