"""The suite itself: nothing in it is skipped, and every test states something."""

import ast

from tests.own import modules

SKIPPING = {"skip", "skipif", "skipIf", "skipUnless", "skipTest", "SkipTest", "xfail", "importorskip", "expectedFailure"}
STATING = {"raises", "expect", "assert_conforms"}


def functions():
    """Every function of the suite with its file; a test's helpers too."""
    for path, tree in modules("tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def called(function):
    """The names of what a function calls."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def states(function, helpers):
    names = called(function)
    return (
        any(isinstance(node, ast.Assert) for node in ast.walk(function))
        or bool(names & (STATING | helpers))
        or any(name.startswith(("assert", "django_assert")) for name in names)
    )


def stating_helpers():
    helpers = set()
    while more := {node.name for _, node in functions() if node.name not in helpers and states(node, helpers)}:
        helpers |= more
    return helpers


def test_no_test_can_be_skipped():
    found = [
        (str(path), name)
        for path, tree in modules("tests")
        for node in ast.walk(tree)
        if (name := getattr(node, "attr", None) or getattr(node, "id", None)) in SKIPPING
    ]
    assert found == []


def test_every_test_states_something():
    helpers = stating_helpers()
    silent = [f"{path}::{node.name}" for path, node in functions() if node.name.startswith("test_") and not states(node, helpers)]
    assert silent == []


def test_test_that_states_nothing_is_seen():
    silent, loud = ast.parse("def test_a():\n    print(1)\ndef test_b():\n    assert True").body
    assert (states(silent, set()), states(loud, set())) == (False, True)
