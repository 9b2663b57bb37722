"""Who may do what: every role with every action, here and elsewhere; the documentation prints the same table."""

import itertools

import pytest
from django.conf import settings

from prisoners.roles import GRANTS, Action, Actor, Grant, Role, countries_for, may, operator

A = Action
ALL_OF_RECORDS = [action for action in A if action not in (A.ADD_SHARED, A.KEEP_SHARED, A.ADMINISTER)]
# Written out by hand, one line an action: the roles that may.
MAY = {
    A.SEE_DRAFTS: "contributor editor publisher auditor",
    A.SEE: "editor publisher auditor",
    A.WRITE_DRAFTS: "contributor editor",
    A.WRITE: "editor",
    A.SEND: "editor",
    A.SEND_BACK: "editor publisher",
    A.PUBLISH: "publisher",
    A.NARROW: "editor publisher",
    A.WITHDRAW: "editor publisher",
    A.PROPOSE: "editor",
    A.WIDEN: "publisher",
    A.REVIEW: "publisher",
    A.SEE_PRIVATE: "editor auditor",
    A.WRITE_PRIVATE: "editor",
    A.ADD_SHARED: "contributor editor",
    A.KEEP_SHARED: "editor",
    A.ADMINISTER: "administrator",
}


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_role_may_do_what_the_table_says_in_its_countries_only(role, action):
    allowed = role.value in MAY[action].split()
    anywhere, limited = Actor("anna", (Grant(role),)), Actor("anna", (Grant(role, frozenset({"BY"})),))
    assert [may(anywhere, action, country) for country in ("BY", "RU", None)] == [allowed] * 3
    assert [may(limited, action, country) for country in ("BY", "RU", None)] == [allowed, False, allowed]


@pytest.mark.parametrize("action", Action)
def test_nobody_without_a_role_may_do_anything(action):
    assert not may(Actor("anna"), action, "BY")
    assert countries_for(Actor("anna"), action) == frozenset()


@pytest.mark.parametrize("action", Action)
def test_operator_may_do_everything_everywhere(action):
    assert may(operator(), action, "BY")
    assert countries_for(operator(), action) is None


def test_roles_of_one_person_add_up_each_in_its_countries():
    actor = Actor(
        "anna",
        (
            Grant(Role.EDITOR, frozenset({"BY"})),
            Grant(Role.PUBLISHER, frozenset({"RU"})),
            Grant(Role.CONTRIBUTOR, frozenset({"LT"})),
        ),
    )
    assert countries_for(actor, Action.WRITE) == {"BY"}
    assert countries_for(actor, Action.SEE) == {"BY", "RU"}
    assert countries_for(actor, Action.SEE_DRAFTS) == {"BY", "RU", "LT"}
    assert not may(actor, Action.PUBLISH, "BY")


def test_auditor_changes_nothing():
    assert GRANTS[Role.AUDITOR] == {Action.SEE, Action.SEE_DRAFTS, Action.SEE_PRIVATE}


def test_documentation_prints_the_table():
    rows = [
        f"| {action.label} | " + " | ".join("yes" if action in GRANTS[role] else "" for role in Role) + " |" for action in Action
    ]
    text = (settings.BASE_DIR / "docs" / "editing.md").read_text()
    assert [row for row in rows if row not in text] == []
