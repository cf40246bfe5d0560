"""Who may look up an account, how often, and how it stands. Pure."""

from datetime import timedelta
from enum import StrEnum

from portal.actor import Actor
from portal.errors import Refused
from portal.limits import Limit

LOOK_UPS = Limit("account_look_ups", tries=30, window=timedelta(hours=1))
"""Addresses that one manager may try: help on the phone, never a way through a list."""
TOO_MANY = "You have looked up many accounts in this hour. Wait a little, then try again."
NOT_YOURS = "Only a manager can look up an account."


class Status(StrEnum):
    """How an account stands, in words. Its address was confirmed with a code, or by whoever added a colleague."""

    OPEN = "Open. The email address was confirmed"
    CLOSED = "Closed by its owner"
    DISABLED = "Disabled by a manager"


def status_of(*, is_disabled: bool, is_staff: bool) -> Status:
    """A family's account ends when its owner closes it, a colleague's when a manager disables it."""
    if not is_disabled:
        return Status.OPEN
    return Status.DISABLED if is_staff else Status.CLOSED


def check_may_look(actor: Actor) -> None:
    """Raises Refused for anyone but a manager."""
    if not actor.is_manager:
        raise Refused(NOT_YOURS)
