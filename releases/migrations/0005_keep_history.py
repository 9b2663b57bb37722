"""The history of releases, pardons and events begins."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_conditions"), ("prisoners", "0009_history")]
    operations = [
        KeepHistory("releases_wave"),
        KeepHistory("releases_pardon"),
        KeepHistory("releases_pardonline", owners=(("pardon_id", "releases_pardon"),)),
        KeepHistory("releases_mechanism", "code"),
        KeepHistory("releases_condition", "code"),
        KeepHistory("releases_release_conditions", owners=(("release_id", "releases_release"),)),
        KeepHistory("releases_release", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("releases_voidrelease", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("releases_event_waves", owners=(("event_id", "releases_event"),)),
        KeepHistory("releases_event"),
        KeepHistory(
            "releases_citation",
            owners=(
                ("release_id", "releases_release"),
                ("void_release_id", "releases_voidrelease"),
                ("pardon_id", "releases_pardon"),
                ("event_id", "releases_event"),
            ),
        ),
    ]
