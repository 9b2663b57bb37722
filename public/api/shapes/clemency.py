"""Acts of clemency, their waves, and what the world said."""

from rest_framework import serializers

from releases.models import EventKind, LegalForm, Stance

from ...remaining import SHORT
from .common import Bounds, Citation, NumberedSource, UncertainDate


class Numbers(serializers.Serializer):
    """Four numbers, none of which is added to another."""

    announced_number = serializers.IntegerField(
        source="numbers.announced", allow_null=True, help_text="How many people were announced; null when no number was given."
    )
    is_announced_minimum = serializers.BooleanField(
        source="numbers.is_announced_minimum", help_text="Announced as “at least”, or of one act not at all."
    )
    listed = serializers.IntegerField(source="numbers.listed", help_text="Lines of published lists.")
    identified = serializers.IntegerField(source="numbers.identified", help_text="People found who are shown by name.")
    unidentified = serializers.IntegerField(
        source="numbers.unidentified", help_text="Places announced, or listed if more are listed, that nobody identified takes."
    )
    is_unidentified_minimum = serializers.BooleanField(
        source="numbers.is_unidentified_minimum", help_text="Whether there can be more of those."
    )


class Cited(serializers.Serializer):
    """What a record rests on."""

    citations = Citation(many=True, help_text="Which sources say it, field by field.")
    sources = NumberedSource(many=True, help_text="What is cited.")
    confidential_sources = serializers.IntegerField(help_text="How many more sources are kept confidential.")


class PardonFacts(serializers.Serializer):
    """An act of clemency as the authorities made or announced it."""

    slug = serializers.CharField(source="record.slug", help_text="Its name in addresses and in the parameter `pardon`.")
    wave = serializers.CharField(source="record.wave.slug", help_text="Slug of its wave.")
    path = serializers.CharField(help_text="Wave and slug, as other records name it.")
    url = serializers.URLField(help_text="Its page.")
    title = serializers.CharField(source="record.title", help_text="What it is called.")
    announced_on = UncertainDate(source="record.announced_on", allow_null=True, help_text="When it was announced.")
    authority = serializers.CharField(source="record.authority", help_text="Whose act it was; empty when not on record.")
    legal_form = serializers.ChoiceField(LegalForm.values, source="record.legal_form", help_text="Its legal form.")
    framing = serializers.CharField(source="record.framing", help_text="What they said of it, in their own words.")


class Pardon(PardonFacts, Numbers, Cited):
    """One act of clemency, with its numbers and sources."""


class Remaining(serializers.Serializer):
    """What remained of the sentences of those released, in days."""

    people = serializers.IntegerField(help_text="How many releases there were; of somebody released twice, two.")
    known = serializers.IntegerField(help_text="Of how many the end of the sentence is known.")
    median = Bounds(allow_null=True, help_text="The median; null where none is known.")
    total = Bounds(help_text="All together.")
    short = Bounds(help_text=f"How many had under {SHORT} days left.")


class ArrestsAround(serializers.Serializer):
    """People arrested in the thirty days before the first act and after the last one."""

    before = Bounds(source="before.figures", help_text="Before the first act.")
    after = Bounds(source="after.figures", allow_null=True, help_text="After the last one; null until a day of them has come.")
    released = serializers.IntegerField(help_text="People released under these acts, to compare.")
    for_ten_released = serializers.ListField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="People arrested in those weeks for every ten released: at least, and at most; null where nobody was.",
    )


class OfKind(serializers.Serializer):
    """How many people there are of one kind; kinds without anybody are left out."""

    code = serializers.CharField(help_text="The kind, as the parameter of the page's list of people names it.")
    people = serializers.IntegerField(help_text="How many people.")


class Mechanism(Bounds):
    """How many came out in one way, as the same count of releases says it."""

    code = serializers.CharField(source="slug", help_text="The mechanism's code.")
    at_least = serializers.IntegerField(source="figures.at_least", help_text="Certain.")
    at_most = serializers.IntegerField(source="figures.at_most", help_text="Possible, given uncertain dates.")


class Figures(serializers.Serializer):
    """What is known of the people whom acts of clemency cover."""

    released = Bounds(source="figures.released", help_text="People who came out under these acts; deaths are never among them.")
    mechanisms = Mechanism(source="figures.mechanisms", many=True, help_text="Those released, by how.")
    outcomes = OfKind(source="figures.outcomes", many=True, help_text="What became of everybody identified.")
    conditions = OfKind(
        source="figures.conditions", many=True, help_text="Those released, by condition; a person can have several."
    )
    liberty_after = OfKind(source="figures.liberty_after", many=True, help_text="Those released, by what liberty they have.")
    verification = OfKind(source="figures.verification", many=True, help_text="Those released, by how well that is established.")
    remaining = Remaining(source="figures.remaining", help_text="What remained of the sentences of those released.")
    arrested_again = serializers.IntegerField(
        source="figures.arrested_again", help_text="People identified who were certainly arrested again since."
    )
    named_several_times = serializers.IntegerField(
        source="figures.named_several_times",
        help_text="People named by several acts, or for several arrests; each is one above.",
    )
    arrests_around = ArrestsAround(
        source="figures.arrests_around", allow_null=True, help_text="Arrests of the weeks around; null when no act has a day."
    )


class WholePardon(Pardon, Figures):
    """One act of clemency, with all its figures."""


class Wave(serializers.Serializer):
    """A named run of acts of clemency."""

    slug = serializers.CharField(source="record.slug", help_text="Its name in addresses and in the parameter `wave`.")
    url = serializers.URLField(help_text="Its page.")
    title = serializers.CharField(source="record.title", help_text="What it is called.")
    summary = serializers.CharField(source="record.summary", help_text="What it is about; empty when not on record.")
    pardons = Pardon(many=True, help_text="Its acts, with their numbers and sources.")
    events = serializers.ListField(child=serializers.CharField(), help_text="Slugs of the events that it answers or precedes.")


class WholeWave(Wave, Numbers, Figures):
    """A wave with the figures of all its acts together; who is named by several acts is identified once."""


class EventFacts(serializers.Serializer):
    """Something in the world beside the cases."""

    slug = serializers.CharField(source="record.slug", help_text="Its name.")
    title = serializers.CharField(source="record.title", help_text="What it is called.")
    happened_on = UncertainDate(source="record.happened_on", allow_null=True, help_text="When.")
    kind = serializers.ChoiceField(EventKind.values, source="record.kind", help_text="What kind of thing it is.")
    actor = serializers.CharField(source="record.actor", help_text="Who acted or spoke; empty when not on record.")
    stance = serializers.ChoiceField(["", *Stance.values], source="record.stance", help_text="What a statement wants.")
    summary = serializers.CharField(source="record.summary", help_text="What it is about; empty when not on record.")
    waves = serializers.ListField(child=serializers.CharField(), help_text="Slugs of the waves that it answers or precedes.")


class Event(EventFacts, Cited):
    """Something in the world beside the cases, with its sources."""
