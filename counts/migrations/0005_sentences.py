"""The sentence in force in the ledger, so that figures of sentences can be had of any revision from here on.

Rows that are closed already stay as they are: what the ledger didn't keep then it doesn't tell now. Of people who aren't named it
knows no sentence, as it knows no end of one: see docs/decisions/visibility.md.
"""

from importlib import import_module

from django.db import migrations, models

visibility = import_module("counts.migrations.0003_visibility")
clocks = import_module("counts.migrations.0004_two_clocks")

# What all judgments on record leave in force, as `prisoners.sentences` folds them: its kind (empty: none), and its length in
# months (null: not known).
SENTENCE = """
CREATE FUNCTION counts_sentence(of_arrest bigint, OUT kind text, OUT months integer) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    judgment prisoners_judgment;
    holds_nobody text[] := ARRAY['suspended', 'fine'];
BEGIN
    kind := '';
    FOR judgment IN
        SELECT j.* FROM prisoners_judgment AS j WHERE j.arrest_id = of_arrest
        ORDER BY coalesce(j.decided_on_latest, j.decided_on_earliest, '-infinity'),
                 array_position(ARRAY['unknown', 'first', 'appeal', 'cassation', 'supervision'], j.stage::text), j.id
    LOOP
        IF judgment.outcome IN ('acquitted', 'quashed', 'retrial') THEN
            kind := '';
            months := NULL;
        ELSIF judgment.outcome = 'upheld' AND kind <> '' THEN
            NULL;
        ELSIF judgment.outcome = 'upheld' AND judgment.sentence_kind = 'unknown' AND judgment.sentence_months IS NULL
              AND judgment.ends IS NULL THEN
            NULL;
        ELSIF judgment.outcome = 'added' AND kind <> '' AND judgment.sentence_kind = ANY (holds_nobody) THEN
            NULL;
        ELSIF judgment.outcome = 'added' AND kind <> '' AND kind <> ALL (holds_nobody) THEN
            months := months + judgment.sentence_months;
            IF judgment.sentence_kind IN ('life', 'death') THEN
                kind := judgment.sentence_kind;
            END IF;
        ELSE
            IF kind = '' OR judgment.outcome <> 'changed' OR judgment.sentence_kind <> 'unknown' THEN
                kind := judgment.sentence_kind;
            END IF;
            months := judgment.sentence_months;
        END IF;
    END LOOP;
END $$;
ALTER FUNCTION counts_sentence(bigint) SET search_path FROM CURRENT;
"""

# Asked only of arrests that have a judgment: nothing else here takes as long.
FACTS = visibility.FACTS.replace(
    "    person.visibility\nFROM counts_custody",
    """    person.visibility,
    coalesce(imposed.kind, '')::varchar(20) AS sentence_kind,
    imposed.months AS sentence_months
FROM counts_custody""",
).replace(
    "-- Whether custody ended with death",
    """LEFT JOIN LATERAL (
    SELECT told.kind, told.months FROM counts_sentence(arrest.id) AS told
    WHERE NOT person.is_coarse AND EXISTS (SELECT FROM prisoners_judgment AS judgment WHERE judgment.arrest_id = arrest.id)
) AS imposed ON true
-- Whether custody ended with death""",
    1,
)
COLUMNS = f"{visibility.COLUMNS}, sentence_kind, sentence_months"
DIFFERENCES = visibility.DIFFERENCES.replace(visibility.COLUMNS, COLUMNS)
SETTLE = clocks.SETTLE.replace(visibility.COLUMNS, COLUMNS)
assert "counts_sentence" in FACTS
assert "AS sentence_months" in FACTS
assert DIFFERENCES.count(COLUMNS) == 2
assert SETTLE.count(COLUMNS) == 1

DROP_READERS = """
DROP FUNCTION counts_differences(bigint[]);
DROP VIEW counts_facts;
"""
COUNT_SENTENCES = """
SELECT counts_note(ARRAY(SELECT arrest.prisoner_id FROM prisoners_judgment AS judgment
                         JOIN prisoners_arrest AS arrest ON arrest.id = judgment.arrest_id));
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("counts", "0004_two_clocks")]
    operations = [
        migrations.RunSQL(DROP_READERS, visibility.FACTS + visibility.DIFFERENCES + clocks.SETTLE),
        migrations.AddField(
            "ledgerrow",
            "sentence_kind",
            models.CharField(
                default="", help_text="Of the sentence in force; empty where there is none, or none is told.", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "ledgerrow",
            "sentence_months",
            models.IntegerField(help_text="Its length; null where that is not known, or not told.", null=True),
        ),
        migrations.RunSQL(
            SENTENCE + FACTS + DIFFERENCES + SETTLE + COUNT_SENTENCES,
            DROP_READERS + "DROP FUNCTION counts_sentence(bigint);",
        ),
    ]
