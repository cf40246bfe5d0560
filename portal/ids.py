"""Random names for things, so that an address tells nothing and cannot be guessed."""

import secrets

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that are not mistaken for each other when read aloud or copied by hand."""


def public_id() -> str:
    """A new random id of 16 characters (96 bits) for use in addresses."""
    return secrets.token_urlsafe(12)


def case_reference() -> str:
    """A new case reference such as `7KQ4B`: short enough to say on the phone."""
    return readable(5)


def readable(length: int) -> str:
    """`length` random characters of `READABLE`."""
    return "".join(secrets.choice(READABLE) for _ in range(length))
