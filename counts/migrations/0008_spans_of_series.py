"""What a series reads of a row, worked out once as it is written: nearly all the time of a series went into it.

The database writes the table anew for this, once for all five columns: about ten seconds for a million rows, in which nobody
can read it.
"""

from django.db import migrations, models
from django.db.models.expressions import RawSQL

FROM = "CASE WHEN isempty(recognised_{0}) THEN 'infinity'::date ELSE greatest({0}_from, lower(recognised_{0})) END"
UNTIL = "least({0}_until, upper(recognised_{0}))"
AGAIN = (
    "recognised_possible <> range_merge(recognised_possible)::datemultirange"
    " OR recognised_certain <> range_merge(recognised_certain)::datemultirange"
)
COLUMNS = {
    "recognised_possible_from": (FROM.format("possible"), "From the first of these days while possibly in custody."),
    "recognised_possible_until": (UNTIL.format("possible"), "Up to, not including: the last of them, likewise."),
    "recognised_certain_from": (FROM.format("certain"), "The same of the certain spans."),
    "recognised_certain_until": (UNTIL.format("certain"), "The same."),
    "recognised_again": (AGAIN, "Whether recognition was withdrawn and given again."),
}


def _field(name: str) -> models.GeneratedField:
    expression, about = COLUMNS[name]
    kind = models.BooleanField() if name == "recognised_again" else models.DateField()
    return models.GeneratedField(expression=RawSQL(expression, ()), output_field=kind, db_persist=True, help_text=about)


def _added(name: str) -> str:
    kind = "boolean" if name == "recognised_again" else "date"
    return f"ADD COLUMN {name} {kind} GENERATED ALWAYS AS ({COLUMNS[name][0]}) STORED"


class Migration(migrations.Migration):
    dependencies = [("counts", "0007_told_terms")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE counts_ledgerrow {', '.join(map(_added, COLUMNS))}",
            f"ALTER TABLE counts_ledgerrow {', '.join(f'DROP COLUMN {name}' for name in COLUMNS)}",
            state_operations=[migrations.AddField("ledgerrow", name, _field(name)) for name in COLUMNS],
        ),
        migrations.AddIndex(
            "ledgerrow",
            models.Index(
                fields=["prisoner_id", "possible_from", "arrest_id"],
                include=["possible_until", "visibility"],
                condition=models.Q(known_until=None, siblings__gt=1),
                name="ledger_several_arrests",
            ),
        ),
        migrations.AddIndex(
            "ledgerrow",
            models.Index(
                fields=["arrest_id"],
                condition=models.Q(known_until=None, recognised_again=True),
                name="ledger_recognised_again",
            ),
        ),
    ]
