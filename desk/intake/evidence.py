"""What speaks for somebody being whom a line names, and what speaks against: told, never weighed into one number."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Prisoner
from prisoners.names import POSSIBLE, similarity
from prisoners.places import region_name

from .days import Days
from .models import IntakeLine


class Verdict(StrEnum):
    """What a piece of evidence says."""

    FITS = "fits"
    CONTRADICTS = "contradicts"
    SILENT = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison of a line with a record, in words."""

    words: str
    verdict: Verdict = Verdict.SILENT


def evidence_for(line: IntakeLine, person: Prisoner, arrest: Arrest | None, days: Days) -> list[Evidence]:
    """Birth, age, article and place; then what an editor recognises a case by. Reads what the list of candidates fetched."""
    found = [_birth(line, person), _age(line, person, days)]
    if arrest is not None:
        found += [_articles(line, arrest), _place(line, person, arrest), Evidence(_held_since(arrest))]
        found += [Evidence(_("case: %(case)s") % {"case": arrest.case})] if arrest.case else []
    return [one for one in found if one is not None]


def _birth(line: IntakeLine, person: Prisoner) -> Evidence | None:
    if line.born is None:
        return Evidence(_("born %(born)s") % {"born": person.born}) if person.born else None
    if person.born is None:
        return Evidence(_("the record has no birth date"))
    said = {"born": person.born, "listed": line.born}
    if _meet(line.born, person.born):
        return Evidence(_("born %(born)s, and so says the list") % said, Verdict.FITS)
    return Evidence(_("born %(born)s, the list says %(listed)s") % said, Verdict.CONTRADICTS)


def _meet(one: UncertainDate, other: UncertainDate) -> bool:
    first, last = datetime.date.min, datetime.date.max
    return (one.earliest or first) <= (other.latest or last) and (other.earliest or first) <= (one.latest or last)


def _age(line: IntakeLine, person: Prisoner, days: Days) -> Evidence | None:
    if line.age is None or person.born is None or person.born.earliest is None or person.born.latest is None:
        return None
    if days.first is None or days.last is None:
        return None  # an age on an unknown day says nothing
    youngest, oldest = _years(person.born.latest, days.first), _years(person.born.earliest, days.last)
    said = {"age": youngest if youngest == oldest else f"{youngest}–{oldest}", "listed": line.age}
    # A list may have been written some weeks before or after the day.
    if youngest - 1 <= line.age <= oldest + 1:
        return Evidence(_("aged %(age)s on that day, the list says %(listed)s") % said, Verdict.FITS)
    return Evidence(_("aged %(age)s on that day, the list says %(listed)s") % said, Verdict.CONTRADICTS)


def _years(born: datetime.date, day: datetime.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _articles(line: IntakeLine, arrest: Arrest) -> Evidence | None:
    statutes = [charge.statute for charge in arrest.charges.all()]
    recorded = ", ".join(statute.citation for statute in statutes)
    if not line.articles:
        return Evidence(_("charged under %(articles)s") % {"articles": recorded}) if recorded else None
    listed = ", ".join(line.articles)
    if not statutes:
        return Evidence(_("the list says article %(listed)s; no charge is on record") % {"listed": listed})
    exact = {f"{statute.article}({statute.part})" if statute.part else statute.article for statute in statutes}
    known = exact | {statute.article for statute in statutes}
    whole = {article.partition("(")[0] for article in line.articles}
    said = {"articles": recorded, "listed": listed}
    if known & set(line.articles) or whole & exact:
        return Evidence(_("charged under %(articles)s, the list says %(listed)s") % said, Verdict.FITS)
    return Evidence(_("charged under %(articles)s, the list says %(listed)s") % said, Verdict.CONTRADICTS)


def _place(line: IntakeLine, person: Prisoner, arrest: Arrest) -> Evidence | None:
    """A place that differs contradicts nothing: people are listed by where they lived, were arrested, tried or held."""
    regions = [region_name(code) or code for code in (arrest.region, person.home_region) if code]
    facilities = [stay.facility.name for stay in arrest.stays.all() if stay.facility]
    places = list(dict.fromkeys([place for place in (arrest.place, *regions, *facilities) if place]))
    if not line.place:
        return Evidence(_("place: %(places)s") % {"places": ", ".join(places[:3])}) if places else None
    fitting = next((place for place in places if _is_like(line.place, place)), None)
    if fitting:
        return Evidence(_("%(place)s, the list says %(listed)s") % {"place": fitting, "listed": line.place}, Verdict.FITS)
    said = {"listed": line.place, "places": ", ".join(places[:3]) or _("nothing")}
    return Evidence(_("the list says %(listed)s, the record %(places)s") % said)


def _is_like(listed: str, place: str) -> bool:
    return any(similarity(word, part) >= POSSIBLE for word in listed.split()[:1] for part in place.replace(",", " ").split())


def _held_since(arrest: Arrest) -> str:
    return _("arrested %(began)s") % {"began": arrest.began} if arrest.began else _("day of arrest unknown")
