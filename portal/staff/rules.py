"""Who of the SEND team may make, change and disable whom. Pure.

A manager makes caseworkers and managers; an administrator makes everybody. Nobody changes their own role
or disables themself, and somebody who can manage always stays.
"""

from collections.abc import Mapping

from portal.errors import RuleBroken

ROLES: Mapping[str, str] = {
    "caseworker": "Caseworker",
    "manager": "Manager",
    "administrator": "Administrator",
}
"""Role, and how it is said."""

GIVES: Mapping[str, frozenset[str]] = {
    "caseworker": frozenset(),
    "manager": frozenset({"caseworker", "manager"}),
    "administrator": frozenset(ROLES),
}
"""Who may give which roles, and change or disable those who have them."""


def choices(role: str) -> tuple[tuple[str, str], ...]:
    """The roles that somebody with `role` may give."""
    return tuple((key, words) for key, words in ROLES.items() if key in GIVES[role])


def check_role(giver: str, role: str) -> None:
    """Raise RuleBroken on `role` when `giver` may not give it."""
    if role not in GIVES[giver]:
        raise RuleBroken("role", "Choose a role that you may give")


def check_change(giver: str, has: str, becomes: str, *, is_self: bool) -> None:
    """Raise RuleBroken on `role` when somebody who `has` a role cannot be given another by `giver`."""
    if is_self and has != becomes:
        raise RuleBroken("role", "You cannot change your own role. Ask another manager")
    if has not in GIVES[giver] and not is_self:
        raise RuleBroken("role", "Only an administrator can change this person")
    if not is_self:
        check_role(giver, becomes)


def check_disable(giver: str, has: str, *, is_self: bool) -> None:
    """Raise RuleBroken on `reason` when somebody cannot be disabled. Their cases never hold it up: they can be moved
    later, but whoever may do harm is signed out now.
    """
    if is_self:
        raise RuleBroken("reason", "You cannot disable your own account. Ask another manager")
    if has not in GIVES[giver]:
        raise RuleBroken("reason", "Only an administrator can disable this person")
