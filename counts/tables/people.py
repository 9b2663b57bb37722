"""Who: people, their names, what their case is about, and photos."""

from django.utils.translation import gettext_lazy as _

from prisoners.models.person import Gender, NameKind, Visibility

from ..columns import Kind
from .making import SAME, Link, Table, Told, flag, key, listed, text, uncertain

CODE = _("the person: the public code, which never changes")

PRISONERS = Table(
    "prisoners",
    _("People"),
    _("Everybody who has a page, by name or by initials. People who are only counted are in numbers alone, and not here."),
    (
        key("code", CODE, "person.code", "Prisoner.code"),
        Told(
            "visibility",
            Kind.STRING,
            _("whether readers are shown the name, or the initials and years alone"),
            "CASE WHEN person.is_coarse THEN 'initials' ELSE 'named' END",
            coarse=SAME,
            values=(Visibility.NAMED.value, Visibility.INITIALS.value),
            is_required=True,
        ),
        Told(
            "name",
            Kind.STRING,
            _("the name that lists are sorted by; empty for people who are shown by their initials"),
            "(SELECT heading.text FROM prisoners_name AS heading WHERE heading.prisoner_id = record.id AND heading.is_heading)",
            "Name.text Name.is_heading",
        ),
        Told(
            "initials",
            Kind.STRING,
            _("in place of the names of people who are shown so; empty where even they would be the whole name"),
            "NULL",
            coarse="(SELECT shown.text FROM initials AS shown WHERE shown.id = record.id)",
        ),
        flag(
            "is_fictional",
            _("whether this is an invented person of demonstration data"),
            "record.is_fictional",
            "Prisoner.is_fictional",
            coarse=SAME,
            is_required=True,
        ),
        Told(
            "country",
            Kind.STRING,
            _("the country that holds or held the person (ISO 3166-1)"),
            "record.country",
            "Prisoner.country",
            coarse=SAME,
            is_required=True,
        ),
        Told(
            "gender",
            Kind.STRING,
            _("gender as the person lives it, as far as it is known"),
            "record.gender",
            "Prisoner.gender",
            coarse=SAME,
            values=tuple(Gender.values),
            is_required=True,
        ),
        *uncertain("born", _("birth"), "record.born", "Prisoner.born", in_years=True),
        *uncertain("died", _("death"), "record.died", "Prisoner.died", in_years=True),
        listed("citizenships", _("citizenships (ISO 3166-1)"), "SELECT unnest(record.citizenships)", "Prisoner.citizenships"),
        text("home_region", _("home region (ISO 3166-2)"), "record.home_region", "Prisoner.home_region"),
        listed(
            "occupations",
            _("codes of the occupations"),
            "SELECT occupation_id FROM prisoners_prisoner_occupations WHERE prisoner_id = record.id ORDER BY 1",
            "Prisoner.occupations",
            coarse=SAME,
        ),
        listed(
            "affiliations",
            _("codes of what the person belongs to, or belonged to"),
            "SELECT affiliation_id FROM prisoners_prisoner_affiliations WHERE prisoner_id = record.id ORDER BY 1",
            "Prisoner.affiliations",
        ),
        listed(
            "vulnerabilities",
            _("codes of what makes custody harder; those that tell of health where that was agreed to"),
            "SELECT term.code FROM prisoners_prisoner_vulnerabilities AS link "
            "JOIN prisoners_vulnerability AS term ON term.code = link.vulnerability_id "
            "WHERE link.prisoner_id = record.id AND (person.with_health OR NOT term.is_health) ORDER BY 1",
            "Prisoner.vulnerabilities",
        ),
    ),
    "prisoners_prisoner AS record JOIN person ON person.id = record.id",
    key=("code",),
    of_people=True,
)

NAMES = Table(
    "names",
    _("Names"),
    _("Every form of the name of people who are shown by name."),
    (
        key("id", _("the form of the name"), "part.key"),
        key("prisoner", CODE, "part.code", "Name.prisoner"),
        text("text", _("the name as it is written"), "record.text", "Name.text", is_required=True),
        text("language", _("its language (ISO 639); und: not known"), "record.language", "Name.language", is_required=True),
        text("script", _("its script (ISO 15924)"), "record.script", "Name.script"),
        text("kind", _("what kind of name it is"), "record.kind", "Name.kind", values=tuple(NameKind.values), is_required=True),
        flag(
            "is_primary", _("whether it heads the page in its language"), "record.is_primary", "Name.is_primary", is_required=True
        ),
        flag("is_heading", _("whether lists are sorted by it"), "record.is_heading", "Name.is_heading", is_required=True),
    ),
    "prisoners_name AS record JOIN name AS part ON part.id = record.id",
    key=("id",),
    links=(Link("prisoner", "prisoners", "code"),),
)

SUMMARIES = Table(
    "summaries",
    _("Summaries"),
    _("What a case is about, in each language."),
    (
        key("prisoner", CODE, "person.code", "Summary.prisoner"),
        text("language", _("the language (ISO 639); und: not known"), "record.language", "Summary.language", is_required=True),
        text("text", _("what the case is about"), "record.text", "Summary.text", is_required=True),
    ),
    "prisoners_summary AS record JOIN person ON person.id = record.prisoner_id AND NOT person.is_coarse",
    key=("prisoner", "language"),
    links=(Link("prisoner", "prisoners", "code"),),
)

PHOTOS = Table(
    "photos",
    _("Photos"),
    _("Photos that may be shown. Ask again before each use whether they still may: consent can be withdrawn."),
    (
        key("prisoner", CODE, "person.code", "Photo.prisoner"),
        Told(
            "url",
            Kind.STRING,
            _("where the photo is on this site"),
            "concat('/prisoners/', person.code, '/photos/', record.file, '.jpg')",
            "Photo.file",
            is_required=True,
        ),
        Told("width", Kind.INTEGER, _("width in pixels"), "record.width", "Photo.width", is_required=True),
        Told("height", Kind.INTEGER, _("height in pixels"), "record.height", "Photo.height", is_required=True),
        text("alternative_text", _("what the photo shows"), "record.alternative_text", "Photo.alternative_text"),
        text("credit", _("who took it"), "record.credit", "Photo.credit"),
        text("licence", _("on what terms it may be used"), "record.licence_id", "Photo.licence", is_required=True),
        *uncertain("taken_on", _("when it was taken"), "record.taken_on", "Photo.taken_on"),
        flag("is_primary", _("whether it is the one on the page"), "record.is_primary", "Photo.is_primary", is_required=True),
    ),
    "prisoners_photo AS record JOIN photo ON photo.id = record.id JOIN person ON person.id = record.prisoner_id",
    key=("url",),
    links=(Link("prisoner", "prisoners", "code"), Link("licence", "licences", "code")),
    of_people=True,
)
