"""How fast an import is: fictional files with every column and with the usual ones, beside COPY of the same bytes.

    .venv/bin/python -m bench.import_cases [ROWS]

It works on a database of its own, which it makes beforehand and drops afterwards.
"""

import csv
import datetime
import io
import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

GIVEN = ["Alieś", "Bahdan", "Ciemra", "Daryna", "Ehor", "Hanna", "Ihnat", "Jadzia", "Kastuś", "Łarysa", "Maksim", "Natalla"]
STEMS = ["Hara", "Leś", "Vierab", "Sinic", "Žurav", "Kali", "Biaroz", "Kry", "Voŭk", "Sakal", "Jaŭhi", "Mara"]
ENDS = ["novič", "čuk", "enka", "ski", "ik", "eŭ", "ka", "uk"]
REGIONS = ["BY-BR", "BY-HM", "BY-HO", "BY-HR", "BY-MA", "BY-MI", "BY-VI"]
OCCUPATIONS = ["journalist", "student", "worker", "it_worker", "teacher", "engineer", "doctor"]
TREATMENTS = ["torture", "denied_medical_care", "solitary", "denied_letters"]
ARTICLES = ["CC 342(1)", "CC 293(2)", "CC 368(1)", "CC 130(1)"]
MAPPING = "".join(
    f'[[statute]]\ncountry = "BY"\nlaw = "CC"\narticle = "{article}"\npart = "{part}"\ntitle = "Article {article}"\n'
    for article, part in [("342", "1"), ("293", "2"), ("368", "1"), ("130", "1")]
)


USUAL = [
    *("case_id", "name", "gender", "born", "country", "region", "arrested", "released", "mechanism", "articles"),
    *("recognised", "recognised_by", "source_url", "source_title"),
]


def make_row(number: int, chance: random.Random) -> dict[str, str]:
    """A person who never was."""
    name = f"{chance.choice(GIVEN)} {chance.choice(STEMS)}{chance.choice(ENDS)} {number}"
    day = datetime.timedelta(days=1)
    is_second_arrest = number % 20 == 0  # of the person of the row before, who was out by then
    arrested = datetime.date(2024 if is_second_arrest else 2020, 8, 9) + chance.randrange(400) * day
    is_released = number % 20 == 19 or chance.random() < 0.4
    row = {
        "case_id": f"c{number}",
        "person_id": f"p{number - is_second_arrest}",
        "name": name,
        "names": f"be:Імя {number}|ru:Имя {number}",
        "gender": chance.choice(["female", "male"]),
        "born": str(datetime.date(1950, 1, 1) + datetime.timedelta(days=chance.randrange(18_000))),
        "died": "",
        "country": "BY",
        "region": chance.choice(REGIONS),
        "place": f"Town {chance.randrange(400)}",
        "home_region": chance.choice(REGIONS),
        "occupations": ";".join(chance.sample(OCCUPATIONS, chance.choice([1, 1, 2]))),
        "arrested": str(arrested),
        "released": str(arrested + chance.randrange(30, 400) * day) if is_released else "",
        "mechanism": chance.choice(["sentence_served", "pardon", "unknown"]) if is_released else "",
        "pardon": "",
        "articles": ";".join(chance.sample(ARTICLES, chance.choice([1, 1, 2]))),
        "context": "2020 election protests",
        "case": f"Case {chance.randrange(3000)}",
        "facility": f"Colony {chance.randrange(40)}",
        "sentence_kind": "imprisonment",
        "sentence_months": str(chance.randrange(3, 180)),
        "sentence_ends": str(arrested + chance.randrange(100, 4000) * day),
        "recognised": str(arrested + chance.randrange(5, 200) * day),
        "recognised_by": "Fictional Monitor",
        "treatments": chance.choice(TREATMENTS),
        "last_confirmed": str(arrested + chance.randrange(0, 25) * day),
        "visibility": "named",
        "summary": f"A fictional person, number {number}, made to measure how fast an import is.",
        "source_url": f"https://example.org/cases/{number}",
        "source_title": f"Case {number}",
        "source_date": str(arrested + chance.randrange(1, 20) * day),
    }
    return row | dict.fromkeys(("gender", "born", "home_region", "summary"), "") if is_second_arrest else row


def make_file(path: Path, rows: int, columns: list[str]) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(make_row(number, chance) for number in range(1, rows + 1))


def measure(rows: int, columns: list[str], folder: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    path, mapping = folder / "cases.csv", folder / "mapping.toml"
    make_file(path, rows, columns)
    mapping.write_text(MAPPING, encoding="utf-8")
    with connection.cursor() as cursor:
        texts = ", ".join(f'"{column}" text' for column in columns)
        cursor.execute(f"CREATE TABLE bench_texts ({texts})")
        began = time.perf_counter()
        with path.open(encoding="utf-8") as file:
            cursor.copy_expert("COPY bench_texts FROM STDIN (FORMAT csv, HEADER)", file)
        say("COPY of the bytes", rows, time.perf_counter() - began)
    for label in ("import", "the same file again"):
        began = time.perf_counter()
        call_command("import_cases", str(path), mapping=mapping, publish=True, stdout=io.StringIO())
        say(label, rows, time.perf_counter() - began)


def say(label: str, rows: int, seconds: float) -> None:
    print(f"{label}: {rows} rows in {seconds:.1f} s, {rows / seconds:.0f} rows/s")


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for columns in (list(make_row(1, random.Random(1))), USUAL):
        print(f"{len(columns)} columns")
        # destroy_test_db puts this name back, so that the next database isn't named after the last.
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            with tempfile.TemporaryDirectory() as folder:
                measure(rows, columns, Path(folder))
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
