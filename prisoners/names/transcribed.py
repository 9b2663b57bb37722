"""Tibetan and Uyghur names in Chinese characters, Tibetan script or Wylie's letters: transcribed.tsv, read once.

No rule leads from 丹增 or bstan 'dzin to Tenzin, and most such names are put together from few; so they are a table. What it
knows becomes Latin words, which are then compared as any others are.
"""

from functools import cache, lru_cache
from pathlib import Path

from prisoners.names import chinese

Word = tuple[str, str, bool]
_LONGEST = 12
# What Uyghurs add to a given name.
_ADDED = {"江": "jan", "古丽": "gul", "罕": "han", "汗": "han", "阿吉": "haji"}


@cache
def _table() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Latin forms of what is written without spaces, and of what Wylie writes in several words."""
    written, wylie = {}, {}
    for line in (Path(__file__).parent / "transcribed.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        latin, han, tibetan, letters = line.split("\t")
        written.update(dict.fromkeys(han.split(), latin))
        written.update({_without_points(form): latin for form in tibetan.split()})
        if letters:
            wylie[tuple(letters.replace("'", "").split())] = latin
    return written, wylie


def in_latin(found: list[Word]) -> list[Word]:
    """The words of a name, transcribed where they are known; a Chinese name of one part is left as it is."""
    scripts = {script for _, script, _ in found}
    if scripts == {"Latn"}:
        return _from_wylie(found)
    if scripts not in ({"Hani"}, {"Tibt"}):
        return found
    parted = [_parts(chinese.simplified(_without_points(word))) for word, _, _ in found]
    if sum(map(len, parted)) < 2 and not (any(parted) and len(found) > 1):
        return found
    # A part that isn't known is read as the Chinese read it.
    read = [latin for (word, _, _), known in zip(found, parted, strict=True) for latin in known or (chinese.pinyin(word),)]
    return [(latin, "Latn", False) for latin in read]


def _without_points(word: str) -> str:
    return word.strip("་།").replace("་", "")


@lru_cache(1 << 12)
def _parts(word: str) -> tuple[str, ...]:
    """The Latin forms of the known names that a word is made of; none if it isn't made of them alone."""
    if not word:
        return ()
    known = _table()[0]
    for length in range(min(len(word), _LONGEST), 1, -1):
        if latin := known.get(word[:length]):
            if added := _ADDED.get(word[length:], ""):
                return (latin + added,)
            rest = _parts(word[length:])
            if rest or length == len(word):
                return (latin, *rest)
    return ()


def _from_wylie(found: list[Word]) -> list[Word]:
    pairs = [(found[at][0], found[at + 1][0]) for at in range(0, len(found) - 1, 2)]
    known = [_table()[1].get(pair, "") for pair in pairs]
    # Two words alone may be of another language.
    return [(latin, "Latn", False) for latin in known] if len(found) in (4, 6) and all(known) else found
