"""A name prepared for comparison: its words in their scripts, what of them is a title, an initial, a patronymic."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from prisoners.names import burmese, chinese, given, patronymics, tokens, transcribed, words
from prisoners.names.tokens import Token

# Longer texts are no names: what follows is not read, so that no input costs more than a name does.
READ, MOST_WORDS = 200, 8
APOSTROPHES = "'’ʼʹ`ʻ´ʿʾ‘ʺ"
_MARKS = rf"[\u0300-\u036f\u064b-\u065f\u0f0b\u0f71-\u0fbc\u1000-\u109f\u200c\u200d{APOSTROPHES}]*"
_WORD = re.compile(rf"(?:[^\W\d_]{_MARKS})+(?P<stop>\.?)|(?<=\s)[23](?:nd|rd)")
_BRACKETS = re.compile(r"[(\[（【「][^)\]）】」]*[)\]）】」]")
# Abbreviated titles that a hyphen would part.
_SHORT_TITLE = re.compile(r"(?<!\w)(?:д-р|г-н|г-жа|гр-н|гр-ка|гр-ин|п-н|т-щ)(?!\w)\.?")
_HYPHENED = re.compile(r"(?<=[^\W\d_][-‐‑–])[^\W\d_]{3,}")
_ARTICLE = re.compile(r"(?<!\w)(?:al|el|ul|ol|as|es|ad|ed|ar|er|at|az|ash|esh)[-‐‑–](?=\w{3})")
_ABD = re.compile(r"^abd[aeou](?:l(?!lah?$|lah)|(?P<sun>[rnsdtz])(?=(?P=sun)))")
_ABU = re.compile("^ab(?:u|ou|o)l?(?=[bcdfghjklmnpqrstvwxyz]{1,2}[aeiou]..)|^ab(?:u|ou|oul|ul|ol)$")
_JOINED_PARTICLES = re.compile("^del(?:a|as|os)(?=[bcdfghjklmnpqrstvwxyz][a-zñáéíóú]{3})")
_AND_ARTICLE = re.compile("(?<=^عبد)ال|(?<=^[اأ]بو)ال")
# Jamal al-Din, Jamaleddine; its article is taken off before.
_OF_FAITH = re.compile("(?<=...)(?:[aeiou][dl])d(?:i|ee)ne?$")
_FAITH = {
    **dict.fromkeys(["din", "deen", "dine", "eddin", "eddine", "uddin", "addin", "eddeen"], "eddin"),
    **dict.fromkeys(["الدین", "الدين"], "الدین"),
}
_FIRST_HALVES = frozenset({"abd", "عبد", "abu", "ابو", "أبو"})


@dataclass(slots=True, frozen=True)
class Parsed:
    """A name ready to be compared, many times: see `parsed`."""

    tokens: tuple[Token, ...]
    patronymic: int  # its place among the tokens, -1 for none
    generation: str  # "younger", "older", "second" …; "" if not told
    style: str  # "Hani", "Mymr", "Viet": names in which every syllable counts; else ""
    bag: tuple[str, ...]  # the written words in an order of their own, to tell sameness
    gender: str = ""  # "m", "f", as far as the order of two given names tells it: José María, María José

    @property
    def initials(self) -> tuple[Token, ...]:
        """The words that are initials."""
        return tuple(token for token in self.tokens if token.is_initial)


EMPTY = Parsed((), -1, "", "", ())


@lru_cache(1 << 14)
def parsed(text: str) -> Parsed:
    """A name of any script, prepared; without any word if there is none in it. Raises nothing, whatever the text."""
    found, generation = _read(text)
    found = transcribed.in_latin(found)
    style = _style(found)
    if not style:
        found = _without_particles(found)
    made = tuple(_tokens(found, style))[:MOST_WORDS]
    if not made:
        return EMPTY
    place = patronymics.place(made, frozenset(_HYPHENED.findall(text[:READ].lower()))) if not style else -1
    order = [token.written + token.marked for token in made]
    bag = tuple(order if style in ("Hani", "Mymr") else sorted(order))
    return Parsed(made, place, generation, style, bag, _gender(made))


# The family of the second name where it is of the other gender than the first, which tells whose name it is.
_GENDERS = {("jose", "maryia"): "m", ("maryia", "jose"): "f", ("jesus", "maryia"): "m", ("maryia", "jesus"): "f"}


def _gender(made: tuple[Token, ...]) -> str:
    pairs = ((first, second) for one, other in pairwise(made) for first in one.same for second in other.same)
    return next((_GENDERS[pair] for pair in pairs if pair in _GENDERS), "")


def _read(text: str) -> tuple[list[tuple[str, str, bool]], str]:
    """The words of a text as (small letters, script, is an initial), without titles, and the generation told."""
    text = unicodedata.normalize("NFKC", text[:READ])
    shown = _BRACKETS.sub(" ", text)
    text = _in_order((shown if any(c.isalpha() for c in shown) else text).lower())
    text = _SHORT_TITLE.sub("", _ARTICLE.sub("", text))
    found: list[tuple[str, str, bool]] = []
    generation = ""
    for match in _WORD.finditer(text):
        word = unicodedata.normalize("NFC", match[0].rstrip("."))
        if found and (told := words.GENERATIONS.get(word) or words.LAST_ONLY.get(word)):
            generation = told
            continue
        word = word.strip(APOSTROPHES)
        for part, script in _by_script(word):
            is_short = len(part) == 1 or (bool(match["stop"]) and part in tokens.INITIAL_PAIRS)
            found.append((part, script, is_short and script not in ("Hani", "Mymr")))
    return _without_titles(found), generation


def _in_order(text: str) -> str:
    """A name with its surnames first, before a comma, as it is spoken: Pérez Jiménez, Ana."""
    surnames, comma, given_names = text.partition(",")
    if not comma or "," in given_names or not any(c.isalpha() for c in surnames):
        return text
    said = {word.strip(". ") for word in given_names.split()}
    is_added = all(word in words.TITLES or word in words.GENERATIONS or word in words.LAST_ONLY for word in said)
    return text if is_added else f"{given_names} {surnames}"


def _by_script(word: str) -> list[tuple[str, str]]:
    """A word parted where its script changes, as in a Latin word glued to a Chinese one; apostrophes dropped."""
    runs: list[tuple[str, str]] = []
    for character in word:
        if character in APOSTROPHES:
            continue
        script = tokens.script_of(character) if character.isalpha() else ""
        if runs and (not script or script == runs[-1][1]):
            runs[-1] = (runs[-1][0] + character, runs[-1][1])
        else:
            runs.append((character, script))
    # One look-alike letter in a word of another script is a slip of the keyboard, not a word.
    return runs if len(runs) < 3 else [(word, max(runs, key=lambda run: len(run[0]))[1])]


def _without_titles(found: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    kept = [item for item in found if item[0] not in words.TITLES] or found
    if len(kept) > 2 and kept[0][0] in words.TITLES_OR_NAMES:
        kept = kept[1:]
    if len(kept) > 3 and kept[0][0] in words.VIETNAMESE_TITLES and tokens.plain_of(kept[1][0]) in words.VIETNAMESE_SURNAMES:
        kept = kept[1:]
    return kept


def _without_particles(found: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    return [item for item in found if item[0] not in words.PARTICLES] or found


def _style(found: list[tuple[str, str, bool]]) -> str:
    """What kind of name it is, where that changes how words are compared."""
    scripts = {script for _, script, _ in found}
    if scripts <= {"Hani"} or scripts <= {"Mymr"}:
        return next(iter(scripts), "")
    if scripts != {"Latn"}:
        return ""
    plain = [tokens.plain_of(word) for word, _, _ in found]
    pinyin = [chinese.one_spelling(word) for word in plain]
    if any(_is_vietnamese(word) for word, _, _ in found):
        return "Viet"
    # Two words at least: a single one says too little of where it comes from.
    if len(found) < 2:
        return ""
    if len(found) > 2 and words.VIETNAMESE_SURNAMES.intersection(plain) and all(map(_VIETNAMESE_SYLLABLE.fullmatch, plain)):
        return "" if all(map(chinese.is_pinyin, pinyin)) else "Viet"
    if all(map(burmese.is_known, plain)):
        return "Mymr"
    if all(map(chinese.is_pinyin, pinyin)) and {pinyin[0], pinyin[-1]} & chinese.SURNAMES and len(found) <= 4:
        return "Hani"
    return "Mymr" if all(map(burmese.is_name_word, plain)) else ""


_VIETNAMESE_SYLLABLE = re.compile("(?:ngh?|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_VIETNAMESE = re.compile("[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def _is_vietnamese(word: str) -> bool:
    return _VIETNAMESE.search(unicodedata.normalize("NFC", word)) is not None


def _tokens(found: list[tuple[str, str, bool]], style: str) -> list[Token]:
    if style == "Viet":
        is_marked = any(not word.isascii() for word, _, _ in found)
        return [tokens.toned(word, is_marked=is_marked) for word, _, _ in found]
    if style == "Hani":
        return _chinese(found)
    if style == "Mymr":
        return _burmese(found)
    made = [tokens.initial(word, script) if short else tokens.word(word, script) for word, script, short in _glued(found)]
    return [token for token in made if token is not None]


def _chinese(found: list[tuple[str, str, bool]]) -> list[Token]:
    if found[0][1] == "Latn":
        return [tokens.pinyin(word) for word, _, _ in found]
    name = chinese.simplified("".join(word for word, _, _ in found))
    return [tokens.han(part, reading) for part, reading in chinese.parts(name)]


@lru_cache(1 << 12)
def in_syllables(name: Parsed) -> Parsed:
    """A name in Latin letters read as Burmese ones are, for comparison with one that is; any other as it was."""
    if name.style or any(token.script != "Latn" or token.is_initial for token in name.tokens):
        return name
    read = [tokens.syllable(part) for token in name.tokens for part in burmese.latin_syllables(token.plain)]
    made = tuple(read[:MOST_WORDS])
    return Parsed(made, -1, name.generation, "Mymr", tuple(token.written for token in made))


def _burmese(found: list[tuple[str, str, bool]]) -> list[Token]:
    if found[0][1] == "Latn":
        read = [syllable for word, _, _ in found for syllable in burmese.latin_syllables(tokens.plain_of(word))]
    else:
        read = [syllable for word, _, _ in found for syllable in burmese.syllables(word)]
    if len(read) > 2 and read[0] in _BURMESE_TITLES:
        read = read[1:]
    return [tokens.syllable(syllable) for syllable in read if syllable]


_BURMESE_TITLES = frozenset(burmese.plain(word) for word in words.BURMESE_TITLES)


def _glued(found: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Words written apart or together made one way: Hossein zadeh, Abd al-Rahman, عبد الرحمن."""
    glued: list[tuple[str, str, bool]] = []
    for word, script, short in found:
        word = _JOINED_PARTICLES.sub("", _ABU.sub("abu", _ABD.sub("abd", word)))
        if script == "Latn":
            word = _OF_FAITH.sub("eddin", word)
        if glued and glued[-1][1] == script and word in _FAITH:
            glued[-1] = (glued[-1][0] + _FAITH[word], script, False)
            continue
        if script == "Arab":
            word = _without_article(word)
        if glued and glued[-1][1] == script and (word in words.PERSIAN_ENDINGS or glued[-1][0] in _FIRST_HALVES):
            glued[-1] = (glued[-1][0] + word, script, False)
        else:
            glued.append((word, script, short))
    return glued


def _without_article(word: str) -> str:
    word = _AND_ARTICLE.sub("", word) if word not in ("عبدالله", "عبداله") else word
    is_article = word.startswith("ال") and len(word) > 4 and given.families((), word) == given.NONE
    return word[2:] if is_article else word
