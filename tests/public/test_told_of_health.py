"""What is said of somebody's health is told only while they agree to it."""

from typing import Any

import pytest
from django.test import Client

from prisoners.models import (
    Citation,
    Consent,
    Prisoner,
    Treatment,
)
from tests.factories import make_arrest, make_prisoner, make_source
from tests.public.told import both_texts, details_of, facts_of, json_of

pytestmark = pytest.mark.django_db
HEALTH_WORDS = "Lost 20 kilograms."


def agree(person: Prisoner, **facts: Any) -> Consent:
    return Consent.objects.create(
        **{"prisoner": person, "scope": "health", "given_by": "family", "given_on": "2024-01-01", **facts}
    )


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
