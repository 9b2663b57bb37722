"""`make_demo`: once, the same for the same seed, and never among real people."""

import hashlib
import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction

from prisoners.models import Prisoner, Statute
from releases.models import PardonLine
from tests.factories import make_prisoner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_publications")]
_OF_THE_MOMENT = {"created_at", "changed_at", "opened_at", "last_at", "decided_at"}
_BY_CHANCE = {"file"}  # names that nobody may guess, whatever the seed


def run(*args: str, **options: Any) -> str:
    out = StringIO()
    call_command("make_demo", *args, stdout=out, **options)
    return out.getvalue().strip()


def digest() -> str:
    """Of every row of the records; keys are replaced by their place in their table, since a sequence never goes back."""
    content = [
        _rows(model)
        for app in ("prisoners", "releases")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.managed  # the history has other keys and moments each time
    ]
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _rows(model: type[models.Model]) -> list[list[str]]:
    fields = [field for field in model._meta.concrete_fields if field.name not in _OF_THE_MOMENT | _BY_CHANCE]
    rows = model._default_manager.order_by("pk").values_list(*(field.attname for field in fields))
    return [[str(_place(field, value)) for field, value in zip(fields, row, strict=True)] for row in rows]


def _place(field: Any, value: Any) -> Any:
    target = field.related_model if field.is_relation else field.model
    if not isinstance(target._meta.pk, models.BigAutoField) or not (field.is_relation or field.primary_key) or value is None:
        return value
    return value - target._default_manager.order_by("pk").values_list("pk", flat=True)[0]


def made_then_undone(**options: Any) -> str:
    with transaction.atomic():
        run(**options)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_make_demo_same_seed_makes_equal_content() -> None:
    assert made_then_undone(people=60, seed=7) == made_then_undone(people=60, seed=7)


def test_make_demo_other_seed_makes_other_content() -> None:
    assert made_then_undone(people=60, seed=7) != made_then_undone(people=60, seed=8)


@pytest.mark.parametrize("people", [1, 2, 40])
def test_make_demo_people_makes_so_many(people: int) -> None:
    made = json.loads(run("--json", people=people))
    assert (made["is_new"], made["people"]) == (True, people)
    assert Prisoner.objects.count() == people


def test_make_demo_small_population_keeps_the_announced_numbers_and_shrinks_the_identified() -> None:
    run(people=450)
    assert PardonLine.objects.exclude(arrest=None).count() == 2 + 2 + 2
    assert PardonLine.objects.filter(arrest=None).count() == 23


def test_make_demo_second_time_does_nothing_and_says_so() -> None:
    run(people=5)
    before = digest()
    assert run(people=30) == "There is demonstration data already (5 people): nothing was changed."
    assert digest() == before


def test_make_demo_article_entered_before_is_used_as_it_stands() -> None:
    entered = Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="As an editor wrote it")
    run(people=40)
    assert list(Statute.objects.filter(article="342").values_list("pk", "title")) == [(entered.pk, "As an editor wrote it")]
    assert entered.charges.count() > 5


def test_make_demo_real_people_present_refuses_and_writes_nothing() -> None:
    make_prisoner(state="draft", name="Real Person", is_fictional=False)
    before = digest()
    with pytest.raises(CommandError, match="This database holds real people") as refusal:
        run(people=5)
    assert refusal.value.returncode == 1
    assert digest() == before


def test_make_demo_real_person_added_after_the_invented_ones_leaves_all_as_they_are() -> None:
    run(people=5)
    make_prisoner(state="draft", name="Real Person", is_fictional=False)
    before = digest()
    run(people=5)
    assert digest() == before


@pytest.mark.parametrize("number", ["0", "-1", "many", "²"])
def test_make_demo_people_that_is_no_number_is_refused_by_name(number: str) -> None:
    with pytest.raises(CommandError, match=f"“{number}” is not a whole number of at least 1"):
        run(f"--people={number}")
