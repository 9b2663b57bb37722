"""People: whole documents, and the short entries of lists. Whoever is shown by their initials has shapes of their own."""

from rest_framework import serializers

from prisoners.models.person import Gender, NameKind

from ... import case_json, coarse_case
from ...standing import Kind
from .arrests import ArrestInCase, ArrestInList, ArrestInYears, ReleaseInList, ReleaseInYears
from .common import Citation, NumberedSource, UncertainDate

WHOLE, COARSE = case_json.FIELDS, coarse_case.FIELDS
IS_CERTAIN = "Whether the filters certainly match; false where uncertain dates leave it open."


class NameForm(serializers.Serializer):
    """One form of a name."""

    text = serializers.CharField(help_text="The name.")
    language = serializers.CharField(help_text="ISO 639; “und” when not known.")
    script = serializers.CharField(help_text="ISO 15924; empty when not known.")
    kind = serializers.ChoiceField(NameKind.values, help_text="What kind of name it is.")
    is_primary = serializers.BooleanField(help_text="The first of its language.")
    is_heading = serializers.BooleanField(help_text="Heads the page.")


class NameInCase(NameForm):
    """One form of a name, with its sources."""

    citations = Citation(many=True, help_text="Which sources give it.")


class Photo(serializers.Serializer):
    """A photo that may be shown."""

    url = serializers.URLField(help_text="Where the file is.")
    width = serializers.IntegerField(help_text="In pixels.")
    height = serializers.IntegerField(help_text="In pixels.")
    alternative_text = serializers.CharField(help_text="What it shows.")
    credit = serializers.CharField(help_text="Whose it is.")
    licence = serializers.CharField(help_text="Code of the licence.")
    licence_url = serializers.CharField(help_text="Its text; empty when there is none.")
    taken_on = UncertainDate(allow_null=True, help_text="When it was taken.")


class StandingInYears(serializers.Serializer):
    """How a person stands."""

    status = serializers.ChoiceField([kind.value for kind in Kind], help_text="Held, possibly held, released or died.")
    is_confirmed = serializers.BooleanField(help_text="Custody was confirmed within a year.")


class Standing(StandingInYears):
    """How a person stands, and how well that is known."""

    confirmed_on = serializers.DateField(allow_null=True, help_text="The last day on which custody was confirmed.")
    sentence_ends = UncertainDate(allow_null=True, help_text="When the sentence of somebody held is expected to end.")


class PersonFacts(serializers.Serializer):
    """What is told of everybody who has a page."""

    code = serializers.CharField(help_text=WHOLE["code"])
    url = serializers.URLField(help_text=WHOLE["url"])
    is_fictional = serializers.BooleanField(help_text=WHOLE["is_fictional"])
    country = serializers.CharField(help_text=WHOLE["country"])
    gender = serializers.ChoiceField(Gender.values, help_text=WHOLE["gender"])
    occupations = serializers.ListField(child=serializers.CharField(), help_text=WHOLE["occupations"])


class NamedFacts(PersonFacts):
    """What is told of somebody by name."""

    visibility = serializers.ChoiceField(["named"], help_text="“named”.")
    born = UncertainDate(allow_null=True, help_text=WHOLE["born"])
    died = UncertainDate(allow_null=True, help_text=WHOLE["died"])
    standing = Standing(allow_null=True, help_text=WHOLE["standing"])


class FactsInYears(PersonFacts):
    """What is told of somebody by their initials."""

    visibility = serializers.ChoiceField(["initials"], help_text="“initials”.")
    initials = serializers.CharField(allow_null=True, help_text=COARSE["initials"])
    born = UncertainDate(allow_null=True, help_text=COARSE["born"])
    died = UncertainDate(allow_null=True, help_text=COARSE["died"])
    standing = StandingInYears(allow_null=True, help_text=COARSE["standing"])


class NamedCase(NamedFacts):
    """The whole document of somebody who is shown by name, as beside the case page."""

    on = serializers.DateField(help_text=WHOLE["on"])
    names = NameInCase(many=True, help_text=WHOLE["names"])
    citizenships = serializers.ListField(child=serializers.CharField(), help_text=WHOLE["citizenships"])
    home_region = serializers.CharField(help_text=WHOLE["home_region"])
    affiliations = serializers.DictField(child=serializers.CharField(), help_text=WHOLE["affiliations"])
    vulnerabilities = serializers.ListField(child=serializers.CharField(), help_text=WHOLE["vulnerabilities"])
    summary = serializers.CharField(help_text=WHOLE["summary"])
    summaries = serializers.DictField(child=serializers.CharField(), help_text=WHOLE["summaries"])
    photos = Photo(many=True, help_text=WHOLE["photos"])
    citations = Citation(many=True, help_text=WHOLE["citations"])
    arrests = ArrestInCase(many=True, help_text=WHOLE["arrests"])
    sources = NumberedSource(many=True, help_text=WHOLE["sources"])
    confidential_sources = serializers.IntegerField(help_text=WHOLE["confidential_sources"])


class CaseByInitials(FactsInYears):
    """The whole document of somebody who is shown by their initials: years, regions and articles."""

    on = serializers.DateField(help_text=COARSE["on"])
    arrests = ArrestInYears(many=True, help_text=COARSE["arrests"])


class NamedPrisoner(NamedFacts):
    """Somebody in a list, shown by name."""

    names = NameForm(many=True, help_text="Every form of the name.")
    is_certain = serializers.BooleanField(help_text=IS_CERTAIN)
    arrest = ArrestInList(help_text="The arrest that matches, the latest of several.")


class PrisonerByInitials(FactsInYears):
    """Somebody in a list, shown by their initials."""

    is_certain = serializers.BooleanField(help_text=IS_CERTAIN)
    arrest = ArrestInYears(help_text="The arrest that matches, the latest of several, in years.")


class Whose(serializers.Serializer):
    """Whose arrest it is."""

    code = serializers.CharField(help_text="The person's public code, as in `prisoners`.")
    url = serializers.URLField(help_text=WHOLE["url"])
    is_fictional = serializers.BooleanField(help_text=WHOLE["is_fictional"])
    is_certain = serializers.BooleanField(help_text=IS_CERTAIN)


class NamedArrest(Whose, ArrestInList):
    """An arrest of somebody who is shown by name."""

    visibility = serializers.ChoiceField(["named"], help_text="“named”.")


class ArrestByInitials(Whose, ArrestInYears):
    """An arrest of somebody who is shown by their initials."""

    visibility = serializers.ChoiceField(["initials"], help_text="“initials”.")


class NamedRelease(Whose, ReleaseInList):
    """How a custody of somebody who is shown by name ended."""

    visibility = serializers.ChoiceField(["named"], help_text="“named”.")


class ReleaseByInitials(Whose, ReleaseInYears):
    """How a custody of somebody who is shown by their initials ended."""

    visibility = serializers.ChoiceField(["initials"], help_text="“initials”.")
