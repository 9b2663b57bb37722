"""Lists in whatever shape: nothing of them is lost, and a list reads the same however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.intake.reading import Kind, read_list

NAMES = [
    *("Ivan Petrov", "Siarhei Kavaliou", "Anna Sidorova", "Maria Novak", "Juan García López", "Nguyễn Văn Bình"),
    *("Иванов Иван Иванович", "Анна Сидорова", "Аляксандр Новік", "Сяргей Каваль", "Оксана Мельник", "И. И. Петров"),
    *("حسین رضایی", "مریم کریمی"),
]
FORMATS = {
    "lines": "\n".join,
    "windows lines": "\r\n".join,
    "blank lines": "\n\n".join,
    "numbers": lambda names: "\n".join(f"{n}. {name}" for n, name in enumerate(names, start=1)),
    "brackets": lambda names: "\n".join(f"{n}) {name}" for n, name in enumerate(names, start=1)),
    "numero": lambda names: "\n".join(f"№ {n} {name}" for n, name in enumerate(names, start=1)),
    "bullets": lambda names: "\n".join(f"• {name};" for name in names),
    "dashes": lambda names: "\n".join(f"- {name}" for name in names),
    "tabs": lambda names: "\n".join(f"{n}\t{name}" for n, name in enumerate(names, start=1)),
    "commas": ", ".join,
    "semicolons": "; ".join,
    "Persian commas": "، ".join,
    "and": lambda names: " and ".join(names),
    "и": lambda names: ", ".join(names[:-1]) + (" и " if names[1:] else "") + names[-1] + ".",
    "و": lambda names: " و ".join(names),
    "headed": lambda names: "Список помилованных:\n" + "\n".join(names),
    "years": lambda names: "\n".join(f"{name}, 1987 г.р." for name in names),
}


def people(text):
    return [entry.name for entry in read_list(text) if entry.kind is Kind.NAME]


def first(text):
    return next(entry for entry in read_list(text) if entry.kind is not Kind.IGNORED)


@given(st.text())
def test_every_character_stands_in_some_entry(text):
    assert "".join(entry.source for entry in read_list(text)) == text


PIECES = [
    *NAMES,
    "\n",
    ", ",
    "; ",
    " and ",
    " и ",
    "1. ",
    "• ",
    "(",
    ")",
    "1987 г.р.",
    "ст. 342 ч. 1",
    "34 года",
    "г. Минск",
    ":",
    "\t",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_every_character_of_what_looks_like_a_list_stands_in_some_entry(text):
    entries = read_list(text)
    assert "".join(entry.source for entry in entries) == text
    assert [entry.line for entry in entries] == sorted(entry.line for entry in entries)
    assert all(entry.name or entry.kind is not Kind.NAME for entry in entries)


@pytest.mark.parametrize("written", FORMATS.values(), ids=FORMATS)
@given(names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=12))
def test_list_reads_the_same_in_every_format(written, names):
    assert people(written(names)) == names


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Иванов Иван, 1987 г.р.", "1987"),
        ("Иванов Иван, 1987 г. р.", "1987"),
        ("Иванов Иван (1987)", "1987"),
        ("Иванов Иван, р. 1987", "1987"),
        ("Иванов Иван 1987 года рождения", "1987"),
        ("Ivan Petrov, 1987", "1987"),
        ("Ivan Petrov born 12.05.1987", "1987-05-12"),
        ("Ivan Petrov, born on 12 May 1987", "1987-05-12"),
        ("Иванов Иван, 12 мая 1987 г.р.", "1987-05-12"),
        ("Ivan Petrov (b. 1987-05-12)", "1987-05-12"),
        ("Ivan Petrov, 03/04/1987", "1987"),  # the third of April, or the fourth of March
        ("حسین رضایی متولد ۱۳۶۵", "1986/1987"),
        ("علی احمدی، متولد ۱۹۸۷", "1987"),
        ("Ivan Petrov, born 31.02.1987", ""),
        ("Ivan Petrov", ""),
    ],
)
def test_birth_is_read(text, born):
    assert (first(text).born, len(people(text))) == (born, 1)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        *(
            ("Иванов Иван, 34 года", 34),
            ("Ivan Petrov, aged 34", 34),
            ("Ivan Petrov (34)", 34),
            ("Ivan Petrov, 34 years old", 34),
        ),
        *(("علی احمدی ۳۴ ساله", 34), ("Іван Пятроў, 34 гады", 34), ("Ivan Petrov, 7", None), ("Ivan Petrov, aged 200", None)),
    ],
)
def test_age_is_read(text, age):
    assert (first(text).age, len(people(text))) == (age, 1)


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("Ivan Petrov, art. 342 part 1", ("342(1)",)),
        ("Иванов Иван, ст. 342 ч.1 УК", ("342(1)",)),
        ("Иванов Иван, ч. 1 ст. 342", ("342(1)",)),
        ("Іван Пятроў, арт. 342", ("342",)),
        ("Иванов Иван, ст. 342, 364 УК РБ", ("342", "364")),
        ("Ivan Petrov, article 361-4", ("361-4",)),
        ("Иванов Иван (ст. 130 ч. 3, ст. 342)", ("130(3)", "342")),
    ],
)
def test_articles_are_read(text, articles):
    assert (first(text).articles, len(people(text))) == (articles, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(("Ivan Petrov, Minsk", "Minsk"), ("Ivan Petrov (Minsk)", "Minsk"), ("Ivan Petrov from Minsk", "Minsk")),
        *(("Иванов Иван, г. Гомель", "Гомель"), ("Иванов Иван (Гомель, 1990)", "Гомель"), ("1\tПетров\tИван\tБрест", "Брест")),
    ],
)
def test_place_is_read(text, place):
    assert (first(text).place, len(people(text))) == (place, 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Petrov, Ivan", ["Petrov Ivan"]),
        ("Петров, Иван Иванович; Сидорова, Анна", ["Петров Иван Иванович", "Сидорова Анна"]),
        ("Ivanov, Petrov, Sidorov", ["Ivanov", "Petrov", "Sidorov"]),
        ("Juan García López y Pedro Ruiz", ["Juan García López", "Pedro Ruiz"]),
        ("张伟、李娜、王芳", ["张伟", "李娜", "王芳"]),
        ("4\tПетров\tИван\tИванович\t1987\tМинск", ["Петров Иван Иванович"]),
        ("Ivan Petrov and Maria Novak were pardoned on Monday.", ["Ivan Petrov", "Maria Novak"]),
        ("Freed: Ivan Petrov, Anna Novak.", ["Ivan Petrov", "Anna Novak"]),
        ("иванов иван", ["иванов иван"]),
        ("иванов иван, Минск", ["иванов иван"]),
        ("петров Иван", ["петров Иван"]),
        ("Петров иван", ["Петров иван"]),
        ("1) петров иван иванович, 1987 г.р.", ["петров иван иванович"]),
        ("ivan petrov, anna novak and maria kavalenka", ["ivan petrov", "anna novak", "maria kavalenka"]),
        ("ivan petrov and anna novak were pardoned", ["ivan petrov", "anna novak"]),
        ("освобождены: иванов иван, анна сидорова", ["иванов иван", "анна сидорова"]),
        ("van der berg jan", ["van der berg jan"]),
        ("nguyen van an", ["nguyen van an"]),
        ("ИВАНОВ И И", ["ИВАНОВ И И"]),
        ("Dr. Maria Novak", ["Maria Novak"]),
        ("Pan Wei", ["Pan Wei"]),
        ("Петров И И", ["Петров И И"]),
        ("Novak, Dan Ivan", ["Novak", "Dan Ivan"]),
        ("Петров И. И.", ["Петров И. И."]),
    ],
)
def test_names_are_found_where_they_stand(text, names):
    assert people(text) == names


@pytest.mark.parametrize("text", ["", "\n", "12\n", "— — —", "Список помилованных", "№\tФИО\tГод рождения", "# Names"])
def test_what_names_nobody_is_ignored_and_kept(text):
    assert [(entry.kind, entry.source) for entry in read_list(text)] == ([(Kind.IGNORED, text)] if text else [])


@pytest.mark.parametrize(
    "text",
    [
        *("several others whose names were not given to us", "кроме того ещё восемь человек из тюрьмы"),
        *("pardoned on monday", "others unknown", "не установлено", "ещё двое", "неизвестный мужчина", "освобождены вчера"),
        *("указ президента", "дополнительный список", "из них женщин 3", "гомельская область", "ГОМЕЛЬСКАЯ ОБЛАСТЬ"),
        "ИТОГО ПО СПИСКУ",
    ],
)
def test_words_without_a_name_are_told_as_not_read(text):
    assert [(entry.kind, entry.rest) for entry in read_list(text)] == [(Kind.UNREAD, text)]
