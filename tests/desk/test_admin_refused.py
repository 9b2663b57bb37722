"""What a form lets pass and the database refuses is explained, and nothing is saved: two editors at the same moment."""

import pytest

from desk.admin.arrests import ArrestForm
from desk.admin.labels import page_of
from desk.admin.releases import ReleaseForm
from prisoners.models import Arrest
from releases.models import Release
from tests.desk.admin_forms import add_page, save
from tests.factories import make_arrest


@pytest.mark.django_db(transaction=True)
def test_release_whose_end_a_colleague_cleared_meanwhile_is_refused_at_commit(desk, monkeypatch):
    monkeypatch.setattr(ReleaseForm, "clean", lambda form: form.cleaned_data)
    response = save(desk, add_page(Release), {"arrest": make_arrest().pk, "mechanism": "pardon"})
    assert response.status_code == 409
    assert response.context["reason"].startswith("There is a release, which needs the day")
    assert Release.objects.count() == 0


def test_arrest_that_a_colleague_logged_meanwhile_is_refused(desk, monkeypatch):
    arrest = make_arrest()
    monkeypatch.setattr("desk.admin.arrests.overlapping", lambda custodies: [])
    monkeypatch.setattr(ArrestForm, "_post_clean", lambda form: form.instance.__dict__.update(began="2021", country="BY"))
    response = save(desk, add_page(Arrest), {"prisoner": arrest.prisoner.pk, "began": "2021"})
    assert response.status_code == 409
    assert Arrest.objects.count() == 1


def test_refusal_says_that_what_was_typed_is_still_there(desk, monkeypatch):
    arrest = make_arrest(ended="2021")
    monkeypatch.setattr(ArrestForm, "_post_clean", lambda form: form.instance.__dict__.update(country="by"))
    html = save(desk, page_of(arrest), {"place": "Minsk"}).content.decode()
    assert "Nothing was saved." in html
    assert "what you typed is still in the form" in html
