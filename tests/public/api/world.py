"""A small invented world with fixed codes, slugs, days and sources: what the examples of the API are asked of."""

from datetime import UTC, date, datetime

from counts.ledger import settle
from counts.models import Revision
from prisoners.models import Arrest, Charge, Prisoner, Source, Statute, Treatment, Visibility
from releases.models import Event
from tests.factories import make_arrest, make_organisation, make_prisoner, recognise
from tests.public.worlds import make_case, make_wave

TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
NAMED, INITIALS = "BY-7K3QX2", "BY-4M8TZP"
PARDONED = ["BY-2C9WRA", "BY-9D5HVN"]


def make_world() -> None:
    """Somebody held, somebody shown by initials, and two people freed by an act of clemency."""
    make_case(code=NAMED, gender="male", is_fictional=True)
    make_organisation("monitor", url="https://monitor.example/")
    make_wave()
    for code, person in zip(PARDONED, Prisoner.objects.exclude(code=NAMED).order_by("pk"), strict=True):
        Prisoner.objects.filter(pk=person.pk).update(code=code, is_fictional=True)
        person.names.update(text=f"Alena Prydumana {PARDONED.index(code) + 1}")
    Event.objects.update(happened_on="2024-08-12", stance="demands_more", summary="It asks for the freedom of all.")
    make_initials()
    for number, source in enumerate(Source.objects.order_by("pk"), start=1):
        Source.objects.filter(pk=source.pk).update(title=f"Report {number}", url=f"https://news.example/{number}")
    settle()
    Revision.objects.update(recorded_at=NOW)


def make_initials(code: str = INITIALS) -> Arrest:
    """Somebody of whom more is on record than may be told."""
    person = make_prisoner(
        "Volha Vydumka", code=code, visibility=Visibility.INITIALS, gender="female", born="1990-05-02", is_fictional=True
    )
    person.occupations.set(["journalist"])
    arrest = make_arrest(person, began="2021-03-04", region="BY-MI", place="Hidden Street", last_confirmed_on=date(2025, 12, 1))
    named = {"slug": "by-cc-342-1", "country": "BY", "law": "CC", "article": "342", "part": "1", "title": "Group actions"}
    Charge.objects.create(arrest=arrest, statute=Statute.objects.get_or_create(**named)[0])
    Treatment.objects.create(arrest=arrest, kind_id="solitary", account="A hidden account.")
    recognise(arrest, made_on="2021-04-05")
    return arrest
