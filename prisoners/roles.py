"""Who may do what with whose record: one table, which docs/editing.md prints and a test holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .acting import OPERATOR


class Role(models.TextChoices):
    """What somebody with an account is there for. One person can have several."""

    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


class Action(models.TextChoices):
    """What can be done at the desk. All but the last three concern one person's record, and so one country."""

    SEE_DRAFTS = "see_drafts", _("read drafts")
    SEE = "see", _("read every record")
    WRITE_DRAFTS = "write_drafts", _("add drafts and change them")
    WRITE = "write", _("change records in any state")
    SEND = "send", _("send for review")
    SEND_BACK = "send_back", _("send back from review")
    PUBLISH = "publish", _("approve a publication")
    NARROW = "narrow", _("show less of a published person")
    WITHDRAW = "withdraw", _("withdraw")
    PROPOSE = "propose", _("propose to show more of a published person")
    WIDEN = "widen", _("approve to show more of a published person")
    REVIEW = "review", _("approve changes to published people")
    SEE_PRIVATE = "see_private", _("read private records")
    WRITE_PRIVATE = "write_private", _("add private records and change them")
    ADD_SHARED = "add_shared", _("add sources, places, articles and the like")
    KEEP_SHARED = "keep_shared", _("change and delete those")
    ADMINISTER = "administer", pgettext_lazy("action", "keep accounts, roles and lists of terms")


GRANTS: dict[Role, frozenset[Action]] = {
    Role.CONTRIBUTOR: frozenset({Action.SEE_DRAFTS, Action.WRITE_DRAFTS, Action.ADD_SHARED}),
    Role.EDITOR: frozenset(
        {Action.SEE_DRAFTS, Action.SEE, Action.WRITE_DRAFTS, Action.WRITE, Action.SEND, Action.SEND_BACK}
        | {Action.NARROW, Action.WITHDRAW, Action.PROPOSE, Action.ADD_SHARED, Action.KEEP_SHARED}
        | {Action.SEE_PRIVATE, Action.WRITE_PRIVATE}
    ),
    Role.PUBLISHER: frozenset(
        {Action.SEE_DRAFTS, Action.SEE, Action.SEND_BACK, Action.PUBLISH, Action.NARROW, Action.WITHDRAW}
        | {Action.WIDEN, Action.REVIEW}
    ),
    Role.ADMINISTRATOR: frozenset({Action.ADMINISTER}),
    Role.AUDITOR: frozenset({Action.SEE_DRAFTS, Action.SEE, Action.SEE_PRIVATE}),
}

# Where a record can go from where it stands. The database refuses every other way.
MOVES = frozenset(
    {
        ("draft", "in_review"),
        ("in_review", "draft"),
        ("in_review", "withdrawn"),
        ("in_review", "published"),
        ("published", "withdrawn"),
        ("withdrawn", "in_review"),
    }
)
OPERATORS_MOVES = MOVES | {("draft", "published"), ("withdrawn", "published")}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, everywhere or in some countries only."""

    role: Role
    countries: frozenset[str] = frozenset()  # empty: everywhere

    def covers(self, country: str | None) -> bool:
        return not self.countries or country is None or country in self.countries


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what they are there for. `capacity` OPERATOR decides alone, at the server's prompt."""

    name: str
    grants: tuple[Grant, ...] = field(default=())
    capacity: str = ""

    @property
    def is_operator(self) -> bool:
        return self.capacity == OPERATOR


def operator() -> Actor:
    """Whoever types commands on the server."""
    return Actor(OPERATOR, capacity=OPERATOR)


def may(actor: Actor, action: Action, country: str | None = None) -> bool:
    """Whether the actor may do this with a record of this country; without a country, with some record at all."""
    return actor.is_operator or any(action in GRANTS[grant.role] and grant.covers(country) for grant in actor.grants)


def countries_for(actor: Actor, action: Action) -> frozenset[str] | None:
    """In which countries the actor may do this; None is everywhere, and the empty set nowhere."""
    grants = [grant for grant in actor.grants if action in GRANTS[grant.role]]
    if actor.is_operator or any(not grant.countries for grant in grants):
        return None
    return frozenset[str]().union(*(grant.countries for grant in grants))


def roles_for(action: Action) -> list[Role]:
    """The roles that may do this."""
    return [role for role in Role if action in GRANTS[role]]


def role_needed(action: Action) -> str | Promise:
    """In words, such as “publisher” or “editor or publisher”."""
    words = [str(role.label) for role in roles_for(action)]
    return str(_(" or ")).join(words)


def everywhere(roles: Iterable[Role]) -> tuple[Grant, ...]:
    """These roles, in no country more than in another."""
    return tuple(Grant(role) for role in roles)
