"""The plain texts whose content has moved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0007_more_vocabularies")]
    operations = [
        migrations.RemoveField(model_name="arrest", name="agency_text"),
        migrations.RemoveField(model_name="prisoner", name="summary"),
    ]
