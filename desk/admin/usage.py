"""Where a term of a controlled list is used, so that nobody deletes what records say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from prisoners.vocabulary import Term


@dataclass(frozen=True, slots=True)
class Use:
    """How many records of one kind hold the term in one field."""

    model: type[models.Model]
    field: str
    term: Term
    number: int

    def __str__(self) -> str:
        names = self.model._meta
        return f"{self.number} {names.verbose_name if self.number == 1 else names.verbose_name_plural}"

    def link(self, site: AdminSite) -> str:
        """The same, leading to the list of them where there is one."""
        if self.model not in site._registry:
            return format_html("{}", self)
        name = f"{site.name}:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist"
        return format_html('<a href="{}">{}</a>', reverse(name, query={self.field: self.term.pk}), self)


def uses_of(term: Term) -> list[Use]:
    """Every kind of record that holds the term now; what they held before stands in their history."""
    counted = [
        Use(model, field, term, model._default_manager.filter(**{field: term.pk}).count())
        for model, field in _holders(type(term))
    ]
    return [use for use in counted if use.number]


def in_use_words(term: Term) -> str:
    """Such as “journalist: used by 12 people”; empty when nothing holds the term."""
    uses = ", ".join(str(use) for use in uses_of(term))
    return _("%(term)s: used by %(uses)s") % {"term": term, "uses": uses} if uses else ""


def _holders(model: type[Term]) -> Iterator[tuple[type[models.Model], str]]:
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        holder = getattr(relation, "related_model", None)
        if not (relation.auto_created and relation.is_relation and not relation.concrete) or holder is None:
            continue
        if not holder._meta.auto_created:
            yield holder, relation.field.name
