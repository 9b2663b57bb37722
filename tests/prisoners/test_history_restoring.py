"""Versions, fields and deleted records come back as they were; what can't come back is refused with the reason."""

import pytest
from django.db import connection

from prisoners.acting import acting
from prisoners.history.reading import deleted
from prisoners.history.refusing import NotRestored
from prisoners.history.restoring import restore, restore_field
from prisoners.history.subjects import Subject, all_tables
from prisoners.models import Arrest, Charge, Citation, Facility, HistoryEntry, Name, Prisoner, Source, State, Stay, Visibility
from releases.models import Event, PardonLine, Wave
from tests.cases import apart, everything, make_full_case
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db
SAID = {"by": "alena", "reason": "the letter was misread"}


def entry_of(record, back=0):
    """An entry of a record, the newest but so many."""
    return HistoryEntry.objects.filter(subject=str(Subject.of(record)))[back]


def end_action():
    """As a commit does: what follows is another action."""
    connection.check_constraints()


def delete(record):
    """Delete a record with all that hangs on it, and give the entry that says so."""
    end_action()
    subject = str(Subject.of(record))
    record.delete()
    end_action()
    return HistoryEntry.objects.filter(subject=subject).first()


def refusal(entry, **more):
    with pytest.raises(NotRestored) as refused:
        restore(entry=entry, **SAID, **more)
    return refused.value


class TestVersion:
    def test_earlier_version_comes_back_as_a_change_with_who_and_why(self):
        person = make_prisoner(born="1988-03", citizenships=["BY"])
        Prisoner.objects.filter(pk=person.pk).update(born="1990", citizenships=["BY", "RU"], gender="male")
        restore(entry=entry_of(person, back=1), **SAID)
        person.refresh_from_db()
        assert (str(person.born), person.citizenships, person.gender) == ("1988-03", ["BY"], "unknown")
        last = entry_of(person)
        assert (last.action, last.actor) == ("update", "alena")
        assert last.reason.startswith("restored version of 20")
        assert last.reason.endswith(": the letter was misread")

    def test_links_of_the_version_come_back_with_it(self):
        person = make_prisoner()
        person.occupations.set(["engineer", "lawyer"])
        end_action()
        Prisoner.objects.filter(pk=person.pk).update(gender="male")
        end_action()
        then = entry_of(person)
        person.occupations.set(["lawyer", "blogger"])
        end_action()
        restore(entry=then, **SAID)
        assert sorted(person.occupations.values_list("pk", flat=True)) == ["engineer", "lawyer"]

    def test_version_that_is_there_already_is_refused_and_leaves_no_entry(self):
        person = make_prisoner()
        count = HistoryEntry.objects.count()
        assert refusal(entry_of(person)).messages == ["This version is what the record is now."]
        assert HistoryEntry.objects.count() == count

    def test_one_field_comes_back_alone(self):
        person = make_prisoner(born="1988-03")
        Prisoner.objects.filter(pk=person.pk).update(born="1990", gender="male")
        restore_field(entry=entry_of(person, back=1), column="born", **SAID)
        person.refresh_from_db()
        assert (str(person.born), person.gender) == ("1988-03", "male")

    @pytest.mark.parametrize("column", ["state", "visibility", "embargo_until", "published_on", "id", "born_latest", "nonsense"])
    def test_field_that_is_not_restored_is_refused(self, column):
        person = make_prisoner()
        with pytest.raises(NotRestored, match="is not restored here"):
            restore_field(entry=entry_of(person), column=column, **SAID)

    def test_publication_never_comes_back(self):
        person = make_prisoner(born="1988", embargo_until="2020-01-01", published_on="2020-02-01")
        denied = {
            "state": State.WITHDRAWN,
            "visibility": Visibility.INTERNAL,
            "embargo_until": "2099-01-01",
        }
        Prisoner.objects.filter(pk=person.pk).update(born="1990", **denied)
        restore(entry=entry_of(person, back=1), **SAID)
        kept = Prisoner.objects.filter(pk=person.pk).values("born", "published_on", *denied).get()
        expected = {"born": "1988", "published_on": "2020-02-01"} | {name: str(value) for name, value in denied.items()}
        assert {name: str(value) for name, value in kept.items()} == expected

    def test_confidential_source_stays_so(self):
        source = make_source(title="Letter", confidentiality="public")
        Source.objects.filter(pk=source.pk).update(title="A letter", confidentiality="confidential")
        restore(entry=entry_of(source, back=1), **SAID)
        source.refresh_from_db()
        assert (source.title, source.confidentiality) == ("Letter", "confidential")

    def test_version_that_names_what_is_gone_is_refused_with_its_name(self):
        facility = Facility.objects.create(slug="old", name="Old prison", country="BY")
        stay = Stay.objects.create(arrest=make_arrest(), facility=facility)
        then = entry_of(stay)
        Stay.objects.update(facility=Facility.objects.create(slug="new", name="New prison", country="BY"))
        delete(facility)
        assert refusal(then).messages == ["stay: New prison names facility: Old prison, which is gone."]

    def test_version_that_a_rule_stands_against_is_refused_with_the_rule(self):
        person = make_prisoner("Jan")
        name = person.names.get()
        then = entry_of(name)
        Name.objects.filter(pk=name.pk).update(is_heading=False, is_primary=False)
        Name.objects.create(prisoner=person, text="Ян", is_heading=True)
        refused = refusal(then)
        assert refused.rule == "name_one_heading"
        assert Name.objects.get(pk=name.pk).is_heading is False

    def test_rule_that_waits_for_the_commit_refuses_at_once(self):
        person = make_full_case()
        arrest = person.arrests.get()
        Arrest.objects.filter(pk=arrest.pk).update(ended="2023-06-01")
        end_action()
        with acting(actor="x"):
            arrest.release.delete()
            Arrest.objects.filter(pk=arrest.pk).update(ended=None, last_confirmed_on=None)
            end_action()
        Arrest.objects.filter(pk=arrest.pk).update(ended="2023-07-01")
        restore(entry=HistoryEntry.objects.filter(subject__startswith="releases_release:", action="delete").first(), **SAID)
        end_action()
        assert refusal(entry_of(arrest, back=1)).rule == "release_needs_end"

    def test_accounts_are_never_restored(self, editor):
        editor.is_superuser = False
        editor.save()
        assert refusal(entry_of(editor, back=1)).messages == ["Records of this kind are not restored: auth_user."]


class TestDeleted:
    def test_person_comes_back_with_the_whole_case_as_a_draft(self):
        person = make_full_case(published_on="2021-01-01", visibility=Visibility.INITIALS)
        end_action()
        before, subject = everything(), str(Subject.of(person))
        entry = delete(person)
        assert len(apart(before, everything())) == 29
        restore(entry=entry, **SAID)
        end_action()
        assert apart(before, everything()) == {
            subject: ({"state": "published", "published_on": "2021-01-01"}, {"state": "draft", "published_on": None})
        }

    def test_earlier_version_of_a_deleted_person_is_no_more_visible_than_it_was_last(self):
        person = make_prisoner(born="1988")
        end_action()
        Prisoner.objects.filter(pk=person.pk).update(born="1990", visibility=Visibility.INTERNAL, embargo_until="2099-01-01")
        then = entry_of(person, back=1)
        delete(person)
        restore(entry=then, **SAID)
        back = Prisoner.objects.get(pk=then.subject.split(":")[1])
        assert (str(back.born), back.visibility, str(back.embargo_until)) == ("1988", Visibility.INTERNAL, "2099-01-01")
        assert (back.state, [name.text for name in back.names.all()]) == (State.DRAFT, [str(back.name())])

    def test_what_was_deleted_before_stays_deleted(self):
        person = make_full_case()
        delete(Charge.objects.get())
        entry = delete(person)
        restore(entry=entry, **SAID)
        assert (Prisoner.objects.count(), Stay.objects.count(), Charge.objects.count()) == (1, 1, 0)

    def test_lines_of_a_pardon_are_matched_again_unless_they_were_matched_since(self):
        first = make_full_case()
        line, arrest = PardonLine.objects.get(), first.arrests.get().pk
        entry = delete(first)
        assert PardonLine.objects.get().arrest_id is None
        restore(entry=entry, **SAID)
        assert PardonLine.objects.get().arrest_id == arrest
        again = delete(Prisoner.objects.get())
        other = make_arrest()
        PardonLine.objects.filter(pk=line.pk).update(arrest=other)
        restore(entry=again, **SAID)
        assert PardonLine.objects.get().arrest_id == other.pk

    def test_links_that_others_had_to_it_come_back(self):
        wave = Wave.objects.create(slug="w", title="Wave")
        event = Event.objects.create(slug="e", title="Said", kind="statement")
        event.waves.add(wave)
        entry = delete(wave)
        restore(entry=entry, **SAID)
        assert [wave.slug for wave in event.waves.all()] == ["w"]

    def test_part_of_what_is_gone_is_refused_with_what_to_restore_first(self):
        person = make_full_case()
        code = person.code
        name = HistoryEntry.objects.get(subject=str(Subject.of(person.names.get(script="Cyrl"))))
        delete(person)
        assert refusal(name).messages == [
            f"name: Тарас Вымышлены belongs to person: Taras Vymyšleny ({code}), which is deleted: restore that first."
        ]

    def test_citation_of_a_source_that_is_gone_is_refused(self):
        citation = Citation.objects.get(arrest=make_arrest())
        source = citation.source
        entry = delete(citation)
        delete(source)
        assert refusal(entry).messages == [f"citation: {source} names source: {source}, which is gone."]

    def test_key_is_the_old_one_and_the_next_record_gets_another(self):
        source = make_source(title="A")
        key = source.pk
        restore(entry=delete(source), **SAID)
        assert Source.objects.get(title="A").pk == key
        assert make_source().pk > key

    def test_column_that_came_since_gets_what_a_new_record_has(self):
        source = make_source()
        entry = delete(source)
        with connection.cursor() as cursor:  # as if the history were older than the column
            cursor.execute("ALTER TABLE history_entry DISABLE TRIGGER history_is_kept")
            cursor.execute("UPDATE history_entry SET before = before - 'language' - 'nonsense' WHERE id = %s", [entry.id])
        restore(entry=HistoryEntry.objects.get(id=entry.id), **SAID)
        assert Source.objects.get().language == ""


class TestListOfDeleted:
    def test_what_went_with_its_owner_is_not_listed_apart(self):
        entry = delete(make_full_case())
        source = delete(make_source())
        assert [found.id for found in deleted(tables=RECORDS)] == [source.id, entry.id]

    def test_what_was_restored_is_not_listed(self):
        entry = delete(make_full_case())
        restore(entry=entry, **SAID)
        assert deleted(tables=RECORDS) == []

    def test_part_deleted_on_its_own_is_listed(self):
        make_full_case()
        entry = delete(Charge.objects.get())
        assert [found.id for found in deleted(tables=RECORDS)] == [entry.id]


RECORDS = [table for table in all_tables() if table.startswith(("prisoners_", "releases_"))]
