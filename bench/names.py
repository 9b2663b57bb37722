"""How fast names are compared, beside rapidfuzz's own score of the same texts; on one core, after names were prepared.

    .venv/bin/python -m bench.names [PAIRS]

The target is 50,000 comparisons a second. Pairs are what blocking leaves: names that share a word or a surname's sound, in
several scripts. The cache of word pairs is emptied before each round, so that what is measured is a first look at a list.
"""

import random
import sys
import time

from rapidfuzz import fuzz

from prisoners.names import Parsed, compared, keys, parsed
from prisoners.names.scoring import word_score

GIVEN = (
    *("Siarhei", "Сергей", "Ivan", "Иван", "Dzmitry", "Дмитро", "Volha", "Ольга"),
    *("Alena", "Елена", "Мікалай", "Mykola", "Aliaksandr", "Олександр", "Ganna", "Анна"),
)
SURNAMES = ["Petrouski", "Петровский", "Kavalenka", "Коваленко", "Shauchuk", "Шевчук", "Novikau", "Новиков", "Hrynkevich"]
ENDINGS = ["", "", " Ivanavich", " Иванович", " Siarheeuna"]
ROUNDS = 5


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


if __name__ == "__main__":
    main()
