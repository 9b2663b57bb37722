"""The first terms of the controlled lists. Editors add to them; codes already in use never change."""

from django.db import migrations

HURIDOCS = "HURIDOCS micro-thesauri"
MANDELA = "UN Standard Minimum Rules (Mandela Rules)"

OCCUPATIONS = [
    ("journalist", "journalist"),
    ("blogger", "blogger"),
    ("human_rights_defender", "human rights defender"),
    ("lawyer", "lawyer"),
    ("politician", "politician"),
    ("trade_unionist", "trade unionist"),
    ("teacher", "teacher"),
    ("academic", "academic"),
    ("student", "student"),
    ("writer", "writer"),
    ("artist", "artist"),
    ("cleric", "cleric or monk"),
    ("doctor", "doctor"),
    ("engineer", "engineer"),
    ("it_worker", "IT worker"),
    ("entrepreneur", "entrepreneur"),
    ("worker", "worker"),
    ("farmer", "farmer"),
    ("public_servant", "public servant"),
    ("military", "military or police"),
    ("athlete", "athlete"),
    ("pensioner", "pensioner"),
    ("unemployed", "unemployed"),
    ("other", "other"),
]
TREATMENTS = [
    ("torture", "torture or beating", "Convention against Torture, article 1"),
    ("denied_medical_care", "denied medical care", f"{MANDELA}, rules 24–35"),
    ("solitary", "solitary confinement", f"{MANDELA}, rule 44"),
    ("prolonged_solitary", "solitary confinement over 15 days", f"{MANDELA}, rule 44"),
    ("incommunicado", "no outside contact", f"{MANDELA}, rule 58"),
    ("denied_letters", "denied letters or visits", f"{MANDELA}, rules 58–63"),
    ("forced_labour", "forced labour", "ILO Convention 105"),
    ("hunger_strike", "hunger strike", HURIDOCS),
    ("harsher_regime", "harsher regime", HURIDOCS),
]
REGIMES = [
    ("administrative", "administrative detention"),
    ("pre_trial", "pre-trial detention"),
    ("house_arrest", "house arrest"),
    ("colony_general", "colony, general regime"),
    ("colony_strict", "colony, strict regime"),
    ("colony_special", "colony, special regime"),
    ("prison", "prison regime"),
    ("open", "open facility"),
    ("psychiatric", "psychiatric institution"),
]


def add_terms(apps, schema_editor):
    def add(model, rows):
        apps.get_model("prisoners", model).objects.bulk_create(
            [apps.get_model("prisoners", model)(position=place, **row) for place, row in enumerate(rows)], ignore_conflicts=True
        )

    add("Occupation", [{"code": code, "label": label, "standard": HURIDOCS} for code, label in OCCUPATIONS])
    add("TreatmentKind", [{"code": code, "label": label, "standard": standard} for code, label, standard in TREATMENTS])
    add("Regime", [{"code": code, "label": label} for code, label in REGIMES])


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0002_records")]
    # Backwards the tables themselves go with the migration before, so nothing needs undoing here.
    operations = [migrations.RunPython(add_terms, migrations.RunPython.noop)]
