"""Different people whose names are near, and some drawn at random."""

import hashlib
import random
from collections.abc import Iterator

from .pairs import DIFFERENT, Pair
from .slavic_parts import Person, Slavic, feminine
from .slavic_writing import Writing, written

# People everybody knows, as fingerprints of given name and surname, so that this file names nobody.
KNOWN_AS_TEXT = """
    a742dd98e8 22b1168ef5 53d1115619 103563e7d1 bffa3782a6 292e83171f 29929fe689 8666190c57 19a2beea6f 37444bb818 af87ea5368
    ff36ea2ace 5a1badc40e 71325d55e2 f87af0571e 1956cba9d4 3dedd68ef5 39971a663a 396246a439 a829995d0b 4f32743a2d 87e78163b3
    6b63bf7aaa 5846e64590 3d5ade7c33 8200da4ef8 8eb89da6ea 5613e9cdb7 6cc5e5e152 4dcedf96da 469c577bb9 641cff1b59 4c449a31d8
    0b131614f8 81973450fc 97e6c1f7dd 41e89fcd66 5c1b8ca069 ce194c5f58 4ba5ec2b11 f228988490 22b1e47031 fea88c19e6 9d402eda5d
    fae2464ae0 84b7ec4f86 924e0d7553 b85d3a3f06 33edb52828 d990d6dbcc 736eb4b827 db65cc5129 7dc13ec158 1690367849 f6137e4f01
    f77fa6a608 445c70184c c7091353bf efed877db1 e4fcbf5a39 bf3fcc9b42 332fd82447 7d31193111 c5eae2d6c1 0eefe9276d 6af5df1b0d
    4da4fa9046 0117ef94e7 c468e0956c 564eace142 895449a9e5 07f1e1bded 41cef393df 9ed9b0e34a 72e7402229 8fc49fb781 1e3577bb88
"""
KNOWN = frozenset(KNOWN_AS_TEXT.split())
WAYS = {
    "by": ("be be", "ru ru", "be ru", "be passport", "ru passport", "ru latin", "latin latin", "passport passport",
           "passport latin", "lacinka ru", "official be", "official passport", "be latin", "mixed ru", "de ru", "pl ru", "fr ru"),
    "ua": ("uk uk", "ru ru", "uk ru", "uk official", "uk passport", "ru passport", "passport passport", "passport latin",
           "official ru", "de uk", "pl uk", "fr ru"),
}  # fmt: skip
PATRONYMIC_WAYS = {
    "by": ("be be", "ru ru", "be ru", "ru passport", "ru latin", "passport latin"),
    "ua": ("uk uk", "uk ru", "ru passport"),
}
NEAR_GIVEN = (
    "Алена Алина", "Мария Марина", "Ирина Марина", "Андрей Антон", "Егор Игорь", "Григорий Егор", "Олег Игорь",
    "Виталий Виктор", "Вадим Виталий", "Василий Виталий", "Оксана Анна", "Ксения Оксана", "Роман Богдан", "Денис Дмитрий",
    "Вадим Максим", "Юлия Лидия", "Зоя Юлия", "Вероника Валерия", "Виктория Валерия", "Анна Алина", "Елена Алина",
    "Сергей Георгий", "Владимир Вячеслав", "Пётр Яков", "Инна Нина", "Вера Валентина", "Наталья Валентина", "Нина Ирина",
    "Борис Руслан", "Никита Николай", "Илья Иван", "Маргарита Лариса", "Ольга Вера", "Александра Валентина",
)  # fmt: skip
TWO_GENDERS = ("Валерий Валерия", "Евгений Евгения", "Виктор Виктория", "Александр Александра", "Валентин Валентина")
MOST_TRIES = 50


def is_known(person: Person) -> bool:
    given, surname = person.key[1:]
    return hashlib.sha256(f"{given} {surname}".encode()).hexdigest()[:10] in KNOWN


def russian(row) -> str:
    return dict(row)["ru"][0]


def given_by_name(tables: Slavic, name: str):
    return next((row for _, row in tables.given if russian(row) == name), None)


def two_written(one: Person, other: Person, rng: random.Random, **how) -> tuple[str, str] | None:
    if is_known(one) or is_known(other):
        return None
    left, right = rng.choice(WAYS[one.origin]).split()
    last_first = rng.random() < 0.2
    return (
        written(one, Writing(left, surname_first=last_first, **how), rng),
        written(other, Writing(right, surname_first=rng.random() < 0.2, **how), rng),
    )


def another(rows, row, rng: random.Random):
    return rng.choice([other for other in rows if russian(other) != russian(row)])


def near_surnames(tables: Slavic, person: Person):
    start = russian(person.surname)[:4]
    return [row for row in tables.surnames(person.origin) if russian(row)[:4] == start and row != person.surname]


def declines(person: Person) -> bool:
    style = "be" if person.origin == "by" else "uk"
    word = dict(person.surname)[style][0]
    return feminine(word, style, person.origin) != word


def brothers(tables, person, rng):
    """One surname and gender, another given name; half of them with the father's name, the same."""
    other = person.with_(given=another(tables.givens(person.gender), person.given, rng))
    return two_written(person, other, rng, patronymic=rng.choice(("", "full")))


def other_surname(tables, person, rng):
    """One given name, another surname; some with the same father's name too."""
    other = person.with_(surname=another(tables.surnames(person.origin), person.surname, rng))
    return two_written(person, other, rng, patronymic=rng.choice(("", "", "full")))


def near_surname(tables, person, rng):
    near = near_surnames(tables, person)
    return two_written(person, person.with_(surname=rng.choice(near)), rng) if near else None


def gender_ending(tables, person, rng):
    """A man and a woman whose given names differ by the ending alone, or by nothing once abbreviated."""
    if not declines(person):
        return None
    if rng.random() < 0.4:
        man = person.with_(gender="m", given=rng.choice(tables.givens("m")))
        women = [row for row in tables.givens("f") if russian(row)[0] == russian(man.given)[0]]
        if not women or is_known(man):
            return None
        woman = man.with_(gender="f", given=rng.choice(women))
        ways = rng.choice(("ru ru", "ru latin", "latin latin", "ru ru")).split()
        one, other = (written(p, Writing(way, given="initial"), rng) for p, way in zip((man, woman), ways, strict=True))
        return one, other
    return two_genders(tables, person, rng)


def two_genders(tables, person, rng):
    pairs = [names.split() for names in TWO_GENDERS]
    rows = [(given_by_name(tables, man), given_by_name(tables, woman)) for man, woman in pairs]
    man, woman = rng.choice([row for row in rows if all(row)])
    return two_written(person.with_(gender="m", given=man), person.with_(gender="f", given=woman), rng)


def gender_given(tables, person, rng):
    """Likewise, where the surname has one form for both."""
    return None if declines(person) else two_genders(tables, person, rng)


def husband_wife(tables, person, rng):
    man = person.with_(gender="m", given=rng.choice(tables.givens("m")))
    return two_written(man, person.with_(gender="f", given=rng.choice(tables.givens("f"))), rng)


def near_given(tables, person, rng):
    names = rng.choice(NEAR_GIVEN).split()
    one, other = (given_by_name(tables, name) for name in names)
    if not one or not other:
        return None
    gender = next(of for of, row in tables.given if row == one)
    return two_written(person.with_(gender=gender, given=one), person.with_(gender=gender, given=other), rng)


def fathers_of(tables, person):
    """The given name's own patronymic, where the table has it."""
    stem = russian(person.given)[:4]
    return [row for row in tables.fathers if row[2][:4] == stem]


def father_son(tables, person, rng):
    """Father and son who exchange their two names: Andrei Pavlovich, Pavel Andreevich."""
    father = person.with_(gender="m", given=rng.choice(tables.givens("m")))
    own = fathers_of(tables, father)
    fitting = [row for row in tables.givens("m") if fathers_of(tables, father.with_(given=row))]
    if not own or not fitting:
        return None
    son = father.with_(given=rng.choice(fitting), father=own[0])
    grandfather = fathers_of(tables, son)[0]
    if son.given == father.given:
        return None
    return patronymics_written(father.with_(father=grandfather), son, rng)


def other_patronymic(tables, person, rng):
    other = person.with_(father=rng.choice([row for row in tables.fathers if row != person.father]))
    return patronymics_written(person, other, rng)


def patronymics_written(one, other, rng):
    if is_known(one) or is_known(other):
        return None
    left, right = rng.choice(PATRONYMIC_WAYS[one.origin]).split()
    first = rng.random() < 0.4
    return tuple(
        written(p, Writing(way, patronymic="full", surname_first=first), rng) for p, way in ((one, left), (other, right))
    )


def strangers(tables, person, rng):
    other = tables.person(rng, person.origin)
    return two_written(person, other, rng) if other.key[1] != person.key[1] and other.key[2] != person.key[2] else None


KINDS = (
    ("brothers", brothers, 170), ("other-surname", other_surname, 200), ("near-surname", near_surname, 140),
    ("gender-ending", gender_ending, 160), ("gender-given", gender_given, 40), ("husband-wife", husband_wife, 60),
    ("near-given", near_given, 70), ("father-son", father_son, 50), ("other-patronymic", other_patronymic, 60),
    ("random", strangers, 150),
)  # fmt: skip


def pairs(tables: Slavic, rng: random.Random, share: float) -> Iterator[Pair]:
    """Pairs of different people, each kind with its number; a draw that doesn't fit its kind is drawn anew."""
    seen: set[tuple[str, str]] = set()
    for kind, make, many in KINDS:
        made, wanted = 0, round(many * share)
        for _ in range(wanted * MOST_TRIES):
            if made == wanted:
                break
            person = tables.person(rng, rng.choice(("by", "by", "by", "ua")))
            names = make(tables, person, rng)
            if names and names not in seen:
                seen.add(names)
                made += 1
                yield Pair(*names, DIFFERENT, kind)
