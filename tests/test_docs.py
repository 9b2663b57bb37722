"""The documentation names what there is: settings, make targets, commands, files."""

import ast
import re

import pytest
from django.core.management import get_commands

from tests.own import BASE_DIR, modules, own_apps

PAGES = sorted([*BASE_DIR.glob("*.md"), *(BASE_DIR / "docs").rglob("*.md")])
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \| .+ \|$", re.MULTILINE)
AS_WRITTEN = {True: "1", False: "0"}


def text_of(name):
    return (BASE_DIR / name).read_text()


def settings_read():
    """The variables that the configuration reads, with their defaults; None where that is no plain value."""
    for _, tree in modules("config"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]) in ("os.environ", "environ"):
                name, default = node.args[1], node.args[2] if len(node.args) > 2 else None
                if isinstance(name, ast.Constant):
                    yield name.value, default.value if isinstance(default, ast.Constant) else None
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "environ.get" and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, None


def documented():
    site = text_of("docs/settings.md").partition("## make")[0]
    return {name: default.strip("`") for name, default in ROW.findall(site)}


def test_settings_are_documented_each_and_no_other():
    read = dict(settings_read())
    assert len(read) > 10
    assert set(documented()) == set(read)


def test_settings_are_documented_with_their_defaults():
    read = {name: default for name, default in settings_read() if default is not None}
    written = {name: AS_WRITTEN[value] if isinstance(value, bool) else str(value) for name, value in read.items()}
    assert {name: documented()[name] for name in written} == written


def test_environment_is_read_in_the_configuration_alone():
    readers = [
        str(path)
        for app in own_apps()
        if app.name != "config"
        for path, tree in modules(app.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert readers == []


def test_make_targets_in_the_pages_exist_and_are_explained():
    explained = set(re.findall(r"^([a-z]+):.*##", text_of("Makefile"), re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"(?:`|^ {4})make ([a-z]+)", page.read_text(), re.MULTILINE)}
    assert named - explained == set()
    assert named >= {"demo", "test", "lint", "setup"}


def test_commands_in_the_pages_exist():
    named = {name for page in PAGES for name in re.findall(r"manage\.py ([a-z_]+)", page.read_text())}
    assert named - set(get_commands()) == set()


def test_own_commands_are_documented():
    own = {app.name for app in own_apps()}
    commands = {name for name, app in get_commands().items() if app in own}
    headings = set(re.findall(r"^## ([a-z_]+)$", text_of("docs/commands.md"), re.MULTILINE))
    assert commands - headings == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(BASE_DIR)))
def test_links_between_the_pages_lead_somewhere(page):
    links = re.findall(r"\[[^]]*\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_pages_are_all_reached_from_the_index():
    index = text_of("docs/README.md")
    pages = [page.relative_to(BASE_DIR / "docs") for page in PAGES if BASE_DIR / "docs" in page.parents]
    assert [str(page) for page in pages if str(page) != "README.md" and f"({page})" not in index] == []
