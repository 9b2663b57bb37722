"""How custody ended, releases that came to nothing, and the people whom acts of clemency name."""

from django.utils.translation import gettext_lazy as _

from releases.models import LibertyAfter, Verification

from .custody import ARREST, OF_ARREST
from .making import SAME, Link, Table, key, listed, number, term, text, uncertain

ACT = _("the act of clemency")

RELEASES = Table(
    "releases",
    _("Releases"),
    _("How custody ended, deaths among them (mechanisms.is_death). When it ended stands with the arrest."),
    (
        key("arrest", ARREST, "arrest.key", "Release.arrest"),
        term("mechanism", _("how it ended"), "record.mechanism_id", "Release.mechanism", coarse=SAME, is_required=True),
        term(
            "liberty_after",
            _("what liberty the person had afterwards"),
            "record.liberty_after",
            "Release.liberty_after",
            values=tuple(LibertyAfter.values),
        ),
        listed(
            "conditions",
            _("codes of what was asked in exchange, or put upon the person"),
            "SELECT condition_id FROM releases_release_conditions WHERE release_id = record.id ORDER BY 1",
            "Release.conditions",
        ),
        term(
            "verification",
            _("how well it is established"),
            "record.verification",
            "Release.verification",
            values=tuple(Verification.values),
        ),
        term("pardon", ACT, "act.slug", "Release.pardon Pardon.slug"),
    ),
    f"releases_release AS record {OF_ARREST} LEFT JOIN releases_pardon AS act ON act.id = record.pardon_id",
    key=("arrest",),
    links=(Link("arrest", "arrests", "id"), Link("mechanism", "mechanisms", "code"), Link("pardon", "pardons", "slug")),
    of_people=True,
)

VOID_RELEASES = Table(
    "void_releases",
    _("Void releases"),
    _("Releases that came to nothing: custody never ended."),
    (
        key("id", _("the void release"), "part.key"),
        key("arrest", ARREST, "arrest.key", "VoidRelease.arrest"),
        term("mechanism", _("how custody was to end"), "record.mechanism_id", "VoidRelease.mechanism", is_required=True),
        *uncertain("happened_on", _("when"), "record.happened_on", "VoidRelease.happened_on"),
        text("because", _("what happened"), "record.because", "VoidRelease.because"),
        term("pardon", ACT, "act.slug", "VoidRelease.pardon Pardon.slug"),
    ),
    f"releases_voidrelease AS record JOIN void_release AS part ON part.id = record.id {OF_ARREST} "
    "LEFT JOIN releases_pardon AS act ON act.id = record.pardon_id",
    key=("id",),
    links=(Link("arrest", "arrests", "id"), Link("mechanism", "mechanisms", "code"), Link("pardon", "pardons", "slug")),
    of_people=True,
)

PARDON_LINES = Table(
    "pardon_lines",
    _("Lines of acts of clemency"),
    _("Lines of the lists of acts that were matched to somebody who is shown by name. What other lines say is not told."),
    (
        key("pardon", ACT, "act.slug", "PardonLine.pardon Pardon.slug"),
        number("position", _("the line of the list"), "record.position", "PardonLine.position", is_required=True),
        key("arrest", ARREST, "arrest.key", "PardonLine.arrest"),
    ),
    f"releases_pardonline AS record {OF_ARREST} AND NOT person.is_coarse "
    "JOIN releases_pardon AS act ON act.id = record.pardon_id",
    key=("pardon", "arrest"),
    links=(Link("pardon", "pardons", "slug"), Link("arrest", "arrests", "id")),
)
