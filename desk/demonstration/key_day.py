"""The number that the story is known for: how many recognised people were held on its key day, at least and at most."""

import random
from datetime import date, timedelta

from prisoners.dates import UncertainDate

from . import story
from .people import Custody, Person

_Held = tuple[Person, Custody]


def settle(chance: random.Random, people: list[Person], until: date) -> None:
    """Change what is known of a few people so that both numbers of the key day come out exactly as planned.

    A very small population may not have enough people to do so.
    """
    if until < story.KEY_DAY:
        return
    target = story.scaled(story.HELD_ON_KEY_DAY, len(people))
    perhaps = min(max(1, story.scaled(story.PERHAPS_HELD_ON_KEY_DAY, len(people))), target // 5)
    certain = _certain(people)
    _leave_open(chance, certain[:perhaps])
    surplus = len(certain) - perhaps - target
    if surplus > 0:
        _recognise_later(chance, certain[perhaps : perhaps + surplus])
    else:
        _recognise_by_then(chance, _held_but_not_recognised(people)[:-surplus] if surplus else [])


def _certain(people: list[Person]) -> list[_Held]:
    """Those who count for certain and of whom every day is exact, the latest recognised first."""
    held = [
        (person, custody)
        for person in people
        if person.bounds(story.KEY_DAY)[0]
        for custody in person.custodies
        if custody.counts_certainly(story.KEY_DAY)
    ]
    return sorted(held, key=lambda entry: (_is_exact(entry), entry[1].recognised), reverse=True)


def _is_exact(entry: _Held) -> bool:
    person, custody = entry
    known = (custody.known_began, custody.known_ended, custody.known_recognised)
    return len(person.custodies) == 1 and all(day is None or day.is_exact for day in known) and not custody.withdrawn


def _leave_open(chance: random.Random, chosen: list[_Held]) -> None:
    for _, custody in chosen:
        assert custody.recognised is not None
        if custody.ended and custody.ended <= story.KEY_DAY + timedelta(days=120):
            custody.confirmed = max(custody.began, story.KEY_DAY - timedelta(days=chance.randint(20, 60)))
            custody.known_ended = UncertainDate.parse(f"../{custody.ended + timedelta(days=chance.randint(1, 20))}")
        elif custody.recognised.strftime("%Y-%m") == story.KEY_DAY.strftime("%Y-%m"):
            custody.known_recognised = UncertainDate.parse(f"{custody.recognised:%Y-%m}")
        else:
            custody.known_recognised = UncertainDate.parse(f"{custody.recognised:%Y-%m}/{story.KEY_DAY:%Y-%m}")


def _recognise_later(chance: random.Random, chosen: list[_Held]) -> None:
    for _, custody in chosen:
        _recognise_on(custody, story.KEY_DAY + timedelta(days=chance.randint(1, 45)))


def _held_but_not_recognised(people: list[Person]) -> list[Custody]:
    held = [
        custody
        for person in people
        if person.is_counted and not person.bounds(story.KEY_DAY)[1] and len(person.custodies) == 1
        for custody in person.custodies
        if custody.is_prosecuted and custody.was_held(story.KEY_DAY) and _certainly_held_on_key_day(custody)
    ]
    return sorted(held, key=lambda custody: custody.began, reverse=True)


def _certainly_held_on_key_day(custody: Custody) -> bool:
    known = (custody.known_began, custody.known_ended)
    return all(day is None or day.is_exact for day in known)


def _recognise_by_then(chance: random.Random, chosen: list[Custody]) -> None:
    for custody in chosen:
        days = (story.KEY_DAY - custody.began).days
        _recognise_on(custody, custody.began + timedelta(days=chance.randint(min(days, 5), days)))


def _recognise_on(custody: Custody, day: date) -> None:
    custody.recognised, custody.known_recognised = day, UncertainDate.on(day)
    custody.withdrawn = custody.known_withdrawn = None
