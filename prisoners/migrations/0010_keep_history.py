"""The history of people, arrests and what belongs to them begins."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0009_history")]
    operations = [
        KeepHistory("prisoners_occupation", "code"),
        KeepHistory("prisoners_affiliation", "code"),
        KeepHistory("prisoners_vulnerability", "code"),
        KeepHistory("prisoners_prisoner_occupations", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_prisoner_affiliations", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_prisoner_vulnerabilities", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_prisoner", passed_over=("changed_at",)),
        KeepHistory("prisoners_name", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_summary", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_consent", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_context"),
        KeepHistory("prisoners_case"),
        KeepHistory("prisoners_agency", "code"),
        KeepHistory("prisoners_arrest", owners=(("prisoner_id", "prisoners_prisoner"),)),
        KeepHistory("prisoners_facility"),
        KeepHistory("prisoners_regime", "code"),
        KeepHistory("prisoners_stay", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("prisoners_statute"),
        KeepHistory("prisoners_charge", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("prisoners_judgment", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("prisoners_organisation"),
        KeepHistory("prisoners_criterion", "code"),
        KeepHistory("prisoners_recognition_criteria", owners=(("recognition_id", "prisoners_recognition"),)),
        KeepHistory("prisoners_recognition", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("prisoners_treatmentkind", "code"),
        KeepHistory("prisoners_treatment", owners=(("arrest_id", "prisoners_arrest"),)),
        KeepHistory("prisoners_source"),
        KeepHistory(
            "prisoners_citation",
            owners=(
                ("prisoner_id", "prisoners_prisoner"),
                ("name_id", "prisoners_name"),
                ("arrest_id", "prisoners_arrest"),
                ("stay_id", "prisoners_stay"),
                ("charge_id", "prisoners_charge"),
                ("judgment_id", "prisoners_judgment"),
                ("treatment_id", "prisoners_treatment"),
                ("recognition_id", "prisoners_recognition"),
            ),
        ),
    ]
