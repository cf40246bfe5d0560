"""Whose work a case is: the caseworker's, whoever covers for them, and for a manager the cases that nobody has.

Parts of a statement about a child `c`; `{}` marks where the values go that the function of the same name gives.
"""

from datetime import date

from portal.access.own import OWN, own
from portal.actor import Actor

NOBODYS = """(c.caseworker IS NULL OR c.caseworker = ANY(ARRAY(
    SELECT g.id FROM account g WHERE g.role <> 'family' AND g.disabled_at IS NOT NULL)))"""
"""A case without a caseworker, or whose caseworker works here no more."""

_TEAMS = """c.team = ANY(ARRAY(SELECT t.id FROM team t WHERE t.id = {} OR NOT EXISTS (
    SELECT FROM account g WHERE g.team = t.id AND g.role IN ('manager', 'administrator') AND g.disabled_at IS NULL)))"""
"""A manager's own team, and each team that has no manager: those are everybody's who manages."""

LEFT_TO_MANAGERS = f"({{}} AND {NOBODYS} AND {_TEAMS})"
MINE = f"(c.caseworker = {OWN} OR {LEFT_TO_MANAGERS})"

SEES = f"({{}} OR c.team = {{}} OR c.caseworker = {OWN})"
"""Whom the actor may see at all: the rule of `access.queries.child_of`."""


def left_to_managers(actor: Actor) -> tuple[object, ...]:
    """The values of `LEFT_TO_MANAGERS`."""
    return actor.is_manager, actor.team


def mine(actor: Actor, today: date) -> tuple[object, ...]:
    """The values of `MINE` for a day in London."""
    return *own(actor, today), *left_to_managers(actor)


def sees(actor: Actor, today: date) -> tuple[object, ...]:
    """The values of `SEES` for a day in London."""
    return actor.is_manager, actor.team, *own(actor, today)
