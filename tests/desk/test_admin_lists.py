"""Every list of the desk asks the database as often for three rows as for one, and shows a bounded number."""

import itertools
from functools import partial

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from desk.models import Capture
from prisoners.models import (
    Affiliation,
    Agency,
    Arrest,
    Case,
    Charge,
    Context,
    Criterion,
    Facility,
    Judgment,
    Licence,
    Name,
    Occupation,
    Organisation,
    Photo,
    Prisoner,
    Recognition,
    Regime,
    Source,
    Statute,
    Stay,
    Treatment,
    TreatmentKind,
    Vulnerability,
)
from releases.models import Condition, Event, Mechanism, Pardon, PardonLine, Release, VoidRelease, Wave
from tests.desk.admin_forms import list_page
from tests.desk.private_world import KINDS, OF_PERSON, make_private
from tests.factories import make_arrest, make_organisation, make_source, recognise
from tests.files import make_capture, make_photo

numbers = itertools.count(1)


def word():
    return f"row-{next(numbers)}"


def make_wave():
    return Wave.objects.create(slug=word(), title="Autumn")


def make_pardon():
    pardon = Pardon.objects.create(slug=word(), title="First", wave=make_wave(), announced_number=30)
    PardonLine.objects.create(pardon=pardon, position=1, as_written="Novik", arrest=make_whole_arrest())
    return pardon


def make_whole_arrest():
    arrest = make_arrest(
        ended="2021",
        context=Context.objects.create(slug=word(), title="Protests"),
        case=Case.objects.create(slug=word(), title="Trial"),
    )
    Release.objects.create(arrest=arrest, mechanism_id="pardon")
    return arrest


def make_statute():
    return Statute.objects.create(slug=word(), country="BY", law="CC", article=word(), title="Disorder")


def make_term(model):
    return lambda: model.objects.create(code=word().replace("-", "_"), label="Term")


MAKERS = {
    Prisoner: lambda: make_whole_arrest().prisoner,
    Arrest: make_whole_arrest,
    Name: lambda: make_arrest().prisoner.names.get(),
    Charge: lambda: Charge.objects.create(arrest=make_arrest(), statute=make_statute()),
    Stay: lambda: Stay.objects.create(
        arrest=make_arrest(), facility=Facility.objects.create(slug=word(), name="Colony", country="BY"), regime_id="prison"
    ),
    VoidRelease: lambda: VoidRelease.objects.create(arrest=make_arrest(), mechanism_id="deportation", pardon=make_pardon()),
    Treatment: lambda: Treatment.objects.create(arrest=make_arrest(), kind_id="solitary"),
    Judgment: lambda: Judgment.objects.create(arrest=make_arrest()),
    Recognition: lambda: recognise(make_arrest(), by=word()),
    Context: lambda: Context.objects.create(slug=word(), title="Protests"),
    Case: lambda: Case.objects.create(slug=word(), title="Trial"),
    Facility: lambda: Facility.objects.create(slug=word(), name="Colony", country="BY"),
    Statute: lambda: make_statute(),
    Organisation: lambda: make_organisation(word()),
    Source: make_source,
    Photo: make_photo,
    Capture: make_capture,
    **{model: make_term(model) for model in (Affiliation, Agency, Condition, Criterion, Licence, Occupation, Vulnerability)},
    Regime: make_term(Regime),
    TreatmentKind: make_term(TreatmentKind),
    Mechanism: make_term(Mechanism),
    Release: lambda: Release.objects.create(
        arrest=make_arrest(ended="2021"), mechanism=make_term(Mechanism)(), pardon=make_pardon()
    ),
    Pardon: make_pardon,
    PardonLine: lambda: make_pardon().lines.get(),
    Wave: make_wave,
    Event: lambda: Event.objects.create(slug=word(), title="Election", kind="election"),
    **{kind: partial(make_private, kind) for kind in KINDS},
    User: lambda: User.objects.create_user(word()),
}
# Session, editor, count and rows, then what the list shows and filters by besides.
QUERIES = {Prisoner: 7, Arrest: 6, Source: 6, Facility: 5, Statute: 6, Judgment: 5, Treatment: 6, Recognition: 5}
QUERIES |= {Charge: 5, Stay: 5, VoidRelease: 5}
QUERIES |= {Release: 6, PardonLine: 5, User: 6}
QUERIES |= {**dict.fromkeys(OF_PERSON, 5), Photo: 6}


def test_every_list_is_tried():
    assert set(MAKERS) == set(admin.site._registry)


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label)
def test_list_asks_as_often_for_three_rows_as_for_one(desk, model, django_assert_num_queries):
    for added in (1, 2):
        for _row in range(added):
            MAKERS[model]()
        with django_assert_num_queries(QUERIES.get(model, 4)):
            assert desk.get(list_page(model)).status_code == 200


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label)
def test_list_is_bounded(model):
    model_admin = admin.site._registry[model]
    assert model_admin.list_per_page <= 100
    assert model_admin.list_max_show_all <= 200
    assert model_admin.show_full_result_count is False or model is User
