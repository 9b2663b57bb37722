"""What a count counts, in plain words: of its measure, its basis of recognition, its unit and its bounds."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from counts.answers import Answer
from counts.filters import ANY, EVER, THEN
from counts.tally import PEOPLE


@dataclass(frozen=True, slots=True)
class Definition:
    """A term of the answer, what it means, and the part of the methodology that says more."""

    term: str
    text: str
    anchor: str


def definitions(asked: Answer) -> list[Definition]:
    """All that the reader of a number must know of it, in the order of its sentence."""
    return [_measure(asked), _basis(asked), _unit(asked), *_doubts(asked), _floor()]


def _measure(asked: Answer) -> Definition:
    match asked.measure.name:
        case "arrests":
            text = _("Custody began within the period. Somebody arrested twice in it is one person, and two arrests.")
            return Definition(_("Arrested"), text, "flows")
        case "releases":
            text = _("Custody ended within the period, in any way but death. A later arrest doesn't undo a release.")
            return Definition(_("Released"), text, "flows")
        case "deaths":
            text = _("Deaths in custody and executions within the period. They are never counted as releases.")
            return Definition(_("Died in custody"), text, "flows")
        case "ever":
            text = _("Custody had begun by that day, whether it has ended since or not.")
            return Definition(_("Held at some time"), text, "held")
    text = _("Custody had begun by that day and had not ended. House arrest is custody. Without a known end, custody goes on.")
    return Definition(_("Held"), text, "held")


def _basis(asked: Answer) -> Definition:
    match asked.recognised:
        case basis if basis == THEN and asked.measure.is_flow:
            text = _("An organisation had recognised them as political prisoners by the last day of the period.")
            return Definition(_("Recognised by then"), text, "recognised")
        case basis if basis == THEN:
            text = _("An organisation had recognised them as political prisoners by that day: what could be said at the time.")
            return Definition(_("Recognised by then"), text, "recognised")
        case basis if basis == EVER:
            text = _(
                "Also people whom an organisation recognised as political prisoners only later, perhaps after their release."
            )
            return Definition(_("Recognised at some time"), text, "recognised")
        case basis if basis == ANY:
            text = _("Everybody documented, whether an organisation has recognised them as political prisoners or not.")
            return Definition(_("Recognised or not"), text, "recognised")
    text = _("By %(organisation)s, by its own criteria, by that day or the last day of the period.")
    return Definition(_("Recognised by one organisation"), text % {"organisation": asked.recogniser_name}, "recognised")


def _unit(asked: Answer) -> Definition:
    if asked.unit == PEOPLE:
        return Definition(_("People"), _("Somebody arrested several times counts once."), "unit")
    return Definition(_("Arrests"), _("Somebody arrested several times counts once an arrest."), "unit")


def _doubts(asked: Answer) -> list[Definition]:
    found = []
    if not asked.total.is_certain:
        text = _("“At least” counts who certainly belongs here by the dates known, “at most” also who possibly does.")
        found.append(Definition(_("Uncertain dates"), text, "dates"))
    if asked.total.not_confirmed:
        text = _("Nobody has confirmed the custody for a year, or the sentence should be over. They are in the count.")
        found.append(Definition(_("Not confirmed lately"), text, "unconfirmed"))
    if asked.only_counted.is_anybody:
        text = _("For their safety, or because they are published no more, no list has them.")
        found.append(Definition(_("Only counted"), text, "only-counted"))
    return found


def _floor() -> Definition:
    text = _("We count who is documented. The true number is higher.")
    return Definition(_("A floor"), text, "floor")
