"""Whom and what the public tables may tell, as named queries that every table's SQL stands behind.

People come in through the doors of `prisoners.querysets`, records that they share through those of `counts.nameable`: what
those don't let through isn't there for any table. Each record of a person gets the key that it has in the data set, for the
numbers of the database would tell how many others there are.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from prisoners.initials import initials
from prisoners.models import Name, Photo, Prisoner

from .. import nameable

# Whose health may be told, as `prisoners.consenting.may_tell_of_health` has it, to which a test holds it: what somebody else
# agreed to doesn't stand against the person's own withdrawal after it.
_HEALTHY = """
SELECT given.prisoner_id AS id FROM prisoners_consent AS given
WHERE given.scope = 'health' AND given.given_on <= %(day)s AND given.withdrawn_on IS NULL
  AND (given.given_by = 'self' OR given.given_on > ALL (
      SELECT own.withdrawn_on FROM prisoners_consent AS own
      WHERE own.prisoner_id = given.prisoner_id AND own.scope = 'health' AND own.given_by = 'self'
        AND own.given_on <= %(day)s AND own.withdrawn_on IS NOT NULL))
"""
_PEOPLE = {
    "person": """
SELECT record.id, record.code, named.id IS NULL AS is_coarse, record.id IN (SELECT id FROM healthy) AS with_health
FROM prisoners_prisoner AS record LEFT JOIN named ON named.id = record.id WHERE record.id IN (SELECT id FROM published)
""",
    # Numbered in the order of what may be told of their beginning.
    "arrest": """
SELECT record.id, person.id AS prisoner_id, person.code, person.is_coarse, person.with_health, person.code || '-' || row_number()
    OVER (PARTITION BY person.id ORDER BY counts_first(record.began_earliest, person.is_coarse) NULLS FIRST, record.id) AS key
FROM prisoners_arrest AS record JOIN person ON person.id = record.prisoner_id
""",
}
# What belongs to them: numbered, where it must be, within the values that may be told.
_PARTS = {
    "name": """
SELECT part.id, owner.code, owner.code || '-name-' || row_number()
    OVER (PARTITION BY owner.id ORDER BY NOT part.is_heading, part.language COLLATE "C", part.text COLLATE "C") AS key
FROM prisoners_name AS part JOIN person AS owner ON owner.id = part.prisoner_id WHERE NOT owner.is_coarse
""",
    "stay": """
SELECT part.id, owner.code, owner.key || '-stay-' || row_number()
    OVER (PARTITION BY owner.id ORDER BY part.began_earliest NULLS FIRST, part.id) AS key
FROM prisoners_stay AS part JOIN arrest AS owner ON owner.id = part.arrest_id WHERE NOT owner.is_coarse
""",
    "charge": """
SELECT part.id, owner.is_coarse, owner.code, owner.key || '-' || statute.slug AS key
FROM prisoners_charge AS part JOIN arrest AS owner ON owner.id = part.arrest_id
JOIN prisoners_statute AS statute ON statute.id = part.statute_id
""",
    "judgment": """
SELECT part.id, owner.code, owner.key || '-judgment-' || row_number()
    OVER (PARTITION BY owner.id ORDER BY part.decided_on_earliest NULLS FIRST, part.id) AS key
FROM prisoners_judgment AS part JOIN arrest AS owner ON owner.id = part.arrest_id WHERE NOT owner.is_coarse
""",
    # Of people with initials the kinds, once each.
    "treatment": """
SELECT numbered.id, owner.is_coarse, owner.code, owner.key || '-' || numbered.kind_id || '-' || numbered.place AS key
FROM (SELECT id, arrest_id, kind_id, row_number() OVER (PARTITION BY arrest_id, kind_id ORDER BY began_earliest NULLS FIRST, id)
      AS place FROM prisoners_treatment) AS numbered
JOIN arrest AS owner ON owner.id = numbered.arrest_id WHERE numbered.place = 1 OR NOT owner.is_coarse
""",
    "recognition": """
SELECT part.id, owner.is_coarse, owner.code, owner.key || '-' || organisation.slug || '-' || row_number() OVER (
    PARTITION BY owner.id, organisation.id
    ORDER BY counts_first(part.made_on_earliest, owner.is_coarse), counts_last(part.made_on_latest, owner.is_coarse),
        counts_first(part.withdrawn_on_earliest, owner.is_coarse), part.id) AS key
FROM prisoners_recognition AS part JOIN arrest AS owner ON owner.id = part.arrest_id
JOIN prisoners_organisation AS organisation ON organisation.id = part.organisation_id
""",
    "void_release": """
SELECT part.id, owner.code, owner.key || '-void-' || row_number()
    OVER (PARTITION BY owner.id ORDER BY part.happened_on_earliest NULLS FIRST, part.id) AS key
FROM releases_voidrelease AS part JOIN arrest AS owner ON owner.id = part.arrest_id WHERE NOT owner.is_coarse
""",
    # Sources that readers can't tell apart are one.
    "open_source": """
SELECT id, left(md5(jsonb_build_array(title, publisher, url, archived_url, kind, published_on)::text), 16) AS key
FROM prisoners_source WHERE confidentiality = 'public'
""",
}


def doors(day: date) -> str:
    """The queries that stand before each table's own, with every value written out: `WITH …`, to be put before SELECT.

    `day` is the day on which agreements must stand.
    """
    let_through = {
        "named": _sql(Prisoner.objects.named().order_by().values("id")),
        "published": _sql(Prisoner.objects.published().order_by().values("id")),
        "healthy": _bound(_HEALTHY, {"day": day}),
        "initials": _initials(),
        "photo": _sql(Photo.objects.shown(on=day).order_by().values("id")),
        "facility": _sql(nameable.facilities().order_by().values("id")),
        "statute": _sql(nameable.statutes().order_by().values("id")),
        "organisation": _sql(nameable.organisations().order_by().values("id")),
        "context": _sql(nameable.contexts().order_by().values("id")),
        "group_trial": _sql(nameable.cases().order_by().values("id")),
    }
    queries = {**let_through, **_PEOPLE, **_PARTS}
    return "WITH " + ", ".join(f"{name} AS ({query.strip()})" for name, query in queries.items()) + " "


def _initials() -> str:
    """Code and initials of those who are shown by them. They are reckoned outside the database, and are few."""
    people = Prisoner.objects.published().exclude(pk__in=Prisoner.objects.named().values("pk")).order_by().values("pk")
    headings = (
        Name.objects.filter(prisoner__in=people, is_heading=True).order_by("prisoner_id").values_list("prisoner_id", "text")
    )
    shown = [(key, text) for key, heading in headings if (text := initials(heading))]
    sql = "SELECT * FROM unnest(%(ids)s::bigint[], %(texts)s::text[]) AS pair (id, text)"
    return _bound(sql, {"ids": [key for key, _text in shown], "texts": [text for _key, text in shown]})


def _sql(records: QuerySet[Any, Any]) -> str:
    return _bound(*records.query.sql_with_params())


def _bound(sql: str, parameters: Any) -> str:
    """The statement with its values written out: COPY takes no parameters."""
    with connection.cursor() as cursor:
        return str(cursor.mogrify(sql, parameters).decode())
