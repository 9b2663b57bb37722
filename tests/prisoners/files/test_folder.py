"""Folders of files: who can enter, what names there are, and that nothing is written over."""

import os
import random
import stat
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.files.folder import Folder, InvalidName, new_name

NAME = "0123456789abcdef0123456789abcdef.jpg"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_files_are_open_to_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Folder(tmp_path / "media").write(NAME, b"content")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "media"), mode(tmp_path / "media" / NAME)) == (0o700, 0o600)


def test_file_is_never_written_over(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(NAME, b"first")
    with pytest.raises(FileExistsError):
        folder.write(NAME, b"second")
    assert folder.read(NAME) == b"first"


def test_link_that_waits_under_the_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        Folder(tmp_path).write(NAME, b"content")
    assert not (tmp_path / "elsewhere").exists()


def test_file_that_can_not_be_written_whole_is_not_left_behind(tmp_path: Path, monkeypatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        Folder(tmp_path).write(NAME, b"content")
    assert list(tmp_path.iterdir()) == []


def test_deleted_file_is_gone_and_can_be_deleted_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(NAME, b"content")
    folder.delete(NAME)
    folder.delete(NAME)
    assert folder.read(NAME) is None


HOSTILE = [
    "../secret_key",
    "/etc/passwd",
    "..",
    ".",
    "",
    "a/b.jpg",
    f"{NAME}\n",
    f"{NAME}\0",
    f"x{NAME}",
    NAME.upper(),
    f"{NAME}.php",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path / "media")
    for act in (lambda: folder.read(name), lambda: folder.write(name, b""), lambda: folder.delete(name)):
        with pytest.raises(InvalidName):
            act()


@given(st.text(max_size=40))
def test_no_text_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(InvalidName):
        Folder(Path("/nowhere")).read(name)


def test_names_come_from_the_chance_that_is_given_and_differ() -> None:
    assert new_name(random.Random(1)) == new_name(random.Random(1))
    names = {new_name(random.SystemRandom()) for _ in range(1000)}
    assert (len(names), {len(name) for name in names}) == (1000, {32})
    # All 128 bits are drawn: each stands and falls among a thousand names.
    drawn = [int(name, 16) for name in names]
    assert [bit for bit in range(128) if len({value >> bit & 1 for value in drawn}) == 1] == []


def test_only_older_files_are_listed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(NAME, b"content")
    now = time.time()
    assert (list(folder.names(older_than=now + 10)), list(folder.names(older_than=now - 10))) == ([NAME], [])
    assert list(Folder(tmp_path / "none").names(older_than=now)) == []
