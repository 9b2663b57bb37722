"""Imports run one way: prisoners ← releases ← counts ← public, desk ← config; the two faces don't know each other."""

import ast
import re
from pathlib import Path

import pytest

from tests.own import modules, own_apps

MAY_USE = {
    "prisoners": set(),
    "releases": {"prisoners"},
    "counts": {"prisoners", "releases"},
    "public": {"prisoners", "releases", "counts"},
    "desk": {"prisoners", "releases", "counts"},
    "config": {"prisoners", "releases", "counts", "public", "desk"},
}
DOTTED = re.compile(rf"({'|'.join([*MAY_USE, 'tests', 'bench'])})(\.\w+)+")


def packages_used(tree, path):
    """The top packages that a module imports, at its top or inside a function, or names in a string."""
    used = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                used |= {alias.name.split(".")[0] for alias in names}
            case ast.ImportFrom(module=module, level=0):
                used.add(module.split(".")[0])
            case ast.ImportFrom(module=module, level=level):
                above = path.parts[: len(path.parts) - level]
                used.add((*above, *(module or "").split("."))[0])
            case ast.Call(func=ast.Attribute(attr="get_model"), args=[ast.Constant(value=str(named)), *_]):
                used.add(named.split(".")[0])
            case ast.Constant(value=str(text)) if DOTTED.fullmatch(text):
                used.add(text.split(".")[0])
    return used


def migrations_needed(tree):
    """The apps whose migrations a migration depends on."""
    return {
        pair.elts[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["dependencies"]
        for pair in ast.walk(node.value)
        if isinstance(pair, ast.Tuple) and isinstance(pair.elts[0], ast.Constant)
    }


def tables_of(app_name):
    return {
        model._meta.db_table for app in own_apps() if app.name == app_name for model in app.get_models(include_auto_created=True)
    }


def test_layers_cover_every_own_app():
    assert set(MAY_USE) == {app.name for app in own_apps()}


@pytest.mark.parametrize("package", MAY_USE)
def test_package_uses_only_the_layers_below_it(package):
    forbidden = {*MAY_USE, "tests", "bench"} - MAY_USE[package] - {package}
    found = {
        str(path): backward
        for path, tree in modules(package)
        if (backward := (packages_used(tree, path) | migrations_needed(tree)) & forbidden)
    }
    assert found == {}


@pytest.mark.parametrize("package", MAY_USE)
def test_package_names_no_table_of_a_layer_above_it(package):
    forbidden = set().union(*(tables_of(name) for name in set(MAY_USE) - MAY_USE[package] - {package}))
    found = {
        (str(path), word)
        for path, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in forbidden & set(re.findall(r"\w+", node.value))
    }
    assert found == set()


def test_private_files_are_named_by_the_desk_alone():
    named = {
        str(path)
        for package in ("prisoners", "releases", "counts", "public")
        for path, tree in modules(package)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "MEDIA_DIR")
        or (isinstance(node, ast.Constant) and node.value in ("private", "incoming"))
    }
    assert named == {"prisoners/files/folder.py"}  # which names the public folder


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ("import counts.models", "counts"),
        ("from counts import models", "counts"),
        ("def f():\n    from counts.models import Entry", "counts"),
        ("if TYPE_CHECKING:\n    from desk import forms", "desk"),
        ("from . import models", "prisoners"),
        ("from ..models import Arrest", "prisoners"),
        ("from ...counts import models", "counts"),
        ("apps.get_model('counts', 'Entry')", "counts"),
        ("apps.get_model('counts.Entry')", "counts"),
        ("import_module('counts.models')", "counts"),
        ("models.ForeignKey('releases.Pardon')", "releases"),
    ],
)
def test_use_of_another_package_is_seen_in_each_disguise(source, used):
    assert packages_used(ast.parse(source), Path("prisoners/inner/module.py")) & set(MAY_USE) in ({used}, {"prisoners", used})


def test_need_of_another_migration_is_seen():
    source = "class Migration:\n    dependencies = [('counts', '0001_ledger'), ('desk', '0001')]"
    assert migrations_needed(ast.parse(source)) == {"counts", "desk"}
