"""An act that stands alone needs no wave to be named: it gets one of its own, which goes by its name and goes with it."""

import pytest

from prisoners.slugs import ascii_slug
from releases.acts import free_slug, save_act
from releases.models import Event, Pardon, Wave

pytestmark = pytest.mark.django_db


def act(title: str = "Mercy of the day", slug: str = "mercy", **facts) -> Pardon:
    made = Pardon(slug=slug, title=title, **facts)
    save_act(made)
    return made


def waves() -> list[tuple[str, str, int]]:
    return [(wave.slug, wave.title, wave.pardons.count()) for wave in Wave.objects.order_by("pk")]


def test_act_without_a_wave_gets_one_of_its_own() -> None:
    act()
    assert waves() == [("mercy", "Mercy of the day", 1)]


def test_act_with_a_wave_keeps_it() -> None:
    act(wave=Wave.objects.create(slug="autumn", title="Autumn"))
    assert waves() == [("autumn", "Autumn", 1)]


def test_slug_that_another_wave_has_is_not_taken_twice() -> None:
    Wave.objects.create(slug="mercy", title="Another")
    act()
    assert [slug for slug, _title, _acts in waves()] == ["mercy", ascii_slug("mercy", "act", {"mercy"})]


def test_wave_of_one_goes_by_the_name_of_its_act() -> None:
    alone = act()
    alone.title = "The first act of mercy"
    save_act(alone)
    assert waves() == [("mercy", "The first act of mercy", 1)]


@pytest.mark.parametrize("title", ["Autumn", "Mercy of the day"])
def test_wave_that_somebody_named_keeps_its_name(title: str) -> None:
    wave = Wave.objects.create(slug="autumn", title=title)
    first = act(wave=wave)
    act("Another", "another", wave=wave)
    first.title = "Renamed"
    save_act(first)
    assert waves() == [("autumn", title, 2)]


def test_wave_of_one_goes_when_its_act_joins_another() -> None:
    alone = act()
    alone.wave = Wave.objects.create(slug="autumn", title="Autumn")
    save_act(alone)
    assert waves() == [("autumn", "Autumn", 1)]


@pytest.mark.parametrize("written", ["summary", "event"])
def test_wave_of_which_more_was_written_stays(written: str) -> None:
    alone = act()
    if written == "summary":
        Wave.objects.update(summary="What was said to be mercy.")
    else:
        Event.objects.create(slug="said", title="Said", kind="statement").waves.add(alone.wave)
    alone.wave = Wave.objects.create(slug="autumn", title="Autumn")
    save_act(alone)
    assert waves() == [("mercy", "Mercy of the day", 0), ("autumn", "Autumn", 1)]


def test_act_taken_out_of_a_wave_stands_alone() -> None:
    wave = Wave.objects.create(slug="autumn", title="Autumn")
    first, _second = act(wave=wave), act("Another", "another", wave=wave)
    first.wave_id = None
    save_act(first)
    assert waves() == [("autumn", "Autumn", 1), ("mercy", "Mercy of the day", 1)]


def test_wave_of_one_left_without_a_wave_keeps_its_own() -> None:
    alone = act()
    alone.wave_id = None
    save_act(alone)
    assert waves() == [("mercy", "Mercy of the day", 1)]


@pytest.mark.parametrize("title", ["Mercy of 2024!", "Помилование", "x" * 99])
def test_slug_is_that_of_an_import_and_of_nobody_else(title: str) -> None:
    slug = free_slug(Pardon, title)
    assert slug == ascii_slug(title, "act", ())
    act(slug=slug)
    assert free_slug(Pardon, title) == ascii_slug(title, "act", {slug}) != slug
