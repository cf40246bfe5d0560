"""What is asked of a password. Pure: nothing is read or written."""

import re
import string
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MIN_PASSWORD = 15
MAX_PASSWORD = 256
"""Characters. Longer input is refused before any work on it; ASVS 5.0 V6.2.9 asks for 64 or more."""

SPECIAL_CHARACTERS = string.punctuation + " "
"""The 32 printable ASCII punctuation marks and the space, so that passphrases work."""

SERVICE_WORDS = frozenset(
    {
        "account", "assessment", "care", "caseworker", "council", "dashboard", "education", "ehc", "ehcp",
        "health", "parent", "password", "plan", "portal", "send", "support",
    }
)  # fmt: skip
"""Words that anyone would guess for this service (ASVS 5.0 V6.2.11)."""

_LETTERS_OF_ONES_OWN = 6
_SHORTEST_WORD = 3


@dataclass(frozen=True)
class PolicyItem:
    """One line of the password policy: its `text` in the list, and the `message` when it is not met."""

    key: str
    text: str
    message: str


@dataclass(frozen=True)
class PolicyResult:
    """Whether one item is met. None: it cannot be told yet, and is checked when Next is pressed."""

    item: PolicyItem
    met: bool | None


LENGTH = PolicyItem("length", "at least 15 characters", "Your password must have at least 15 characters")
LETTER = PolicyItem("letter", "at least one letter", "Your password must have at least one letter")
ALLOWED = PolicyItem(
    "allowed",
    "only letters, digits and special characters",
    "Your password must only have letters, digits and special characters",
)
UPPER_CASE = PolicyItem(
    "upper_case", "at least one upper-case letter", "Your password must have at least one upper-case letter"
)
DIGIT = PolicyItem("digit", "at least one digit", "Your password must have at least one digit")
NOT_CURRENT = PolicyItem(
    "not_current",
    "different from the current password",
    "Choose a password that is different from your current password",
)
NOT_PREVIOUS = PolicyItem(
    "not_previous",
    "different from the previous 8 passwords",
    "Choose a password that is different from your previous 8 passwords",
)
NOT_COMMON = PolicyItem(
    "not_common", "not a password that is commonly used", "Choose a password that is not commonly used"
)
NOT_OWN_WORDS = PolicyItem(
    "not_own_words",
    "not made of your name, your email address or this service’s words",
    "Choose a password that is not made of your name, your email address or words like “portal”",
)
NOT_TOO_LONG = PolicyItem("not_too_long", "at most 256 characters", "Your password must have 256 characters or fewer")

PASSWORD_POLICY = (
    LENGTH, LETTER, ALLOWED, UPPER_CASE, DIGIT, NOT_CURRENT, NOT_PREVIOUS,
    NOT_COMMON, NOT_OWN_WORDS, NOT_TOO_LONG,
)  # fmt: skip
"""Every item, in the order in which the page lists them."""


def normalise_password(password: str) -> str:
    """The form that is checked and hashed: NFC, so that é is one thing on every keyboard.

    Nothing else changes: no trimming, no case folding, and no NFKC, which makes different
    characters the same. Check the length of what was typed first (`is_too_long`).
    """
    return unicodedata.normalize("NFC", password)


def is_too_long(password: str) -> bool:
    """Whether `password`, as typed, is over 256 characters and must not be worked on."""
    return len(password) > MAX_PASSWORD


def policy_check(
    password: str, *, own_words: Iterable[str], is_common: Callable[[str], bool]
) -> tuple[PolicyResult, ...]:
    """Hold `password` against every item of PASSWORD_POLICY, in its order.

    `own_words` are the person's names, email address and the council's name, as they are typed.
    `is_common` looks a password up in the leaked list; it is asked only about 15 characters or more.
    Whether it is the current or a previous password needs their hashes: those two stay None.
    """
    checked = normalise_password(password[: MAX_PASSWORD + 1])
    met: dict[str, bool | None] = {
        "length": len(checked) >= MIN_PASSWORD,
        "letter": any(map(str.isalpha, checked)),
        "allowed": bool(checked) and all(map(_is_allowed, checked)),
        "upper_case": any(map(str.isupper, checked)),
        "digit": any(map(str.isdecimal, checked)),
        "not_too_long": not is_too_long(password),
    }
    if met["length"]:
        met["not_common"] = not (is_common(checked) or is_common(checked.lower()))
        met["not_own_words"] = not is_of_own_words(checked, own_words)
    return tuple(PolicyResult(item, met.get(item.key)) for item in PASSWORD_POLICY)


def policy_messages(results: Iterable[PolicyResult]) -> list[str]:
    """What to tell the person: the message of every item that is not met, none when all are."""
    return [result.item.message for result in results if result.met is False]


def is_of_own_words(password: str, own_words: Iterable[str]) -> bool:
    """Whether `password` is little more than the person's own words and those of this service (NOT_OWN_WORDS)."""
    return made_of(password, [*own_words, *SERVICE_WORDS])


def made_of(password: str, words: Iterable[str]) -> bool:
    """Whether `password` is little more than `words`: fewer than six letters are left without them.

    Words under three letters do not count. A passphrase may hold a name; it may not be the name and a year.
    """
    text = unicodedata.normalize("NFC", password).casefold()
    rest = text
    for word in sorted(_parts(words), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != text and sum(map(str.isalpha, rest)) < _LETTERS_OF_ONES_OWN


def _is_allowed(char: str) -> bool:
    """Combining marks count as letters: many alphabets write their vowels with them."""
    return char in SPECIAL_CHARACTERS or char.isdecimal() or unicodedata.category(char)[0] in "LM"


def _parts(words: Iterable[str]) -> set[str]:
    text = unicodedata.normalize("NFC", " ".join(words)).casefold()
    return {part for part in re.split(r"[\W_]+", text) if len(part) >= _SHORTEST_WORD}
