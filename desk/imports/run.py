"""One import, from an open file to a committed transaction, or to nothing."""

import datetime
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from prisoners.acting import OPERATOR, acting, tell_transaction
from prisoners.models import State
from prisoners.recheck import check_now

from ..models import OUTCOMES, Approval, Import
from .checks import contradictions
from .chunk import Output, write
from .deriving import Terms, derive
from .header import read_header
from .lists import Lists
from .mapping import FileMapping
from .planning import Plan, Setting, plan_rows
from .problems import FileFault, Problem
from .readahead import ReadAhead
from .reading import Table, digest_of, open_table
from .refusals import column_of, reason_of
from .registry import Registry
from .report import Report
from .rows import Row, RowParser
from .seen import Seen
from .statutes import declare
from .summary import Doubts, Summary
from .tables import next_keys
from .translation import Translator

CHUNK = 4_000
ONE_AT_A_TIME = 5_117_104  # the key of a lock: any number that nothing else uses
Progress = Callable[[int, int | None], None]
Result = Row | list[Problem]


@dataclass(frozen=True, slots=True)
class Request:
    """What the person who imports asks for."""

    file: BinaryIO
    file_name: str
    mapping: FileMapping
    now: datetime.datetime
    today: datetime.date
    as_at: datetime.date | None = None
    publish: bool = False
    dry_run: bool = False
    actor: str = OPERATOR  # whose changes these are

    @property
    def terms(self) -> Terms:
        return Terms(self.today, self.as_at, self.publish, self.mapping.confirm_after_sentence)


def run_import(*, request: Request, report: Report, chance: random.Random, progress: Progress) -> Summary:
    """Import the file in one transaction; a dry run takes it all back.

    `progress` hears, after each chunk, how many rows are done of about how many. Raises FileFault, and changes nothing,
    when the file as a whole can't be used.
    """
    try:
        # Publishing without a second person is the operator's own decision, at the prompt.
        capacity = OPERATOR if request.publish else ""
        with acting(actor=request.actor, reason=request.file_name, capacity=capacity), transaction.atomic():
            tell_transaction()  # COPY carries nothing along
            _lock()
            digest = digest_of(request.file)
            with open_table(request.file, request.mapping) as table:
                summary = _Runner(request, table, digest, report, chance).run(progress)
            if request.dry_run:
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what would be checked at the end is checked now
            transaction.set_rollback(request.dry_run or not summary.has_changes)
    except IntegrityError as error:
        raise FileFault(_("The database refused the import as a whole: %(reason)s") % {"reason": reason_of(error)}) from None
    return summary


def _lock() -> None:
    """Two imports at once could each miss what the other brings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (is_free,) = cursor.fetchone()
    if not is_free:
        raise FileFault(_("Another import is running: wait until it is done."))


class _Runner:
    def __init__(self, request: Request, table: Table, digest: str, report: Report, chance: random.Random) -> None:
        self.request = request
        self.table = table
        self.report = report
        self.terms = request.terms
        self.doubts = Doubts(self.terms)
        self.summary = Summary(
            file=request.file_name,
            sha256=digest,
            is_dry_run=request.dry_run,
            as_at=str(request.as_at) if request.as_at else None,
            is_published=request.publish,
        )
        self.translator = Translator(read_header(table.header, request.mapping), request.mapping)
        statutes = declare(request.mapping.statutes)
        self.parser = RowParser(Lists(), self.translator.header_of)
        self.reader = ReadAhead(self._next_chunk)
        (batch_id,) = next_keys(Import, 1)
        self.output = Output(
            setting=Setting(self.parser, Seen(), request.mapping.list_name, batch_id),
            registry=Registry(),
            state=State.PUBLISHED if request.publish else State.DRAFT,
            now=request.now,
            chance=chance,
            before_waiting=self.reader.start,
        )
        self.summary.created_records["articles"] = statutes

    def run(self, progress: Progress) -> Summary:
        """Rows are read and parsed one chunk ahead, in the time that the database is busy with the chunk before."""
        with self.reader:
            while results := self.reader.next():
                self._import_chunk(results)
                progress(self.summary.rows, self.table.about_rows)
        if not self.summary.rows:
            raise FileFault(_("The file has no rows below its header."))
        return self._finish()

    def _next_chunk(self) -> list[Result]:
        return [self._read(line, cells) for line, cells in itertools.islice(self.table.rows, CHUNK)]

    def _import_chunk(self, results: list[Result]) -> None:
        rows = [result for result in results if isinstance(result, Row)]
        problems = [problem for result in results if isinstance(result, list) for problem in result]
        for row in rows:
            self.output.setting.seen.note(row)
        for plan in self._write(rows):
            problems.extend(plan.problems)
            self._count(plan)
        self.summary.rows += len(results)
        waiting = {problem.line for problem in problems if problem.is_waiting}
        self.summary.waiting += len(waiting)
        self.summary.rejected += len({problem.line for problem in problems} - waiting)
        self.report.add(problems)

    def _read(self, line: int, cells: list[str]) -> Result:
        row = self.parser.parse(self.translator.translate(line, cells))
        if not isinstance(row, Row):
            return row
        derive(row, self.parser.lists, self.terms)
        findings = list(contradictions(row, self.terms))
        return [self.parser.problem(line, name, row.values.get(name, ""), reason) for name, reason in findings] or row

    def _write(self, rows: list[Row]) -> Iterator[Plan]:
        """Plan and write the rows together; if the database refuses, each half by itself, down to the row that is to blame."""
        if not rows:
            return
        try:
            with transaction.atomic():
                plan = plan_rows(rows, self.output.setting)
                write(plan, self.output)
                check_now()
        except (IntegrityError, DataError) as error:
            self.output.registry.forget()
            if len(rows) == 1:
                column = column_of(error)
                problem = self.parser.problem(rows[0].line, column, rows[0].values.get(column, ""), reason_of(error))
                yield Plan(problems=[problem])
                return
            middle = len(rows) // 2
            yield from self._write(rows[:middle])
            yield from self._write(rows[middle:])
        else:
            self.output.registry.keep()
            yield plan

    def _count(self, plan: Plan) -> None:
        self.summary.created += len(plan.new)
        self.summary.updated += len(plan.updates)
        self.summary.unchanged += plan.unchanged
        self.summary.people += len({new.person.pk for new in plan.new if new.person.is_new})
        for new in plan.new:
            self.doubts.note(new.row, new.person, is_update=False)
        for update in plan.updates:
            self.doubts.note(update.row, update.person, is_update=True)

    def _finish(self) -> Summary:
        summary = self.summary
        for name, register in self.output.registry.all.items():
            summary.created_records[name] = sorted(register.created)
        summary.notes = [*self.table.notes, *self.doubts.words()]
        if summary.has_changes:
            self._record()
        return summary

    def _record(self) -> None:
        request, summary = self.request, self.summary
        record = Import.objects.create(
            pk=self.output.setting.batch_id,
            file_name=request.file_name[-255:],
            sha256=summary.sha256,
            list_name=request.mapping.list_name,
            as_at=request.as_at,
            approval=Approval.OPERATOR if request.publish else Approval.NONE,
            made_at=request.now,
            **{name: getattr(summary, name) for name in ("rows", *OUTCOMES)},
        )
        summary.import_id = None if request.dry_run else record.pk
