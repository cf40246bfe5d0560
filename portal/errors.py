"""What can go wrong, in the service's own words. `web/errors.py` turns each into a page."""

from datetime import datetime


class PortalError(Exception):
    """Anything the service refuses. `message` is plain English for the person."""

    message = "Something went wrong."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)
        self.message = message or self.message


class NotFound(PortalError):
    """There is no such thing, or this person may not know that there is."""

    message = "We could not find that page."


class Refused(PortalError):
    """The thing exists and the person may see it, but may not do this now."""


class ChangedSince(Refused):
    """Somebody changed the same thing after the page was opened: `by` name, empty when not known, and `at`, in UTC."""

    message = "Somebody has changed this since you opened the page. Look at it once more."

    def __init__(self, by: str, at: datetime | None) -> None:
        super().__init__()
        self.by = by
        self.at = at


class RuleBroken(PortalError):
    """What was asked breaks a rule of the service; `field` names the answer to mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TooManyTries(PortalError):
    """A limit was reached; it opens again after `wait_seconds`."""

    def __init__(self, message: str, *, wait_seconds: int) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class Busy(PortalError):
    """More work is waiting than can be done in good time; trying again shortly will work."""

    message = "The portal is very busy. Please try again in a minute."
