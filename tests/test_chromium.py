"""Where `make test` gets its browser from, and what it says where there is none."""

import subprocess

import pytest

from tests.own import BASE_DIR


@pytest.fixture
def machine(tmp_path):
    """Runs the script on a machine that has nothing but these programs; `id` says who asks."""

    def run(user_id, *programs, **environ):
        for name, body in (("id", f"echo {user_id}"), *programs):
            (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
            (tmp_path / name).chmod(0o755)
        done = subprocess.run(
            ["/bin/sh", BASE_DIR / "tests" / "chromium.sh"],
            env={"PATH": str(tmp_path), **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout.replace(str(tmp_path), "…"), done.stderr

    return run


def test_chromium_that_is_there_is_used(machine):
    assert machine(1000, ("chromium", "")) == (0, "…/chromium\n", "")


def test_chromium_that_is_named_is_used(machine, tmp_path):
    assert machine(1000, ("chromium", ""), ("other", ""), CHROMIUM=str(tmp_path / "other")) == (0, "…/other\n", "")


def test_chromium_that_is_named_wrongly_is_refused(machine):
    assert machine(0, ("chromium", ""), CHROMIUM="/none") == (1, "", "CHROMIUM is set to “/none”, which can't be run.\n")


def test_missing_chromium_is_said_with_what_to_do(machine):
    code, out, said = machine(1000, ("apt-get", "exit 9"))
    assert (code, out) == (1, "")
    assert said == (
        "The tests need a Chromium: install your system's package (on Debian: apt install chromium), "
        "or run CHROMIUM=/path/to/it make test.\n"
    )


def test_missing_chromium_is_installed_for_root(machine, tmp_path):
    apt = f'case "$*" in *install*) echo "#!/bin/sh" >{tmp_path}/chromium; {tmp_path}/chmod;; esac; echo noise'
    assert machine(0, ("chmod", f"/bin/chmod 755 {tmp_path}/chromium"), ("apt-get", apt)) == (
        0,
        "…/chromium\n",
        "Installing Chromium for the browser tests (once) …\nnoise\nnoise\n",
    )
