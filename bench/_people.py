"""Invented people whose names vary as names do: some given names very common, surnames put together of syllables."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

# Given names of men and women in Latin letters and in their own, the commonest first. How often each is
# given falls as its place in the list rises, as it does in life: the first has one person in twelve.
SLAVIC = (
    ("Aliaksandr", "Александр"), ("Siarhei", "Сергей"), ("Tatsiana", "Татьяна"), ("Dzmitry", "Дмитрий"),
    ("Volha", "Ольга"), ("Andrei", "Андрей"), ("Alena", "Елена"), ("Mikalai", "Николай"), ("Natallia", "Наталья"),
    ("Uladzimir", "Владимир"), ("Ivan", "Иван"), ("Hanna", "Анна"), ("Yauhen", "Евгений"), ("Iryna", "Ирина"),
    ("Viktar", "Виктор"), ("Katsiaryna", "Екатерина"), ("Pavel", "Павел"), ("Maryia", "Мария"), ("Ihar", "Игорь"),
    ("Sviatlana", "Светлана"), ("Maksim", "Максим"), ("Yulia", "Юлия"), ("Vasil", "Василий"), ("Liudmila", "Людмила"),
    ("Kanstantsin", "Константин"), ("Nina", "Нина"), ("Raman", "Роман"), ("Palina", "Полина"),
    ("Stanislau", "Станислав"), ("Zinaida", "Зинаида"), ("Ryhor", "Григорий"), ("Taisia", "Таисия"),
)  # fmt: skip
PERSIAN = (
    ("Mohammad", "محمد"), ("Fatemeh", "فاطمه"), ("Ali", "علی"), ("Zahra", "زهرا"), ("Hossein", "حسین"),
    ("Maryam", "مریم"), ("Reza", "رضا"), ("Leila", "لیلا"), ("Mehdi", "مهدی"), ("Nasrin", "نسرین"), ("Saeed", "سعید"),
    ("Parisa", "پریسا"), ("Hamid", "حمید"), ("Shirin", "شیرین"), ("Behnam", "بهنام"), ("Golnaz", "گلناز"),
    ("Kamran", "کامران"), ("Mina", "مینا"),
)  # fmt: skip
# Syllables in both scripts, of which surnames are made.
FIRST = (
    ("Ba", "Ба"), ("Bar", "Бар"), ("Vas", "Вас"), ("Ha", "Га"), ("Har", "Гор"), ("Dra", "Дро"), ("Da", "До"),
    ("Zhu", "Жу"), ("Za", "За"), ("Kar", "Кар"), ("Kav", "Ков"), ("Kra", "Кра"), ("Lu", "Лу"), ("Liu", "Лю"),
    ("Ma", "Ма"), ("Mi", "Ми"), ("Na", "На"), ("Pi", "Пи"), ("Pra", "Про"), ("Ra", "Ра"), ("Sa", "Са"),
    ("Sta", "Сто"), ("Tu", "Ту"), ("Kha", "Ха"), ("Shu", "Шу"), ("Shta", "Шта"), ("Che", "Че"), ("Yur", "Юр"),
    ("Bu", "Бу"), ("Hru", "Гру"),
)  # fmt: skip
MIDDLE = (
    ("", ""), ("", ""), ("ba", "ба"), ("va", "ва"), ("da", "до"), ("zhy", "жи"), ("ka", "ка"), ("la", "ло"),
    ("li", "ли"), ("ma", "ма"), ("na", "на"), ("ni", "ни"), ("pa", "по"), ("ra", "ра"), ("ry", "ри"), ("sa", "са"),
    ("ta", "та"), ("bra", "бра"), ("mur", "мур"), ("lub", "луб"), ("stra", "стра"),
)  # fmt: skip
LAST = (
    ("nka", "нко"), ("novich", "нович"), ("chuk", "чук"), ("leuski", "левский"), ("vets", "вец"), ("lka", "лка"),
    ("ban", "бан"), ("renka", "ренко"), ("kevich", "кевич"), ("dou", "дов"), ("miuk", "мюк"), ("zhynski", "жинский"),
    ("tsou", "цов"), ("hala", "гала"), ("beika", "бейко"), ("nets", "нец"),
)  # fmt: skip
PERSIAN_FIRST = (
    ("Kar", "کر"), ("Bah", "به"), ("Roz", "رز"), ("Shah", "شه"), ("Far", "فر"), ("Mor", "مر"), ("Nad", "ند"),
    ("Jaf", "جف"), ("Sol", "سل"), ("Hash", "هش"), ("Kaz", "کظ"), ("Tav", "تو"), ("Gol", "گل"), ("Dar", "در"),
    ("Pour", "پور"), ("Zam", "زم"),
)  # fmt: skip
PERSIAN_MIDDLE = (("im", "یم"), ("am", "ام"), ("ab", "اب"), ("ar", "ار"), ("er", "ر"), ("in", "ین"), ("ud", "ود"), ("ash", "اش"))
PERSIAN_LAST = (("i", "ی"), ("zadeh", "زاده"), ("pour", "پور"), ("ian", "یان"), ("nia", "نیا"), ("nejad", "نژاد"), ("far", "فر"))
AT_ONCE = 20_000


@dataclass(frozen=True)
class Invented:
    """A person's given name and surname, in Latin letters and in the other script."""

    given: tuple[str, str]
    surname: tuple[str, str]
    script: str

    @property
    def latin(self) -> str:
        return f"{self.given[0]} {self.surname[0]}"

    @property
    def other(self) -> str:
        return f"{self.given[1]} {self.surname[1]}"


def invented(count: int, chance: random.Random) -> Iterator[Invented]:
    """People: three of four with Slavic names, the others with Persian ones."""
    for _ in range(count):
        if chance.random() < 0.75:
            yield Invented(_common(SLAVIC, chance), _joined(chance, FIRST, MIDDLE, LAST), "Cyrl")
        else:
            yield Invented(_common(PERSIAN, chance), _joined(chance, PERSIAN_FIRST, PERSIAN_MIDDLE, PERSIAN_LAST), "Arab")


def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (place + 3) for place in range(count)))


_WEIGHTS = {
    len(each): _weights(len(each)) for each in (SLAVIC, PERSIAN, FIRST, MIDDLE, LAST, PERSIAN_FIRST, PERSIAN_MIDDLE, PERSIAN_LAST)
}


def _common(names: tuple[tuple[str, str], ...], chance: random.Random) -> tuple[str, str]:
    return chance.choices(names, cum_weights=_WEIGHTS[len(names)])[0]


def _joined(chance: random.Random, *parts: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    chosen = [_common(part, chance) for part in parts]
    # A second syllable for half of them, so that surnames are as many as they are in life.
    if chance.random() < 0.5:
        chosen.insert(2, _common(parts[1], chance))
    return "".join(latin for latin, _ in chosen), "".join(other for _, other in chosen)
