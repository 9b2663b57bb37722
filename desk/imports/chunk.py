"""One chunk of rows into the database: all that its plan says, in a number of queries that doesn't grow with it."""

import datetime
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prisoners.codes import new_code
from prisoners.models import Name, Prisoner, State, Summary
from prisoners.name_keys import fill

from ..models import ImportedRow
from .people import COLUMNS, SUMMARY_LANGUAGE, Person
from .planning import Plan, Setting
from .registry import Registry
from .sources import find_or_create
from .tables import Batch
from .updating import ArrestUpdate, save
from .writing import CHARGE, NAME, TABLES, TREATMENT, Writer

DATES = ("born", "died")


@dataclass(frozen=True, slots=True)
class Output:
    """What writing needs beside the plan."""

    setting: Setting
    registry: Registry
    state: State
    now: datetime.datetime
    chance: random.Random
    before_waiting: Callable[[], None]  # called when only the database will be busy for a while


def write(plan: Plan, output: Output) -> None:
    """Raises Django's database errors where a row breaks a rule that only the database knows."""
    rows = plan.rows
    if not rows:
        return
    output.registry.ensure(rows)
    writer = Writer(
        batch_id=output.setting.batch_id,
        list_name=output.setting.list_name,
        now=output.now.isoformat(),
        state=output.state,
        registry=output.registry,
        sources=find_or_create(rows),
        batch=Batch(TABLES),
    )
    _update(plan, output, writer)
    _create(plan, output, writer)
    output.before_waiting()
    writer.batch.write()
    if names := writer.batch.rows[NAME]:
        fill(len(names))


def _create(plan: Plan, output: Output, writer: Writer) -> None:
    new_people = list({new.person.pk: new.person for new in plan.new if new.person.is_new}.values())
    codes = fresh_codes([person.country for person in new_people], output.chance)
    for person, code in zip(new_people, codes, strict=True):
        writer.add_person(person, code)
    for new in plan.new:
        writer.add_names(new.person, new.row)
        writer.add_occupations(new.person, new.row)
        writer.add_arrest(new.person, new.row, new.arrest)
        writer.add_used_row(new.row, new.person.pk, new.arrest, is_update=False)


def fresh_codes(countries: list[str], chance: random.Random) -> list[str]:
    """A new public code for each, none of them in use."""
    codes: list[str] = []
    taken: set[str] = set()
    while len(codes) < len(countries):
        drawn = [new_code(country, chance) for country in countries[len(codes) :]]
        taken.update(Prisoner.objects.filter(code__in=drawn).values_list("code", flat=True))
        for code in drawn:
            if code in taken:
                break  # the rest is drawn again, so that each code stays with its country
            codes.append(code)
            taken.add(code)
    return codes


def _update(plan: Plan, output: Output, writer: Writer) -> None:
    _save_people(plan.changed_people.values(), output.now)
    _save_summaries(plan.changed_people.values())
    if not plan.updates:
        return
    save(plan.updates, output.registry)
    _move_headings(plan.updates)
    ImportedRow.objects.filter(pk__in=[update.case.row for update in plan.updates]).update(is_latest=False)
    for update in plan.updates:
        _add(update, writer)


def _save_people(people: Iterable[Person], now: datetime.datetime) -> None:
    changed = [Prisoner(pk=person.pk, changed_at=now, **_columns(person)) for person in people]
    Prisoner.objects.bulk_update(changed, [*COLUMNS, "changed_at"])


def _columns(person: Person) -> dict[str, str | None]:
    return {fact: (text or None) if fact in DATES else text for fact, text in person.facts.items() if fact in COLUMNS}


def _save_summaries(people: Iterable[Person]) -> None:
    rows = [
        Summary(prisoner_id=person.pk, language=SUMMARY_LANGUAGE, text=person.facts["summary"])
        for person in people
        if person.facts["summary"]
    ]
    Summary.objects.bulk_create(rows, update_conflicts=True, unique_fields=["prisoner", "language"], update_fields=["text"])


def _move_headings(updates: list[ArrestUpdate]) -> None:
    """Where the file corrected the name that it gave, and nobody chose another heading since, the new one takes its place."""
    renamed = {
        update.person.pk: update for update in updates if update.row.name != update.person.heading == update.before("name")
    }
    if not renamed:
        return
    Name.objects.filter(prisoner__in=renamed, is_heading=True).update(is_heading=False, is_primary=False)
    there = [name for name in Name.objects.filter(prisoner__in=renamed) if name.text == renamed[name.prisoner_id].row.name]
    for name in there:
        name.is_heading = True
    Name.objects.bulk_update(there, ["is_heading"])
    for update in renamed.values():
        update.person.heading = update.row.name if update.row.name in update.person.names else ""
        update.person.primary_in.discard(update.row.language)


def _add(update: ArrestUpdate, writer: Writer) -> None:
    row, person, arrest = update.row, update.person, update.arrest.pk
    if update.says_anew("name", "names", "aliases"):
        writer.add_names(person, row)
    if update.says_anew("occupations"):
        writer.add_occupations(person, row)
    if update.adds_judgment:
        writer.add_judgment(row, arrest)
    if update.adds_stay:
        writer.add_stay(row, arrest)
    if update.adds_recognition:
        writer.add_recognition(row, arrest)
    if update.adds_release:
        writer.add_release(row, arrest)
    for statute in update.articles:
        writer.batch.add(CHARGE, arrest, statute)
    for kind in update.treatments:
        writer.batch.add(TREATMENT, arrest, kind)
    for key in update.sources:
        writer.add_citation(key, arrest)
    writer.add_used_row(row, person.pk, arrest, is_update=True)
