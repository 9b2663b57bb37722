"""The answer to a count: the same as `/counts.json`."""

from rest_framework import serializers

from counts.asking import UNITS
from counts.dimensions import DIMENSIONS
from counts.measures import MEASURES

from .common import Bounds


class Total(Bounds):
    """The number counted."""

    not_confirmed = serializers.IntegerField(
        required=False, help_text="Of `held`: how many of `at_least` are no longer confirmed."
    )


class Group(Bounds):
    """One group of a breakdown."""

    key = serializers.CharField(help_text="The value, as in the parameter that narrows to it.")
    label = serializers.CharField(help_text="What it is called.")


class Cite(serializers.Serializer):
    """How to cite the answer."""

    url = serializers.URLField(help_text="The address that asks exactly the same.")
    text = serializers.CharField(help_text="In words.")


class Count(serializers.Serializer):
    """A number, with everything that says what it counts."""

    measure = serializers.ChoiceField(list(MEASURES), help_text="What is counted.")
    unit = serializers.ChoiceField(list(UNITS), help_text="In people, or in arrests.")
    on = serializers.DateField(required=False, help_text="The day; of `held` and `ever`.")
    locals()["from"] = serializers.DateField(
        required=False, allow_null=True, help_text="The first day of a flow; null where the period is open."
    )
    to = serializers.DateField(required=False, help_text="The last day of a flow.")
    known = serializers.DateTimeField(help_text="The moment of what was known.")
    revision = serializers.IntegerField(help_text="The newest revision of the ledger that the answer saw.")
    recognised = serializers.CharField(help_text="The basis of recognition.")
    filters = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="What narrows whom is counted."
    )
    total = Total(help_text="How many.")
    counted_only = Bounds(help_text="How many of them are in no list.")
    not_published = Bounds(help_text="How many of them are in no list now.")
    cite = Cite(help_text="How to cite it.")
    by = serializers.ChoiceField(list(DIMENSIONS), required=False, help_text="The breakdown asked.")
    overlapping = serializers.BooleanField(required=False, help_text="Whether somebody can be under several groups.")
    groups = Group(many=True, required=False, help_text="The groups.")
    not_broken_down = Bounds(required=False, help_text="How many of the total are under no group.")
    demonstration = serializers.BooleanField(required=False, help_text="True where fictional people are counted.")
