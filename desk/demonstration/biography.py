"""Who an invented person is, and how an arrest of theirs went."""

import random
from datetime import date, timedelta

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Name, Prisoner, Summary
from prisoners.models.custody import Whereabouts
from prisoners.models.person import Gender, NameKind

from .chance import weighted
from .names import Names
from .people import Custody, Person
from .records import Records
from .world import regions, world

_OCCUPATIONS = {
    "worker": 22,
    "it_worker": 12,
    "engineer": 9,
    "entrepreneur": 9,
    "student": 7,
    "journalist": 4,
    "blogger": 3,
    "human_rights_defender": 1,
    "lawyer": 1.5,
    "politician": 2,
    "trade_unionist": 2,
    "teacher": 4,
    "academic": 1.5,
    "artist": 3,
    "doctor": 3,
    "farmer": 2,
    "public_servant": 2,
    "military": 2,
    "athlete": 1.5,
    "pensioner": 3,
    "unemployed": 6,
    "cleric": 0.8,
}
_CIRCUMSTANCES = (
    "Taken from home early in the morning; telephones and computers were seized.",
    "Taken at work in front of colleagues.",
    "Stopped in the street by people in plain clothes.",
    "Called in “for a talk” and did not come back.",
    "Taken at the border on the way home.",
    "Taken from the column of a march.",
)
# In English and in Belarusian.
_REASONS = (
    ("For a comment under a news item.", "За каментар пад навіной."),
    ("For taking part in a march.", "За ўдзел у маршы."),
    ("For subscribing to a channel that the state calls extremist.", "За падпіску на канал, які ўлады назвалі экстрэмісцкім."),
    ("For a gift of money to a solidarity fund.", "За ахвяраванне ў фонд салідарнасці."),
    ("For a photograph sent to a newspaper.", "За фотаздымак, дасланы ў газету."),
    ("For standing by a friend in court.", "За падтрымку сябра ў судзе."),
)
_STATED_REASONS = (
    "Taking part in actions that gravely breach public order.",
    "Insulting an official in public.",
    "Aiding extremist activity.",
)
_PATRONYMICS = {True: ("Ивановна", "Петровна", "Викторовна"), False: ("Иванович", "Петрович", "Викторович")}


def prisoner(chance: random.Random, person: Person) -> Prisoner:
    """The record of a person."""
    first, last = person.custodies[0], person.custodies[-1]
    return Prisoner(
        code=person.code,
        country=person.code[:2],
        gender=Gender.FEMALE if person.is_woman else Gender.MALE,
        born=_born(chance, first.began),
        died=last.known_ended if last.mechanism == "death_in_custody" else None,
        citizenships=["BY"] if chance.random() < 0.97 else ["BY", chance.choice(("PL", "LT", "UA", "RU"))],
        home_region=weighted(chance, regions()),
        state=person.state,
        visibility=person.visibility,
        is_fictional=True,
    )


def _born(chance: random.Random, arrested: date) -> UncertainDate | None:
    age = min(79, max(15, round(chance.gauss(36, 12))))
    born = arrested - timedelta(days=age * 365 + age // 4 + chance.randint(1, 360))
    form = weighted(chance, {"%Y-%m-%d": 70, "%Y": 17, "%Y-%m": 4, "%Y~": 4, "": 5})
    return UncertainDate.parse(born.strftime(form)) if form else None


def occupations(chance: random.Random) -> list[str]:
    """None, one or two."""
    number = weighted(chance, {0: 20, 1: 70, 2: 10})
    return list(dict.fromkeys(weighted(chance, _OCCUPATIONS) for _ in range(number)))


def names(chance: random.Random, person: Person, record: Prisoner) -> list[Name]:
    """The heading in Latin letters, and the originals."""
    given, surname = person.given, person.surname
    kinds = NameKind.TRANSLITERATION, NameKind.LEGAL
    forms = [
        Name(prisoner=record, text=f"{given.en} {surname.en}", language="en", script="Latn", kind=kinds[0], is_heading=True),
        Name(prisoner=record, text=f"{given.be} {surname.be}", language="be", script="Cyrl", kind=kinds[1]),
    ]
    # Some given names and surnames are written alike in both languages, and a form is kept once.
    russian = f"{given.ru} {surname.ru}"
    if russian != forms[1].text:
        forms.append(Name(prisoner=record, text=russian, language="ru", script="Cyrl", kind=kinds[1]))
    for form in forms:
        form.is_primary = True
    return forms + _other_names(chance, person, record)


def _other_names(chance: random.Random, person: Person, record: Prisoner) -> list[Name]:
    """What some people are called besides: with the patronymic, before marriage, in print."""
    given, surname = person.given, person.surname
    forms = []
    if chance.random() < 0.25:
        text = f"{given.ru} {chance.choice(_PATRONYMICS[person.is_woman])} {surname.ru}"
        forms.append(Name(prisoner=record, text=text, language="ru", script="Cyrl", kind=NameKind.PATRONYMIC))
    if person.is_woman and chance.random() < 0.08:
        before = f"{given.be} {Names(chance).surname(is_woman=True).be}"
        if before != f"{given.be} {surname.be}":
            forms.append(Name(prisoner=record, text=before, language="be", script="Cyrl", kind=NameKind.MAIDEN))
    if chance.random() < 0.05:
        kind = chance.choice((NameKind.ALIAS, NameKind.PEN))
        forms.append(Name(prisoner=record, text=f"“{given.en[:4]}_{chance.randint(10, 99)}”", script="Latn", kind=kind))
    return forms


def summaries(chance: random.Random, record: Prisoner) -> list[Summary]:
    """What most cases are about, in a sentence; of some in two languages."""
    lot = chance.random()
    if lot < 0.4:
        return []
    english, belarusian = chance.choice(_REASONS)
    both = [Summary(prisoner=record, language="en", text=english), Summary(prisoner=record, language="be", text=belarusian)]
    return both if lot > 0.8 else both[:1]


def arrest(chance: random.Random, custody: Custody, record: Prisoner, records: Records) -> Arrest:
    """The record of an arrest, with what it belongs to."""
    region = record.home_region if chance.random() < 0.75 else weighted(chance, regions())
    is_home = custody.is_prosecuted and not custody.pardon and chance.random() < 0.03
    made = Arrest(
        prisoner=record,
        began=custody.known_began,
        ended=custody.known_ended,
        last_confirmed_on=custody.confirmed,
        country=record.country,
        region=region if chance.random() < 0.96 else "",
        place=chance.choice(records.towns[region]) if chance.random() < 0.7 else "",
        agency_id=chance.choice(world()["agencies"]) if chance.random() < 0.5 else None,
        circumstances=chance.choice(_CIRCUMSTANCES) if chance.random() < 0.6 else "",
        stated_reason=chance.choice(_STATED_REASONS) if custody.is_prosecuted and chance.random() < 0.3 else "",
        real_reason=chance.choice(_REASONS)[0] if chance.random() < 0.5 else "",
        whereabouts=_whereabouts(chance),
        is_home_confinement=is_home,
    )
    made.case = records.case_for(chance, custody, region)
    made.context = records.context_of_case.get(made.case_id or 0) or records.context(chance, custody.began)
    return made


def _whereabouts(chance: random.Random) -> str:
    return weighted(
        chance, {Whereabouts.LOCATED: 88, Whereabouts.ACKNOWLEDGED: 5, Whereabouts.INCOMMUNICADO: 3, Whereabouts.UNKNOWN: 4}
    )
