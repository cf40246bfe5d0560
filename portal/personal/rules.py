"""What is asked of a person's details. Pure: nothing is read or written.

Each `check_…` gives the answer in the form in which it is kept, or raises ValueError whose
text is the message for the person.
"""

import re
import unicodedata
from datetime import date, timedelta

YOUNG_PERSON_AGES = range(16, 26)
"""Ages in years at which anybody may say "I am the young person"; some are 15 when the rights become theirs."""

NOT_A_YOUNG_PERSON = "You can say this once compulsory school age is over, until you are 25. Check your date of birth"

_LONGEST_EMAIL = 254
_LONGEST_NAME = 100
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def normalise_email(typed: str) -> str:
    """Trimmed, NFC, without invisible characters, the domain in lower case. What is kept and written to."""
    text = unicodedata.normalize("NFC", typed).strip().strip(_INVISIBLE).strip()
    local, at, domain = text.rpartition("@")
    return f"{local}{at}{domain.lower()}"


def email_key(email: str) -> str:
    """What addresses are compared by: the whole in lower case."""
    return normalise_email(email).lower()


def names_differ(one: str, other: str) -> bool:
    """Whether two written names are not the same, whatever the case of their letters, their spaces and hyphens."""
    return _plain(one) != _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


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
    """A day in the past; for a young person it is needed, and it must be one of theirs. `today` is in London."""
    if born is None:
        if is_young_person:
            raise ValueError("Enter your date of birth")
        return None
    if born >= today:
        raise ValueError("Your date of birth must be in the past")
    if is_young_person and not may_be_young_person(born, today):
        raise ValueError(NOT_A_YOUNG_PERSON)
    return born


def age(born: date, day: date) -> int:
    """Whole years on `day`. Somebody born on 29 February grows older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def school_age_ends(born: date) -> date:
    """The last Friday of June of the school year in which the child turns 16 (Education Act 1996 s.8).

    The school year runs from 1 September to 31 August.
    """
    year = born.year + 16 + (born.month >= 9)
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def is_young_person(born: date, today: date) -> bool:
    """Whether the rights are the young person's own: over compulsory school age and under 25 (CFA s.83)."""
    return school_age_ends(born) < today and age(born, today) < 25


def may_be_young_person(born: date, today: date) -> bool:
    """Whether an account may be the young person's own: 16 to 25, or 15 once compulsory school age is over.

    Wider than `is_young_person` at both ends: it gives no rights, and a plan may last past the 25th birthday.
    """
    return age(born, today) in YOUNG_PERSON_AGES or is_young_person(born, today)


_EMAIL = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z])[a-z0-9-]{1,62}[a-z0-9]"
)
_POSTCODE = re.compile(r"GIR 0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}")
_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_WEB_ADDRESS = re.compile(r"\w{2}\.\w{2}")
_DIGIT_FOR_LETTER = str.maketrans("OIL", "011")


def _is_in_a_name(char: str) -> bool:
    return char in " '’ʼ-‐‑.," or unicodedata.category(char)[0] in "LM"
