"""Acts of clemency, the waves that they form, and what the world said."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from releases.models import EventKind, LegalForm, Stance

from ..columns import Kind
from .making import Link, Table, Told, flag, key, listed, number, term, text, uncertain

WAVES = Table(
    "waves",
    _("Waves"),
    _("Named runs of acts of clemency."),
    (
        key("slug", _("the wave, as in addresses"), "record.slug", "Wave.slug"),
        text("title", _("its title"), "record.title", "Wave.title", is_required=True),
        text("summary", _("what it was about"), "record.summary", "Wave.summary"),
    ),
    "releases_wave AS record",
    key=("slug",),
)


def _told_number(name: str, words: Any, query: str, tells: str) -> Told:
    return Told(name, Kind.INTEGER, words, f"({query})", tells, is_required=True)


# By a line of its list, by a release under it, or by one that came to nothing; each person once.
_TIED = " UNION ALL ".join(
    f"SELECT arrest_id FROM {table} WHERE pardon_id = record.id"
    for table in ("releases_pardonline", "releases_release", "releases_voidrelease")
)
_IDENTIFIED = f"SELECT count(DISTINCT arrest.prisoner_id) FROM arrest WHERE NOT arrest.is_coarse AND arrest.id IN ({_TIED})"

PARDONS = Table(
    "pardons",
    _("Acts of clemency"),
    _("Acts as the authorities made or announced them. Announced, listed and identified are three numbers: never add them up."),
    (
        key("slug", _("the act, as in addresses"), "record.slug", "Pardon.slug"),
        key("wave", _("the wave that it belongs to"), "wave_of.slug", "Pardon.wave Wave.slug"),
        text("title", _("its title"), "record.title", "Pardon.title", is_required=True),
        *uncertain("announced_on", _("when it was announced"), "record.announced_on", "Pardon.announced_on"),
        text("authority", _("who made it"), "record.authority", "Pardon.authority"),
        term("legal_form", _("its legal form"), "record.legal_form", "Pardon.legal_form", values=tuple(LegalForm.values)),
        text("framing", _("how it was put, in their own words"), "record.framing", "Pardon.framing"),
        number("announced_number", _("how many were announced"), "record.announced_number", "Pardon.announced_number"),
        flag(
            "is_announced_minimum",
            _("whether it was announced as “at least”"),
            "record.is_announced_minimum",
            "Pardon.is_announced_minimum",
        ),
        _told_number(
            "listed",
            _("how many lines its list has"),
            "SELECT count(*) FROM releases_pardonline AS line WHERE line.pardon_id = record.id",
            "PardonLine.pardon",
        ),
        _told_number(
            "identified",
            _("how many of the people are known, and shown by name"),
            _IDENTIFIED,
            "PardonLine.arrest Release.pardon VoidRelease.pardon",
        ),
    ),
    "releases_pardon AS record JOIN releases_wave AS wave_of ON wave_of.id = record.wave_id",
    key=("slug",),
    links=(Link("wave", "waves", "slug"),),
)

EVENTS = Table(
    "events",
    _("Events"),
    _("What happened in the world beside the cases: elections, statements, sanctions."),
    (
        key("slug", _("the event"), "record.slug", "Event.slug"),
        text("title", _("its title"), "record.title", "Event.title", is_required=True),
        *uncertain("happened_on", _("when"), "record.happened_on", "Event.happened_on"),
        term(
            "kind", _("what kind of thing it was"), "record.kind", "Event.kind", values=tuple(EventKind.values), is_required=True
        ),
        text("actor", _("who acted or spoke"), "record.actor", "Event.actor"),
        term("stance", _("what a statement wants"), "record.stance", "Event.stance", values=tuple(Stance.values)),
        text("summary", _("what happened"), "record.summary", "Event.summary"),
        listed(
            "waves",
            _("the waves that it answers or precedes"),
            "SELECT wave.slug FROM releases_event_waves AS link JOIN releases_wave AS wave ON wave.id = link.wave_id "
            "WHERE link.event_id = record.id ORDER BY 1",
            "Event.waves Wave.slug",
        ),
    ),
    "releases_event AS record",
    key=("slug",),
)
