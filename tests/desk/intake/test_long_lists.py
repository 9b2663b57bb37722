"""Lists of thousands: read to the limit, paged, and confirmed and taken back without a query a line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk.intake.confirming import confirm_intake, plan_of
from desk.intake.opening import MAX_LINES, read_text
from desk.intake.undoing import against, undo_intake
from prisoners.services import Refused
from releases.models import PardonLine, Release
from tests.desk.intake.scene import EDITOR, begin, choose, held, make_pardon


def names(number):
    return "\n".join(f"{n}. Nobody{chr(97 + n % 26)} Known{'abcdefghij'[n % 10]}" for n in range(1, number + 1))


def test_list_is_read_to_its_limit_and_not_beyond():
    assert len(read_text(names(3) + "\n" * (MAX_LINES - 2))) == MAX_LINES
    with pytest.raises(Refused, match="The list has 10001 lines; 10000 are the most"):
        read_text(names(3) + "\n" * (MAX_LINES - 1))


@pytest.mark.django_db
def test_long_list_is_paged_and_confirmed(desk):
    """More lines than are written at once; those chosen stand far apart."""
    arrests = [held("Ivan Petrov"), held("Anna Sidorova")]
    intake = begin(names(2010))
    assert intake.lines.count() == 2010
    page = desk.get(f"/desk/intake/{intake.pk}/?page=81")
    assert [row.line.number for row in page.context["list"].rows][-1] == 2010
    choose(intake, {5: arrests[0], 2005: arrests[1]})
    plan = plan_of(intake, EDITOR)
    confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=plan.seen)
    assert (PardonLine.objects.count(), Release.objects.count()) == (2010, 2)
    assert list(PardonLine.objects.exclude(arrest=None).values_list("position", "arrest")) == [
        (5, arrests[0].pk),
        (2005, arrests[1].pk),
    ]


@pytest.mark.django_db
def test_confirming_and_undoing_ask_no_more_of_many_releases_than_of_few():
    asked = []
    for slug, number in (("few", 2), ("many", 12)):
        arrests = {n: held(f"Person {slug} {n}") for n in range(1, number + 1)}
        intake = begin(names(number), make_pardon(slug), conditions=("silence",))
        choose(intake, arrests)
        seen = plan_of(intake, EDITOR).seen
        connection.check_constraints()
        with CaptureQueriesContext(connection) as confirming:
            confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=seen)
            connection.check_constraints()
        assert Release.objects.filter(pardon=intake.pardon).count() == number
        with CaptureQueriesContext(connection) as looking:
            assert against(intake) == []
        with CaptureQueriesContext(connection) as undoing:
            undo_intake(intake=intake, by=EDITOR, reason="measured")
        assert Release.objects.filter(pardon=intake.pardon).count() == 0
        asked.append((len(confirming), len(looking), len(undoing)))
    assert asked[0] == asked[1]
