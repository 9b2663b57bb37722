"""Releases belong to a person's record too: a change to one is stamped and reviewed like any other."""

from django.db import migrations

WATCH = """
SELECT stillheld_watch('releases_release', 'SELECT arrest.prisoner_id FROM touched
    JOIN prisoners_arrest AS arrest ON arrest.id = touched.arrest_id');
SELECT stillheld_watch('releases_voidrelease', 'SELECT arrest.prisoner_id FROM touched
    JOIN prisoners_arrest AS arrest ON arrest.id = touched.arrest_id');
SELECT stillheld_watch('releases_release_conditions', 'SELECT arrest.prisoner_id FROM touched
    JOIN releases_release AS release ON release.id = touched.release_id
    JOIN prisoners_arrest AS arrest ON arrest.id = release.arrest_id');
SELECT stillheld_watch('releases_citation', 'SELECT arrest.prisoner_id FROM touched
    LEFT JOIN releases_release AS release ON release.id = touched.release_id
    LEFT JOIN releases_voidrelease AS void ON void.id = touched.void_release_id
    JOIN prisoners_arrest AS arrest ON arrest.id = coalesce(release.arrest_id, void.arrest_id)');
"""
UNWATCH = """
SELECT stillheld_unwatch('releases_voidrelease');
SELECT stillheld_unwatch('releases_release_conditions');
SELECT stillheld_unwatch('releases_citation');
SELECT stillheld_unwatch('releases_release');
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0008_contradictions"), ("prisoners", "0022_guard_publication")]
    operations = [migrations.RunSQL(WATCH, UNWATCH)]
