"""Shapes that several resources share."""

from typing import Any

from rest_framework import serializers

from prisoners.dates import UncertainDate as Date

from ...documents import date_json


class UncertainDate(serializers.Serializer):
    """A date as far as it is known."""

    edtf = serializers.CharField(help_text="The date as it is written, in EDTF (ISO 8601-2): 2020-08, 2020-08~, ../2020-08-09.")
    earliest = serializers.DateField(allow_null=True, help_text="The earliest day that it can be; null where none is known.")
    latest = serializers.DateField(allow_null=True, help_text="The latest day that it can be; null where none is known.")

    def to_representation(self, instance: Date) -> dict[str, Any] | None:
        return date_json(instance)


class Bounds(serializers.Serializer):
    """A number as far as dates are known."""

    at_least = serializers.IntegerField(help_text="Certain.")
    at_most = serializers.IntegerField(help_text="Possible, given uncertain dates.")


class NumberedSource(serializers.Serializer):
    """Something one can go back to."""

    number = serializers.IntegerField(help_text="By which citations name it, within this document.")
    title = serializers.CharField(source="source.title", help_text="What it is called.")
    publisher = serializers.CharField(source="source.publisher", help_text="Who published it; empty when not on record.")
    url = serializers.CharField(source="source.url", help_text="Where it was found; empty when not on record.")
    archived_url = serializers.CharField(
        source="source.archived_url", help_text="Where a copy is kept; empty when there is none."
    )
    kind = serializers.CharField(source="source.kind", help_text="What kind of source it is.")
    published_on = UncertainDate(source="source.published_on", allow_null=True, help_text="When it was published.")


class Citation(serializers.Serializer):
    """Which source says it."""

    field = serializers.CharField(help_text="The field of the record; empty: all of it.")
    source = serializers.IntegerField(allow_null=True, help_text="The number of the source; null for a confidential one.")
    locator = serializers.CharField(help_text="The place in the source.")
    value = serializers.CharField(help_text="The value that the source gives, where noted: sources can differ.")


class Problem(serializers.Serializer):
    """One parameter that can't be used."""

    parameter = serializers.CharField(help_text="Its name, as given.")
    value = serializers.CharField(help_text="Its value, as given.")
    message = serializers.CharField(help_text="What is wrong with it.")
    valid = serializers.ListField(child=serializers.CharField(), help_text="What would be valid, where that can be listed.")


class InvalidQuery(serializers.Serializer):
    """Why a query can't be followed. Nothing in a query is ignored."""

    error = serializers.CharField(help_text="“invalid query”.")
    problems = Problem(many=True, help_text="Each parameter that is wrong.")


class Failure(serializers.Serializer):
    """Why there is no answer."""

    error = serializers.CharField(help_text="In two words.")
    message = serializers.CharField(help_text="What it means, and what to do.")
