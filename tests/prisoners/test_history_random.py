"""Whatever is done to a case: each record of any moment comes back as it was then, and the history stays whole."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prisoners.history.reading import members_of, version
from prisoners.history.restoring import links_at, restore
from prisoners.history.subjects import Subject, all_tables, is_owner, link_field, links_of, named_by
from prisoners.history.undoing import undo
from prisoners.history.verifying import breaches
from prisoners.models import Arrest, Charge, HistoryEntry, Judgment, Name, Prisoner, Recognition, Stay, Summary, Treatment
from releases.models import Release
from tests.cases import apart, everything, make_full_case
from tests.factories import recognise

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"by": "alena", "reason": "test"}
DELETED = [Stay, Charge, Judgment, Treatment, Recognition, Release, Summary, Arrest, Prisoner]

# Shrinking a failure takes minutes here: each try commits a case.
RANDOM = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
years = st.integers(1980, 1999).map(str)
changes = st.one_of(
    st.tuples(st.just("born"), years),
    st.tuples(st.just("began"), st.sampled_from(["2020-08", "2020-08-09", "2020-08~", "../2020-09-01"])),
    st.tuples(st.just("name"), st.text(st.characters(categories=["L"]), min_size=1, max_size=20)),
    st.tuples(st.just("months"), st.integers(1, 300)),
    st.tuples(st.just("account"), st.text(st.characters(exclude_categories=["C"]), max_size=40)),
    st.tuples(st.just("occupations"), st.sets(st.sampled_from(["engineer", "lawyer", "blogger", "journalist"]))),
    st.tuples(st.just("criteria"), st.sets(st.sampled_from(["pace_a", "pace_b", "pace_c"]))),
    st.tuples(st.just("recognise"), st.sampled_from(["viasna", "monitor", "other"])),
    st.tuples(st.just("delete"), st.sampled_from(DELETED)),
    st.tuples(st.just("restore"), st.none()),
)


def change(kind, value, person):
    """One action of an editor on the case, as far as it is there."""
    CHANGES[kind](value, person)


def of_person(model, person):
    """The records of a model that belong to the person."""
    paths = {Prisoner: "pk", Arrest: "prisoner", Summary: "prisoner", Name: "prisoner"}
    return model.objects.filter(**{paths.get(model, "arrest__prisoner"): person})


def recognised_by(organisation, person):
    for arrest in of_person(Arrest, person).exclude(recognitions__organisation__slug=organisation):
        recognise(arrest, by=organisation)


def restored(_nothing, person):
    gone = HistoryEntry.objects.filter(subject=f"prisoners_prisoner:{person}").first()
    if gone.after is None:
        restore(entry=gone, **SAID)


CHANGES = {
    "born": lambda value, person: of_person(Prisoner, person).update(born=value),
    "began": lambda value, person: of_person(Arrest, person).update(began=value),
    "name": lambda value, person: of_person(Name, person).filter(is_heading=True).update(text=f"h{value}"),
    "months": lambda value, person: of_person(Judgment, person).update(sentence_months=value),
    "account": lambda value, person: of_person(Treatment, person).update(account=value),
    "occupations": lambda value, person: [each.occupations.set(value) for each in of_person(Prisoner, person)],
    "criteria": lambda value, person: [each.criteria.set(value) for each in of_person(Recognition, person)],
    "recognise": recognised_by,
    "delete": lambda model, person: [each.delete() for each in of_person(model, person)],
    "restore": restored,
}


def of_case(root, at=None):
    """The records of a case at a moment, by the entry that says how each was; and the links of each."""
    members = {Subject.parse(entry.subject): entry for entry in members_of(root, tables=all_tables(), at=at)}
    records = {s: e for s, e in members.items() if e.after is not None and not link_field(s.model)}
    return records, {s: sorted(links_at(s, at)) for s in records}


def newest_of(subject, at):
    """The last entry of a record, or of a link of it."""
    members = members_of(subject, tables=all_tables(), at=at)
    found = [entry for entry in members if entry.subject == str(subject) or is_link_of(entry, subject)]
    return max(found, key=lambda entry: entry.id)


def is_link_of(entry, subject):
    return entry.belongs_to == str(subject) and Subject.parse(entry.subject).table in links_of(subject.model)


def depth(subject, images):
    owners = [
        t
        for column, t in named_by(subject.model, images[subject]).items()
        if is_owner(subject.model._meta.get_field(column[:-3]))
    ]
    return 1 + max((depth(owner, images) for owner in owners if owner in images), default=0)


def comparable(image):
    return {column: value for column, value in image.items() if column not in {"state", "published_on"}}


@RANDOM
@given(st.data(), st.lists(changes, min_size=1, max_size=8))
def test_every_record_of_any_moment_comes_back_as_it_was(transactional_db, data, steps):
    Prisoner.objects.all().delete()
    person = make_full_case(state="draft").pk
    root = Subject("prisoners_prisoner", str(person))
    moments = []
    for kind, value in steps:
        change(kind, value, person)
        moments.append((HistoryEntry.objects.first(), everything()))
    at, then = data.draw(st.sampled_from(moments))
    records, links = of_case(root, at)
    images = {subject: version(entry) for subject, entry in records.items()}
    assert {s: image for s, image in images.items() if any(then[str(s)][c] != v for c, v in image.items())} == {}

    for subject in sorted(records, key=lambda subject: (depth(subject, images), subject)):
        now, links_now = of_case(root)
        same = subject in now and comparable(version(now[subject])) == comparable(images[subject])
        if not same or links_now[subject] != links[subject]:
            restore(entry=newest_of(subject, at), **SAID)

    database, (_now, links_now) = everything(), of_case(root)
    assert {s: i for s, i in images.items() if any(database[str(s)][c] != v for c, v in comparable(i).items())} == {}
    assert {subject: links_now[subject] for subject in records} == links
    assert list(breaches()) == []


@RANDOM
@given(changes.filter(lambda step: step[0] != "restore"))
def test_any_action_is_undone(transactional_db, step):
    Prisoner.objects.all().delete()
    person = make_full_case(state="draft").pk
    before, newest = everything(), HistoryEntry.objects.first()
    change(*step, person)
    for batch in dict.fromkeys(HistoryEntry.objects.filter(id__gt=newest.id).values_list("batch", flat=True)):
        undo(entry=HistoryEntry.objects.filter(batch=batch).first(), **SAID)
    assert apart(before, everything()) == {}
    assert list(breaches()) == []
