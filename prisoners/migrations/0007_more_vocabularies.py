"""The first terms of the new lists, and what stood as plain text in their places."""

import re

from django.db import migrations

PACE = "PACE Resolution 1900 (2012), paragraph 3"
GUIDELINES = "Guidelines on the Definition of a Political Prisoner (2013)"
WGAD = "UN Working Group on Arbitrary Detention, methods of work"
MANDELA = "UN Standard Minimum Rules (Mandela Rules)"
BANGKOK = "UN Rules for the Treatment of Women Prisoners (Bangkok Rules)"

AGENCIES = [
    ("police", "police"),
    ("riot_police", "riot police"),
    ("security_service", "state security service"),
    ("investigators", "investigative committee"),
    ("financial_police", "financial police"),
    ("border_guard", "border guard"),
    ("military", "armed forces"),
    ("unidentified", "unidentified people"),
]
VULNERABILITIES = [
    ("minor", "under 18", "Convention on the Rights of the Child, article 37", False),
    ("over_60", "60 or over", MANDELA, False),
    ("disability", "disability", f"{MANDELA}, rules 2 and 5", True),
    ("serious_illness", "serious illness", f"{MANDELA}, rules 24–35", True),
    ("pregnancy", "pregnancy", f"{BANGKOK}, rules 48 and 64", True),
    ("small_children", "parent of small children", f"{BANGKOK}, rules 48–52 and 64", False),
    ("relative_held", "a relative is also held", "", False),
]
CRITERIA = [
    ("pace_a", "PACE 1900 a: detained in violation of a fundamental freedom", f"{PACE} a"),
    ("pace_b", "PACE 1900 b: detained for purely political reasons, without an offence", f"{PACE} b"),
    ("pace_c", "PACE 1900 c: length or conditions out of proportion, for political motives", f"{PACE} c"),
    ("pace_d", "PACE 1900 d: detained in a discriminatory manner, for political motives", f"{PACE} d"),
    ("pace_e", "PACE 1900 e: proceedings clearly unfair, and connected with political motives", f"{PACE} e"),
    ("guidelines_1", "2013 Guidelines, category 1: to be released at once", GUIDELINES),
    ("guidelines_2", "2013 Guidelines, category 2: case to be reviewed", GUIDELINES),
    ("wgad_1", "WGAD I: no legal basis", f"{WGAD}, category I"),
    ("wgad_2", "WGAD II: for exercising rights and freedoms", f"{WGAD}, category II"),
    ("wgad_3", "WGAD III: no fair trial", f"{WGAD}, category III"),
    ("wgad_4", "WGAD IV: administrative custody of asylum seekers without review", f"{WGAD}, category IV"),
    ("wgad_5", "WGAD V: discrimination", f"{WGAD}, category V"),
]
TELLING_OF_HEALTH = ["denied_medical_care", "hunger_strike"]
PACE_LETTERS = re.compile(r"PACE 1900 ([a-e](?:, ?[a-e])*)")


def add_terms(apps, schema_editor):
    def add(name, rows):
        model = apps.get_model("prisoners", name)
        model.objects.bulk_create([model(position=place, **row) for place, row in enumerate(rows)], ignore_conflicts=True)

    add("Agency", [{"code": code, "label": label} for code, label in AGENCIES])
    keys = ("code", "label", "standard", "is_health")
    add("Vulnerability", [dict(zip(keys, row, strict=True)) for row in VULNERABILITIES])
    add("Criterion", [dict(zip(keys, row, strict=False)) for row in CRITERIA])
    apps.get_model("prisoners", "TreatmentKind").objects.filter(code__in=TELLING_OF_HEALTH).update(is_health=True)


def read_criteria(apps, schema_editor):
    """Texts that name nothing but letters of PACE 1900 become those criteria; all others stay as notes."""
    recognition, link = (
        apps.get_model("prisoners", "Recognition"),
        apps.get_model("prisoners", "Recognition").criteria.through,
    )
    for note in recognition.objects.exclude(criteria_note="").values_list("criteria_note", flat=True).distinct():
        if not (letters := PACE_LETTERS.fullmatch(note)):
            continue
        found = recognition.objects.filter(criteria_note=note)
        codes = {f"pace_{letter.strip()}" for letter in letters[1].split(",")}
        pairs = [(key, code) for key in found.values_list("pk", flat=True) for code in sorted(codes)]
        link.objects.bulk_create([link(recognition_id=key, criterion_id=code) for key, code in pairs], batch_size=5000)
        found.update(criteria_note="")


def write_criteria(apps, schema_editor):
    recognition = apps.get_model("prisoners", "Recognition")
    for each in recognition.objects.filter(criteria__code__startswith="pace_").distinct().prefetch_related("criteria"):
        letters = sorted(criterion.code[-1] for criterion in each.criteria.all() if criterion.code.startswith("pace_"))
        each.criteria_note = f"PACE 1900 {', '.join(letters)}"
        each.save(update_fields=["criteria_note"])


AGENCIES_FROM_TEXT = r"""
WITH written AS (SELECT DISTINCT agency_text AS label FROM prisoners_arrest WHERE agency_text <> ''),
coded AS (
    SELECT label, coalesce(nullif(trim(BOTH '_' FROM left(regexp_replace(lower(unaccent(label)), '[^a-z0-9]+', '_', 'g'), 30)), ''),
                           'agency') || '_' || left(md5(label), 8) AS code
    FROM written
), added AS (
    INSERT INTO prisoners_agency (code, label, labels, standard, position) SELECT code, left(label, 120), '{}', '', 100 FROM coded
    RETURNING 1
)
UPDATE prisoners_arrest AS arrest SET agency_id = coded.code FROM coded, (SELECT count(*) FROM added) AS first
WHERE arrest.agency_text = coded.label;
"""
TEXT_FROM_AGENCIES = """
UPDATE prisoners_arrest AS arrest SET agency_text = agency.label FROM prisoners_agency AS agency WHERE agency.code = arrest.agency_id;
"""
SUMMARIES = """
INSERT INTO prisoners_summary (prisoner_id, language, text) SELECT id, 'und', summary FROM prisoners_prisoner WHERE summary <> '';
"""
SUMMARIES_BACK = """
UPDATE prisoners_prisoner AS person SET summary = first.text
FROM (SELECT DISTINCT ON (prisoner_id) prisoner_id, text FROM prisoners_summary ORDER BY prisoner_id, id) AS first
WHERE first.prisoner_id = person.id;
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0006_whole_record")]
    operations = [
        migrations.RunPython(add_terms, migrations.RunPython.noop),
        migrations.RunPython(read_criteria, write_criteria),
        migrations.RunSQL(AGENCIES_FROM_TEXT, TEXT_FROM_AGENCIES),
        migrations.RunSQL(SUMMARIES, SUMMARIES_BACK),
    ]
