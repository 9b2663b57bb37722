"""`manage.py count`: the same answer at the prompt, its bounds too, and a refusal that names what is valid."""

import json

import pytest
from django.core.management import CommandError, call_command

from counts.ledger import settle
from tests.factories import make_arrest

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    make_arrest(began="2020-08-09", region="BY-HM")
    make_arrest(began="2024")
    settle()


def test_count_says_both_bounds_and_each_group(world, capsys):
    call_command("count", "on=2024-06-01", "recognised=any", "by=region")
    assert capsys.readouterr().out.splitlines() == [
        "On 1 June 2024 at least 1 person was held. Where dates are uncertain it can be up to 2.",
        "BY-HM\tMinsk\t1",
        "unknown\tunknown\tat least 0 (at most 1)",
    ]


def test_count_as_json_gives_the_total(world, capsys):
    call_command("count", "on=2024-06-01", "recognised=any", json=True)
    assert json.loads(capsys.readouterr().out)["total"] == {"at_least": 1, "at_most": 2, "not_confirmed": 1}


@pytest.mark.parametrize(("asked", "said"), [("by=shoe", "Valid: status, gender"), ("on", "not of the form NAME=VALUE")])
def test_count_refuses_what_it_cant_follow(asked, said):
    with pytest.raises(CommandError, match=said):
        call_command("count", asked)
