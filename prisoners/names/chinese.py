"""Chinese names: simplified and traditional made one, parted into surname and given name, read as pinyin without tones."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

from prisoners.names import words

# Surnames of two characters, in simplified ones.
_DOUBLE = words.listed("double surname")
# Characters that are read otherwise as a surname than in other words.
_AS_SURNAME = {
    "曾": "zeng", "仇": "qiu", "解": "xie", "单": "shan", "区": "ou", "任": "ren", "查": "zha", "朴": "piao", "翟": "zhai",
    "盖": "ge", "洗": "xian", "冼": "xian", "秘": "bi", "覃": "qin", "员": "yun", "尉": "wei", "乐": "yue", "华": "hua",
    "宁": "ning", "葛": "ge", "折": "she", "黑": "he", "缪": "miao", "繁": "po", "燕": "yan", "占": "zhan", "召": "shao",
    "种": "chong", "祭": "zhai", "纪": "ji", "重": "chong", "那": "na", "佴": "nai", "郇": "xun", "晁": "chao", "车": "che",
    "万": "wan", "沈": "shen", "哈": "ha", "石": "shi", "夏": "xia", "贾": "jia", "陆": "lu", "吕": "lu", "宓": "mi",
    "逄": "pang", "隗": "wei", "牟": "mu", "卜": "bu", "阚": "kan", "麻": "ma", "尹": "yin", "臧": "zang", "藏": "zang",
    "长孙": "zhangsun", "尉迟": "yuchi", "万俟": "moqi", "单于": "chanyu", "澹台": "tantai", "令狐": "linghu", "宰父": "zaifu",
    "乐正": "yuezheng", "鲜于": "xianyu", "夹谷": "jiagu",
}  # fmt: skip
# Characters that given names often hold in another reading than the table of all characters has.
_IN_GIVEN = {
    "乐": "le", "长": "chang", "行": "xing", "重": "zhong", "朝": "chao", "曾": "zeng", "盛": "sheng", "传": "chuan", "和": "he",
    "少": "shao", "大": "da", "都": "du", "石": "shi", "泊": "bo", "薄": "bo", "宿": "su", "似": "si", "伯": "bo", "柏": "bo",
    "贞": "zhen", "俊": "jun", "峻": "jun", "女": "nu", "绿": "lu", "吕": "lu", "律": "lu", "旅": "lu",
}  # fmt: skip
SURNAMES = words.listed("pinyin surname")
_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = "iang|iong|uang|uai|uan|ian|iao|ang|eng|ing|ong|ai|ao|an|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u"
_PINYIN = re.compile(f"(?:(?:{_INITIAL})(?:{_FINAL})|a|e|ai|an|ang|ao|ei|en|er|ou|o)+")


@cache
def _simplified() -> dict[int, str]:
    lines = (Path(__file__).parent / "han.txt").read_text(encoding="utf-8").splitlines()
    return {ord(pair[0]): pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def simplified(text: str) -> str:
    """Text in which traditional characters are simplified ones."""
    return text.translate(_simplified())


_TITLE = re.compile(f"(?<=..)(?:{'|'.join(sorted(words.CHINESE_TITLES))})$")


@lru_cache(1 << 15)
def parts(name: str) -> tuple[tuple[str, str], ...]:
    """A name of Han characters without spaces, simplified: each part with its pinyin, the surname first."""
    name = _TITLE.sub("", name)
    length = 2 if len(name) > 2 and name[:2] in _DOUBLE else 1
    surname, given = name[:length], name[length:]
    read = _AS_SURNAME.get(surname) or pinyin(surname)
    return ((surname, read), (given, pinyin(given))) if given else ((surname, read),)


def pinyin(characters: str) -> str:
    """Characters as pinyin in small letters without tones, ü as u."""
    return "".join(_IN_GIVEN.get(character) or one_spelling(anyascii(character).lower()) for character in characters)


def one_spelling(syllable: str) -> str:
    """Pinyin with ü, written u, v, yu or u:, as u."""
    return re.sub("(?<=[nl])(?:v|yu|u:)", "u", syllable)


@lru_cache(1 << 15)
def is_pinyin(word: str) -> bool:
    """Whether a Latin word in small letters is made of syllables of pinyin alone."""
    # Longer words are none, and syllables can be parted in too many ways.
    return len(word) <= 24 and _PINYIN.fullmatch(word) is not None


@cache
def _tones() -> dict[str, str]:
    lines = (Path(__file__).parent / "tones.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {character: tone for tone, characters in rows for character in characters}


# Characters read with ü, which a writer of tones doesn't leave out.
_ROUNDED = frozenset("吕女绿律旅虑侣铝率滤缕屡履闾驴")
_TONE_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@lru_cache(1 << 14)
def tones_agree(characters: str, marked: str) -> bool:
    """Whether pinyin with tone marks may be of these characters: false if one whose tone is known has another mark."""
    if ("\u0308" in unicodedata.normalize("NFD", marked)) != (not _ROUNDED.isdisjoint(characters)):
        return False
    written = [_TONE_MARKS[c] for c in unicodedata.normalize("NFD", marked) if c in _TONE_MARKS]
    known = _tones()
    return len(written) != len(characters) or all(
        known.get(character, tone) == tone for character, tone in zip(characters, written, strict=True)
    )
