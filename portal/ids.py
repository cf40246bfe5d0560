"""Random names for things, so that an address tells nothing and cannot be guessed."""

import hashlib
import re
import secrets
from collections.abc import Iterable

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that are not mistaken for each other when read aloud or copied by hand."""


_SPOILED_BY_SPREADSHEETS = re.compile(r"\d+E\d+|\d*(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\d*")
"""What a spreadsheet reads as a number or a day: `5E234` becomes 5E+234, and `MAR25` a day in March."""


def public_id() -> str:
    """A new random id of 16 characters (96 bits) for use in addresses."""
    return secrets.token_urlsafe(12)


def digest_of(ids: Iterable[str]) -> str:
    """One short text for these ids in any order: by it a form says which ones its page showed."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:32]


def case_reference() -> str:
    """A new case reference such as `7KQ4B`: short enough to say on the phone, and no spreadsheet changes it."""
    while is_spoiled_by_spreadsheets(drawn := readable(5)):
        pass
    return drawn


def is_spoiled_by_spreadsheets(reference: str) -> bool:
    """Whether a spreadsheet would show another text once it has opened a file with `reference` in it."""
    return _SPOILED_BY_SPREADSHEETS.fullmatch(reference) is not None


def readable(length: int) -> str:
    """`length` random characters of `READABLE`."""
    return "".join(secrets.choice(READABLE) for _ in range(length))
