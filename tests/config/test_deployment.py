"""The settings as a production machine would read them."""

import subprocess
import sys

from django.conf import settings


def run(*arguments, **environ):
    """A command of a machine on which nothing is set but this."""
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": "/usr/bin:/bin", "LOCAL_DIR": str(settings.LOCAL_DIR), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_defaults_are_fit_for_production():
    done = run("check", "--deploy", "--fail-level", "WARNING", ALLOWED_HOSTS="stillheld.example")
    assert (done.returncode, done.stdout, done.stderr) == (0, "System check identified no issues (0 silenced).\n", "")


def test_check_does_find_what_is_not_fit():
    done = run("check", "--deploy", "--fail-level", "WARNING", HTTPS="0", DEBUG="1")
    found = {code for code in ("W004", "W008", "W012", "W016", "W018") if f"security.{code}" in done.stderr}
    assert (done.returncode, found) == (1, {"W004", "W008", "W012", "W016", "W018"})
