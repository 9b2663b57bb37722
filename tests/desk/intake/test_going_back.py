"""Migrations of a database that has intakes in it: back to a day alone, and forth again."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from desk.intake.confirming import confirm_intake, plan_of
from desk.intake.models import Intake
from prisoners.dates import UncertainDate
from tests.desk.intake.scene import DAY, EDITOR, begin, make_pardon


def migrated_to(name):
    MigrationExecutor(connection).migrate([("desk", name)])


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_days_and_looks_of_intakes_go_back_and_come_again():
    intakes = [
        begin("Ivan Petrov", make_pardon(slug), held_on=held_on)
        for slug, held_on in (("day", UncertainDate.on(DAY)), ("month", UncertainDate.parse("2024-08")), ("unknown", None))
    ]
    confirm_intake(intake=intakes[0], by=EDITOR, now=timezone.now(), seen=plan_of(intakes[0], EDITOR).seen)
    migrated_to("0010_pardon_intake")
    days = [str(day) for (day,) in rows("SELECT held_on FROM desk_intake ORDER BY id")]
    assert days == ["2024-08-16", "2024-08-01", str(timezone.now().date())]
    assert rows("SELECT left_at IS NOT NULL FROM desk_intakeline ORDER BY intake_id") == [(True,), (False,), (False,)]
    migrated_to("0013_open_lines")
    assert [str(intake.held_on) for intake in Intake.objects.order_by("pk")] == days
    last = rows("SELECT max(number) FROM history_seal")[0][0]
    assert [0 < number <= last for (number,) in rows("SELECT opened_after FROM desk_intake")] == [True] * 3
