"""What an account may see and write in the record editor: pages, rows, lists, searches and choices follow its roles.

Django's own permissions are not asked. Records of a person follow the person's country and state; records that many people
share (sources, places, acts of clemency) have no country.
"""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from prisoners.models import Arrest, Prisoner, State
from prisoners.roles import Action, Actor, countries_for, may
from prisoners.vocabulary import Term

from ..actors import actor_for


def path_to_person(model: type[models.Model]) -> str | None:
    """How a query gets from a record to its person: empty for the person; None for a record that belongs to nobody."""
    if model is Prisoner:
        return ""
    owned = {field.name for field in model._meta.fields if field.many_to_one or field.one_to_one if not field.null}
    return next((path for path in ("prisoner", "arrest__prisoner") if path.split("__")[0] in owned), None)


def person_of(record: models.Model) -> Prisoner | None:
    """Whose record this is; None where it belongs to nobody."""
    path = path_to_person(type(record))
    found: Any = record
    for name in path.split("__") if path else ():
        found = getattr(found, name)
    return None if path is None else found


def sees(actor: Actor, person: Prisoner) -> bool:
    """Whether the actor may read this person's record."""
    is_draft = person.state == State.DRAFT
    return may(actor, Action.SEE, person.country) or (is_draft and may(actor, Action.SEE_DRAFTS, person.country))


def writes(actor: Actor, person: Prisoner) -> bool:
    """Whether the actor may change this person's record."""
    is_draft = person.state == State.DRAFT
    return may(actor, Action.WRITE, person.country) or (is_draft and may(actor, Action.WRITE_DRAFTS, person.country))


def seen_by(actor: Actor, path: str = "") -> Q:
    """The people whom the actor may read, for a query that gets to them by the path."""
    return _within(actor, Action.SEE, Action.SEE_DRAFTS, path)


def written_by(actor: Actor, path: str = "") -> Q:
    """The people whom the actor may change."""
    return _within(actor, Action.WRITE, Action.WRITE_DRAFTS, path)


def _within(actor: Actor, everything: Action, drafts: Action, path: str) -> Q:
    anywhere, in_drafts = countries_for(actor, everything), countries_for(actor, drafts)
    if anywhere is None:
        return Q()
    country, state = (f"{path}__{name}" if path else name for name in ("country", "state"))
    of_drafts = Q(**{state: State.DRAFT}) if in_drafts is None else Q(**{state: State.DRAFT, f"{country}__in": in_drafts})
    return Q(**{f"{country}__in": anywhere}) | of_drafts


class RoleAccess(BaseModelAdmin):
    """Answers Django's questions about permissions from the roles. For pages and for rows alike."""

    def _subject(self) -> type[models.Model]:
        """Whose roles decide: for rows that of the page which they stand on."""
        return getattr(self, "parent_model", None) or self.model

    def _may_share(self, request: HttpRequest, action: Action) -> bool:
        """Records that belong to nobody; the lists of terms are the administrators' too."""
        actor = actor_for(request)
        return may(actor, action) or (issubclass(self._subject(), Term) and may(actor, Action.ADMINISTER))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if path_to_person(self._subject()) is None:
            return self._may_share(request, Action.SEE_DRAFTS)
        person = person_of(obj) if obj else None
        return sees(actor_for(request), person) if person else may(actor_for(request), Action.SEE_DRAFTS)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if path_to_person(self._subject()) is None:
            return self._may_share(request, Action.KEEP_SHARED if obj else Action.ADD_SHARED)
        person = person_of(obj) if obj and obj.pk else None
        return writes(actor_for(request), person) if person else may(actor_for(request), Action.WRITE_DRAFTS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if path_to_person(self._subject()) is None:
            return self._may_share(request, Action.KEEP_SHARED)
        person = person_of(obj) if obj and obj.pk else None
        return writes(actor_for(request), person) if person else may(actor_for(request), Action.WRITE_DRAFTS)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Somebody published is withdrawn first, so that another person is shown it."""
        is_public = self._subject() is self.model is Prisoner and obj is not None and obj.state == State.PUBLISHED
        return not is_public and self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only people whom the account may reach can be chosen, whatever is sent: to write in their record, or to name them."""
        if db_field.related_model in (Prisoner, Arrest):
            within = seen_by if path_to_person(self.model) is None else written_by
            chosen = kwargs.get("queryset", db_field.related_model._default_manager.all())
            kwargs["queryset"] = chosen.filter(within(actor_for(request), path_to_person(db_field.related_model) or ""))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
