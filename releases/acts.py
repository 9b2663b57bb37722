"""Saving acts of clemency. Each belongs to a wave; one that stands alone is a wave of one, which nobody has to name."""

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from prisoners.slugs import ascii_slug

from .models import Pardon, Wave

NO_WAVE_WORDS = _("Leave this empty for an act that stands alone: it then has a page of its own, under its own title.")


@transaction.atomic
def save_act(act: Pardon) -> None:
    """Save an act; one that names no wave gets a wave of its own.

    Such a wave goes by the name of its act, and goes when the act moves to another wave, unless more was written of it.
    """
    was = Pardon.objects.select_related("wave").filter(pk=act.pk).first()
    own = was.wave if was and _stands_alone(was) else None
    if act.wave_id is None:
        act.wave = own or Wave.objects.create(slug=free_slug(Wave, act.slug), title=act.title)
    act.save()
    if own and act.wave_id == own.pk:
        Wave.objects.filter(pk=own.pk).exclude(title=act.title).update(title=act.title)
    elif own and not own.summary and not own.events.exists():
        own.delete()


def free_slug(model: type[Model], title: str) -> str:
    """A slug for a title that no other record of this kind has."""
    return ascii_slug(title, "act", _Taken(model))


class _Taken:
    """The slugs of a model's records, each asked for by itself."""

    def __init__(self, model: type[Model]) -> None:
        self.records = model._default_manager

    def __contains__(self, slug: object) -> bool:
        return bool(self.records.filter(slug=slug).exists())


def _stands_alone(act: Pardon) -> bool:
    """Whether the act is all there is of a wave that goes by its name."""
    return act.wave.title == act.title and not act.wave.pardons.exclude(pk=act.pk).exists()
