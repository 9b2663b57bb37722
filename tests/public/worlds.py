"""A small invented case with everything in it, and a wave of pardons."""

from datetime import date

from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    Facility,
    Judgment,
    Name,
    Prisoner,
    Statute,
    Stay,
    Summary,
    Treatment,
)
from releases.models import Citation as ReleaseCitation
from releases.models import Event, Pardon, PardonLine, Release, Wave
from tests.factories import make_arrest, make_prisoner, make_source, recognise


def make_full_arrest(person: Prisoner, **facts) -> Arrest:
    """An arrest with one of each thing that can belong to it."""
    arrest = make_arrest(person, region="BY-HM", place="Invented Square", **facts)
    statute, _made = Statute.objects.get_or_create(
        slug="by-cc-342-1", country="BY", law="CC", article="342", part="1", title="Group actions"
    )
    facility, _made = Facility.objects.get_or_create(
        slug="colony-15", name="Colony No. 15", country="BY", postal_address="Invented Street 2\n212013 Mahilioŭ"
    )
    Stay.objects.create(arrest=arrest, facility=facility, began=arrest.began, regime_id="colony_general")
    Charge.objects.create(arrest=arrest, statute=statute)
    judgment = Judgment.objects.create(arrest=arrest, sentence_kind="imprisonment", sentence_months=42, ends="2031")
    treatment = Treatment.objects.create(arrest=arrest, kind_id="solitary", account="Thirty days.")
    recognition = recognise(arrest, made_on=None, criteria_note="PACE 1900 a")
    for record in ({"judgment": judgment}, {"treatment": treatment}, {"recognition": recognition}):
        Citation.objects.create(source=make_source(), **record)
    return arrest


def make_case(*, arrests: int = 1, **facts) -> Prisoner:
    """A person with names in three scripts, held under the last of so many arrests."""
    person = make_prisoner("Taras Vymyšleny", born="1988-03", home_region="BY-HM", **facts)
    Summary.objects.create(prisoner=person, language="en", text="An invented life.")
    Name.objects.create(prisoner=person, text="Тарас Вымышлены", language="be", script="Cyrl", is_primary=True)
    Name.objects.create(prisoner=person, text="تاراس", language="fa", script="Arab", kind="transliteration")
    person.occupations.set(["engineer"])
    for year in range(2020, 2020 + arrests - 1):
        ended = make_full_arrest(person, began=f"{year}-02-01", ended=f"{year}-03-01")
        Release.objects.create(arrest=ended, mechanism_id="sentence_served")
    make_full_arrest(person, began=f"{2020 + arrests}-02-01", last_confirmed_on=date(2026, 1, 1))
    return person


def make_wave(slug: str = "late-summer", *, acts: int = 1) -> Wave:
    """A wave: each act announces 30, lists two names, of which one is matched and released, and frees one more."""
    wave = Wave.objects.create(slug=slug, title=f"Pardons of {slug}")
    for number in range(1, acts + 1):
        pardon = Pardon.objects.create(
            wave=wave,
            slug=f"act-{number}" if slug == "late-summer" else f"{slug}-act-{number}",
            title=f"Act {number}",
            announced_on=f"2024-08-{10 + number}",
            announced_number=30,
            framing="Those who repent may go home.",
        )
        ReleaseCitation.objects.create(pardon=pardon, source=make_source())
        listed, unlisted = make_freed(pardon), make_freed(pardon)
        PardonLine.objects.create(pardon=pardon, position=1, as_written="SECRET SPELLING", arrest=listed)
        PardonLine.objects.create(pardon=pardon, position=2, as_written="SECRET NAME")
        Judgment.objects.create(arrest=unlisted, decided_on="2021-01-10", ends="2024-10-01")
        event = Event.objects.create(slug=f"{slug}-said-{number}", title="A statement", kind="statement", actor="EU")
        event.waves.add(wave)
    return wave


def make_freed(pardon: Pardon, **facts) -> Arrest:
    """Somebody released under an act."""
    arrest = make_arrest(make_prisoner(**facts), began="2020-09-01", ended="2024-08-20")
    Release.objects.create(arrest=arrest, mechanism_id="pardon", pardon=pardon)
    return arrest
