"""Which places and terms stand with people of lists: kept as the ledger is written, so that a form needn't read all of it.

Triggers on the ledger itself keep it, whatever writes there. A term whose last arrest is gone, is gone.
"""

from django.db import migrations, models

# The terms of rows `r`, of what is known now of people of lists.
TERMS = """
    SELECT term.name, term.country, term.value, {arrests} AS arrests
    FROM {rows} AS r CROSS JOIN LATERAL (
        SELECT 'region' AS name, r.country::text AS country, r.region::text AS value
        UNION ALL SELECT 'mechanism', '', r.mechanism::text WHERE r.mechanism <> ''
        UNION ALL SELECT 'occupation', '', code::text FROM unnest(r.occupations) AS code
        UNION ALL SELECT 'treatment', '', code::text FROM unnest(r.treatments) AS code
    ) AS term
    WHERE r.known_until IS NULL AND r.visibility <> 'counted'
    GROUP BY term.name, term.country, term.value
"""
# What is to be told, read from all of the ledger: to begin with, and for verify_ledger. A function, for a view would hold on
# to the ledger's columns.
WHOLE = f"""
CREATE FUNCTION counts_terms() RETURNS TABLE (name text, country text, value text, arrests bigint)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY {TERMS.format(arrests="count(*)", rows="counts_ledgerrow")};
END $$;
"""
# What is written between the filling and the triggers would be missed; both are in one transaction.
FILL = """
LOCK TABLE counts_ledgerrow IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO counts_toldterm (name, country, value, arrests) SELECT name, country, value, arrests FROM counts_terms();
"""
COLUMNS = "country, region, mechanism, occupations, treatments, known_until, visibility"
# Each event with its transition tables, and the rows that it changed.
CHANGES = {
    "insert": ("NEW TABLE AS added", f"SELECT {COLUMNS}, 1 AS more FROM added"),
    "update": (
        "OLD TABLE AS removed NEW TABLE AS added",
        f"SELECT {COLUMNS}, 1 AS more FROM added UNION ALL SELECT {COLUMNS}, -1 FROM removed",
    ),
    "delete": ("OLD TABLE AS removed", f"SELECT {COLUMNS}, -1 AS more FROM removed"),
}


def triggers() -> str:
    return "".join(
        f"""
CREATE FUNCTION counts_tell_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO counts_toldterm AS told (name, country, value, arrests)
        SELECT name, country, value, arrests FROM ({TERMS.format(arrests="sum(r.more)", rows=f"({rows})")}) AS change
        WHERE arrests <> 0
        ON CONFLICT (name, country, value) DO UPDATE SET arrests = told.arrests + excluded.arrests;
    DELETE FROM counts_toldterm WHERE arrests = 0;
    RETURN NULL;
END $$;
CREATE TRIGGER counts_tell_{event} AFTER {event} ON counts_ledgerrow REFERENCING {transition}
    FOR EACH STATEMENT EXECUTE FUNCTION counts_tell_{event}();
"""
        for event, (transition, rows) in CHANGES.items()
    )


def drop_triggers() -> str:
    return "".join(
        f"DROP TRIGGER counts_tell_{event} ON counts_ledgerrow; DROP FUNCTION counts_tell_{event}();" for event in CHANGES
    )


class Migration(migrations.Migration):
    dependencies = [("counts", "0006_former_records")]
    operations = [
        migrations.CreateModel(
            name="ToldTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Region, mechanism, occupation or treatment.", max_length=20)),
                ("country", models.CharField(blank=True, help_text="Of a region.", max_length=2)),
                ("value", models.CharField(blank=True, help_text="Its code; of an unknown region empty.", max_length=40)),
                ("arrests", models.BigIntegerField(help_text="With how many arrests it stands.")),
            ],
            options={
                "verbose_name": "term that is told",
                "verbose_name_plural": "terms that are told",
                "constraints": [
                    models.UniqueConstraint(fields=("name", "country", "value"), name="told_term_once"),
                ],
            },
        ),
        migrations.RunSQL(WHOLE, "DROP FUNCTION counts_terms();"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(triggers(), drop_triggers()),
    ]
