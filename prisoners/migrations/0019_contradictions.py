"""What records of two tables can't say together, each rule by name: a judgment before the arrest, a stay outside it.

A rule refuses what is certainly wrong: where one date's latest day comes before the other's earliest. Records that break a
rule already stay as they are, and `check_records` lists them.
"""

from django.db import migrations

from ._watching import Rule, Watched, all_together, drop_views


def of_arrest(name: str, record: str, words: str, dates: str, broken: str) -> Rule:
    """A rule on something that belongs to an arrest."""
    return Rule(
        name,
        record,
        words,
        f"""SELECT part.id AS record_id, arrest.id AS arrest_id, arrest.prisoner_id,
        concat('{record} ', part.id, ' ', {dates}, '; arrest ', arrest.id, ' from ', coalesce(arrest.began, '?'), ' to ', coalesce(arrest.ended, '?'))
            AS dates
    FROM prisoners_{record} AS part JOIN prisoners_arrest AS arrest ON arrest.id = part.arrest_id
    WHERE {broken}""",
    )


def of_person(name: str, words: str, broken: str) -> Rule:
    """A rule on an arrest and the person's life."""
    return Rule(
        name,
        "arrest",
        words,
        f"""SELECT arrest.id AS record_id, arrest.id AS arrest_id, person.id AS prisoner_id,
        concat('arrest ', arrest.id, ' from ', coalesce(arrest.began, '?'), ' to ', coalesce(arrest.ended, '?'),
            ', confirmed ' || arrest.last_confirmed_on, '; person ', person.code, ', born ' || person.born, ', died ' || person.died) AS dates
    FROM prisoners_arrest AS arrest JOIN prisoners_prisoner AS person ON person.id = arrest.prisoner_id
    WHERE {broken}""",
    )


SPAN = "'from ', coalesce(part.began, '?'), ' to ', coalesce(part.ended, '?')"
OUTSIDE = """part.began_latest < arrest.began_earliest OR part.ended_latest < arrest.began_earliest
        OR arrest.ended_latest < part.began_earliest OR arrest.ended_latest < part.ended_earliest"""

LIFE = {
    "arrest_after_birth": (
        "The arrest comes before the birth.",
        "arrest.began_latest < person.born_earliest OR arrest.ended_latest < person.born_earliest",
    ),
    "arrest_before_death": ("The arrest comes after the death.", "person.died_latest < arrest.began_earliest"),
    "arrest_ended_in_life": ("The custody ends after the death.", "person.died_latest < arrest.ended_earliest"),
    "arrest_confirmed_in_life": ("Custody was confirmed after the death.", "person.died_latest < arrest.last_confirmed_on"),
}
OUTLIVES = " OR ".join(broken for _words, broken in LIFE.values())

RULES = [
    of_arrest(
        "judgment_after_arrest",
        "judgment",
        "The judgment was passed before the arrest, and not in absentia.",
        "'of ', part.decided_on",
        "part.decided_on_latest < arrest.began_earliest AND NOT part.is_in_absentia",
    ),
    of_arrest("stay_within_arrest", "stay", "The stay lies outside its arrest.", SPAN, OUTSIDE),
    of_arrest("treatment_within_arrest", "treatment", "The treatment lies outside its arrest.", SPAN, OUTSIDE),
    of_arrest(
        "recognition_after_arrest",
        "recognition",
        "The arrest was recognised before it happened.",
        "'of ', part.made_on",
        "part.made_on_latest < arrest.began_earliest",
    ),
    *(of_person(name, words, broken) for name, (words, broken) in LIFE.items()),
    Rule(
        "consent_after_birth",
        "consent",
        "The consent was given before the birth.",
        """SELECT consent.id AS record_id, NULL::bigint AS arrest_id, person.id AS prisoner_id,
        concat('consent ', consent.id, ' of ', consent.given_on, '; person ', person.code, ', born ', person.born) AS dates
    FROM prisoners_consent AS consent JOIN prisoners_prisoner AS person ON person.id = consent.prisoner_id
    WHERE consent.given_on < person.born_earliest""",
    ),
]

ARREST, PERSON = ("prisoners_arrest", "arrest_id"), ("prisoners_prisoner", "prisoner_id")
OF_ARREST = ("judgment_after_arrest", "stay_within_arrest", "treatment_within_arrest", "recognition_after_arrest")
DATED = "began IS NOT NULL OR ended IS NOT NULL"

WATCHED = [
    Watched(
        "prisoners_judgment",
        ("arrest_id", "decided_on", "is_in_absentia"),
        ("judgment_after_arrest",),
        ARREST,
        needs="decided_on IS NOT NULL",
    ),
    Watched("prisoners_stay", ("arrest_id", "began", "ended"), ("stay_within_arrest",), ARREST, needs=DATED),
    Watched("prisoners_treatment", ("arrest_id", "began", "ended"), ("treatment_within_arrest",), ARREST, needs=DATED),
    Watched(
        "prisoners_recognition", ("arrest_id", "made_on"), ("recognition_after_arrest",), ARREST, needs="made_on IS NOT NULL"
    ),
    Watched("prisoners_consent", ("prisoner_id", "given_on"), ("consent_after_birth",), PERSON),
    Watched(
        "prisoners_arrest",
        ("prisoner_id", "began", "ended", "last_confirmed_on"),
        tuple(LIFE),
        PERSON,
        sieve=f"""SELECT arrest.id FROM prisoners_arrest AS arrest
            JOIN prisoners_prisoner AS person ON person.id = arrest.prisoner_id WHERE arrest.id = ANY (touched) AND ({OUTLIVES})""",
        below=tuple((rule, "arrest_id") for rule in OF_ARREST),
    ),
    Watched(
        "prisoners_prisoner",
        ("born", "died"),
        below=tuple((rule, "prisoner_id") for rule in (*LIFE, "consent_after_birth")),
    ),
]

RECHECK = """
CREATE TABLE prisoners_recheck (rule text NOT NULL, record_id bigint NOT NULL);
CREATE INDEX prisoners_recheck_record ON prisoners_recheck (rule, record_id);

CREATE FUNCTION prisoners_recheck() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    message text;
BEGIN
    DELETE FROM prisoners_recheck WHERE rule = NEW.rule AND record_id = NEW.record_id;
    EXECUTE format('SELECT words || '' ('' || dates || '')'' FROM %I WHERE record_id = $1', 'broken_' || NEW.rule)
        INTO message USING NEW.record_id;
    IF message IS NOT NULL THEN
        RAISE check_violation USING CONSTRAINT = NEW.rule, MESSAGE = message;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER prisoners_recheck AFTER INSERT ON prisoners_recheck
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION prisoners_recheck();
"""
DROP_RECHECK = "DROP TABLE prisoners_recheck;\nDROP FUNCTION prisoners_recheck();\n"

CREATE = "".join(
    [
        *(rule.view for rule in RULES),
        all_together("prisoners_contradictions", RULES),
        RECHECK,
        *(table.sql() for table in WATCHED),
    ]
)
DROP = "".join([*(table.drop() for table in WATCHED), DROP_RECHECK, drop_views("prisoners_contradictions", RULES)])


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0018_sentence_ends")]
    operations = [migrations.RunSQL(CREATE, DROP)]
