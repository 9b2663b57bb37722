"""What the database itself refuses of releases, pardons and events."""

import pytest
from django.db import IntegrityError, connection, transaction

from prisoners.models import Arrest
from releases.models import Citation, Event, Mechanism, Pardon, PardonLine, Release, Wave
from tests.constraints import Case, constraint_that_refuses, insert, named_constraints
from tests.factories import make_arrest, make_source

pytestmark = pytest.mark.django_db
NAMES = sorted(named_constraints("releases"))


def fine(model):
    """A row of the model that no constraint minds."""
    return {
        Citation: lambda: {"source": make_source()},
        Event: lambda: {"slug": "vote", "title": "A vote", "kind": "election"},
        Pardon: lambda: {"wave": make_wave("autumn"), "slug": "first", "title": "First"},
        PardonLine: lambda: {"pardon": make_pardon(), "position": 1, "as_written": "Someone"},
        Release: lambda: {"arrest": make_arrest(ended="2023"), "mechanism": Mechanism.objects.get(code="pardon")},
    }[model]()


def make_wave(slug):
    return Wave.objects.create(slug=slug, title=slug)


def make_pardon():
    return Pardon.objects.create(wave=make_wave("spring"), slug="first", title="First")


def one_of(model, field, *, such_as):
    return Case(model, refused=[{field: "nonsense"}], accepted=[{field: such_as}])


def case(name):
    return {
        "event_kind_known": lambda: one_of(Event, "kind", such_as="talks"),
        "event_stance_known": lambda: one_of(Event, "stance", such_as="denies"),
        "pardon_form_known": lambda: one_of(Pardon, "legal_form", such_as="amnesty"),
        "pardon_line_arrest_once": line_arrest_once,
        "pardon_line_position": lambda: Case(PardonLine, refused=[{}, {}], accepted=[{}, {"position": 2}]),
        "pardon_minimum_has_number": lambda: Case(
            Pardon,
            refused=[{"is_announced_minimum": True}],
            accepted=[{"is_announced_minimum": True, "announced_number": 0}, {"slug": "second"}],
        ),
        "release_citation_one_record": citation_one_record,
        "release_liberty_known": lambda: one_of(Release, "liberty_after", such_as="exiled"),
        "release_verification_known": lambda: one_of(Release, "verification", such_as="confirmed"),
    }[name]()


def line_arrest_once():
    line = {"arrest": make_arrest(ended="2023")}
    return Case(PardonLine, refused=[line, {**line, "position": 2}], accepted=[line, {"position": 2}, {"position": 3}])


def citation_one_record():
    pardon, event = make_pardon(), Event.objects.create(**fine(Event))
    return Case(
        Citation,
        refused=[{"pardon": pardon, "event": event}],
        accepted=[{"pardon": pardon}, {"event": event}],
    )


@pytest.mark.parametrize("name", NAMES)
def test_constraint_refuses_what_breaks_it(name):
    assert constraint_that_refuses(case(name), fine) == name


@pytest.mark.parametrize("name", NAMES)
def test_constraint_lets_the_nearest_rows_through(name):
    near = case(name)
    assert insert(near.model, fine(near.model), near.accepted) == len(near.accepted)


def test_citation_of_nothing_is_refused():
    assert constraint_that_refuses(Case(Citation, [{}], []), fine) == "release_citation_one_record"


def constraint_that_stops(*writes):
    """The deferred constraint that stops a transaction of these writes at its end; None when it may be committed."""
    try:
        with transaction.atomic():
            for write in writes:
                write()
            connection.check_constraints()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return None


def release_of(arrest):
    return lambda: Release.objects.create(**fine(Release) | {"arrest": arrest})


def end_of(arrest, ended):
    return lambda: Arrest.objects.filter(pk=arrest.pk).update(ended=ended)


def test_release_of_someone_still_held_is_refused_at_commit():
    assert constraint_that_stops(release_of(make_arrest())) == "release_needs_end"


def test_end_taken_from_a_released_arrest_is_refused_at_commit():
    arrest = make_arrest(ended="2023")
    assert constraint_that_stops(release_of(arrest)) is None
    assert constraint_that_stops(end_of(arrest, None)) == "release_needs_end"


def test_release_moved_to_an_arrest_without_an_end_is_refused_at_commit():
    release = Release.objects.create(**fine(Release))
    held = make_arrest()
    assert constraint_that_stops(lambda: Release.objects.filter(pk=release.pk).update(arrest=held)) == "release_needs_end"


def test_release_written_before_its_end_in_one_transaction_is_let_through():
    arrest = make_arrest()
    assert constraint_that_stops(release_of(arrest), end_of(arrest, "../2023-05-01")) is None


def test_end_taken_together_with_the_release_is_let_through():
    release = Release.objects.create(**fine(Release))
    assert constraint_that_stops(release.delete, end_of(release.arrest, None)) is None
