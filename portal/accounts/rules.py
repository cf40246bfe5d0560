"""What an account asks of a password and of a person's details. Pure: nothing is read or written.

Each `check_…` gives the answer in the form in which it is kept, or raises ValueError whose
text is the message for the person.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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

YOUNG_PERSON_AGES = range(16, 26)
"""Ages in years at which somebody may say "I am the young person"."""

ANOTHER_WAY = "other"
RESET_CHECKS: Mapping[str, str] = {
    "phoned_back": "I called them back on a number that we knew before",
    "photo_id": "I saw them in person, with photo ID",
    "colleague": "A colleague who knows them confirmed who they are",
    ANOTHER_WAY: "In another way",
}
"""How the team may have checked who asks for a lost app to be forgotten: what is recorded, and what it chooses from."""

_LETTERS_OF_ONES_OWN = 6
_SHORTEST_WORD = 3
_LONGEST_EMAIL = 254
_LONGEST_NAME = 100
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True)
class IdentityCheck:
    """How somebody was checked: one of RESET_CHECKS, and in words when it was in another way."""

    method: str
    how: str = ""

    @property
    def detail(self) -> dict[str, str]:
        """What the audit trail keeps."""
        return {"identity_method": self.method} | ({"how": self.how} if self.how else {})


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


def normalise_email(typed: str) -> str:
    """Trimmed, NFC, without invisible characters, the domain in lower case. What is kept and written to."""
    text = unicodedata.normalize("NFC", typed).strip().strip(_INVISIBLE).strip()
    local, at, domain = text.rpartition("@")
    return f"{local}{at}{domain.lower()}"


def email_key(email: str) -> str:
    """What addresses are compared by: the whole in lower case."""
    return normalise_email(email).lower()


def check_email(typed: str) -> str:
    """An address that mail can be sent to, by its form only; 254 characters at most (RFC 5321).

    ASCII only: an address that looks like another one in other letters is not taken.
    """
    email = normalise_email(typed)
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise ValueError("Enter your email address in the correct format, like name@example.com")
    return email


def normalise_postcode(typed: str) -> str:
    """Upper case with one space before the last three; O and I become digits where a digit must stand."""
    text = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", typed))).upper()
    outward, inward = text[:-3], text[-3:]
    return f"{outward} {inward[:1].translate(_DIGIT_FOR_LETTER)}{inward[1:]}".strip()


def check_postcode(typed: str) -> str:
    """A full postcode of the United Kingdom or the Channel Islands, however it was spaced."""
    postcode = normalise_postcode(typed)
    if not _POSTCODE.fullmatch(postcode):
        raise ValueError("Enter a full UK postcode, like SW1A 1AA")
    return postcode


def check_phone(typed: str) -> str:
    """A telephone number as the person writes it; 10 to 15 digits, spaces, brackets, dashes, a leading +."""
    number = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not _PHONE.fullmatch(number) or not 10 <= sum(map(str.isdigit, number)) <= 15:
        raise ValueError("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
    return number


def check_name(typed: str, *, what: str, whose: str = "your") -> str:
    """A name in any alphabet, 100 characters at most; `what` is the field, e.g. "forename", `whose` the person.

    Names go into emails, so nothing in one may look like a web address.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name:
        raise ValueError(f"Enter {whose} {what}")
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"{whose.capitalize()} {what} must be {_LONGEST_NAME} characters or fewer")
    if not any(map(str.isalpha, name)) or not all(map(_is_in_a_name, name)) or _WEB_ADDRESS.search(name):
        what = f"{whose.capitalize()} {what}"
        raise ValueError(f"{what} must only have letters, spaces, hyphens, apostrophes and full stops")
    return name


def check_date_of_birth(born: date | None, *, is_young_person: bool, today: date) -> date | None:
    """A day in the past; for a young person it is needed and makes them 16 to 25. `today` is in London."""
    if born is None:
        if is_young_person:
            raise ValueError("Enter your date of birth")
        return None
    if born >= today:
        raise ValueError("Your date of birth must be in the past")
    if is_young_person and age(born, today) not in YOUNG_PERSON_AGES:
        raise ValueError("You must be 16 to 25 to say you are the young person. Check your date of birth")
    return born


def age(born: date, day: date) -> int:
    """Whole years on `day`. Somebody born on 29 February grows older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


_EMAIL = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z])[a-z0-9-]{1,62}[a-z0-9]"
)
_POSTCODE = re.compile(r"GIR 0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}")
_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_WEB_ADDRESS = re.compile(r"\w{2}\.\w{2}")
_DIGIT_FOR_LETTER = str.maketrans("OIL", "011")


def _is_allowed(char: str) -> bool:
    """Combining marks count as letters: many alphabets write their vowels with them."""
    return char in SPECIAL_CHARACTERS or char.isdecimal() or unicodedata.category(char)[0] in "LM"


def _is_in_a_name(char: str) -> bool:
    return char in " '’ʼ-‐‑.," or unicodedata.category(char)[0] in "LM"


def _parts(words: Iterable[str]) -> set[str]:
    text = unicodedata.normalize("NFC", " ".join(words)).casefold()
    return {part for part in re.split(r"[\W_]+", text) if len(part) >= _SHORTEST_WORD}
