"""How fast names are found among a million: a list of a hundred, and one search, beside the database's own and an exact look-up.

    .venv/bin/python -m bench.search [PEOPLE]

The list holds names of people who are there, each in the script in which they are *not* stored (or, stored in both, in either), a
third with a slip, a third turned round. It works on a database of its own, which it makes beforehand and drops afterwards.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

DAY = date(2024, 1, 15)
LISTED, SEARCHES, ROUNDS = 100, 40, 5
# The site itself has no such index.
INDEX = "CREATE INDEX by_trigrams ON prisoners_name USING gin (upper(text) gin_trgm_ops)"
TRIGRAMS = """
SELECT prisoner_id FROM prisoners_name WHERE upper(text) %% upper(%s) ORDER BY similarity(upper(text), upper(%s)) DESC LIMIT 10
"""
EXACT = "SELECT prisoner_id FROM prisoners_name WHERE upper(text) LIKE upper(%s)"


def with_a_slip(text: str, chance: random.Random) -> str:
    """A name with one letter left out, doubled, changed for another of it, or two changed about; not the first of a word."""
    places = [at for at in range(1, len(text) - 1) if text[at - 1 : at + 2].isalpha() and text[at - 1] != " "]
    at = chance.choice(places)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + chance.choice([c for c in text.lower() if c.isalpha()]) + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def turned(text: str) -> str:
    return " ".join(reversed(text.split()))


def listed(made: list[Any], chance: random.Random) -> list[tuple[int, str, str]]:
    """Names as a list in another script would have them: the person's key, the text, and what was done to it.

    With a slip that makes the name, but for one letter, somebody else's, nobody could tell whom it names: another is drawn.
    """
    out = []
    spelt = {text for person in made for text in (person.latin, person.other)}
    for at in range(LISTED):
        place = chance.randrange(len(made))
        person = made[place]
        # Those at places 1, 4, 7 … are stored in Latin letters alone, those at 2, 5, 8 … in the other script alone.
        right = person.latin if place % 3 == 2 else person.other
        done = ("", "slip", "turned")[at % 3]
        text = with_a_slip(right, chance) if done == "slip" else turned(right) if done == "turned" else right
        while done == "slip" and any(other != right for other, _, _ in extract(text, spelt, scorer=OSA.distance, score_cutoff=1)):
            text = with_a_slip(right, chance)
        out.append((place + 1, text, done))
    return out


def spent(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


def measure_list(made: list[Any], chance: random.Random) -> None:
    from prisoners.finding import find
    from prisoners.models import Prisoner

    asked = listed(made, chance)
    texts = [text for _, text, _ in asked]
    seconds = [spent(lambda: find(texts)) for _ in range(ROUNDS)]
    among = spent(lambda: find(texts, among=Prisoner.objects.named()))
    found = find(texts)
    names = {key: {person.latin, person.other} for key, person in enumerate(made, 1)}
    first = [bool(each) and each[0].prisoner_id == key for (key, _, _), each in zip(asked, found, strict=True)]
    # Several people can have the very name: then any of them is right.
    same = [bool(each) and bool(names[each[0].prisoner_id] & names[key]) for (key, _, _), each in zip(asked, found, strict=True)]
    print(
        f"a list of {LISTED}: {min(seconds):.2f} s (first look {seconds[0]:.2f}, among the named {among:.2f}), "
        f"the very person first {sum(first)}, one of their name first {sum(same)} (targets 2 s, 95)"
    )
    for (key, text, done), each, right in zip(asked, found, same, strict=True):
        if not right:
            person = made[key - 1]
            print(
                f"  not first: {text} ({done or 'as it is'}) for {person.latin} / {person.other}; {len(each)} found, first "
                f"{each[0].text if each else '–'}"
            )


def measure_searches(made: list[Any], chance: random.Random) -> None:
    from django.db import connection

    from prisoners.finding import find

    asked = listed(made, chance)[:SEARCHES]
    texts = [text for _, text, _ in asked]
    ours = median([spent(partial(find, [text])) for text in texts])

    def run(sql: str, values: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute(INDEX)

    theirs = median([spent(partial(run, TRIGRAMS, [text, text])) for text in texts])
    exact = median([spent(partial(run, EXACT, [text])) for text in texts])
    print(
        f"one name (median of {len(asked)}): found in {ours * 1000:.1f} ms; by the database's trigrams {theirs * 1000:.1f} ms, "
        f"ratio {ours / theirs:.2f}; looked up exactly {exact * 1000:.1f} ms, ratio {ours / exact:.1f}"
    )


def first_page(text: str) -> None:
    """Whom a search finds, how many, and the first of them in order, as a list has them."""
    from django.http import QueryDict

    from counts.listing import PAGE_SIZE, Listing

    query = QueryDict(mutable=True)
    query["q"] = text
    listing = Listing(query, today=DAY)
    _ = listing.total
    list(listing.ledger_rows().values_list("prisoner_id")[:PAGE_SIZE])


def measure_lists(made: list[Any], chance: random.Random) -> None:
    texts = [text for _, text, _ in listed(made, chance)[:SEARCHES]]
    seconds = sorted(spent(partial(first_page, text)) for text in texts)
    print(
        f"a search as lists ask it (people, total, first page in order): median {median(seconds) * 1000:.0f} ms, "
        f"nine of ten within {seconds[len(seconds) * 9 // 10] * 1000:.0f} ms (target 50 ms)"
    )


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from bench import _people_rows

    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], False
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_search"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        began = time.perf_counter()
        made = _people_rows.write(people, random.Random(1905))
        print(f"{people:,} people, written in {time.perf_counter() - began:.0f} s")
        measure_list(made, random.Random(2020))
        measure_searches(made, random.Random(2021))
        measure_lists(made, random.Random(2022))
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
