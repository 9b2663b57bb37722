"""Rules on releases and pardons that span tables, and the command that lists what breaks any such rule."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from prisoners.models import Arrest, Judgment
from prisoners.rules import broken
from releases.contradictions import Contradiction, contradictions
from releases.models import Pardon, PardonLine, Release, VoidRelease, Wave
from releases.rules import RULES
from tests.contradictions import name_of, raw_update, refusal
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db


def void(arrest, happened_on):
    return VoidRelease(arrest=arrest, mechanism_id="pardon", happened_on=happened_on, because="Taken back.")


@pytest.mark.parametrize("day", ["2020-08-08", "2020-07", "2021-05-02", "2022/.."])
def test_void_release_outside_its_arrest_is_refused(day):
    arrest = make_arrest(began="2020-08-09", ended="2021-05-01")
    assert name_of(refusal(lambda: VoidRelease.objects.bulk_create([void(arrest, day)]))) == "void_release_within_arrest"


@pytest.mark.parametrize("day", ["2020-08-09", "2021-05-01", "2020", "../2021", "2021/..", None])
def test_void_release_within_its_arrest_is_let_through(day):
    arrest = make_arrest(began="2020-08-09", ended="2021-05-01")
    assert refusal(void(arrest, day).save) is None


@pytest.mark.parametrize(
    ("turned", "kept"), [({"began": "2021-02"}, {"began": "2021"}), ({"ended": "2020-12"}, {"ended": "2021"})]
)
def test_arrest_moved_past_its_void_release_is_refused_and_names_it(turned, kept):
    arrest = make_arrest()
    release = void(arrest, "2021-01-31")
    release.save()
    assert refusal(lambda: raw_update(arrest, kept)) is None
    found = refusal(lambda: raw_update(arrest, turned))
    assert name_of(found) == "void_release_within_arrest"
    assert f"void release {release.pk} of 2021-01-31" in found[1]


@pytest.mark.parametrize("day", ["2020-08-08", "2020-08", "2021-05-01", "2021-05-02", "../2019", "2022/..", None])
def test_rule_of_forms_is_that_of_the_database(day):
    release = void(make_arrest(began="2020-08-09", ended="2021-05-01"), day)
    release.save()
    in_forms = [rule.name for rule, _ in broken(RULES, VoidRelease.objects.get())]
    assert in_forms == [one.rule for one in contradictions()]
    release.delete()


@pytest.fixture
def pardon():
    return Pardon.objects.create(slug="first", title="First", wave=Wave.objects.create(slug="autumn", title="Autumn"))


def line(pardon, position, arrest):
    return lambda: PardonLine.objects.bulk_create([PardonLine(pardon=pardon, position=position, as_written="x", arrest=arrest)])


def test_two_lines_of_a_pardon_for_two_arrests_of_one_person_are_refused(pardon):
    first = make_arrest(ended="2021")
    second = make_arrest(first.prisoner, began="2023")
    assert refusal(line(pardon, 1, first), line(pardon, 2, make_arrest()), line(pardon, 3, None)) is None
    assert name_of(refusal(line(pardon, 4, second))) == "pardon_line_person_once"
    assert refusal(line(pardon, 4, second), PardonLine.objects.filter(arrest=first).delete) is None


def test_one_person_may_stand_in_two_pardons(pardon):
    first = make_arrest(ended="2021")
    other = Pardon.objects.create(slug="second", title="Second", wave=pardon.wave)
    assert refusal(line(pardon, 1, first), line(other, 1, make_arrest(first.prisoner, began="2023"))) is None


def test_arrest_moved_to_somebody_whom_the_pardon_names_already_is_refused(pardon):
    first, second = make_arrest(ended="2021"), make_arrest(began="2023")
    assert refusal(line(pardon, 1, first), line(pardon, 2, second)) is None
    move = Arrest.objects.filter(pk=second.pk).update
    found = refusal(lambda: move(prisoner=first.prisoner))
    words = "Another line of this pardon is matched to another arrest of this person."
    assert found == ("pardon_line_person_once", f"{words} (pardon {pardon.pk}, line 2 and line 1)")


def test_second_release_is_refused_by_name():
    arrest = make_arrest(ended="2021")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Release.objects.bulk_create([Release(arrest=arrest, mechanism_id=code) for code in ("pardon", "amnesty")])
    assert refused.value.__cause__.diag.constraint_name == "release_once"


def test_release_of_somebody_who_had_died_before_is_refused():
    arrest = make_arrest(make_prisoner(died="2021-05-05"))

    def release(ended):
        Arrest.objects.filter(pk=arrest.pk).update(ended=ended)
        Release.objects.create(arrest=arrest, mechanism_id="pardon")

    assert name_of(refusal(lambda: release("2021-05-06"))) == "arrest_ended_in_life"
    assert refusal(lambda: release("2021-05-05")) is None


def checked(**options):
    try:
        call_command("check_records", **options)
    except CommandError as error:
        return str(error)
    return ""


def test_command_says_that_no_record_breaks_a_rule(capsys):
    make_arrest()
    assert checked() == ""
    assert capsys.readouterr().out == "No record breaks a rule.\n"


def test_command_lists_what_was_wrong_before_the_rules(capsys):
    arrest = make_arrest()
    early = Judgment.objects.create(arrest=arrest, decided_on="2019")
    release = void(arrest, "2018")
    release.save()
    found = [
        Contradiction(
            "judgment_after_arrest",
            "judgment",
            early.pk,
            arrest.prisoner.code,
            "The judgment was passed before the arrest, and not in absentia. "
            f"(judgment {early.pk} of 2019; arrest {arrest.pk} from 2020-08-09 to ?)",
        ),
        Contradiction(
            "void_release_within_arrest",
            "void release",
            release.pk,
            arrest.prisoner.code,
            "The void release lies outside its arrest. "
            f"(void release {release.pk} of 2018; arrest {arrest.pk} from 2020-08-09 to ?)",
        ),
    ]
    assert list(contradictions()) == found
    assert checked().startswith("2 records break a rule.")
    assert capsys.readouterr().out.splitlines() == [f"{one.person}\t{one.rule}\t{one.message}" for one in found]
    assert checked(json=True).startswith("2 records break a rule.")
    assert [one["record_id"] for one in json.loads(capsys.readouterr().out)["contradictions"]] == [early.pk, release.pk]
    for record in (early, release):
        record.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT count(*) FROM prisoners_recheck")
        assert cursor.fetchone() == (0,)
