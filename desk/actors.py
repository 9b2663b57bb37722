"""Who a signed-in account is, in the words of `prisoners.roles`."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest

from prisoners.roles import Action, Actor, Grant, Role, everywhere, roles_for

# The first account of a new site must be able to work, and nobody is there yet to give it roles. That whoever made the last
# change can't approve it holds for this account as for any other.
OF_A_FIRST_ACCOUNT = (Role.ADMINISTRATOR, Role.EDITOR, Role.PUBLISHER)


def actor_of(user: Any) -> Actor:
    """The account with its roles. A superuser administers; one without roles of its own has those of a first account."""
    if not user.is_authenticated or not user.is_active:
        return Actor("")
    roles = user.roles if hasattr(user, "roles") else user.assignments.values("role", "countries")
    grants = tuple(Grant(Role(given["role"]), frozenset(given["countries"])) for given in roles)
    if user.is_superuser:
        grants = (*grants, Grant(Role.ADMINISTRATOR)) if grants else everywhere(OF_A_FIRST_ACCOUNT)
    return Actor(user.get_username(), grants)


def actor_for(request: HttpRequest) -> Actor:
    """Who asks; looked up once a request."""
    actor: Actor | None = getattr(request, "_actor", None)
    if actor is None:
        actor = actor_of(request.user)
        request._actor = actor  # type: ignore[attr-defined]
    return actor


def names_of_those_who_may(action: Action, country: str, *, but: str, at_most: int = 5) -> list[str]:
    """Accounts that may do this in the country, but for one."""
    here = Q(assignments__countries=[]) | Q(assignments__countries__contains=[country])
    of_role = Q(assignments__role__in=roles_for(action)) & here
    first = Q(is_superuser=True, assignments=None) if set(roles_for(action)) & set(OF_A_FIRST_ACCOUNT) else Q(pk=None)
    users = get_user_model().objects.filter(of_role | first, is_active=True).exclude(username=but)
    return list(users.order_by("username").values_list("username", flat=True).distinct()[:at_most])
