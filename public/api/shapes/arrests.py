"""Arrests as a whole case tells them, with everything that belongs to them."""

from rest_framework import serializers

from prisoners.models import Arrest as ArrestRecord
from prisoners.models import Charge as ChargeRecord
from prisoners.models import Facility as FacilityRecord
from prisoners.models import Judgment as JudgmentRecord
from releases.models import Release as ReleaseRecord

from .common import Citation, UncertainDate

ISO_REGION = "ISO 3166-2; empty when not on record."
CITED = "Which sources say it, field by field."


def choices_of(model: type, field: str) -> list[str]:
    """The values of a field that takes one of a fixed list."""
    return [value for value, _label in model._meta.get_field(field).flatchoices]  # type: ignore[attr-defined]


class Stay(serializers.Serializer):
    """Time in one place of custody."""

    facility = serializers.CharField(help_text="Its slug, as in `facilities`.")
    facility_kind = serializers.ChoiceField(choices_of(FacilityRecord, "kind"), help_text="What kind of place it is.")
    regime = serializers.CharField(allow_null=True, help_text="Code of the regime.")
    began = UncertainDate(allow_null=True, help_text="From when.")
    ended = UncertainDate(allow_null=True, help_text="Until when; null while it lasts.")
    citations = Citation(many=True, help_text=CITED)


class Charge(serializers.Serializer):
    """An article that somebody is charged with."""

    article = serializers.CharField(help_text="Its slug, as in the parameter `article`.")
    title = serializers.CharField(help_text="What it is about.")
    status = serializers.ChoiceField(choices_of(ChargeRecord, "status"), help_text="What became of the charge.")
    status_on = UncertainDate(allow_null=True, help_text="Since when.")
    requalified_as = serializers.CharField(allow_null=True, help_text="The article that it became.")
    citations = Citation(many=True, help_text=CITED)


class Judgment(serializers.Serializer):
    """A court's decision."""

    decided_on = UncertainDate(allow_null=True, help_text="When.")
    court = serializers.CharField(help_text="Which court; empty when not on record.")
    judge = serializers.CharField(help_text="Who judged; empty when not on record.")
    stage = serializers.ChoiceField(choices_of(JudgmentRecord, "stage"), help_text="At which stage of the proceedings.")
    outcome = serializers.ChoiceField(choices_of(JudgmentRecord, "outcome"), help_text="What it does to the sentence in force.")
    is_in_absentia = serializers.BooleanField(help_text="Without the person there.")
    is_closed_hearing = serializers.BooleanField(help_text="Without the public.")
    regime = serializers.CharField(allow_null=True, help_text="Code of the regime.")
    sentence_kind = serializers.ChoiceField(choices_of(JudgmentRecord, "sentence_kind"), help_text="What was imposed.")
    sentence_months = serializers.IntegerField(allow_null=True, help_text="How long, in months.")
    runs_from = UncertainDate(allow_null=True, help_text="From when it is reckoned; null: from the arrest.")
    credited_days = serializers.IntegerField(allow_null=True, help_text="Days that the court takes off.")
    ends = UncertainDate(allow_null=True, help_text="When it ends, if a source says so.")
    citations = Citation(many=True, help_text=CITED)


class Treatment(serializers.Serializer):
    """Something done to a person in custody."""

    kind = serializers.CharField(help_text="Its code, as in the parameter `treatment`.")
    began = UncertainDate(allow_null=True, help_text="From when.")
    ended = UncertainDate(allow_null=True, help_text="Until when.")
    severity = serializers.CharField(help_text="How grave; empty when not on record.")
    account = serializers.CharField(
        allow_null=True, help_text="What is told of it; null where it tells of health without consent."
    )
    citations = Citation(many=True, help_text=CITED)


class RecognitionFacts(serializers.Serializer):
    """Who finds that the arrest makes the person a political prisoner."""

    organisation = serializers.CharField(help_text="Slug of the organisation, as in `organisations`.")
    made_on = UncertainDate(allow_null=True, help_text="When.")
    withdrawn_on = UncertainDate(allow_null=True, help_text="When it was withdrawn; null while it stands.")


class Recognition(RecognitionFacts):
    """A recognition with its grounds."""

    criteria = serializers.ListField(child=serializers.CharField(), help_text="Codes of the criteria that it rests on.")
    criteria_note = serializers.CharField(help_text="Criteria in the organisation's own words.")
    statement_url = serializers.CharField(help_text="Its statement; empty when there is none.")
    withdrawn_because = serializers.CharField(help_text="Why it was withdrawn.")
    citations = Citation(many=True, help_text=CITED)


class VoidRelease(serializers.Serializer):
    """A release that came to nothing; custody never ended."""

    mechanism = serializers.CharField(help_text="Code of what it was to be.")
    happened_on = UncertainDate(allow_null=True, help_text="When.")
    because = serializers.CharField(help_text="What happened.")
    pardon = serializers.CharField(allow_null=True, help_text="The act of clemency: `path` in `pardons`.")
    citations = Citation(many=True, help_text=CITED)


class ReleaseInCase(serializers.Serializer):
    """How custody ended."""

    mechanism = serializers.CharField(help_text="Code of how it ended, as in the parameter `mechanism`.")
    is_death = serializers.BooleanField(help_text="A death in custody, which is never a release.")
    liberty_after = serializers.ChoiceField(choices_of(ReleaseRecord, "liberty_after"), help_text="What liberty it left.")
    conditions = serializers.ListField(child=serializers.CharField(), help_text="Codes of what was demanded or imposed.")
    verification = serializers.ChoiceField(choices_of(ReleaseRecord, "verification"), help_text="How well it is established.")
    pardon = serializers.CharField(allow_null=True, help_text="The act of clemency: `path` in `pardons`.")
    citations = Citation(many=True, help_text=CITED)


class ArrestPlace(serializers.Serializer):
    """When and where."""

    began = UncertainDate(allow_null=True, help_text="When custody began; null when not on record.")
    ended = UncertainDate(allow_null=True, help_text="When it ended, the first day outside; null while it lasts.")
    country = serializers.CharField(help_text="The country that holds or held the person (ISO 3166-1).")
    region = serializers.CharField(help_text=ISO_REGION)


class ArrestFacts(ArrestPlace):
    """What is told of an arrest wherever it stands."""

    last_confirmed_on = serializers.DateField(allow_null=True, help_text="The last day on which custody was confirmed.")
    place = serializers.CharField(help_text="Where the arrest was; empty when not on record.")
    agency = serializers.CharField(allow_null=True, help_text="Code of who made it.")
    whereabouts = serializers.ChoiceField(
        choices_of(ArrestRecord, "whereabouts"), help_text="What the authorities say of where the person is."
    )
    is_home_confinement = serializers.BooleanField(help_text="Confined at home.")
    context = serializers.CharField(allow_null=True, help_text="Slug of what it belongs to, as in the parameter `context`.")
    case = serializers.CharField(allow_null=True, help_text="Slug of the group trial, as in the parameter `case`.")


class ArrestInCase(ArrestFacts):
    """An arrest with everything that belongs to it."""

    circumstances = serializers.CharField(help_text="How it was.")
    stated_reason = serializers.CharField(help_text="What the authorities give as the reason.")
    real_reason = serializers.CharField(help_text="What the reason is found to be.")
    citations = Citation(many=True, help_text=CITED)
    stays = Stay(many=True, help_text="Where the person was kept.")
    charges = Charge(many=True, help_text="The articles charged.")
    judgments = Judgment(many=True, help_text="What courts decided.")
    treatments = Treatment(many=True, help_text="What was done to the person.")
    recognitions = Recognition(many=True, help_text="Who recognises the person as a political prisoner.")
    void_releases = VoidRelease(many=True, help_text="Releases that came to nothing.")
    release = ReleaseInCase(allow_null=True, help_text="How it ended; null when not on record or not ended.")


class ArrestInYears(ArrestPlace):
    """An arrest of somebody who is shown by their initials: dates in years."""

    context = serializers.CharField(allow_null=True, help_text="Slug of what it belongs to, as in the parameter `context`.")
    articles = serializers.ListField(child=serializers.CharField(), help_text="Slugs of the articles charged.")
    treatments = serializers.ListField(child=serializers.CharField(), help_text="Codes of what was done to the person.")
    recognitions = RecognitionFacts(many=True, help_text="Who recognises the person as a political prisoner, in years.")
    mechanism = serializers.CharField(allow_null=True, help_text="Code of how it ended; null when not on record or not ended.")
    is_death = serializers.BooleanField(help_text="Ended with death, which is never a release.")


class ArrestInList(ArrestFacts):
    """An arrest in short; the whole of it is in the person's document."""

    facilities = serializers.ListField(
        child=serializers.CharField(), help_text="Slugs of the places of custody, in order of time."
    )
    articles = serializers.ListField(child=serializers.CharField(), help_text="Slugs of the articles charged.")
    treatments = serializers.ListField(child=serializers.CharField(), help_text="Codes of what was done to the person.")
    recognitions = RecognitionFacts(many=True, help_text="Who recognises the person as a political prisoner.")
    mechanism = serializers.CharField(allow_null=True, help_text="Code of how it ended; null when not on record or not ended.")
    is_death = serializers.BooleanField(help_text="Ended with death, which is never a release.")


class ReleaseInYears(ArrestPlace):
    """A custody that ended otherwise than by death, of somebody who is shown by their initials."""

    mechanism = serializers.CharField(allow_null=True, help_text="Code of how it ended; null when not on record.")


class ReleaseInList(ArrestPlace):
    """A custody that ended otherwise than by death."""

    mechanism = serializers.CharField(allow_null=True, help_text="Code of how it ended; null when not on record.")
    liberty_after = serializers.ChoiceField(
        choices_of(ReleaseRecord, "liberty_after"), allow_null=True, help_text="What liberty it left; null when not on record."
    )
    conditions = serializers.ListField(child=serializers.CharField(), help_text="Codes of what was demanded or imposed.")
    verification = serializers.ChoiceField(
        choices_of(ReleaseRecord, "verification"),
        allow_null=True,
        help_text="How well it is established; null when not on record.",
    )
    pardon = serializers.CharField(allow_null=True, help_text="The act of clemency: `path` in `pardons`.")
