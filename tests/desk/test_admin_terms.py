"""The pages of terms: words in each language, where a term is used, and no deletion while it is."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from desk.admin.labels import page_of
from desk.admin.terms import LANGUAGES
from prisoners.models import Affiliation, Judgment, Occupation, Regime
from prisoners.vocabulary import Term
from releases.models import Condition, Mechanism, Release
from tests.desk.admin_forms import add_page, complaints, filled_in, list_page, save
from tests.factories import make_arrest, make_prisoner
from tests.public.worlds import make_case

IN_USE = "A term in use can’t be deleted: records would lose what they say."


def deletion_of(term):
    return reverse(f"admin:{term._meta.app_label}_{term._meta.model_name}_delete", args=[term.pk])


def make_journalists(number):
    for _person in range(number):
        make_prisoner().occupations.set(["journalist"])


def test_label_of_each_language_has_a_box(desk):
    shown = filled_in(desk.get(page_of(Occupation.objects.get(code="journalist"))))
    assert {name: value for name, value in shown.items() if name.startswith("label_")} == {
        "label_be": "журналістыка",
        "label_ru": "журналистика",
        "label_fa": "روزنامه‌نگار",
    }


def test_labels_are_saved_and_those_of_other_languages_stay(desk):
    term = Affiliation.objects.create(code="green_wave", label="Green Wave", labels={"pl": "Zielona Fala", "ru": "Волна"})
    assert complaints(save(desk, page_of(term), {"label_be": "Зялёная хваля", "label_ru": ""})) == {}
    term.refresh_from_db()
    assert term.labels == {"pl": "Zielona Fala", "be": "Зялёная хваля"}


def test_new_term_takes_its_labels_along(desk):
    sent = {"code": "green_wave", "label": "Green Wave", "label_fa": "موج سبز", "position": "0"}
    assert complaints(save(desk, add_page(Affiliation), sent)) == {}
    assert Affiliation.objects.get().labels == {"fa": "موج سبز"}


def test_boxes_are_those_of_the_site_and_of_the_first_terms():
    assert set(LANGUAGES) >= {"be", "ru", "fa"}
    assert "en" not in LANGUAGES


def test_box_of_persian_is_written_from_the_right(desk):
    html = desk.get(page_of(Occupation.objects.get(code="journalist"))).content.decode()
    assert html.count('dir="rtl"') == 1


@pytest.mark.parametrize("number", [1, 3])
def test_page_counts_who_uses_the_term_and_leads_there(desk, number):
    make_journalists(number)
    html = desk.get(page_of(Occupation.objects.get(code="journalist"))).content.decode()
    address = f"{reverse('admin:prisoners_prisoner_changelist')}?occupations=journalist"
    words = "1 person" if number == 1 else "3 people"
    assert f'<a href="{address}">{words}</a>' in html
    assert desk.get(address).context["cl"].result_count == number


def test_page_counts_each_kind_of_record_that_uses_the_term(desk):
    make_case()
    make_arrest(agency_id="police")
    Judgment.objects.update(regime="colony_general")
    html = desk.get(page_of(Regime.objects.get(code="colony_general"))).content.decode()
    assert re.findall(r"colony_general\">(.*?)</a>", html) == ["1 stay", "1 judgment"]


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_as_often_for_a_term_used_often_as_for_one_used_once(desk, django_assert_num_queries, number):
    make_journalists(number)
    desk.get(page_of(Occupation.objects.get(code="teacher")))
    address = page_of(Occupation.objects.get(code="journalist"))
    with django_assert_num_queries(4):  # session, editor, term, people who have it
        desk.get(address)


def test_term_that_a_list_of_several_holds_is_not_deleted(desk):
    """Django would drop it from the list of each person."""
    make_journalists(2)
    term = Occupation.objects.get(code="journalist")
    for answer in (desk.get(deletion_of(term)), desk.post(deletion_of(term), {"post": "yes"})):
        assert IN_USE in answer.content.decode()
        assert "journalist: used by 2 people" in answer.content.decode()
    assert Occupation.objects.filter(code="journalist").exists()


def test_term_that_a_record_holds_is_not_deleted(desk):
    release = Release.objects.create(arrest=make_arrest(ended="2021"), mechanism_id="exchange")
    release.conditions.set(["silence"])
    for term, words in (
        (release.mechanism, "exchange: used by 1 release"),
        (Condition.objects.get(pk="silence"), "pledge of silence: used by 1 release"),
    ):
        assert words in desk.post(deletion_of(term), {"post": "yes"}).content.decode()
    assert (Mechanism.objects.filter(pk="exchange").count(), list(release.conditions.values_list("pk", flat=True))) == (
        1,
        ["silence"],
    )


def test_terms_chosen_in_the_list_are_not_deleted_while_one_is_in_use(desk):
    make_journalists(1)
    sent = {"action": "delete_selected", "_selected_action": ["journalist", "blogger"], "post": "yes"}
    html = desk.post(list_page(Occupation), sent).content.decode()
    assert IN_USE in html
    assert Occupation.objects.filter(code__in=["journalist", "blogger"]).count() == 2


def test_term_that_nothing_uses_says_so_and_is_deleted(desk):
    term = Occupation.objects.get(code="blogger")
    assert "nothing yet: it can be deleted" in desk.get(page_of(term)).content.decode()
    assert desk.post(deletion_of(term), {"post": "yes", "reason": "A mistake."}).status_code == 302
    assert not Occupation.objects.filter(code="blogger").exists()


def test_every_controlled_list_has_such_a_page():
    lists = {model for model in admin.site._registry if issubclass(model, Term)}
    assert {model for model in lists if "label_be" not in admin.site._registry[model].fields} == set()
