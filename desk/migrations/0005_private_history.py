"""The history of private records begins. It holds their texts as they are: encrypted."""

from django.db import migrations

from prisoners.history.tracking import KeepHistory

OF_PERSON = (("prisoner_id", "prisoners_prisoner"),)


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_private_records")]
    operations = [
        KeepHistory("desk_familycontact", owners=OF_PERSON),
        KeepHistory("desk_exactaddress", owners=OF_PERSON),
        KeepHistory("desk_healthfile", owners=OF_PERSON),
        KeepHistory("desk_consentevidence", owners=OF_PERSON),
        KeepHistory("desk_sourceidentity", owners=(("source_id", "prisoners_source"),)),
        KeepHistory("desk_internalnote", owners=(*OF_PERSON, ("arrest_id", "prisoners_arrest"))),
    ]
