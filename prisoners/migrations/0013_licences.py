"""The first licences. Editors add to them; codes already in use never change."""

from django.db import migrations

SPDX = "SPDX {}"
CC = "https://creativecommons.org/"
LICENCES = [
    ("cc0_1_0", "CC0 1.0 (no rights reserved)", SPDX.format("CC0-1.0"), f"{CC}publicdomain/zero/1.0/"),
    ("cc_by_4_0", "CC BY 4.0", SPDX.format("CC-BY-4.0"), f"{CC}licenses/by/4.0/"),
    ("cc_by_sa_4_0", "CC BY-SA 4.0", SPDX.format("CC-BY-SA-4.0"), f"{CC}licenses/by-sa/4.0/"),
    ("cc_by_nc_4_0", "CC BY-NC 4.0", SPDX.format("CC-BY-NC-4.0"), f"{CC}licenses/by-nc/4.0/"),
    ("cc_by_nc_nd_4_0", "CC BY-NC-ND 4.0", SPDX.format("CC-BY-NC-ND-4.0"), f"{CC}licenses/by-nc-nd/4.0/"),
    ("cc_by_3_0", "CC BY 3.0", SPDX.format("CC-BY-3.0"), f"{CC}licenses/by/3.0/"),
    ("cc_by_sa_3_0", "CC BY-SA 3.0", SPDX.format("CC-BY-SA-3.0"), f"{CC}licenses/by-sa/3.0/"),
    ("public_domain", "public domain", SPDX.format("CC-PDM-1.0"), f"{CC}publicdomain/mark/1.0/"),
    ("by_permission", "shown by permission; ask before you use it", "", ""),
    ("quotation", "quoted to report on this case; rights reserved", "Berne Convention, articles 10 and 10 bis", ""),
]


def add_licences(apps, schema_editor):
    model = apps.get_model("prisoners", "Licence")
    rows = [
        model(code=code, label=label, standard=standard, url=url, position=place)
        for place, (code, label, standard, url) in enumerate(LICENCES)
    ]
    model.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0012_photos")]
    # Backwards the table itself goes with the migration before, so nothing needs undoing here.
    operations = [migrations.RunPython(add_licences, migrations.RunPython.noop)]
