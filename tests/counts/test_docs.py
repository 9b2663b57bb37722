"""docs/counts.md names every measure, breakdown and parameter, and no other."""

import re
from pathlib import Path

from django.conf import settings

from counts.asking import ASKING
from counts.dimensions import DIMENSIONS
from counts.filters import RecordFilters
from counts.measures import MEASURES

PAGE = Path(settings.BASE_DIR, "docs/counts.md").read_text()


def words(section):
    return PAGE.split(f"## {section}\n")[1].split("\n## ")[0]


def test_documented_measures_are_the_measures():
    assert re.findall(r"^\| `(\w+)` \|", words("What is counted"), re.M)[1:] == list(MEASURES)


def test_documented_breakdowns_are_the_breakdowns():
    sentence = words("Breakdown").split(". ")[0]
    assert re.findall(r"`(\w+)`", sentence)[1:] == list(DIMENSIONS)


def test_documented_parameters_are_the_parameters():
    sentence = words("Narrowing").split(". ")[0]
    assert set(re.findall(r"`(\w+)`", sentence)) == set(RecordFilters.base_filters)
    assert all(f"`{name}`" in PAGE for name in ASKING)
