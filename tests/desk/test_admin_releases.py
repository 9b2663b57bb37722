"""Pardons, their lines and their four numbers; waves and events; sources and what cites them; terms."""

import pytest

from desk.admin.labels import page_of
from desk.admin.releases import LINES_ON_PAGE
from prisoners.models import Citation, Occupation, Source
from releases.models import Citation as ReleaseCitation
from releases.models import Event, Mechanism, Pardon, PardonLine, Release, Wave
from tests.desk.admin_forms import add_page, complaints, list_page, rows, save
from tests.factories import make_arrest, make_source


@pytest.fixture
def pardon(db):
    wave = Wave.objects.create(slug="autumn", title="Autumn")
    return Pardon.objects.create(slug="first", title="First", wave=wave, announced_number=30, is_announced_minimum=True)


def line(pardon, position, arrest=None):
    return PardonLine.objects.create(pardon=pardon, position=position, as_written=f"Novik {position}", arrest=arrest)


class TestPardon:
    def test_list_shows_its_four_numbers_apart(self, desk, pardon):
        line(pardon, 1, make_arrest())
        line(pardon, 2)
        line(pardon, 3)
        shown = desk.get(list_page(Pardon)).context["cl"]
        model_admin = shown.model_admin
        row = shown.result_list[0]
        assert model_admin.announced(row) == "at least 30"
        assert (model_admin.listed(row), model_admin.identified(row), model_admin.unidentified(row)) == (3, 1, 2)

    def test_lines_without_a_number_go_to_the_end_in_the_order_typed(self, desk, pardon):
        line(pardon, 7)
        sent = rows("lines", {"as_written": "Kavalenka A."}, {"as_written": "Zima B."}, after=1)
        assert complaints(save(desk, page_of(pardon), sent)) == {}
        assert list(pardon.lines.values_list("position", "as_written")) == [(7, "Novik 7"), (8, "Kavalenka A."), (9, "Zima B.")]

    def test_two_lines_matched_to_one_arrest_are_refused(self, desk, pardon):
        arrest = make_arrest()
        sent = rows("lines", {"as_written": "Novik", "arrest": arrest.pk}, {"as_written": "Novik J.", "arrest": arrest.pk})
        assert complaints(save(desk, page_of(pardon), sent))["lines"] == ["Please correct the duplicate data for arrest."]

    def test_at_least_without_a_number_is_refused_at_the_number(self, desk, pardon):
        refused = complaints(save(desk, page_of(pardon), {"announced_number": ""}))
        assert refused == {"announced_number": ["“At least” needs a number."]}

    def test_pardon_that_stands_alone_needs_no_wave(self, desk):
        sent = {"title": "Lone act", "slug": "lone-act", "legal_form": "pardon"}
        assert complaints(save(desk, add_page(Pardon), sent)) == {}
        assert [(act.wave.slug, act.wave.title) for act in Pardon.objects.all()] == [("lone-act", "Lone act")]

    def test_pardon_taken_out_of_its_wave_stands_alone(self, desk, pardon):
        Pardon.objects.create(slug="second", title="Second", wave=pardon.wave)
        assert complaints(save(desk, page_of(pardon), {"wave": ""})) == {}
        assert Pardon.objects.get(slug="first").wave.slug == "first"

    def test_pardon_with_more_lines_than_a_form_can_carry_leads_to_their_list(self, desk, pardon):
        PardonLine.objects.bulk_create(
            PardonLine(pardon=pardon, position=n, as_written="Novik") for n in range(1, LINES_ON_PAGE + 2)
        )
        response = desk.get(page_of(pardon))
        assert [inline.opts.model for inline in response.context["inline_admin_formsets"]] == [ReleaseCitation]
        lines = f"{list_page(PardonLine)}?pardon={pardon.pk}"
        assert f'href="{lines}"' in response.content.decode()
        assert desk.get(lines).context["cl"].result_count == LINES_ON_PAGE + 1

    def test_page_asks_as_often_for_three_lines_as_for_one(self, desk, pardon, django_assert_num_queries):
        line(pardon, 1, make_arrest())
        desk.get(page_of(pardon))  # content types are asked for once a process
        with django_assert_num_queries(14):
            desk.get(page_of(pardon))
        line(pardon, 2, make_arrest())
        line(pardon, 3, make_arrest())
        with django_assert_num_queries(14):
            html = desk.get(page_of(pardon)).content.decode()
        assert html.count(", 2020-08-09 –</option>") == 3

    def test_full_page_of_lines_can_be_saved(self, desk, pardon):
        for position in range(1, LINES_ON_PAGE + 1):
            line(pardon, position)
        assert complaints(save(desk, page_of(pardon), {"lines-0-as_written": "Kavalenka"})) == {}
        assert pardon.lines.first().as_written == "Kavalenka"


def test_wave_is_added_with_its_pardons(desk):
    pardons = rows("pardons", {"title": "First", "slug": "first", "announced_on": "2024-08-16", "announced_number": "30"})
    assert complaints(save(desk, add_page(Wave), {"title": "Autumn", "slug": "autumn", **pardons})) == {}
    assert [(p.title, str(p.announced_on), p.announced_number) for p in Wave.objects.get().pardons.all()] == [
        ("First", "2024-08-16", 30)
    ]


def test_event_is_added_with_the_waves_that_it_answers(desk, pardon):
    sent = {"title": "The EU takes note", "slug": "eu", "kind": "statement", "happened_on": "2024-09", "waves": [pardon.wave.pk]}
    assert complaints(save(desk, add_page(Event), sent)) == {}
    assert list(Event.objects.get().waves.all()) == [pardon.wave]


class TestSource:
    def test_source_without_title_and_address_is_refused(self, desk):
        assert complaints(save(desk, add_page(Source), {})) == {"title": ["A source needs a title or an address."]}

    def test_same_address_twice_is_refused(self, desk):
        make_source(url="https://example.org/a")
        refused = complaints(save(desk, add_page(Source), {"url": "https://example.org/a"}))
        assert refused == {"url": ["Another source has this address already."]}

    def test_page_leads_to_what_cites_it(self, desk, pardon):
        source, arrest = make_source(), make_arrest(ended="2021")
        release = Release.objects.create(arrest=arrest, mechanism_id="pardon")
        Citation.objects.create(source=source, prisoner=arrest.prisoner)
        Citation.objects.create(source=source, arrest=arrest)
        ReleaseCitation.objects.create(source=source, release=release)
        ReleaseCitation.objects.create(source=source, pardon=pardon)
        html = desk.get(page_of(source)).content.decode()
        cited = [record for record in (arrest.prisoner, arrest, release, pardon) if f'<a href="{page_of(record)}">' in html]
        assert cited == [arrest.prisoner, arrest, release, pardon]

    @pytest.mark.parametrize("citing", [1, 3])
    def test_page_asks_as_often_for_three_citations_as_for_one(self, desk, citing, django_assert_num_queries):
        source = make_source()
        for _each in range(citing):
            arrest = make_arrest()
            Citation.objects.create(source=source, prisoner=arrest.prisoner)
            Citation.objects.create(source=source, arrest=arrest)
        desk.get(page_of(source))
        with django_assert_num_queries(9):
            desk.get(page_of(source))


class TestTerm:
    def test_code_is_chosen_once(self, desk):
        assert complaints(save(desk, add_page(Occupation), {"code": "beekeeper", "label": "beekeeper"})) == {}
        term = Occupation.objects.get(pk="beekeeper")
        assert complaints(save(desk, page_of(term), {"code": "apiarist", "label": "keeper of bees"})) == {}
        assert list(Occupation.objects.filter(pk__in=["beekeeper", "apiarist"]).values_list("pk", "label")) == [
            ("beekeeper", "keeper of bees")
        ]

    def test_code_in_a_wrong_form_is_refused_with_the_right_form(self, desk):
        refused = complaints(save(desk, add_page(Mechanism), {"code": "Set free", "label": "set free"}))
        assert refused == {"code": ["Lower-case letters, digits and single underscores."]}
