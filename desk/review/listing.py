"""What stands on the review list for one account: filtered strictly, oldest first, one page at a time."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from prisoners.models import Decision, Review, ReviewKind
from prisoners.roles import Action, Actor, countries_for, may, role_needed
from prisoners.services import moment_of

PAGE = 50
PARAMETERS = ("kind", "country", "person", "page")
ACTION = {ReviewKind.PUBLICATION: Action.PUBLISH, ReviewKind.WIDENING: Action.WIDEN}


class WrongFilter(ValueError):
    """A parameter that doesn't exist, or a value that isn't one of its own. The words say what is valid."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the account sees it."""

    review: Review
    seen: str
    decisions: list[tuple[Decision, str]]
    why_not: str


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A page of items, with what to filter by."""

    items: list[Item]
    page: Page
    kinds: list[tuple[str, str]]
    countries: list[str]
    chosen: dict[str, str]


def open_reviews(actor: Actor) -> QuerySet[Review]:
    """Everything undecided about people whom the actor may read."""
    countries = countries_for(actor, Action.SEE)
    found = Review.objects.filter(decision="").order_by("opened_at", "id")
    return found if countries is None else found.filter(prisoner__country__in=countries)


def review_list(actor: Actor, query: QueryDict) -> ReviewList:
    """Raises WrongFilter rather than leave a filter out."""
    everything = open_reviews(actor)
    countries = sorted(everything.order_by().values_list("prisoner__country", flat=True).distinct())
    chosen = _chosen(query, countries)
    found = everything.select_related("prisoner").prefetch_related("prisoner__names")
    for name, column in (("kind", "kind"), ("country", "prisoner__country"), ("person", "prisoner__code")):
        if name in chosen:
            found = found.filter(**{column: chosen[name]})
    page = _page(found, chosen.get("page", "1"))
    items = [item_for(review, actor) for review in page]
    return ReviewList(items, page, [(kind.value, str(kind.label)) for kind in ReviewKind], countries, chosen)


def item_for(review: Review, actor: Actor) -> Item:
    """What the actor can do about it, or why nothing."""
    why_not = _why_not(review, actor)
    return Item(review, moment_of(review).isoformat(), [] if why_not else _decisions(review), why_not)


def _decisions(review: Review) -> list[tuple[Decision, str]]:
    if review.kind == ReviewKind.PUBLICATION:
        return [(Decision.APPROVED, _("Approve and publish")), (Decision.DECLINED, _("Send back"))]
    if review.kind == ReviewKind.WIDENING:
        return [(Decision.APPROVED, _("Approve and show")), (Decision.DECLINED, _("Decline"))]
    return [(Decision.APPROVED, _("Approve"))]


def _why_not(review: Review, actor: Actor) -> str:
    action = ACTION.get(ReviewKind(review.kind), Action.REVIEW)
    if not may(actor, action, review.prisoner.country):
        return _("Takes the role %(roles)s.") % {"roles": role_needed(action)}
    if review.author == actor.name:
        return _("Your own: somebody else must decide.")
    if action == Action.WIDEN and review.prisoner.last_changed_by == actor.name:
        return _("You made the last change to the record: somebody else must decide.")
    return ""


def _chosen(query: QueryDict, countries: list[str]) -> dict[str, str]:
    unknown = [name for name in query if name not in PARAMETERS]
    if unknown:
        raise WrongFilter(_("There is no filter “%(name)s”. Valid: kind, country, person.") % {"name": unknown[0]})
    chosen = {name: str(query[name]) for name in PARAMETERS if query.get(name)}
    for name, valid in (("kind", list(ReviewKind.values)), ("country", countries)):
        if name in chosen and chosen[name] not in valid:
            words = _("“%(value)s” is no %(name)s here. Valid: %(valid)s.")
            raise WrongFilter(words % {"value": chosen[name], "name": name, "valid": ", ".join(valid)})
    return chosen


def _page(found: Any, number: str) -> Page:
    paginator = Paginator(found, PAGE)
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number) <= paginator.num_pages:
        raise WrongFilter(_("There is no page “%(value)s”: there are %(n)d.") % {"value": number, "n": paginator.num_pages})
    return paginator.page(int(number))
