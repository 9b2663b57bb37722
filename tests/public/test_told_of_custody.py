"""How courts, charges, places and the end of custody are worded on the case page."""

from datetime import date

import pytest

from prisoners.models import (
    Charge,
    Criterion,
    Facility,
    Judgment,
    Statute,
    Stay,
)
from public.case import published_case
from releases.models import Release, VoidRelease
from tests.factories import make_arrest, recognise
from tests.public.told import TODAY, details_of, entries_of

pytestmark = pytest.mark.django_db


def make_statute(article: str) -> Statute:
    return Statute.objects.create(slug=f"by-cc-{article}", country="BY", law="CC", article=article, title=f"Title {article}")


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
