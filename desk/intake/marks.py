"""The outer shape of lists: numbers and bullets before a name, what stands between names, headings. Pure Python.

Every change that is made to a text before it is searched keeps its length, so that places found in it hold for the text
as written.
"""

import re

from prisoners.names import words

# Persian, Arabic and full-width digits are read as others are.
_DIGITS = {ord(char): str(value) for zero in "۰٠０" for value, char in enumerate(chr(ord(zero) + n) for n in range(10))}

MARKER = re.compile(
    r"[\s\ufeff]*(?:(?:[•*·‣▪▫■□●○◦–—-]|[#№])\s*)?"
    r"(?:\(?[0-9]{1,5}(?:[.)\]:،．）、]+(?![0-9])[\s]*|\t+|\s*[–—-]\s+|(?![0-9./-]*\s*[^\W\d_]{0,2}\.)\s+(?=[^\W\d_]{2})))?"
)
# `y` and `e` stand within names, and so are no separators; a capital И or I is an initial.
_BETWEEN = re.compile(
    r"\s*[;,،、，；|؛]\s*(?:(?:and|AND|&|и|і|та|й|oraz|و)\s+)?|\s+(?:and|AND|&|и|і|i|та|oraz|و|和|及)\s+|[ \t]*\t[ \t]*",
)
_AND = re.compile(r"and|AND|&|и|і|i|та|й|oraz|و|和|及")
_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=\ufffc)|(?<=\)))[.!?]\s+(?=[^\W\d_])|[。！？]\s*")
_HEADING_WORDS = re.compile(
    r"(?:list|names?|pardoned|released|decree|surname|born|no|year|article|place|city|first|last|given|full|date|of|birth|the"
    r"|список|спіс|имена|имя|имён|фио|ф\.и\.о|фамилия|прозвішча|отчество|помилован\w*|памілаван\w*|освобожд\w*|вызвален\w*"
    r"|указ|дата|год|рождения|нараджэння|статья|артыкул|город|п/п|место|об|"
    r"نام|نام‌خانوادگی|فهرست|ردیف|名单|姓名|编号)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’ʼ.-]*")
# Words that name nobody where small letters, or capitals throughout, don't tell names from words.
_NO_NAME = re.compile(
    r"(?:and|of|for|from|with|the|was|were|been|have|has|had|not|more|other|others|another"
    r"|several|whose|who|also|persons?|people|wom[ae]n|president|yesterday|today|unknown|unidentified|total"
    r"|pardons?|pardoned|amnesty|released|freed|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|prison|colony|region|district|city|town"
    r"|и|і|ы|та|й|не|ни|ні|из|з|са|со|на|по|за|от|ад|до|для|или|або|их|іх|них|ещё|еще|яшчэ|ще|кроме|акрамя|того|таго|также|таксама"
    r"|были|был|была|былі|всего|усяго|всіх|лиц[ао]?|асоб|осіб|человека?|чалавека?|людей|люди|людзі|друг(?:ие|их|ой)|інш(?:ых|ыя|их|і)"
    r"|женщин[аы]?|жанчын[аы]?|мужчин[аы]?|мужчын[аы]?|двое|трое|четверо|вчера|учора|сегодня|сёння|сьогодні"
    r"|неизвестн\w*|невядом\w*|невідом\w*|установлен\w*|усталяван\w*|президента?|прэзідэнта?|дополнительн\w*|дадатков\w*"
    r"|амнисти\w*|амністы\w*|помилован\w*|памілаван\w*|освобожд\w*|вызвален\w*|свободны|вольныя"
    r"|области?|вобласц[ьі]|область|района?|раёна?|город[ае]?|горад[ае]?|колони[яии]|калоні[яі]|номер|нумар"
    r"|список|списк[ауе]|спіс[уе]?|итого|разам|усього|указ[ае]?|дата|года?)",
    re.IGNORECASE,
)


def plain_digits(text: str) -> str:
    """The text with every digit as 0–9, each in its place."""
    return text.translate(_DIGITS)


def marker_end(line: str) -> int:
    """Where a line's number or bullet ends."""
    found = MARKER.match(line)
    return found.end() if found else 0


def parts(line: str, start: int) -> list[tuple[int, int, int]]:
    """What stands between separators: where each part begins, where it ends, and where its separator ends."""
    cuts = sorted({(m.start(), m.end()) for pattern in (_BETWEEN, _SENTENCE) for m in pattern.finditer(line, start)})
    found, at = [], start
    for begins, ends in cuts:
        if begins < at:
            continue
        found.append((at, begins, ends))
        at = ends
    return [*found, (at, len(line), len(line))]


def is_heading(line: str) -> bool:
    """Whether a line says only what follows it."""
    if line.lstrip().startswith("#") and not re.match(r"\s*#\s*[0-9]", line):
        return True
    found = _WORD.findall(line)
    known = [word for word in found if _HEADING_WORDS.fullmatch(word.rstrip("."))]
    return bool(found) and len(known) * 2 > len(found) and len(known) >= min(len(found), 1)


def names_nobody(word: str) -> bool:
    """Whether a word that its letters don't show to be a name is none."""
    bare = word.strip(".:")
    # Short words in capitals are initials, and syllables of names.
    is_plain = bare.islower() or (bare.isupper() and len(bare) > 4)
    return is_plain and _NO_NAME.fullmatch(bare) is not None


def is_title(word: str) -> bool:
    """Whether a word addresses somebody, such as Dr or سید."""
    return word.lower().rstrip(".") in words.TITLES


def is_and(word: str) -> bool:
    """Whether a word only joins two names."""
    return _AND.fullmatch(word) is not None
