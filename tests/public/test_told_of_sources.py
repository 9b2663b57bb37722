"""Which source says what: marks, differences side by side, and sources that stay confidential."""

import re

import pytest
from django.test import Client

from prisoners.models import (
    Charge,
    Citation,
    Confidentiality,
    Stay,
)
from public.case import published_case
from public.footnotes import KEPT_CONFIDENTIAL
from releases.models import Citation as ReleaseCitation
from releases.models import VoidRelease
from tests.factories import make_arrest, make_source
from tests.public.told import TODAY, both_texts, entries_of, json_of
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db


class TestSources:
    def test_sources_that_differ_stand_side_by_side_at_the_field(self, client: Client) -> None:
        person = make_case()
        first, second = make_source(title="First"), make_source(title="Second")
        Citation.objects.create(prisoner=person, source=first, field="born", value="1988-03", locator="p. 3")
        Citation.objects.create(prisoner=person, source=second, field="born", value="1987")
        html = client.get(person.get_absolute_url()).content.decode()
        [told] = re.findall(r'<p class="differ">(.*?)</p>', html, re.DOTALL)
        plain = " ".join(re.sub(r'<span class="unseen">.*?</span>|<[^>]+>', "", told).split())
        assert plain == "Sources differ: 1988-03[1, p. 3] · 1987[2]"

    def test_sources_that_agree_are_marks_alone(self) -> None:
        arrest = make_arrest()
        for source in (make_source(), make_source()):
            Citation.objects.create(arrest=arrest, source=source, field="began", value="2020-08-09")
        [entry] = entries_of(arrest.prisoner)
        assert (entry.differences, len(entry.marks)) == ([], 3)

    def test_difference_in_a_timeline_names_the_field(self) -> None:
        arrest = make_arrest()
        for value in ("2020-08-09", "2020-08-11", "2020-08-11"):
            Citation.objects.create(arrest=arrest, source=make_source(), field="began", value=value)
        [entry] = entries_of(arrest.prisoner)
        [difference] = entry.differences
        numbers = [(told.value, [mark.number for mark in told.marks]) for told in difference.told]
        assert (difference.field, numbers) == ("Arrested", [("2020-08-09", [1]), ("2020-08-11", [2, 3])])

    def test_confidential_source_is_said_to_be_one_and_nothing_else(self, client: Client) -> None:
        arrest = make_case().arrests.get()
        for number in (1, 2):
            hidden = make_source(
                title=f"SECRET title {number}",
                publisher="SECRET house",
                url=f"https://secret.example/{number}",
                confidentiality="confidential",
            )
            Citation.objects.create(arrest=arrest, source=hidden, field="began", value="SECRET value", locator="SECRET page")
        page, document = both_texts(client, arrest.prisoner)
        assert ["secret" in text.lower() for text in (page, document)] == [False, False]
        assert "[a source that is kept confidential]" in page
        assert "2 sources are kept confidential." in page
        told = json_of(client, arrest.prisoner)
        assert told["confidential_sources"] == 2
        assert {"field": "began", "source": None, "locator": "", "value": ""} in told["arrests"][0]["citations"]

    def test_confidential_value_makes_no_difference(self) -> None:
        arrest = make_arrest()
        Citation.objects.create(arrest=arrest, source=make_source(), field="began", value="2020-08-09")
        hidden = make_source(confidentiality=Confidentiality.CONFIDENTIAL)
        Citation.objects.create(arrest=arrest, source=hidden, field="began", value="2020-08-20")
        [entry] = entries_of(arrest.prisoner)
        assert (entry.differences, entry.marks[-1]) == ([], KEPT_CONFIDENTIAL)

    def test_citations_of_names_stays_charges_and_void_releases_are_marks(self) -> None:
        arrest = make_case().arrests.get()
        void = VoidRelease.objects.create(arrest=arrest, mechanism_id="exchange", because="Nothing came of it.")
        for record in (Stay.objects.get(), Charge.objects.get(), arrest.prisoner.names.last()):
            Citation.objects.create(source=make_source(), **{record._meta.model_name: record})
        ReleaseCitation.objects.create(source=make_source(), void_release=void)
        found = published_case(arrest.prisoner.code, TODAY)
        assert found is not None
        assert {entry.kind: len(entry.marks) for entry in found.entries if entry.kind in ("stay", "charge", "void")} == {
            "stay": 1,
            "charge": 1,
            "void": 1,
        }
        assert [len(form.marks) for form in found.other_names] == [0, 1]

    def test_json_cites_each_record_by_the_number_on_the_page(self, client: Client) -> None:
        person = make_case()
        Citation.objects.create(prisoner=person, source=make_source(title="Of the birth"), field="born", value="1988-03")
        document = json_of(client, person)
        assert document["citations"] == [{"field": "born", "source": 1, "locator": "", "value": "1988-03"}]
        assert document["sources"][0]["title"] == "Of the birth"
        cited = {each["source"] for part in ("judgments", "treatments") for each in document["arrests"][0][part][0]["citations"]}
        assert cited <= {source["number"] for source in document["sources"]}
