"""The data dictionary is complete and up to date, and nobody can forget to say who sees a field."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from desk import disclosure
from desk.dictionary import page as dictionary
from desk.dictionary.fields import is_required, standard_of, type_of
from desk.dictionary.rules import meaning_of
from prisoners import disclosure as of_prisoners
from prisoners.disclosure import Audience, Unclassified
from prisoners.models import Arrest, Name, Prisoner, Treatment
from tests.own import BASE_DIR, own_apps

PAGE = BASE_DIR / "docs" / "data-dictionary.md"
MODELS = disclosure.declared_models()


def check(**options):
    out = StringIO()
    call_command("data_dictionary", check=True, stdout=out, **options)
    return out.getvalue()


def test_page_is_up_to_date():
    assert check() == "data-dictionary.md is up to date.\n"


def test_page_that_differs_is_reported_with_what_to_do(tmp_path):
    old = tmp_path / "data-dictionary.md"
    old.write_text(PAGE.read_text() + "An old line.\n")
    with pytest.raises(CommandError, match=r"out of date: run `python manage.py data_dictionary`"):
        check(file=old)
    call_command("data_dictionary", file=old, stdout=StringIO())
    assert old.read_text() == PAGE.read_text()


def test_every_app_with_records_is_declared():
    with_records = {app.name for app in own_apps() if list(app.get_models())}
    assert set(disclosure.BY_APP) == with_records


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    assert {field.name for field in of_prisoners.declarable(model)} == set(disclosure.audiences(model))


@pytest.mark.parametrize("app", disclosure.BY_APP)
def test_no_declaration_outlives_its_model(app):
    assert set(disclosure.BY_APP[app]) - {model.__name__ for model in apps.get_app_config(app).get_models()} == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_and_rule_stands_on_the_page(model):
    _before, _heading, rest = PAGE.read_text().partition(f"(`{model._meta.label}`)\n")
    section = rest.partition("\n### ")[0]
    fields = [f"| `{name}` |" for name in disclosure.audiences(model)]
    rules = [f"- `{constraint.name}`: " for constraint in model._meta.constraints]
    assert [line for line in fields + rules if line not in section] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_record_and_rule_has_a_meaning_in_words(model):
    assert dictionary.meaning_of_record(model)
    assert not dictionary.meaning_of_record(model).startswith(f"{model.__name__}(")  # what Django writes where nobody did
    assert [rule.name for rule in model._meta.constraints if not meaning_of(rule, model)] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda names: names.replace("is_fictional", ""), r"who sees \['is_fictional'\]; gone \[\]; twice \[\]"),
        (lambda names: f"{names} shoe_size", r"who sees \[\]; gone \['shoe_size'\]; twice \[\]"),
        (lambda names: f"{names} state", r"who sees \[\]; gone \[\]; twice \['state'\]"),
    ],
)
def test_field_that_is_not_declared_once_is_refused_by_name(change, words):
    declared = of_prisoners.DECLARATION["Prisoner"]
    changed = {**declared, Audience.PUBLIC: change(declared[Audience.PUBLIC])}
    with pytest.raises(Unclassified, match=f"prisoners.Prisoner: .*{words}"):
        of_prisoners.audiences(Prisoner, {"Prisoner": changed})


def test_command_stops_at_a_field_that_nobody_classified(monkeypatch):
    monkeypatch.setitem(disclosure.BY_APP, "counts", {})
    with pytest.raises(CommandError, match=r"counts.Revision: say in `disclosure.py` who sees"):
        check()


@pytest.mark.parametrize(
    ("model", "name", "words"),
    [
        (Prisoner, "born", ("uncertain date", "no", "EDTF (ISO 8601-2), levels 0 and 1 in part")),
        (Prisoner, "country", ("text, up to 2 characters", "yes", "ISO 3166-1 alpha-2")),
        (Prisoner, "citizenships", ("list: text, up to 2 characters", "no", "ISO 3166-1 alpha-2")),
        (
            Prisoner,
            "vulnerabilities",
            (
                "any number of [vulnerabilities](#prisonersvulnerability)",
                "no",
                "HURIDOCS micro-thesauri 23, Mandela Rules, Bangkok Rules",
            ),
        ),
        (Prisoner, "code", ("text, up to 9 characters", "set by the system", "")),
        (Name, "script", ("text, up to 4 characters", "no", "ISO 15924")),
        (Arrest, "region", ("text, up to 6 characters", "no", "ISO 3166-2")),
        (Arrest, "whereabouts", ("one of a fixed list", "no", "HURIDOCS micro-thesauri 30")),
        (Arrest, "certainly_held", ("span of days, derived by the database", "derived", "")),
        (Treatment, "arrest", ("one [arrest](#prisonersarrest)", "yes", "")),
    ],
)
def test_field_is_described_in_plain_words(model, name, words):
    field = model._meta.get_field(name)
    assert (type_of(field), is_required(field), standard_of(field)) == words


def test_what_readers_must_never_see_is_the_desks():
    expected = {
        ("prisoners", "Consent", "given_by"): Audience.DESK,
        ("prisoners", "Prisoner", "visibility"): Audience.DESK,
        ("prisoners", "Prisoner", "vulnerabilities"): Audience.CONSENT,
        ("prisoners", "Treatment", "account"): Audience.CONSENT,
        ("prisoners", "Source", "title"): Audience.SOURCE,
        ("releases", "PardonLine", "as_written"): Audience.DESK,
        ("releases", "Release", "note"): Audience.DESK,
        ("counts", "Revision", "actor"): Audience.DESK,
    }
    assert {
        (app, name, field): disclosure.audiences(apps.get_model(app, name))[field] for app, name, field in expected
    } == expected
