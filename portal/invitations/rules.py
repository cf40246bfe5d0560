"""How an invitation goes from a code by email to access: its codes, its link, its states. Pure."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from portal.errors import Refused

CODE_LIFETIME = timedelta(days=28)
"""How long a unique code works."""
LINK_LIFETIME = timedelta(days=28)
"""How long the link of "Accept Portal Invitation" works."""
CODE_TRIES = 5
"""Wrong unique codes before a new one must be sent."""

UNIQUE_CODE_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
"""No look-alikes (0 O, 1 I L, 5 S, 2 Z, 8 B, U V: one of each pair at most), and no vowels, so no words."""
UNIQUE_CODE_LENGTH = 8
UNIQUE_CODES = len(UNIQUE_CODE_ALPHABET) ** UNIQUE_CODE_LENGTH
"""How many different codes there are (37 bits)."""

_MISREAD = str.maketrans("SZBU", "528V")

IDENTITY_CHECKS: Mapping[str, str] = {
    "record": "They answered questions that only somebody in the child’s record could answer",
    "phoned_back": "I phoned them back on a number that was already in the child’s record",
    "photo_id": "I saw their photo ID, in person or by video",
    "known": "I know them and recognised them, for example from a meeting",
    "setting": "The child’s school, nursery or college confirmed who they are",
}
"""How a caseworker may have checked who is on the phone: what is recorded, and what staff choose from."""


class State(StrEnum):
    """Where an invitation stands. One that is kept was taken in from a file, and nothing has been sent for it."""

    KEPT = "kept"
    CODE_SENT = "code_sent"
    LOCKED = "locked"
    VERIFIED = "verified"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Event(StrEnum):
    """What can happen to an invitation."""

    SEND_CODE = "send_code"
    LOCK = "lock"
    VERIFY = "verify"
    SEND_LINK = "send_link"
    ACCEPT = "accept"
    DECLINE = "decline"
    ACTIVATE = "activate"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


_AFTER: Mapping[Event, tuple[frozenset[State], State]] = {
    Event.SEND_CODE: (frozenset({State.KEPT, State.CODE_SENT, State.LOCKED, State.EXPIRED}), State.CODE_SENT),
    Event.LOCK: (frozenset({State.CODE_SENT}), State.LOCKED),
    Event.VERIFY: (frozenset({State.CODE_SENT}), State.VERIFIED),
    # Again when the email was lost, or when "No" was pressed by mistake: identity was checked already.
    Event.SEND_LINK: (frozenset({State.VERIFIED, State.INVITED, State.DECLINED}), State.INVITED),
    Event.ACCEPT: (frozenset({State.INVITED}), State.ACCEPTED),
    Event.DECLINE: (frozenset({State.INVITED}), State.DECLINED),
    Event.ACTIVATE: (frozenset({State.ACCEPTED}), State.ACTIVE),
    Event.WITHDRAW: (frozenset(State) - {State.WITHDRAWN}, State.WITHDRAWN),
    Event.EXPIRE: (frozenset({State.CODE_SENT, State.LOCKED, State.VERIFIED, State.INVITED}), State.EXPIRED),
}


def states_before(event: Event) -> frozenset[State]:
    """The states in which `event` may happen: the condition of the one UPDATE that lets it."""
    return _AFTER[event][0]


def may(state: State, event: Event) -> bool:
    """Whether `event` may happen to an invitation in `state`."""
    return state in states_before(event)


def after(state: State, event: Event) -> State:
    """The state after `event`. Raises Refused when it may not happen."""
    if not may(state, event):
        raise Refused("This invitation has moved on since you opened the page. Look at where it stands now.")
    return _AFTER[event][1]


def state_at(state: State, *, expires_at: datetime | None, now: datetime) -> State:
    """`state` as it is at `now`: expired when the code's or link's time, `expires_at`, has come."""
    if expires_at is not None and expires_at <= now and may(state, Event.EXPIRE):
        return State.EXPIRED
    return state


def is_locked(wrong_tries: int) -> bool:
    """Whether so many wrong codes were typed that a new one must be sent."""
    return wrong_tries >= CODE_TRIES


def unique_code_from(seed: bytes) -> str:
    """The code of `seed`, a keyed hash of 32 bytes: for a code that is computed and never stored."""
    return _spelled(int.from_bytes(seed) % UNIQUE_CODES)


def normalise_unique_code(typed: str) -> str:
    """A code as it is read out on the phone: any case, spacing or dashes; look-alikes put right.

    What cannot be a code comes out as something that matches none.
    """
    text = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    return _dashed("".join(filter(str.isalnum, text)))


def hash_token(token: str) -> bytes:
    """SHA-256 of a link's token: what is kept instead of it. Enough for a token of 256 bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _spelled(number: int) -> str:
    letters = []
    for _ in range(UNIQUE_CODE_LENGTH):
        number, index = divmod(number, len(UNIQUE_CODE_ALPHABET))
        letters.append(UNIQUE_CODE_ALPHABET[index])
    return _dashed("".join(letters))


def _dashed(code: str) -> str:
    half = UNIQUE_CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"
