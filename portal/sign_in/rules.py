"""The limits and codes of signing in. No database and no clock: time and counters are arguments."""

import unicodedata
from datetime import timedelta

from portal.limits import Limit

CODE_LIFETIME = timedelta(minutes=10)
"""How long a code sent by email works (ASVS 5.0 V6.5.5)."""
CODE_TRIES = 5
"""How often one code may be tried; after that a new one must be sent."""
CODE_RESEND_AFTER = timedelta(seconds=30)
"""How long to wait before another code can be asked for."""

CODES_SENT = Limit("codes_sent", tries=5, window=timedelta(hours=1))
"""Codes of one purpose sent to one address."""
WRONG_CODES = Limit("wrong_codes", tries=20, window=timedelta(days=1))
"""Wrong codes of one purpose for one address. Those at sign-in, emailed or of an app, count together."""

CODES_SENT_IN_ALL = Limit("codes_sent_in_all", tries=20, window=timedelta(hours=1))
"""Codes for a new password sent to one address, whichever networks ask."""
WRONG_CODES_IN_ALL = Limit("wrong_codes_in_all", tries=200, window=timedelta(days=1))
"""Wrong codes for a new password of one address, from whichever networks. A guess leads no further than to a new
password: signing in still asks for the second step."""

TELL_AFTER_WRONG_CODES = 5
"""Wrong codes after a right password, in a day, until the owner is told: somebody may have the password."""

FREE_PASSWORD_TRIES = 5
"""Wrong passwords before the next try has to wait."""
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=30), timedelta(minutes=15)
"""The wait after the fifth wrong password, and what it grows to. Nobody is locked out for ever."""
PASSWORD_TRIES_A_DAY = 20

FAMILY_IDLE = timedelta(minutes=20)
"""How long a family's session may lie unused; polling does not count as use."""
STAFF_IDLE = timedelta(minutes=15)
"""How long a staff session may lie unused."""
SESSION_LIFETIME = timedelta(hours=12)
"""When a session ends however much it is used (ASVS 5.0 V7.3.2)."""
MAX_SESSIONS = 5
"""Sessions of one account at once; a sixth ends the one unused for longest."""
HALF_SIGNED_IN_LIFETIME = timedelta(minutes=15)
"""How long after the right password the second step may be finished."""
VISITOR_LIFETIME = timedelta(days=1)
"""How long a half-filled registration is kept for a browser that has not signed in."""

TOO_MANY_CODES = "We have sent you 5 codes in the last hour. Wait an hour, then ask for a new one."
TOO_MANY_IN_ALL = "Too many codes were asked for this address. Wait an hour, then try again, or phone the SEND team."
TOO_MANY_WRONG_CODES = "Too many wrong codes were typed today. Try again tomorrow, or phone the SEND team."
TOO_MANY_ASKED = "Too many codes were asked for from your network just now. Wait 5 minutes, then try again."
TOO_MANY_PASSWORDS = (
    "Too many wrong passwords. Wait, at most a day. Or choose a new password: then you can sign in at once."
)
TOO_MANY_SIGN_INS = "Too many tries to sign in from your network just now. Wait 5 minutes, then try again."

_MINUS = "\u2212"


def subject(purpose: str, email: str) -> str:
    """What the codes of an address are counted under. Each purpose has its own count.

    Anybody may ask for a code to register or for a new password, for any address. That must not use up the
    codes of signing in, which only come to those who know the password.
    """
    return f"{purpose}:{email.lower()}"


def subject_of(purpose: str, email: str, network: str) -> str:
    """The same for what one network does to an address: a stranger elsewhere does not use up the owner's tries."""
    return f"{subject(purpose, email)}:{network}"


def delay_after(failures: int) -> timedelta:
    """How long to wait after this many wrong passwords in a row: nothing, then 30 s doubling to 15 min."""
    if failures < FREE_PASSWORD_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_PASSWORD_TRIES, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


PASSWORD_TRIES = Limit(
    "password_tries",
    tries=PASSWORD_TRIES_A_DAY,
    window=timedelta(days=1),
    delays=tuple(int(delay_after(n).total_seconds()) for n in range(1, PASSWORD_TRIES_A_DAY + 1)),
)
"""Wrong passwords for one account: 5 freely, then with growing waits, 20 a day."""
PASSWORD_TRIES_BY_ADDRESS = Limit("password_tries_by_address", tries=30, window=timedelta(minutes=5))
"""Passwords tried from one network address, whatever the account."""
CODES_BY_ADDRESS = Limit("codes_by_address", tries=30, window=timedelta(minutes=5))
"""Codes to register and for new passwords that are asked for from one network address: anybody may ask for these."""
BLOCKED_NOTICES = Limit("blocked_notices", tries=1, window=timedelta(days=1))
"""Emails of one kind that tell an account's owner of somebody who keeps trying."""


def normalise_code(typed: str) -> str:
    """A typed code without spaces, dashes and invisible characters, its digits as 0 to 9."""
    return "".join(_plain_digit(char) for char in typed if not _is_spacing(char))


def in_groups(secret: str) -> str:
    """`secret` in groups of four, to be typed into an app that cannot scan."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _plain_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _is_spacing(char: str) -> bool:
    """White space, any dash, and what cannot be seen (`Cf`: soft hyphens, zero-width spaces)."""
    return char.isspace() or char == _MINUS or unicodedata.category(char) in ("Pd", "Cf")
