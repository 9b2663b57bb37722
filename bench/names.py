"""How fast names are compared, beside rapidfuzz's own score of the same texts; on one core, after names were prepared.

    .venv/bin/python -m bench.names [PAIRS]

The target is 50,000 comparisons a second. Pairs are what blocking leaves: names that share a word or a surname's sound, in
several scripts. The cache of word pairs is emptied before each round, so that what is measured is a first look at a list.
"""

import random
import sys
import time
from collections import Counter

from rapidfuzz import fuzz

from prisoners.names import Parsed, compared, keys, parsed
from prisoners.names import given as given_names
from prisoners.names.scoring import word_score

GIVEN = (
    *("Siarhei", "Сергей", "Ivan", "Иван", "Dzmitry", "Дмитро", "Volha", "Ольга"),
    *("Alena", "Елена", "Мікалай", "Mykola", "Aliaksandr", "Олександр", "Ganna", "Анна"),
)
SURNAMES = ["Petrouski", "Петровский", "Kavalenka", "Коваленко", "Shauchuk", "Шевчук", "Novikau", "Новиков", "Hrynkevich"]
ENDINGS = ["", "", " Ivanavich", " Иванович", " Siarheeuna"]
ROUNDS = 5
CROWD = 200_000
CYRILLIC = frozenset(map(chr, range(0x400, 0x530)))


def made(count: int, chance: random.Random) -> list[str]:
    """Invented names: a given one, a surname with a syllable before it for variety, now and then a patronymic."""
    syllables = ["", "Ba", "Ка", "Lu", "Ма", "Ro", "Са", "Vi", "За"]
    return [
        f"{chance.choice(GIVEN)}{chance.choice(ENDINGS)} {chance.choice(syllables)}{chance.choice(SURNAMES).lower()}"
        for _ in range(count)
    ]


def after_blocking(names: list[str], count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Pairs of names that share a key, as the database would hand them over."""
    by_key: dict[str, list[str]] = {}
    for name in names:
        for key in keys(name):
            by_key.setdefault(key, []).append(name)
    blocks = [block for block in by_key.values() if len(block) > 1]
    return [(chance.choice(block), chance.choice(block)) for block in chance.choices(blocks, k=count)]


def crowd(count: int, chance: random.Random) -> list[str]:
    """Many invented names, some surnames far more frequent than others, as in life (Zipf)."""
    first = "ba ve ga do zhu ka li mo na pa ra so ta shu kha"
    stems = [a + b + c for a in first.split(" ") for b in "bldrnmkst" for c in "aeiou"]
    endings = "ouski", "enka", "evich", "uk", "ou"
    surnames = [stem + middle + ending for stem in stems for middle in "rlnvtkz" for ending in endings]
    chance.shuffle(surnames)
    weights = [1 / (place + 20) for place in range(len(surnames))]
    given = [form for _, _, full, _ in given_names.rows() for form in full[:1] if form[0] in CYRILLIC]
    weighted = [1 / (place + 5) for place in range(len(given))]
    pairs = zip(chance.choices(given, weighted, k=count), chance.choices(surnames, weights, k=count), strict=True)
    return [f"{one} {other}" for one, other in pairs]


def show_candidates(count: int, chance: random.Random) -> None:
    """How many of a crowd the keys of one name find: the smaller, the fewer comparisons."""
    names = crowd(count, chance)
    holders: Counter[str] = Counter()
    sizes = []
    for name in names:
        found = keys(name)
        sizes.append(len(found))
        holders.update(found)
    print(f"{count:,} names, {sum(sizes) / count:.1f} keys each (at most {max(sizes)})")
    for kind in "pitd":
        asked = []
        for name in chance.choices(names, k=2000):
            of_kind = [holders[key] for key in keys(name) if key[0] == kind]
            asked.append(sum(of_kind) if kind in "pi" else min(of_kind, default=0))
        asked.sort()
        print(f"  {kind}: half of the names find at most {asked[1000]}, 95 in 100 at most {asked[1900]}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    chance = random.Random(2021)
    texts = after_blocking(made(5_000, chance), count, chance)
    prepared: list[tuple[Parsed, Parsed]] = [(parsed(a), parsed(b)) for a, b in texts]
    ours = theirs = preparing = float("inf")
    for _ in range(ROUNDS):
        word_score.cache_clear()
        began = time.perf_counter()
        for a, b in prepared:
            compared(a, b)
        ours = min(ours, time.perf_counter() - began)
        began = time.perf_counter()
        for x, y in texts:
            fuzz.token_sort_ratio(x, y)
        theirs = min(theirs, time.perf_counter() - began)
        parsed.cache_clear()
        began = time.perf_counter()
        for x, _ in texts[:5000]:
            parsed.__wrapped__(x)
        preparing = min(preparing, time.perf_counter() - began)
    print(f"{count / ours:,.0f} comparisons a second; token_sort_ratio {count / theirs:,.0f}; ratio {theirs / ours:.2f}")
    print(f"{5000 / preparing:,.0f} names prepared a second, their words known")
    show_candidates(CROWD, chance)


if __name__ == "__main__":
    main()
