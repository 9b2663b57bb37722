"""What the case page and its JSON tell of the whole record, and what they keep to themselves."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test import Client

from desk.disclosure import audiences
from prisoners.disclosure import Audience
from prisoners.models import (
    Affiliation,
    Agency,
    Arrest,
    Case,
    Charge,
    Citation,
    Confidentiality,
    Consent,
    Context,
    Criterion,
    Facility,
    Judgment,
    Name,
    Organisation,
    Prisoner,
    Recognition,
    Source,
    Statute,
    Stay,
    Summary,
    Treatment,
)
from public.case import published_case
from public.footnotes import KEPT_CONFIDENTIAL
from releases.models import Citation as ReleaseCitation
from releases.models import Release, VoidRelease
from tests.factories import make_arrest, make_prisoner, make_source, recognise
from tests.public.canaries import FORMS
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ON_THE_PAGE = [Arrest, Charge, Judgment, Name, Prisoner, Recognition, Release, Source, Stay, Summary, Treatment, VoidRelease]
HEALTH_WORDS = "Lost 20 kilograms."


def entries_of(person: Prisoner) -> list[Any]:
    found = published_case(person.code, TODAY)
    assert found is not None
    return found.entries


def details_of(person: Prisoner, kind: str) -> list[tuple[str, list[str], str]]:
    return [(entry.title, entry.details, entry.text) for entry in entries_of(person) if entry.kind == kind]


def facts_of(person: Prisoner) -> dict[str, str]:
    found = published_case(person.code, TODAY)
    assert found is not None
    return {fact.name: fact.value for fact in found.facts}


def json_of(client: Client, person: Prisoner) -> dict[str, Any]:
    return client.get(f"/prisoners/{person.code}.json").json()


def both_texts(client: Client, person: Prisoner) -> tuple[str, str]:
    page = client.get(person.get_absolute_url()).content.decode()
    return page, client.get(f"/prisoners/{person.code}.json").content.decode().encode().decode("unicode_escape")


def make_statute(article: str) -> Statute:
    return Statute.objects.create(slug=f"by-cc-{article}", country="BY", law="CC", article=article, title=f"Title {article}")


def agree(person: Prisoner, **facts: Any) -> Consent:
    return Consent.objects.create(
        **{"prisoner": person, "scope": "health", "given_by": "family", "given_on": "2024-01-01", **facts}
    )


class TestProceedings:
    def test_judgment_says_court_judge_stage_regime_and_how_it_was_heard(self) -> None:
        arrest = make_arrest()
        Judgment.objects.create(
            arrest=arrest,
            decided_on="2021-03-01",
            court="City court",
            judge="A. Judge",
            stage="first",
            sentence_kind="imprisonment",
            sentence_months=42,
            is_closed_hearing=True,
            is_in_absentia=True,
            regime_id="colony_strict",
            runs_from="2020-08-09",
            credited_days=45,
            ends="2023-12",
        )
        assert details_of(arrest.prisoner, "judgment") == [
            (
                "Sentenced: imprisonment, 3 years, 6 months",
                [
                    "First instance, City court",
                    "Judge: A. Judge",
                    "Closed hearing",
                    "In absentia",
                    "Regime: colony, strict regime",
                    "Runs from: 9 August 2020",
                    "45 days credited",
                    "End of the sentence: December 2023",
                ],
                "",
            )
        ]

    @pytest.mark.parametrize(
        ("outcome", "sentence", "title"),
        [
            ("convicted", 12, "Sentenced: imprisonment, 1 year"),
            ("added", 12, "Sentenced again: imprisonment, 1 year, added to the sentence in force"),
            ("changed", 12, "Sentence changed: imprisonment, 1 year"),
            ("upheld", 12, "Sentence upheld"),
            ("acquitted", None, "Acquitted by the court"),
            ("quashed", None, "Conviction quashed"),
            ("retrial", None, "Sent back for a new trial"),
        ],
    )
    def test_each_outcome_has_its_words(self, outcome: str, sentence: int | None, title: str) -> None:
        arrest = make_arrest()
        kind = "imprisonment" if sentence else "unknown"
        Judgment.objects.create(arrest=arrest, outcome=outcome, sentence_kind=kind, sentence_months=sentence)
        assert details_of(arrest.prisoner, "judgment") == [(title, [], "")]

    def test_requalified_charge_names_both_articles(self) -> None:
        arrest = make_arrest()
        Charge.objects.create(
            arrest=arrest, statute=make_statute("342"), status="requalified", status_on="2021", requalified_as=make_statute("293")
        )
        assert details_of(arrest.prisoner, "charge") == [
            ("Charge requalified", ["CC 342 Title 342, now CC 293 Title 293"], ""),
        ]


class TestCustodyAndItsEnd:
    def test_stay_says_what_kind_of_place_it_is(self) -> None:
        arrest = make_arrest()
        colony = Facility.objects.create(slug="colony-1", name="Colony No. 1", kind="colony", country="BY")
        Stay.objects.create(arrest=arrest, facility=colony, regime_id="colony_general")
        assert details_of(arrest.prisoner, "stay") == [
            ("Held at Colony No. 1", ["Penal colony", "Colony, general regime"], ""),
        ]

    def test_release_says_what_was_asked_for_it(self) -> None:
        arrest = make_arrest(ended="2023-09-04")
        release = Release.objects.create(arrest=arrest, mechanism_id="pardon", liberty_after="exiled", note="Of the desk.")
        release.conditions.set(["petition_signed", "filmed_confession"])
        assert details_of(arrest.prisoner, "end") == [
            (
                "Released: pardon",
                [
                    "Liberty after: exiled",
                    "Conditions: petition for pardon signed, confession filmed",
                    "Verification: announced only",
                ],
                "",
            )
        ]

    def test_void_release_is_told_and_the_custody_goes_on(self) -> None:
        arrest = make_arrest(last_confirmed_on=date(2026, 10, 1))
        VoidRelease.objects.create(arrest=arrest, mechanism_id="deportation", happened_on="2025-09-11", because="Taken back.")
        assert [(entry.kind, entry.title, entry.text) for entry in entries_of(arrest.prisoner)] == [
            ("arrest", "Arrested", ""),
            ("void", "Release void: deportation", "Taken back."),
        ]
        found = published_case(arrest.prisoner.code, TODAY)
        assert found is not None
        assert found.standing is not None
        assert found.standing.kind == "held"

    def test_withdrawn_recognition_says_why(self) -> None:
        arrest = make_arrest()
        recognise(arrest, withdrawn_on="2022", withdrawn_because="The family asked for it.").criteria.set(["pace_a"])
        told = [(entry.kind, entry.details, entry.text) for entry in entries_of(arrest.prisoner)][1:]
        criterion = Criterion.objects.get(pk="pace_a").label
        assert told == [("recognition", [f"Criteria: {criterion}"], ""), ("withdrawal", [], "The family asked for it.")]


class TestHealth:
    def make_ill(self) -> Prisoner:
        arrest = make_arrest()
        arrest.prisoner.vulnerabilities.set(["serious_illness", "small_children"])
        Treatment.objects.create(arrest=arrest, kind_id="denied_medical_care", severity="life", account=HEALTH_WORDS)
        Treatment.objects.create(arrest=arrest, kind_id="solitary", account="Ten days.")
        return arrest.prisoner

    def told(self, client: Client, person: Prisoner) -> tuple[Any, ...]:
        document = json_of(client, person)
        return (
            facts_of(person)["Vulnerability"],
            [text for _title, _details, text in details_of(person, "treatment")],
            document["vulnerabilities"],
            [treatment["account"] for treatment in document["arrests"][0]["treatments"]],
        )

    SILENT = ("parent of small children", ["", "Ten days."], ["small_children"], [None, "Ten days."])
    OPEN = (
        "serious illness, parent of small children",
        [HEALTH_WORDS, "Ten days."],
        ["serious_illness", "small_children"],
        [HEALTH_WORDS, "Ten days."],
    )

    @pytest.mark.parametrize(
        ("consents", "told"),
        [
            ([], SILENT),
            ([{}], OPEN),
            ([{"scope": "photo"}, {"scope": "name"}], SILENT),
            ([{"withdrawn_on": "2025-01-01"}], SILENT),
            ([{"withdrawn_on": "2099-01-01"}], SILENT),
            ([{"given_on": "2099-01-01"}], SILENT),
            ([{"withdrawn_on": "2025-01-01"}, {"given_on": "2025-06-01"}], OPEN),
            ([{"given_by": "self", "withdrawn_on": "2025-01-01"}, {}], SILENT),
            ([{"given_by": "self", "withdrawn_on": "2025-01-01"}, {"given_on": "2025-06-01"}], OPEN),
            ([{"given_by": "self", "withdrawn_on": "2025-01-01"}, {"given_by": "self"}], OPEN),
        ],
    )
    def test_health_is_told_only_while_an_agreement_stands(self, client: Client, consents: list, told: tuple) -> None:
        person = self.make_ill()
        for facts in consents:
            agree(person, **facts)
        assert self.told(client, person) == told

    @pytest.mark.parametrize("is_agreed", [False, True])
    def test_what_sources_say_of_vulnerabilities_is_told_only_with_an_agreement(self, client: Client, is_agreed: bool) -> None:
        person = self.make_ill()
        for value in ("Ill with a fictional illness", "Well, says another"):
            source = make_source(title=f"Report: {value}")
            Citation.objects.create(prisoner=person, field="vulnerabilities", source=source, value=value)
        if is_agreed:
            agree(person)
        said = [client.get(f"/prisoners/{person.code}{form}").content.decode() for form in ("/", ".json")]
        assert ["fictional illness" in words for words in said] == [is_agreed, is_agreed]

    def test_consent_of_somebody_else_opens_nothing(self, client: Client) -> None:
        person = self.make_ill()
        agree(make_prisoner())
        assert self.told(client, person) == self.SILENT

    def test_account_that_is_kept_back_stands_nowhere_on_the_page(self, client: Client) -> None:
        person = self.make_ill()
        treatment = Treatment.objects.get(kind="denied_medical_care")
        Citation.objects.create(treatment=treatment, source=make_source(), field="account", value=HEALTH_WORDS)
        assert [HEALTH_WORDS in text for text in both_texts(client, person)] == [False, False]
        agree(person)
        assert [HEALTH_WORDS in text for text in both_texts(client, person)] == [True, True]

    def test_severity_is_told(self) -> None:
        assert details_of(self.make_ill(), "treatment")[0][1] == ["Severity: danger to life"]


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


def test_affiliations_and_languages_of_the_summary_are_told(client: Client) -> None:
    person = make_case()
    person.affiliations.add(Affiliation.objects.create(code="green_wave", label="Green Wave"))
    Summary.objects.create(prisoner=person, language="be", text="Выдуманае жыццё.")
    assert facts_of(person)["Affiliation"] == "Green Wave"
    document = json_of(client, person)
    assert document["affiliations"] == {"green_wave": "Green Wave"}
    assert document["summaries"] == {"en": "An invented life.", "be": "Выдуманае жыццё."}


def fill(record: models.Model) -> dict[str, str]:
    """A value of its own in each free text of a record; gives them by field."""
    planted = {}
    for field in record._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not (field.choices or field.primary_key)
        if is_text and field.editable and field.name not in FORMS and not hasattr(record, f"{field.name}_earliest"):
            planted[field.name] = f"canary{record._meta.model_name}{field.name.replace('_', '')}"
            if isinstance(field, models.URLField):
                planted[field.name] = f"https://{planted[field.name]}.example/"
            setattr(record, field.name, planted[field.name])
    record.save()
    return planted


def make_filled_case() -> tuple[Prisoner, dict[tuple[str, str], tuple[Audience, str]]]:
    """A published person with a text of its own in each field of each record; health may not be told."""
    person = make_case()
    arrest = person.arrests.get()
    Arrest.objects.update(
        agency=Agency.objects.get(pk="police"),
        case=Case.objects.create(slug="trial", title="Trial"),
        context=Context.objects.create(slug="protests", title="Protests"),
        ended="2024-01-01",
        last_confirmed_on=None,
    )
    Release.objects.create(arrest=arrest, mechanism_id="pardon")
    VoidRelease.objects.create(arrest=arrest, mechanism_id="deportation", because="-")
    Recognition.objects.update(withdrawn_on="2023")
    Treatment.objects.update(kind="denied_medical_care")
    hidden = make_source(confidentiality="confidential")
    Citation.objects.create(arrest=arrest, source=hidden)
    planted = {}
    for model in ON_THE_PAGE:
        record = hidden if model is Source else model._default_manager.order_by("pk").first()
        seen_by = audiences(model)
        for name, text in fill(record).items():
            planted[model.__name__, name] = (seen_by[name], text)
    return person, planted


def test_page_and_json_show_every_public_text_and_no_other(client: Client) -> None:
    person, planted = make_filled_case()
    page, document = both_texts(client, person)
    shown = {key: (text in page.lower(), text in document.lower()) for key, (_audience, text) in planted.items()}
    expected = {key: (audience is Audience.PUBLIC,) * 2 for key, (audience, _text) in planted.items()}
    assert shown == expected
    assert {audience for audience, _text in planted.values()} == {
        Audience.PUBLIC,
        Audience.CONSENT,
        Audience.SOURCE,
        Audience.DESK,
    }


def test_organisation_and_place_are_told_by_their_public_fields(client: Client) -> None:
    person = make_case()
    Organisation.objects.update(name="Organisation of the canary")
    Facility.objects.update(name="Place of the canary", kind="colony")
    page, _document = both_texts(client, person)
    assert ["Organisation of the canary" in page, "Place of the canary" in page, "Penal colony" in page] == [True] * 3
