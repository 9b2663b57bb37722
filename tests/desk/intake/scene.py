"""A pardon, people held on its day, and an intake of its list."""

import datetime

from django.utils import timezone

from desk.intake.choosing import Word, keep_words
from desk.intake.models import LineDecision
from desk.intake.opening import Settings, open_intake
from prisoners.dates import UncertainDate
from prisoners.models import Name
from prisoners.roles import Actor, Role, everywhere
from releases.models import Mechanism, Pardon, Wave
from tests.factories import as_operator, make_arrest, make_prisoner, make_source

DAY = datetime.date(2024, 8, 16)
EDITOR = Actor("editor", everywhere([Role.EDITOR]))


def make_pardon(slug="act-1", **fields):
    wave = Wave.objects.get_or_create(slug="autumn", defaults={"title": "Autumn"})[0]
    given = {"title": "First act", "announced_on": str(DAY), "announced_number": 30, **fields}
    return Pardon.objects.create(slug=slug, wave=wave, **given)


def held(name, *, native="", began="2021-03-01", arrest=None, **person):
    """Somebody who was held on the day; gives the arrest."""
    someone = make_prisoner(name, **person)
    if native:
        with as_operator():
            Name.objects.create(prisoner=someone, text=native, language="ru", script="Cyrl")
    return make_arrest(someone, began=began, **(arrest or {}))


def begin(text, pardon=None, *, by="editor", **settings):
    given = {
        "held_on": UncertainDate.on(DAY),
        "ended": UncertainDate.on(DAY),
        "mechanism": Mechanism.objects.get(code="pardon"),
        "source": settings.pop("source", None) or make_source(title="The decree"),
        **settings,
    }
    return open_intake(pardon=pardon or make_pardon(), text=text, settings=Settings(**given), by=by, now=timezone.now())


def line(intake, number=1):
    return intake.lines.get(number=number)


def choose(intake, chosen, by=EDITOR):
    """Match lines to arrests, by their numbers; all of them as they are now."""
    seen = dict(intake.lines.values_list("number", "version"))
    words = [Word(n, seen[n], LineDecision.CHOSEN, arrest.pk) for n, arrest in chosen.items()]
    return keep_words(intake=intake, words=words, by=by, now=timezone.now())
