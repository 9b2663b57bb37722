"""Who is arrested and who comes out, month by month, as the plan of the story says."""

import heapq
import itertools
import random
from datetime import date, timedelta

from prisoners.codes import new_code

from . import story
from .names import Names
from .people import Custody, Person
from .world import WavePlan

COUNTRY = "BY"
SHARE_OF_WOMEN = 0.17
SHARE_RECOGNISED = 0.91
DAYS_BETWEEN_ARRESTS = 14

_MECHANISMS = {
    "sentence_served": 64,
    "milder_sentence": 8,
    "parole": 5,
    "amnesty": 4,
    "freed_in_court": 5,
    "measure_changed": 4,
    "proceedings_dropped": 2,
    "conviction_quashed": 1,
    "acquitted": 0.5,
    "medical": 2,
    "unknown": 3,
}
_MECHANISMS_SINCE_2024 = {**_MECHANISMS, "pardon": 14, "exchange": 3, "deportation": 8}


def tell(chance: random.Random, people: int, until: date, wave: WavePlan) -> list[Person]:
    """The lives of so many people, up to the day `until`, all dates exact."""
    telling = _Telling(chance, people, wave, until)
    for month in story.months(people, until):
        telling.month(month)
    telling.doubt_some_recognitions()
    return telling.people


class _Telling:
    """What has happened so far. People who are held and recognised wait in `_held` in the order of their sentences."""

    def __init__(self, chance: random.Random, size: int, wave: WavePlan, until: date) -> None:
        self.people: list[Person] = []
        self._chance, self._size, self._wave, self._until = chance, size, wave, until
        self._names, self._codes = Names(chance), set[str]()
        self._order = itertools.count()  # heaps never compare the custodies themselves
        self._awaiting: list[tuple[date, int, Custody]] = []
        self._held: list[tuple[date, int, Custody]] = []
        self._at_liberty: list[Person] = []
        self._owner: dict[int, Person] = {}
        self._pardoned: list[Person] = []
        self._re_arrests_owed = self._pardoned_re_arrested = self._deaths = 0

    def month(self, month: story.Month) -> None:
        self._arrest(month)
        while self._awaiting and self._awaiting[0][0] <= month.last:
            _, order, custody = heapq.heappop(self._awaiting)
            heapq.heappush(self._held, (custody.due, order, custody))
        self._pardon(month)
        self._let_die(month)
        while len(self._held) > month.held_at_end:
            self._release(heapq.heappop(self._held)[2], month)

    def _arrest(self, month: story.Month) -> None:
        # Those who can't be arrested again yet, because nobody has come out, are made up for later.
        self._re_arrests_owed += month.re_arrests
        newcomers = month.arrests - month.re_arrests
        for _ in range(newcomers):
            self._begin(self._newcomer(), month)
        for _ in range(self._re_arrests_owed):
            person = self._at_liberty_before(month.first - timedelta(days=DAYS_BETWEEN_ARRESTS))
            if person is not None:
                self._re_arrests_owed -= 1
                self._begin(person, month)

    def _newcomer(self) -> Person:
        is_woman = self._chance.random() < SHARE_OF_WOMEN
        person = Person(self._new_code(), is_woman, self._names.given(is_woman), self._names.surname(is_woman))
        self.people.append(person)
        return person

    def _new_code(self) -> str:
        while (code := new_code(COUNTRY, self._chance)) in self._codes:
            pass
        self._codes.add(code)
        return code

    def _at_liberty_before(self, day: date) -> Person | None:
        owed = story.planned_by(day, story.RE_ARRESTED_AFTER_PARDON, self._size) - self._pardoned_re_arrested
        if owed > 0 and self._pardoned:
            self._pardoned_re_arrested += 1
            return self._pardoned.pop()
        for _ in range(min(20, len(self._at_liberty))):
            place = self._chance.randrange(len(self._at_liberty))
            ended = self._at_liberty[place].custodies[-1].ended
            if ended is not None and ended < day:
                self._at_liberty[place], self._at_liberty[-1] = self._at_liberty[-1], self._at_liberty[place]
                return self._at_liberty.pop()
        return None

    def _begin(self, person: Person, month: story.Month) -> None:
        began = self._day(month.first, month.last)
        is_prosecuted = self._chance.random() < month.share_prosecuted
        custody = Custody(began, self._due(began) if is_prosecuted else self._after(began, 3, 45), is_prosecuted)
        person.custodies.append(custody)
        self._owner[id(custody)] = person
        if is_prosecuted and self._chance.random() < SHARE_RECOGNISED:
            # In the first months nobody could keep up; later a finding took weeks.
            mean = 150 if began.year == 2020 else 40
            recognised = began + timedelta(days=5 + round(self._chance.expovariate(1 / mean)))
            if recognised <= self._until:
                custody.recognised = recognised
                heapq.heappush(self._awaiting, (recognised, next(self._order), custody))
        if custody.recognised is None:
            self._end_unrecognised(custody)

    def _due(self, began: date) -> date:
        return began + timedelta(days=max(90, min(7300, round(self._chance.lognormvariate(6.9, 0.7)))))

    def _end_unrecognised(self, custody: Custody) -> None:
        if custody.due > self._until:
            return
        self._end(custody, custody.due, "sentence_served" if self._chance.random() < 0.8 else "proceedings_dropped")
        if self._chance.random() < 0.25:
            found = self._after(custody.due, 30, 600)
            custody.recognised = found if found <= self._until else None

    def _pardon(self, month: story.Month) -> None:
        for act in self._wave.acts:
            if month.first <= act.on <= month.last:
                candidates = [entry for entry in self._held if entry[2].recognised <= act.on - timedelta(days=60)]  # type: ignore[operator]
                number = min(act.identified, story.scaled(act.identified, self._size), len(candidates))
                chosen = self._chance.sample(candidates, number)
                self._take_out(chosen)
                for _, _, custody in chosen:
                    custody.pardon = act.slug
                    self._pardoned.append(self._end(custody, act.on, "pardon"))

    def _let_die(self, month: story.Month) -> None:
        number = story.planned_by(month.first, story.DEATHS_IN_CUSTODY, self._size) - self._deaths
        candidates = [entry for entry in self._held if entry[2].recognised < month.first] if number else []  # type: ignore[operator]
        chosen = self._chance.sample(candidates, min(number, len(candidates)))
        self._take_out(chosen)
        self._deaths += len(chosen)
        for _, _, custody in chosen:
            custody.ended, custody.mechanism = self._day(month.first, month.last), "death_in_custody"

    def _take_out(self, chosen: list[tuple[date, int, Custody]]) -> None:
        if chosen:
            gone = {order for _, order, _ in chosen}
            self._held = [entry for entry in self._held if entry[1] not in gone]
            heapq.heapify(self._held)

    def _release(self, custody: Custody, month: story.Month) -> None:
        assert custody.recognised is not None
        mechanisms = _MECHANISMS if month.first.year < 2024 else _MECHANISMS_SINCE_2024
        mechanism = self._chance.choices(list(mechanisms), list(mechanisms.values()))[0]
        first = max(month.first, custody.recognised + timedelta(days=1))
        self._end(custody, self._day(min(first, month.last), month.last), mechanism)

    def _end(self, custody: Custody, day: date, mechanism: str) -> Person:
        custody.ended, custody.mechanism = day, mechanism
        person = self._owner[id(custody)]
        if not custody.pardon:
            self._at_liberty.append(person)
        return person

    def doubt_some_recognitions(self) -> None:
        """Let the organisations take back a few findings."""
        for person in self.people:
            for custody in person.custodies:
                if custody.recognised and not custody.pardon and self._chance.random() < 0.008:
                    custody.withdrawn = self._after(custody.recognised, 40, 700)
                    if custody.withdrawn > self._until:
                        custody.withdrawn = None

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._chance.randint(0, (last - first).days))

    def _after(self, day: date, at_least: int, at_most: int) -> date:
        return day + timedelta(days=self._chance.randint(at_least, at_most))
