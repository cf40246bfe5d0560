"""What an organisation is, how long an invitation to join one holds, and who may run it. Pure."""

from collections.abc import Mapping
from datetime import timedelta

from portal.actor import Actor
from portal.errors import Refused, RuleBroken
from portal.personal.rules import names_differ

KINDS: Mapping[str, str] = {
    "nursery": "Nursery or other early years setting",
    "school": "School",
    "college": "College or other post-16 setting",
    "health": "Health service",
    "social_care": "Social care service",
    "other": "Another service",
}
"""What is recorded, and what staff choose from."""

IDENTITY_CHECKS: Mapping[str, str] = {
    "switchboard": "I phoned them through the organisation’s own number",
    "head": "The head or manager of the organisation named them in writing",
    "in_person": "I know them in person from this work",
}
"""How the team may know that an address belongs to somebody who works there."""

INVITATION_LIFETIME = timedelta(days=28)

LEFT = "They left the organisation, or it works with the child no more"
"""Why access ended that came from an organisation alone; such access may come back when the reason is gone.

These words stay as they are: access that ended before is found by them.
"""

JOINED_AGAIN = "They joined again with another address"
"""Why a part in an organisation ended whose owner has another there now."""

SAID_SO = "They said that they no longer work there"
"""Why work ended that nobody of the team ended."""

NOT_PROFESSIONAL = (
    "Your account is not registered for professional use. Change that under Your account, then answer again."
)

WAITS_NO_MORE = "Nobody waits to be confirmed here any more. Look at who works there now."

MAX_NAME = 120


def check_name(typed: str) -> str:
    """The name of an organisation, with single spaces. Raises RuleBroken on `name`."""
    name = " ".join(typed.split())
    if not name:
        raise RuleBroken("name", "Enter the name of the organisation")
    if len(name) > MAX_NAME:
        raise RuleBroken("name", f"The name must be {MAX_NAME} characters or fewer")
    return name


def check_may_invite(actor: Actor) -> None:
    """A member sees every child of the organisation, of whatever team: that is a manager's to give. Raises Refused."""
    if not actor.is_manager:
        raise Refused("Only a manager can say who works at an organisation.")


def state_after_yes(invited: str, registered: str) -> str:
    """What somebody is who has said yes: at work, or waiting for a manager.

    An account under another name than the invited one may be that of whoever had the address before.
    """
    return "waiting" if names_differ(invited, registered) else "active"


def check_may_join(*, is_professional: bool) -> None:
    """Raises Refused for an account that is not registered as a professional's."""
    if not is_professional:
        raise Refused(NOT_PROFESSIONAL)
