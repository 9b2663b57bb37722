"""Indexes that hold all that a count of arrests or of releases asks of everybody, and those by which a wave finds its people.

Rows of the ledger are wide, and such a count read all of them: for thirty days among a million people twenty times what the
index takes. They are made in a few seconds a million rows, in which nothing can be written.
"""

from django.db import migrations, models
from django.db.models import Q

INDEXES = [
    models.Index(
        fields=["certain_from", "possible_from"],
        include=["prisoner_id", "siblings", "visibility"],
        condition=Q(known_until=None),
        name="ledger_began",
    ),
    models.Index(
        fields=["possible_until", "certain_until"],
        include=["prisoner_id", "siblings", "visibility", "is_death", "mechanism"],
        condition=Q(known_until=None) & ~Q(mechanism=""),
        name="ledger_ended",
    ),
    models.Index(
        fields=["wave_id"],
        include=["visibility", "mechanism"],
        condition=Q(known_until=None, wave_id__isnull=False),
        name="ledger_wave",
    ),
    models.Index(fields=["pardon_id"], condition=Q(known_until=None, pardon_id__isnull=False), name="ledger_pardon"),
]


class Migration(migrations.Migration):
    dependencies = [("counts", "0008_spans_of_series")]
    operations = [migrations.AddIndex("ledgerrow", index) for index in INDEXES]
