"""Confirming an intake, and taking it back: one transaction each way."""

import pytest
from django.db import connection
from django.utils import timezone

from desk.intake.choosing import Own, Word, keep_words
from desk.intake.confirming import confirm_intake, plan_of
from desk.intake.models import Intake, LineDecision
from desk.intake.undoing import undo_intake
from prisoners.acting import acting
from prisoners.dates import UncertainDate
from prisoners.history.refusing import NotRestored
from prisoners.models import Arrest, HistoryEntry, Prisoner, Review
from prisoners.models import Citation as RecordCitation
from prisoners.roles import Actor, Grant, Role, everywhere
from prisoners.services import ChangedMeanwhile, NeedsRole, NotPossible, Refused
from releases.models import Citation, PardonLine, Release
from tests.desk.intake.scene import DAY, EDITOR, begin, choose, held, line, make_pardon
from tests.factories import as_operator, make_arrest

pytestmark = pytest.mark.django_db


def confirm(intake, by=EDITOR, **options):
    """As an action of its own, which it is outside tests."""
    seen = plan_of(intake, by).seen
    connection.check_constraints()
    plan = confirm_intake(intake=intake, by=by, now=timezone.now(), seen=seen, **options)
    connection.check_constraints()
    return plan


def lines_of(pardon):
    return list(PardonLine.objects.filter(pardon=pardon).values_list("position", "as_written", "arrest"))


def ended(arrest):
    return str(Arrest.objects.get(pk=arrest.pk).ended or "")


def test_confirmed_people_are_released_and_the_others_stay_unidentified():
    arrest, other = held("Ivan Petrov"), held("Anna Sidorova")
    intake = begin("1. Ivan Petrov, 1987\n2. Somebody Else\n\n3. Anna Sidorova;", conditions=("petition_signed",))
    choose(intake, {1: arrest, 4: other})
    plan = confirm(intake)
    assert [len(each) for each in (plan.released, plan.linked, plan.unidentified, plan.dropped)] == [2, 0, 1, 0]
    assert lines_of(intake.pardon) == [
        (1, "1. Ivan Petrov, 1987", arrest.pk),
        (2, "2. Somebody Else", None),
        (3, "3. Anna Sidorova", other.pk),
    ]
    release = Release.objects.get(arrest=arrest)
    said = (release.mechanism_id, release.pardon, release.verification, release.liberty_after, ended(arrest))
    assert said == ("pardon", intake.pardon, "announced", "unknown", str(DAY))
    assert list(release.conditions.values_list("code", flat=True)) == ["petition_signed"]
    assert list(release.citations.values_list("source", "locator")) == [(intake.source_id, "line 1")]
    assert RecordCitation.objects.filter(arrest=other, field="ended", locator="line 4").count() == 1
    assert Citation.objects.filter(pardon=intake.pardon).count() == 1


def test_changes_of_published_people_wait_for_a_second_person():
    arrest = held("Ivan Petrov")
    intake = begin("Ivan Petrov")
    choose(intake, {1: arrest})
    confirm(intake)
    review = Review.objects.get(prisoner=arrest.prisoner, decision="")
    assert (review.kind, review.author) == ("change", "editor")


def test_what_a_line_says_goes_before_what_holds_for_all():
    arrest = held("Ivan Petrov")
    intake = begin("Ivan Petrov", conditions=("silence",))
    choose(intake, {1: arrest})
    own = Own(UncertainDate.parse("2024-08-17/2024-08-20"), "exiled", ("passport_seized",))
    keep_words(intake=intake, words=[Word(1, 1, own=own)], by=EDITOR, now=timezone.now())
    confirm(intake)
    release = Release.objects.get()
    assert (ended(arrest), release.liberty_after) == ("2024-08-17/2024-08-20", "exiled")
    assert list(release.conditions.values_list("code", flat=True)) == ["passport_seized"]


def test_history_says_how_many_lines_became_nothing():
    arrest = held("Ivan Petrov")
    intake = begin("Ivan Petrov\nAnna Sidorova\nнеизвестный мужчина")
    choose(intake, {1: arrest})
    words = [Word(2, 0, LineDecision.DROPPED, because="twice")]
    keep_words(intake=intake, words=words, by=EDITOR, now=timezone.now())
    confirm(intake, drop_unread=True)
    said = HistoryEntry.objects.filter(subject__startswith="releases_pardonline:").values_list("actor", "reason").distinct()
    assert list(said) == [("editor", f"pardon intake {intake.pk}: First act; 2 lines dropped as not a person")]


def test_nobody_is_matched_without_a_word():
    arrest = held("Ivan Petrov")
    intake = begin("Ivan Petrov")
    confirm(intake)
    assert (lines_of(intake.pardon), Release.objects.count(), ended(arrest)) == ([(1, "Ivan Petrov", None)], 0, "")


def test_somebody_released_before_is_linked_to_that_release():
    arrest = held("Ivan Petrov", arrest={"ended": "2024-08-01"})
    with as_operator():
        Release.objects.create(arrest=arrest, mechanism_id="sentence_served")
    intake = begin("Ivan Petrov")
    choose(intake, {1: arrest})
    plan = confirm(intake)
    assert (len(plan.released), len(plan.linked)) == (0, 1)
    assert list(Release.objects.values_list("mechanism", "pardon")) == [("sentence_served", None)]
    assert (lines_of(intake.pardon), ended(arrest)) == ([(1, "Ivan Petrov", arrest.pk)], "2024-08-01")


def test_somebody_who_died_is_linked_and_never_released():
    arrest = held("Ivan Petrov", arrest={"ended": "2024-08-01"})
    with as_operator():
        Release.objects.create(arrest=arrest, mechanism_id="death_in_custody")
    intake = begin("Ivan Petrov")
    choose(intake, {1: arrest})
    assert len(confirm(intake).linked) == 1
    assert Release.objects.count() == 1


def test_custody_that_ended_nobody_knew_how_gets_the_release_and_keeps_its_day():
    arrest = held("Ivan Petrov", arrest={"ended": "../2024-08-30"})
    intake = begin("Ivan Petrov")
    choose(intake, {1: arrest})
    assert len(confirm(intake).released) == 1
    assert (ended(arrest), Release.objects.get().pardon) == ("../2024-08-30", intake.pardon)


def test_person_stands_in_a_list_once():
    arrest = held("Ivan Petrov")
    earlier = make_arrest(arrest.prisoner, began="2018", ended="2019")
    intake = begin("Ivan Petrov\nПетров Иван")
    kept = choose(intake, {1: arrest, 2: earlier})
    assert (kept.changed, list(kept.problems)) == ([1], [2])
    assert line(intake, 2).repeats == 1


def test_two_lines_can_swap_whom_they_name():
    first, second = held("Ivan Petrov"), held("Anna Sidorova")
    intake = begin("Ivan Petrov\nAnna Sidorova")
    choose(intake, {1: second, 2: first})
    assert choose(intake, {1: first, 2: second}).problems == {}
    assert [line(intake, n).arrest for n in (1, 2)] == [first, second]


def test_person_of_another_line_of_the_pardon_is_refused():
    arrest, pardon = held("Ivan Petrov"), make_pardon()
    PardonLine.objects.create(pardon=pardon, position=7, as_written="I. Petrov", arrest=arrest)
    intake = begin("Ivan Petrov", pardon)
    choose(intake, {1: arrest})
    with pytest.raises(NotPossible) as refused:
        confirm(intake)
    assert refused.value.messages == [f"Line 1: {arrest.prisoner.code} is already in this pardon, as its line 7."]


def test_what_the_database_refuses_names_the_line_and_nothing_is_written():
    fine = held("Anna Sidorova")
    arrest = held("Ivan Petrov", arrest={"last_confirmed_on": "2024-10-01"})
    intake = begin("Anna Sidorova\nIvan Petrov")
    choose(intake, {1: fine, 2: arrest})
    with pytest.raises(Refused) as refused:
        confirm(intake)
    assert refused.value.messages == ["Line 2: Custody was confirmed after it had ended.."]
    assert (PardonLine.objects.count(), Release.objects.count(), ended(fine)) == (0, 0, "")


def test_lines_that_were_not_read_wait_for_a_word():
    intake = begin("Ivan Petrov\nand several others whose names were not given")
    with pytest.raises(NotPossible) as refused:
        confirm(intake)
    assert "lines 2." in refused.value.messages[0]
    confirm(intake, drop_unread=True)
    assert [row[1] for row in lines_of(intake.pardon)] == ["Ivan Petrov"]
    assert (line(intake, 2).decision, line(intake, 2).because) == ("dropped", "not read as a name")


def test_change_after_the_editor_looked_is_refused():
    arrest = held("Ivan Petrov")
    intake = begin("Ivan Petrov")
    seen = plan_of(intake, EDITOR).seen
    choose(intake, {1: arrest})
    with pytest.raises(ChangedMeanwhile):
        confirm_intake(intake=intake, by=EDITOR, now=timezone.now(), seen=seen)


def test_colleagues_choice_is_not_overwritten():
    first, second = held("Ivan Petrov"), held("Ivan Petrov")
    intake = begin("Ivan Petrov")
    choose(intake, {1: first}, by=Actor("anna", everywhere([Role.EDITOR])))
    kept = keep_words(intake=intake, words=[Word(1, 0, LineDecision.CHOSEN, second.pk)], by=EDITOR, now=timezone.now())
    assert (kept.changed, line(intake).arrest) == ([], first)
    assert kept.problems[1].startswith("anna changed this line meanwhile")
    assert str(first.prisoner) in kept.problems[1]
    assert str(second.prisoner) in kept.problems[1]


def test_words_that_were_not_kept_are_said_in_full():
    intake = begin("Ivan Petrov")
    by = Actor("anna", everywhere([Role.EDITOR]))
    keep_words(intake=intake, words=[Word(1, 0, name="Ivan Petrou")], by=by, now=timezone.now())
    words = [Word(1, 0, LineDecision.DROPPED, because="a heading", name="Ivan Pyatrou")]
    kept = keep_words(intake=intake, words=words, by=EDITOR, now=timezone.now())
    assert kept.problems[1] == (
        "anna changed this line meanwhile, and what they said stands: unidentified, read as “Ivan Petrou”. "
        "Yours was not kept: not a person (a heading), read as “Ivan Pyatrou”."
    )


def test_roles_and_countries_hold():
    abroad = held("Ivan Petrov", country="RU")
    local = Actor("anna", (Grant(Role.EDITOR, frozenset({"BY"})),))
    intake = begin("Ivan Petrov")
    assert choose(intake, {1: abroad}, by=local).problems == {1: "There is no such arrest that you may change."}
    choose(intake, {1: abroad})
    with pytest.raises(NotPossible) as refused:
        confirm(intake, by=local)
    assert abroad.prisoner.code not in str(refused.value)
    with pytest.raises(NeedsRole):
        confirm(intake, by=Actor("auditor", everywhere([Role.AUDITOR])))


def test_undo_takes_it_back_whole_and_opens_the_intake_with_its_choices():
    arrest, linked = held("Ivan Petrov"), held("Anna Sidorova", arrest={"ended": "2024-08-01"})
    with as_operator():
        Release.objects.create(arrest=linked, mechanism_id="sentence_served")
    intake = begin("Ivan Petrov\nAnna Sidorova\nNobody Known", conditions=("silence", "exit_ban"))
    choose(intake, {1: arrest, 2: linked})
    before = (Citation.objects.count(), RecordCitation.objects.count(), Release.objects.count())
    confirm(intake)
    undo_intake(intake=intake, by=EDITOR, reason="the wrong decree")
    assert (Citation.objects.count(), RecordCitation.objects.count(), Release.objects.count()) == before
    assert (lines_of(intake.pardon), ended(arrest), ended(linked)) == ([], "", "2024-08-01")
    intake.refresh_from_db()
    assert (intake.is_open, line(intake).arrest, line(intake).position) == (True, arrest, None)
    confirm(intake)
    assert len(lines_of(intake.pardon)) == 3


def test_undo_is_refused_with_a_list_when_something_was_changed_since():
    arrest = held("Ivan Petrov")
    intake = begin("Ivan Petrov")
    choose(intake, {1: arrest})
    confirm(intake)
    with acting(actor="anna"):
        Release.objects.filter(arrest=arrest).update(verification="identified")
    with pytest.raises(NotRestored) as refused:
        undo_intake(intake=Intake.objects.get(), by=EDITOR, reason="wrong")
    assert [("verification" in words, "anna" in words) for words in refused.value.messages] == [(True, True)]
    assert (Intake.objects.get().is_open, Release.objects.count()) == (False, 1)


def test_undo_of_more_than_the_history_undoes_at_once():
    arrests = [held(f"Ivan Petrov{'abcdefghijklmnopqrst'[n % 20]}{'aeiou'[n // 20]}") for n in range(100)]
    conditions = (
        "petition_signed",
        "filmed_confession",
        "silence",
        "exit_ban",
        "reporting_duty",
        "supervision",
        "passport_seized",
    )
    intake = begin("\n".join(f"{n}. Ivan Petrov" for n in range(100)), conditions=conditions)
    choose(intake, dict(enumerate(arrests, start=1)))
    confirm(intake)
    assert Release.objects.count() == 100
    undo_intake(intake=intake, by=EDITOR, reason="wrong")
    assert (Release.objects.count(), Prisoner.objects.filter(arrests__ended=None).count()) == (0, 100)
