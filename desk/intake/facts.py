"""What a list says of a person beside the name: birth, age, articles, a place. Pure Python."""

import re
from dataclasses import dataclass, field

from prisoners.dates import InvalidDate, UncertainDate

MASK = "\ufffc"  # in place of what was understood; no letter, no digit, no separator
_MONTHS = {
    1: "jan|январ|студзен|січ",
    2: "feb|феврал|лют",
    3: "mar|март|сакавік|берез",
    4: "apr|апрел|красавік|квіт",
    5: "may|мая|май|трав",
    6: "jun|июн|чэрвен|черв",
    7: "jul|июл|ліпен|лип",
    8: "aug|август|жні|серп",
    9: "sep|сентябр|верас|верес",
    10: "oct|октябр|кастрычнік|жовт",
    11: "nov|ноябр|лістапад|листопад",
    12: "dec|декабр|снеж|снежан|груд",
}
_MONTH = "|".join(_MONTHS.values())
_DAY = (
    r"(?:(?P<d{n}>[0-3]?[0-9])(?P<s{n}>[./])(?P<m{n}>[01]?[0-9])[./](?P<y{n}>[0-9]{{4}})"
    r"|(?P<i{n}>[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?)"
    rf"|(?P<wd{{n}}>[0-3]?[0-9])\s+(?P<wm{{n}}>{_MONTH})[^\W\d_]*\.?\s+(?P<wy{{n}}>[0-9]{{{{4}}}})"
    r"|(?P<o{n}>(?:1[2-4]|19|20)[0-9]{{2}}))"
)
_BEFORE = (
    r"born(?:\s+(?:on|in))?|b\.|d\.?o\.?b\.?|(?:род|нар|р|н)\.|родил(?:ся|ась)|нарадзі(?:ўся|лася)|народи(?:вся|лася)"
    r"|год\s+рождения|дата\s+рождения|year\s+of\s+birth|date\s+of\s+birth|متولد|تولد|زاده|出生于|生于|né[e]?|geboren"
)
_AFTER = (
    r"г\.?\s?(?:р|н)\.?(?![^\W\d_])|г\.?\s?рожд(?:\.|ения)|года?\s+(?:рождения|нараджэння)|р\.?\s?н\.?(?![^\W\d_])"
    r"|року\s+народження|year\s+of\s+birth|年?(?:出)?生|(?:г|р)\.(?![^\W\d_])"
)
_BORN = [
    re.compile(rf"(?<![^\W\d_])(?:{_BEFORE})\s*:?\s*{_DAY.format(n=1)}(?![0-9])(?:\s*(?:{_AFTER}))?", re.IGNORECASE),
    re.compile(rf"(?<![0-9./-]){_DAY.format(n=1)}\s*(?:{_AFTER})", re.IGNORECASE),
    re.compile(rf"(?<=[,;(\t،、，])\s*{_DAY.format(n=1)}\s*(?=[,;)\t،、，.]|$)", re.IGNORECASE),
    re.compile(rf"(?<=[^\W_]\s){_DAY.format(n=1)}\s*(?=[.]?$)", re.IGNORECASE),
]
_AGE = [
    re.compile(r"(?<![^\W\d_])(?:aged?|age\s+of|в\s+возрасте|возраст)\s*:?\s*(?P<age>[0-9]{1,3})(?![0-9])", re.IGNORECASE),
    re.compile(
        r"(?<![0-9./-])(?P<age>[0-9]{1,3})[\s-]*(?:лет(?:няя|ний)?|года?|гадоў|гады|рок(?:ів|и)|рік|years?(?:[\s-]old)?|y/?o"
        r"|سال(?:ه|گی)|岁|歲)(?![^\W\d_])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<=[,(])\s*(?P<age>[1-9][0-9])\s*(?=[,;)]|$)"),
]
_NUMBER = r"[0-9]{1,3}(?:[-.][0-9]{1,2}(?![0-9]))?"
_LAW = r"(?:\s*(?:УК|КК|КоАП|CC|Criminal\s+Code|Penal\s+Code)(?:\s+(?:РБ|РФ|of\s+[A-Z]\w+))?(?![^\W\d_]))?"
_PART = r"(?:ч(?:асть|астка|\.)?|part|paras?\.?|§|п\.|بند)"
_ARTICLE = [
    re.compile(
        rf"(?<![^\W\d_]){_PART}\s*(?P<part>[0-9]{{1,2}})\s*(?:of\s+)?(?:ст(?:атьи|атті|\.)?|арт(?:ыкула|\.)?|art(?:icle|\.)?)"
        rf"\s*(?P<article>{_NUMBER}){_LAW}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![^\W\d_])(?:ст(?:атья|аття|ст|\.)*|арт(?:ыкул|\.)?|art(?:icles?|s?\.)?|ماده|第)\s*(?P<article>{_NUMBER})\s*条?"
        rf"(?:[\s,(]*{_PART}\s*(?P<part>[0-9]{{1,2}})\)?)?"
        rf"(?P<more>(?:\s*(?:,|and|и|і)\s*[0-9]{{2,3}}(?:[-.][0-9])?(?![0-9./-]|\s*(?:лет|год|years?|г\.))(?:[\s,(]*{_PART}\s*[0-9]{{1,2}}\)?)?)*)"
        rf"{_LAW}",
        re.IGNORECASE,
    ),
]
_MORE = re.compile(rf"(?P<article>[0-9]{{2,3}}(?:[-.][0-9])?)(?:[\s,(]*{_PART}\s*(?P<part>[0-9]{{1,2}}))?", re.IGNORECASE)
_PLACE = re.compile(
    r"(?<![^\W\d_])(?:(?:from|of|city\s+of|жител[ья]|из|з|г\.|гор\.|город|горад|м\.|с\.|д\.|пос\.|اهل|از)\s?)"
    r"(?:г\.\s?|м\.\s?)?(?P<place>[^\W\d_a-zа-яёіў][^\W\d_]+(?:[ -][^\W\d_a-zа-яёіў][^\W\d_]+)?"
    r"(?:\s+(?:region|district|область|вобласць|район|раён))?)"
)


@dataclass(slots=True)
class Facts:
    """What was understood of one line, each with where it stands; and the line with all of it masked."""

    masked: str
    born: list[tuple[int, str]] = field(default_factory=list)
    ages: list[tuple[int, int]] = field(default_factory=list)
    articles: list[tuple[int, str]] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)

    def within(self, begins: int, ends: int) -> "Facts":
        """Those that stand between two places."""
        kept = [
            [fact for fact in found if begins <= fact[0] < ends] for found in (self.born, self.ages, self.articles, self.places)
        ]
        return Facts(self.masked[begins:ends], *kept)  # type: ignore[arg-type]


def facts_of(line: str) -> Facts:
    """Everything that a line says beside names. Its digits must be 0–9. What can't be, such as 31 February, is left as it is."""
    facts = Facts(line)
    for pattern in _ARTICLE:
        facts.masked = pattern.sub(lambda found: _article(found, facts), facts.masked)
    for pattern in _BORN:
        facts.masked = pattern.sub(lambda found: _born(found, facts), facts.masked)
    for pattern in _AGE:
        facts.masked = pattern.sub(lambda found: _age(found, facts), facts.masked)
    facts.masked = _PLACE.sub(lambda found: _place(found, facts), facts.masked)
    return facts


def _mask(found: re.Match[str]) -> str:
    return MASK * len(found[0])


def _article(found: re.Match[str], facts: Facts) -> str:
    facts.articles.append((found.start(), _cited(found)))
    for other in _MORE.finditer(found.groupdict().get("more") or ""):
        facts.articles.append((found.start(), _cited(other)))
    return _mask(found)


def _cited(found: re.Match[str]) -> str:
    return found["article"] + (f"({found['part']})" if found["part"] else "")


def _born(found: re.Match[str], facts: Facts) -> str:
    read = _date(found)
    if read is None:
        return found[0]
    facts.born.append((found.start(), read))
    return _mask(found)


def _date(found: re.Match[str]) -> str | None:
    """A date of birth as an uncertain date; None for one that can't be."""
    if found["i1"]:
        text = found["i1"]
    elif found["wy1"]:
        month = next(number for number, stems in _MONTHS.items() if re.match(stems, found["wm1"], re.IGNORECASE))
        text = f"{found['wy1']}-{month:02}-{int(found['wd1']):02}"
    elif found["y1"]:
        day, month = int(found["d1"]), int(found["m1"])
        # 03/04/1987 is one day in Minsk and another in Boston.
        is_either = found["s1"] == "/" and day <= 12 and day != month
        text = found["y1"] if is_either else f"{found['y1']}-{month:02}-{day:02}"
    else:
        text = found["o1"]
    year = int(text[:4])
    if 1250 <= year <= 1450 and len(text) == 4:
        return f"{year + 621}/{year + 622}"  # a year of the Persian calendar begins in March
    try:
        return UncertainDate.parse(text).text if 1900 <= year <= 2099 else None
    except InvalidDate:
        return None


def _age(found: re.Match[str], facts: Facts) -> str:
    age = int(found["age"])
    if not 12 <= age <= 110:
        return found[0]
    facts.ages.append((found.start(), age))
    return _mask(found)


def _place(found: re.Match[str], facts: Facts) -> str:
    facts.places.append((found.start(), found["place"]))
    return _mask(found)
