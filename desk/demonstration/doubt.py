"""What is known of the people: most days exactly, some only roughly, a few people not yet or no longer in public view.

Nothing here changes who is certainly or possibly counted on the key day of the story; key_day.py does that on purpose.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta

from prisoners.dates import UncertainDate

from . import story
from .people import Custody, Person

_Blur = Callable[[random.Random, Custody, date], None]
_Form = Callable[[random.Random, date, date], UncertainDate]


def cast_doubt(chance: random.Random, people: list[Person], until: date) -> None:
    """Choose who is not public; write down every date, some of them as roughly as sources give them."""
    _keep_from_view(chance, people)
    for person in people:
        for custody in person.custodies:
            custody.write_down()
            _confirm(chance, custody, until)
        custody = chance.choice(person.custodies)
        blur = chance.choices(list(_BLURS), list(_BLURS.values()))[0]
        if blur is not None:
            _blur_unless_it_matters(chance, person, custody, blur, until)


def _keep_from_view(chance: random.Random, people: list[Person]) -> None:
    # The latest cases are still at the desk. A pardon's matched people are all public, or its numbers would not add up.
    latest = sorted(people, key=lambda person: person.custodies[-1].began, reverse=True)
    for (state, visibility), number in story.UNPUBLISHED.items():
        number = story.scaled(number, len(people))
        pool = latest[: len(people) // 10] if state in ("draft", "in_review") else people
        candidates = [person for person in pool if person.is_counted and not person.was_pardoned]
        if visibility in ("initials", "counted"):
            # These count in totals all the same; the number of the key day is that of the named.
            candidates = [person for person in candidates if _is_away_on_key_day(person)]
        for person in chance.sample(candidates, min(number, len(candidates))):
            person.state, person.visibility = state, visibility


def _is_away_on_key_day(person: Person) -> bool:
    """By the years in which custody began and ended, for no more is told of people without a name."""
    year = story.KEY_DAY.year
    return all(
        custody.began.year > year or (custody.ended is not None and custody.ended.year < year) for custody in person.custodies
    )


def _confirm(chance: random.Random, custody: Custody, until: date) -> None:
    """When somebody last made sure that the person was held."""
    lot = chance.random()
    if custody.ended is None:
        oldest = until - timedelta(days=330 if lot < 0.96 else 900)
        first = max(custody.began, oldest)
        if lot < 0.98:
            custody.confirmed = first + timedelta(days=chance.randint(0, (until - first).days))
    elif lot < 0.3 and custody.ended > custody.began:
        custody.confirmed = custody.began + timedelta(days=chance.randrange((custody.ended - custody.began).days))


def _blur_unless_it_matters(chance: random.Random, person: Person, custody: Custody, blur: _Blur, until: date) -> None:
    before = person.bounds(story.KEY_DAY)
    was_confirmed = custody.confirmed
    blur(chance, custody, until)
    if person.bounds(story.KEY_DAY) != before:
        custody.write_down()
        custody.confirmed = was_confirmed


def _blur_beginning(chance: random.Random, custody: Custody, until: date) -> None:
    forms: dict[_Form, float] = {year: 4, month: 30, about: 20, between: 25, or_later: 8, or_earlier: 13}
    form = chance.choices(list(forms), list(forms.values()))[0]
    custody.known_began = form(chance, custody.began, until)


def _blur_end(chance: random.Random, custody: Custody, until: date) -> None:
    # The day of a pardon is announced, a death is dated, and who is arrested again can't have come out "or later".
    if custody.ended is None or custody.pardon or custody.mechanism == "death_in_custody":
        return
    form = chance.choice((month, about, between, or_earlier))
    if form is or_earlier and custody.ended > custody.began:
        custody.confirmed = custody.began + timedelta(days=chance.randrange((custody.ended - custody.began).days))
    custody.known_ended = form(chance, custody.ended, until)


def _blur_recognition(chance: random.Random, custody: Custody, until: date) -> None:
    if custody.recognised is not None:
        custody.known_recognised = month(chance, custody.recognised, until)


_BLURS: dict[_Blur | None, float] = {None: 76, _blur_beginning: 14, _blur_end: 8, _blur_recognition: 2}


def year(chance: random.Random, day: date, until: date) -> UncertainDate:
    return UncertainDate.parse(f"{day:%Y}")


def month(chance: random.Random, day: date, until: date) -> UncertainDate:
    return UncertainDate.parse(f"{day:%Y-%m}")


def about(chance: random.Random, day: date, until: date) -> UncertainDate:
    return UncertainDate.parse(f"{day:%Y-%m-%d}~" if chance.random() < 0.3 else f"{day:%Y-%m}~")


def between(chance: random.Random, day: date, until: date) -> UncertainDate:
    first, last = _before(chance, day), _after(chance, day, until)
    return UncertainDate.parse(f"{first}/{last}")


def or_later(chance: random.Random, day: date, until: date) -> UncertainDate:
    return UncertainDate.parse(f"{_before(chance, day)}/..")


def or_earlier(chance: random.Random, day: date, until: date) -> UncertainDate:
    return UncertainDate.parse(f"../{_after(chance, day, until)}")


def _before(chance: random.Random, day: date) -> date:
    return day - timedelta(days=chance.randint(1, 6))


def _after(chance: random.Random, day: date, until: date) -> date:
    return min(day + timedelta(days=chance.randint(1, 6)), until)
