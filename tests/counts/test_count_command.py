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


def test_count_prints_a_series_with_what_is_beside_it(world, capsys):
    asked = ["measure=arrests", "from=2020-07-15", "to=2020-09-02", "step=month", "beside=held", "recognised=any", "by=region"]
    call_command("count", *asked)
    assert capsys.readouterr().out.splitlines() == [
        "From 15 July 2020 to 2 September 2020 at least 1 person was arrested.",
        "BY-HM\tMinsk\t1",
        "In each month, from 15 July 2020 to 2 September 2020.",
        "period\tarrests\theld\tBY-HM",
        "2020-07\t0\t0\t0",
        "2020-08\t1\t1\t1",
        "2020-09\t0\t1\t0",
    ]


def test_count_says_how_long(world, capsys):
    call_command("count", "on=2020-08-19", "recognised=any", "figures=served", "figures=sentence")
    assert capsys.readouterr().out.splitlines() == [
        "On 19 August 2020 at least 1 person was held.",
        "Days in custody: median 10, together 10 (known for 1 of 1 arrests).",
        "Months of imprisonment imposed: not known of anybody.",
    ]
