"""Random histories of edits and approvals, beside a plain account of who did what; and people who act at once."""

import itertools
import threading

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prisoners.acting import acting
from prisoners.models import Arrest, Charge, Decision, Name, Prisoner, Review, State, Statute, Visibility
from prisoners.roles import Actor, Role, everywhere
from prisoners.services import (
    ChangedMeanwhile,
    NeedsSecondPerson,
    NotPossible,
    Refused,
    decide,
    moment_of,
    publish,
    send_back,
    send_for_review,
    set_visibility,
    withdraw,
)
from tests.factories import make_arrest, make_prisoner

_numbers = itertools.count()
PEOPLE = ["anna", "bahdan", "cimafiej"]
WIDTH = ["internal", "counted", "initials", "named"]


def actor(name):
    return Actor(name, everywhere([Role.EDITOR, Role.PUBLISHER]))


class Account:
    """What should be so, kept by hand."""

    def __init__(self):
        self.state, self.author, self.visibility = "draft", "operator", "named"
        self.unseen = set()  # (author, kind) of what is in force and nobody else has looked at
        self.shown_by = None  # who let readers see what they see

    def is_work(self, name):
        self.author = name
        if self.state == "published":
            self.unseen.add((name, "change"))


def edit(name, person, account, number):
    with acting(actor=name):
        kind = number % 4
        if kind == 0:
            Prisoner.objects.filter(pk=person.pk).update(born=str(1000 + next(_numbers)))
        elif kind == 1:
            Name.objects.create(prisoner=person, text=f"Name {Name.objects.count()}")
        elif kind == 2:
            Charge.objects.create(arrest=person.arrests.first(), statute=make_statute(Charge.objects.count()))
        else:
            Arrest.objects.filter(prisoner=person).update(place=f"Place {next(_numbers)}")
    account.is_work(name)


def make_statute(number):
    return Statute.objects.create(slug=f"s{number}", country="BY", law="CC", article=str(number), title="x")


def send(name, person, account, number):
    sent = send_for_review(people=[person], by=actor(name))
    assert sent == (account.state in ("draft", "withdrawn"))
    if account.state == "withdrawn":
        account.author = name
    if sent:
        account.state = "in_review"


def back(name, person, account, number):
    send_back(people=[person], by=actor(name))
    if account.state == "in_review":
        account.state = "withdrawn" if account.shown_by else "draft"


def approve(name, person, account, number):
    if account.state == "in_review" and account.author == name:
        with pytest.raises(NeedsSecondPerson):
            publish(people=[person], by=actor(name))
    elif account.state in ("draft", "withdrawn"):
        with pytest.raises(NotPossible):
            publish(people=[person], by=actor(name))
    elif publish(people=[person], by=actor(name)):
        account.state, account.shown_by = "published", name


def pull(name, person, account, number):
    if withdraw(people=[person], by=actor(name)):
        assert account.state == "published"
        account.state = "withdrawn"
        account.unseen.add((name, "withdrawal"))


def look(name, person, account, number):
    items = Review.objects.filter(prisoner=person, decision="", kind__in=["change", "narrowing", "withdrawal"])
    for item in items:
        try:
            decide(review=item, decision=Decision.APPROVED, by=actor(name), seen=moment_of(item))
        except NeedsSecondPerson:
            assert item.author == name
        else:
            assert item.author != name
            account.unseen.discard((item.author, item.kind))


def show(name, person, account, number):
    wish = WIDTH[number % 4]
    person.refresh_from_db()
    if account.state == "in_review":
        return
    outcome = set_visibility(person=person, visibility=Visibility(wish), embargo_until=None, by=actor(name))
    if account.state != "published":
        if wish != account.visibility:
            account.author = name
        account.visibility = wish
    elif WIDTH.index(wish) < WIDTH.index(account.visibility):
        account.visibility, account.author = wish, name
        account.unseen.add((name, "narrowing"))
    elif wish != account.visibility:
        assert not outcome.is_changed
        account.author = name


def widen(name, person, account, number):
    for item in Review.objects.filter(prisoner=person, decision="", kind="widening"):
        try:
            decide(review=item, decision=Decision.APPROVED, by=actor(name), seen=moment_of(item))
        except Refused:
            continue
        assert name not in (item.author, account.author)
        account.visibility = item.to_visibility


DEEDS = [edit, edit, edit, send, back, approve, approve, pull, look, show, widen]


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(PEOPLE), st.integers(0, 7)), max_size=25))
def test_nobody_is_shown_by_the_author_of_the_last_change_and_every_change_stays_listed(history):
    with transaction.atomic():
        person = make_prisoner(state=State.DRAFT)
        make_arrest(person)
        account = Account()
        for deed, name, number in history:
            deed(name, person, account, number)
            person.refresh_from_db()
            assert (person.state, person.visibility, person.last_changed_by) == (
                account.state,
                account.visibility,
                account.author,
            )
            listed = Review.objects.filter(prisoner=person, decision="").exclude(kind__in=["publication", "widening"])
            assert set(listed.values_list("author", "kind")) == account.unseen
            waiting = Review.objects.filter(prisoner=person, decision="", kind="publication")
            assert list(waiting.values_list("author", flat=True)) == ([account.author] if account.state == "in_review" else [])
        transaction.set_rollback(True)


class AtOnce:
    """Two people, each in a transaction and a connection of their own: the second begins when the first has written."""

    def __init__(self, first, second):
        self.has_written, self.may_commit, self.outcome = threading.Event(), threading.Event(), {}
        threads = [threading.Thread(target=self._first, args=(first,)), threading.Thread(target=self._second, args=(second,))]
        for thread in threads:
            thread.start()
        self.has_written.wait(timeout=20)
        threads[1].join(timeout=1)
        self.second_waited = threads[1].is_alive()
        self.may_commit.set()
        for thread in threads:
            thread.join(timeout=20)
            assert not thread.is_alive()

    def _first(self, write):
        try:
            with transaction.atomic():
                write()
                self.has_written.set()
                self.may_commit.wait(timeout=20)
        finally:
            connection.close()

    def _second(self, write):
        self.has_written.wait(timeout=20)
        try:
            self.outcome["result"] = write()
        except Refused as refused:
            self.outcome["refused"] = type(refused)
        finally:
            connection.close()


@pytest.fixture
def person(transactional_db):
    person = make_prisoner(state=State.IN_REVIEW)
    make_arrest(person)
    return Prisoner.objects.get(pk=person.pk)


def edits(name, person):
    def write():
        with acting(actor=name):
            Arrest.objects.filter(prisoner=person).update(place=f"Seen by {name}")

    return write


def test_publication_waits_for_an_edit_made_at_once_and_refuses_what_it_did_not_see(person):
    seen = {person.pk: person.changed_at}
    race = AtOnce(edits("anna", person), lambda: publish(people=[person], by=actor("bahdan"), seen=seen))
    assert (race.second_waited, race.outcome) == (True, {"refused": ChangedMeanwhile})
    assert Prisoner.objects.get().state == State.IN_REVIEW


def test_editor_who_edits_elsewhere_at_once_can_not_publish_it(person):
    race = AtOnce(edits("anna", person), lambda: publish(people=[person], by=actor("anna")))
    assert (race.second_waited, race.outcome) == (True, {"refused": NeedsSecondPerson})


def test_edit_made_while_somebody_publishes_is_listed_as_a_change_to_a_published_record(person):
    race = AtOnce(lambda: publish(people=[person], by=actor("bahdan")), edits("anna", person))
    assert (race.second_waited, Prisoner.objects.get().state) == (True, State.PUBLISHED)
    assert list(Review.objects.filter(decision="").values_list("author", "kind")) == [("anna", "change")]


def test_approval_of_a_change_does_not_cover_the_next_one_made_at_once(person):
    publish(people=[person], by=actor("bahdan"))
    edits("anna", person)()
    item = Review.objects.get(decision="", kind="change")
    seen = moment_of(item)

    def write():
        with acting(actor="anna"):
            Name.objects.create(prisoner=person, text="Another")

    race = AtOnce(write, lambda: decide(review=item, decision=Decision.APPROVED, by=actor("bahdan"), seen=seen))
    assert (race.second_waited, race.outcome) == (True, {"refused": ChangedMeanwhile})
    assert Review.objects.get(kind="change").decision == ""


def test_change_made_while_somebody_approves_the_last_one_is_listed_anew(person):
    publish(people=[person], by=actor("bahdan"))
    edits("anna", person)()
    item = Review.objects.get(decision="", kind="change")

    def write():
        with acting(actor="anna"):
            Name.objects.create(prisoner=person, text="Another")

    AtOnce(lambda: decide(review=item, decision=Decision.APPROVED, by=actor("bahdan"), seen=moment_of(item)), write)
    assert sorted(Review.objects.filter(kind="change").values_list("decision", flat=True)) == ["", "approved"]


def test_change_of_an_arrest_moves_the_day_of_change_of_the_person(transactional_db):
    person = make_prisoner(state=State.DRAFT)
    arrest = make_arrest(person)
    before = Prisoner.objects.get(pk=person.pk).changed_at
    with acting(actor="anna"):
        arrest.place = "Minsk"
        arrest.save()
    after = Prisoner.objects.get(pk=person.pk)
    assert (after.changed_at > before, after.last_changed_by) == (True, "anna")
