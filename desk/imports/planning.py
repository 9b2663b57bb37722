"""What becomes of each row of a chunk: created, updated, unchanged, waiting as a possible duplicate, or rejected."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from prisoners.models import Arrest, Prisoner

from .checks import Finding
from .custody import certainly_held
from .deriving import is_dead_by
from .known import KnownCase, Namesake, known_cases, known_people, load_people, namesakes
from .people import Custody, Person, changes, overlap
from .problems import Problem
from .rows import Row, RowParser
from .seen import Seen
from .tables import next_keys
from .updating import ArrestUpdate, load_arrests, plan_update


@dataclass(slots=True)
class Arrested:
    """A new arrest: its row, the person it is about, its key."""

    row: Row
    person: Person
    arrest: int


@dataclass(slots=True)
class Plan:
    """What is to be written for a chunk, and what isn't."""

    new: list[Arrested] = field(default_factory=list)
    updates: list[ArrestUpdate] = field(default_factory=list)
    changed_people: dict[int, Person] = field(default_factory=dict)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [*(new.row for new in self.new), *(update.row for update in self.updates)]


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every chunk of a file."""

    parser: RowParser
    seen: Seen
    list_name: str
    batch_id: int


def plan_rows(rows: list[Row], setting: Setting) -> Plan:
    """What to do with these rows, given the database as it is now. Writes nothing."""
    planner = _Planner(rows, setting)
    for row in planner.unsettled():
        planner.place(row)
    return planner.plan


class _Planner:
    def __init__(self, rows: list[Row], setting: Setting) -> None:
        self.plan = Plan()
        self.setting = setting
        self.rows = rows
        self.cases = known_cases(rows, setting.list_name)
        self.by_id = known_people(rows, setting.list_name)
        self.alike = namesakes(row.name for row in rows if self._is_loose(row))

    def unsettled(self) -> list[Row]:
        """The rows that need more than a look-up, with what is known of their people and arrests loaded."""
        rows = [row for row in self.rows if not self._settle(row)]
        cases = [self.cases[row.case_id] for row in rows if row.case_id in self.cases]
        people = {case.person for case in cases if case.person}
        people |= {self.by_id[row.person_id][0] for row in rows if row.person_id in self.by_id}
        self.people = load_people(people)
        self.people_by_id = {person_id: self.people[key] for person_id, (key, _batch) in self.by_id.items() if key in self.people}
        self.arrests = load_arrests(case.arrest for case in cases)
        self.person_keys, self.arrest_keys = (next_keys(model, len(rows)) for model in (Prisoner, Arrest))
        return rows

    def _is_loose(self, row: Row) -> bool:
        """Whether only the name can tell who it is about."""
        return not row.case_id and row.person_id not in self.by_id

    def _settle(self, row: Row) -> bool:
        """Whether the row is done with: unchanged, a possible duplicate, or of a case that is gone."""
        case = self.cases.get(row.case_id) if row.case_id else None
        earlier = self.setting.seen.same_case(row) if row.case_id else None
        if earlier is not None:
            return self._wait(row, "case_id", _("The same case stands on line %(line)s already.") % {"line": earlier})
        if case is None:
            return not row.case_id and self._may_be_known(row)
        if case.digest == row.digest:
            self.plan.unchanged += 1
            return True
        if case.arrest is None or case.person is None:
            return self._reject(row, [("case_id", _("This case was imported before, and its arrest has been deleted since."))])
        return False

    def _may_be_known(self, row: Row) -> bool:
        """Whether a row without a case is about somebody who may be known already."""
        if row.person_id in self.by_id:
            if self.by_id[row.person_id][1] == self.setting.batch_id:
                return False
            return self._wait(
                row, "person_id", _("This person was imported before, and without a case_id their arrests can't be told apart.")
            )
        other = self.setting.seen.namesake(row) or self._namesake(row)
        if other is None:
            return False
        return self._wait(
            row, "name", _("Possible duplicate of %(where)s: same name, country and possibly birth.") % {"where": other.where}
        )

    def _namesake(self, row: Row) -> Namesake | None:
        return next((other for other in self.alike.get(row.name, ()) if other.can_be(row)), None)

    def place(self, row: Row) -> None:
        """Make the row a new arrest of somebody new or known, or an update."""
        case = self.cases.get(row.case_id) if row.case_id else None
        if case and case.arrest and case.person:
            self._update(row, case, self.arrests[case.arrest], self.people[case.person])
        else:
            self._create(row)

    def _create(self, row: Row) -> None:
        person = self.people_by_id.get(row.person_id) if row.person_id else None
        if person is None:
            person = Person(next(self.person_keys), row.country, is_new=True)
        arrest = next(self.arrest_keys)
        if self._agree(row, person, arrest, {}, []):
            self.plan.new.append(Arrested(row, person, arrest))
            if row.person_id:
                self.people_by_id[row.person_id] = person

    def _update(self, row: Row, case: KnownCase, arrest: Arrest, person: Person) -> None:
        if row.person_id != case.person_id:
            reason = _("This case belongs to the person “%(id)s”: move the arrest in the record editor.") % {"id": case.person_id}
            self._reject(row, [("person_id", reason)])
            return
        _unconfirm_dead(row, person)
        update = plan_update(ArrestUpdate(row, case, person, arrest))
        if self._agree(row, person, arrest.pk, case.values, update.findings):
            self.plan.updates.append(update)

    def _agree(self, row: Row, person: Person, arrest: int, before: dict[str, str], findings: list[Finding]) -> bool:
        """Whether row and person can both be right; if so, the person takes over what the row says."""
        _unconfirm_dead(row, person)
        changed, more = changes(person, row, before)
        known = self.arrests.get(arrest)
        dates = (known.began, known.ended, known.last_confirmed_on) if known else (row.arrested, row.released, row.last_confirmed)
        span = certainly_held(*dates)
        other = overlap(person, arrest, span)
        if other:
            reason = _("This person was certainly in custody on some of these days under another arrest: %(where)s, %(days)s.")
            more.append(("arrested", reason % {"where": other.where, "days": other.span}))
        if findings or more:
            self._reject(row, [*findings, *more])
            return False
        person.facts.update(changed)
        if changed and not person.is_new:
            self.plan.changed_people[person.pk] = person
        person.custodies = [custody for custody in person.custodies if custody.arrest != arrest]
        person.custodies.append(Custody(arrest, span, dates[2], row.line))
        return True

    def _reject(self, row: Row, findings: list[Finding]) -> bool:
        for column, reason in findings:
            self.plan.problems.append(self.setting.parser.problem(row.line, column, row.values.get(column, ""), reason))
        return True

    def _wait(self, row: Row, column: str, reason: str) -> bool:
        problem = self.setting.parser.problem(row.line, column, row.values.get(column, ""), reason)
        self.plan.problems.append(replace(problem, is_waiting=True))
        return True


def _unconfirm_dead(row: Row, person: Person) -> None:
    """A list doesn't confirm the custody of somebody whose death is known from elsewhere."""
    if row.is_confirmed_by_list and row.last_confirmed and is_dead_by(person.date("died"), row.last_confirmed):
        row.last_confirmed = None
