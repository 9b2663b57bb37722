"""Places of custody, and who recognises."""

from rest_framework import serializers

from prisoners.models.custody import FacilityKind

from .arrests import ISO_REGION


class Facility(serializers.Serializer):
    """A place where somebody who is shown by name is or was held."""

    slug = serializers.CharField(help_text="Its name in addresses and in the parameter `facility`.")
    name = serializers.CharField(help_text="What it is called.")
    kind = serializers.ChoiceField(FacilityKind.values, help_text="What kind of place it is.")
    country = serializers.CharField(help_text="ISO 3166-1.")
    region = serializers.CharField(help_text=ISO_REGION)
    postal_address = serializers.CharField(help_text="Where letters go; empty when not on record.")
    latitude = serializers.FloatField(allow_null=True, help_text="Degrees north; null when not on record.")
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east; null when not on record.")


class Organisation(serializers.Serializer):
    """A group that recognises political prisoners, of somebody who has a page."""

    slug = serializers.CharField(help_text="Its name in addresses and in the parameter `recognised`.")
    name = serializers.CharField(help_text="What it is called.")
    url = serializers.CharField(help_text="Its site; empty when not on record.")
