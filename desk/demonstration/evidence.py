"""Which source says what of whom: fields of records, exact places, values that disagree, sources kept confidential."""

import itertools
import random
from datetime import date, timedelta

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Citation, Name, Prisoner, Stay, Treatment

from .court import Trial
from .people import Custody
from .records import Records


class Evidence:
    """Draws citations; numbers the entries of the chronicle as it goes."""

    def __init__(self, chance: random.Random, records: Records, until: date) -> None:
        self._chance, self._records, self._until = chance, records, until
        self._entries = itertools.count(1)

    def of_person(self, record: Prisoner, names: list[Name], began: date) -> list[Citation]:
        """The birth, where somebody tells of it, of some people by two sources that differ; a name as the court writes it."""
        found = []
        lot = self._chance.random()
        differs = record.born is not None and record.born.earliest is not None and lot < 0.07
        if record.born is not None and lot < 0.25:
            source = self._records.source("chronicle", began)
            value = str(record.born) if differs else ""
            found.append(Citation(prisoner=record, source=source, field="born", value=value))
        if differs:
            assert record.born is not None
            assert record.born.earliest is not None
            other = str(record.born.earliest.year + self._chance.choice((-2, -1, 1)))
            source = self._records.source("courier", began)
            found.append(Citation(prisoner=record, source=source, field="born", value=other, locator="photo caption"))
        if self._chance.random() < 0.05:
            source = self._records.source("court", began)
            found.append(Citation(name=self._chance.choice(names), source=source, field="text"))
        return found

    def of_arrest(self, custody: Custody, arrest: Arrest) -> list[Citation]:
        """The chronicle for each; the newspaper for some, which now and then has another day; the family for a few."""
        chronicle, courier = self._records.source("chronicle", custody.began), self._records.source("courier", custody.began)
        place = f"entry {next(self._entries)}"
        heard = self._heard_day(custody) if (has_courier := self._chance.random() < 0.4) else ""
        value = str(custody.known_began) if heard and custody.known_began else ""
        found = [Citation(arrest=arrest, source=chronicle, field="began", locator=place, value=value)]
        if has_courier:
            found.append(Citation(arrest=arrest, source=courier, field="began", value=heard))
        if arrest.place and self._chance.random() < 0.1:
            found.append(Citation(arrest=arrest, source=chronicle, field="place", locator=place, value=arrest.place))
        if self._chance.random() < 0.08:
            letters = self._records.source("letters", custody.began)
            found.append(Citation(arrest=arrest, source=letters, field="circumstances"))
        return found

    def _heard_day(self, custody: Custody) -> str:
        if custody.known_began is None or not custody.known_began.is_exact:
            return str(custody.known_began or "")
        if self._chance.random() < 0.85:
            return ""
        return str(UncertainDate.on(custody.began + timedelta(days=self._chance.randint(1, 3))))

    def of_trial(self, trial: Trial) -> list[Citation]:
        """The court's calendar, for a part of the judgments and charges."""
        found = []
        for judgment in trial.judgments:
            decided = judgment.decided_on.earliest if judgment.decided_on else None
            if decided and self._chance.random() < 0.35:
                source = self._records.source("court", min(decided, self._until))
                place = f"hearing {self._chance.randint(1, 90)}"
                found.append(Citation(judgment=judgment, source=source, field="decided_on", locator=place))
        for charge in trial.charges:
            since = charge.status_on.earliest if charge.status_on else None
            if since and self._chance.random() < 0.08:
                source = self._records.source("court", min(since, self._until))
                found.append(Citation(charge=charge, source=source, field="status"))
        return found

    def of_prison(self, stays: list[Stay], treatments: list[Treatment]) -> list[Citation]:
        """What happens inside comes out by letters, whose owners stay unknown, and now and then in print."""
        found = []
        for treatment in treatments:
            day = treatment.began.earliest if treatment.began else None
            if day and self._chance.random() < 0.6:
                kind = "letters" if self._chance.random() < 0.5 else "chronicle"
                found.append(Citation(treatment=treatment, source=self._records.source(kind, min(day, self._until))))
        for stay in stays[1:]:
            day = stay.began.earliest if stay.began else None
            if day and self._chance.random() < 0.1:
                source = self._records.source("letters", min(day, self._until))
                found.append(Citation(stay=stay, source=source, field="facility"))
        return found
