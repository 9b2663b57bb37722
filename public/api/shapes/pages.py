"""Pages of results, by cursor."""

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from . import cases, clemency, places
from .common import Bounds

NEXT = "The address of the next page; null on the last."
RESULTS = "The entries of this page."


class Page(serializers.Serializer):
    """One page of a resource."""

    demonstration = serializers.BooleanField(help_text="Whether fictional people are published here.")
    next = serializers.URLField(allow_null=True, help_text=NEXT)


class PageOfPeople(Page):
    """One page of what the list's query finds."""

    on = serializers.DateField(help_text="The day on which status, age and recognition are asked.")
    total = Bounds(
        allow_null=True, help_text="How many there are in all, on the first page; null on the others. `at_most` entries come."
    )


def by_visibility(name: str, named: type, initials: type) -> serializers.ListField:
    """A list of entries of two shapes, told apart by `visibility`."""
    either = PolymorphicProxySerializer(
        component_name=name,
        serializers={"named": named, "initials": initials},
        resource_type_field_name="visibility",
        many=True,
    )
    field = type(f"{name}s", (serializers.ListField,), {})
    return extend_schema_field(either)(field)(help_text=RESULTS)


class Prisoners(PageOfPeople):
    """One page of people."""

    results = by_visibility("Prisoner", cases.NamedPrisoner, cases.PrisonerByInitials)


class Arrests(PageOfPeople):
    """One page of arrests."""

    results = by_visibility("Arrest", cases.NamedArrest, cases.ArrestByInitials)


class Releases(PageOfPeople):
    """One page of releases."""

    results = by_visibility("Release", cases.NamedRelease, cases.ReleaseByInitials)


class Pardons(Page):
    """One page of acts of clemency."""

    results = clemency.Pardon(many=True, help_text=RESULTS)


class Waves(Page):
    """One page of waves."""

    results = clemency.Wave(many=True, help_text=RESULTS)


class Events(Page):
    """One page of events."""

    results = clemency.Event(many=True, help_text=RESULTS)


class Facilities(Page):
    """One page of places of custody."""

    results = places.Facility(many=True, help_text=RESULTS)


class Organisations(Page):
    """One page of organisations."""

    results = places.Organisation(many=True, help_text=RESULTS)


class Root(serializers.Serializer):
    """What there is."""

    prisoners = serializers.URLField(help_text="People.")
    arrests = serializers.URLField(help_text="Arrests.")
    releases = serializers.URLField(help_text="Releases.")
    pardons = serializers.URLField(help_text="Acts of clemency.")
    waves = serializers.URLField(help_text="Waves of them.")
    facilities = serializers.URLField(help_text="Places of custody.")
    events = serializers.URLField(help_text="What happened beside the cases.")
    organisations = serializers.URLField(help_text="Who recognises.")
    counts = serializers.URLField(help_text="Numbers.")
    description = serializers.URLField(help_text="This API in OpenAPI 3.1.")
    documentation = serializers.URLField(help_text="The same to read.")


CASE = PolymorphicProxySerializer(
    component_name="Case",
    serializers={"named": cases.NamedCase, "initials": cases.CaseByInitials},
    resource_type_field_name="visibility",
)
