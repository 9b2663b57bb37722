"""The answer to a count: the same as `/counts.json`."""

from rest_framework import serializers

from counts.asking import UNITS
from counts.dimensions import DIMENSIONS
from counts.measures import MEASURES
from counts.periods import STEPS

from .common import Bounds


class Total(Bounds):
    """The number counted."""

    not_confirmed = serializers.IntegerField(
        required=False, help_text="Of `held`: how many of `at_least` are no longer confirmed."
    )


class Between(serializers.Serializer):
    """A length of time with its bounds; null where nothing is known."""

    at_least = serializers.FloatField(allow_null=True, help_text="At least.")
    at_most = serializers.FloatField(allow_null=True, help_text="At most.")


class Duration(serializers.Serializer):
    """How long, of the arrests that certainly match."""

    unit = serializers.ChoiceField(["days", "months"], help_text="The unit of `median` and `total`.")
    arrests = serializers.IntegerField(help_text="How many arrests match.")
    known = serializers.IntegerField(help_text="Of how many of them it is known.")
    left_out = serializers.IntegerField(help_text="How many are of people who aren't named, and left out.")
    endless = serializers.IntegerField(required=False, help_text="Of `sentence`: how many are for life or of death.")
    median = Between(help_text="Half were shorter, half longer.")
    total = Between(help_text="All together.")


class Durations(serializers.Serializer):
    """Lengths of time, where `figures` asks for them."""

    served = Duration(required=False, help_text="Time served, in days.")
    sentence = Duration(required=False, help_text="Imprisonment in force, in months.")


class SeriesPoint(Bounds):
    """One period of a series."""

    period = serializers.CharField(help_text="Such as 2024-01, 2024-Q1 or 2024.")
    not_confirmed = serializers.IntegerField(
        required=False, help_text="Of `held`: how many of `at_least` are no longer confirmed."
    )


class Beside(serializers.Serializer):
    """Another measure, asked in the same way."""

    measure = serializers.ChoiceField(list(MEASURES), help_text="What is counted.")
    total = Total(help_text="How many.")
    series = SeriesPoint(many=True, help_text="Its points, of the same periods.")


class Group(Bounds, Durations):
    """One group of a breakdown."""

    key = serializers.CharField(help_text="The value, as in the parameter that narrows to it.")
    label = serializers.CharField(help_text="What it is called.")
    series = SeriesPoint(many=True, required=False, help_text="Its points, where a series is asked.")


class Cite(serializers.Serializer):
    """How to cite the answer."""

    url = serializers.URLField(help_text="The address that asks exactly the same.")
    text = serializers.CharField(help_text="In words.")


class Count(Durations):
    """A number, with everything that says what it counts."""

    measure = serializers.ChoiceField(list(MEASURES), help_text="What is counted.")
    unit = serializers.ChoiceField(list(UNITS), help_text="In people, or in arrests.")
    on = serializers.DateField(required=False, help_text="The day; of `held` and `ever`.")
    locals()["from"] = serializers.DateField(
        required=False, allow_null=True, help_text="The first day of a flow, null where the period is open; or of a series."
    )
    to = serializers.DateField(required=False, help_text="The last day of a flow, or of a series.")
    step = serializers.ChoiceField(list(STEPS), required=False, help_text="How long each period of the series is.")
    cumulative = serializers.BooleanField(required=False, help_text="Whether its points add up.")
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
    series = SeriesPoint(many=True, required=False, help_text="The points of a series.")
    beside = Beside(many=True, required=False, help_text="Other measures beside.")
    demonstration = serializers.BooleanField(required=False, help_text="True where fictional people are counted.")
