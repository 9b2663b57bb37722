"""Where each fact comes from. Of a confidential source readers learn that there is one, and nothing else."""

from django.utils.translation import gettext_lazy as _

from prisoners.models.sources import SourceKind

from .making import Link, Table, flag, key, term, text, uncertain

_RECORDS = "prisoners_citation", "releases_citation"
# What can be cited: the table here that it stands in, its key and its person, the column of the citation, and the rows.
_CITED = (
    ("prisoners", "part.code", "part.code", 0, "prisoner_id", "person AS part", "NOT part.is_coarse"),
    ("names", "part.key", "part.code", 0, "name_id", "name AS part", "true"),
    ("arrests", "part.key", "part.code", 0, "arrest_id", "arrest AS part", "NOT part.is_coarse"),
    ("stays", "part.key", "part.code", 0, "stay_id", "stay AS part", "true"),
    ("charges", "part.key", "part.code", 0, "charge_id", "charge AS part", "NOT part.is_coarse"),
    ("judgments", "part.key", "part.code", 0, "judgment_id", "judgment AS part", "true"),
    ("treatments", "part.key", "part.code", 0, "treatment_id", "treatment AS part", "NOT part.is_coarse"),
    ("recognitions", "part.key", "part.code", 0, "recognition_id", "recognition AS part", "NOT part.is_coarse"),
    (
        *("releases", "part.key", "part.code", 1, "release_id"),
        *("releases_release AS record JOIN arrest AS part ON part.id = record.arrest_id", "NOT part.is_coarse"),
    ),
    ("void_releases", "part.key", "part.code", 1, "void_release_id", "void_release AS part", "true"),
    ("pardons", "part.slug", "NULL", 1, "pardon_id", "releases_pardon AS part", "true"),
    ("events", "part.slug", "NULL", 1, "event_id", "releases_event AS part", "true"),
)
