"""What somebody's details are, when they are new, and how a form says which ones it was opened with. Pure."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from portal.errors import RuleBroken
from portal.personal.rules import check_date_of_birth

NOT_PAST = "The date of birth must be in the past"
NOT_THEIRS = (
    "Their account says that they are the young person."
    " Enter a date of birth that puts them over compulsory school age and under 26"
)


@dataclass(frozen=True)
class Details:
    """Who somebody is. `date_of_birth` is None for an adult who never said it; a child always has one."""

    forename: str
    surname: str
    date_of_birth: date | None

    @property
    def stamp(self) -> str:
        """Short, and another one for any other details: a form carries that of the details it was opened with."""
        return sha256(json.dumps(asdict(self), default=str).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Correction:
    """What the details become and why. `seen` is the stamp of the details that whoever corrects them saw."""

    to: Details
    seen: str
    reason: str


def corrected(was: Details, becomes: Details) -> dict[str, str]:
    """What was and what is, of each detail that is put right: `surname_was`, `surname_is`.

    Raises RuleBroken on `forename` when everything stays as it was.
    """
    before, after = asdict(was), asdict(becomes)
    new = [name for name in after if before[name] != after[name]]
    if not new:
        raise RuleBroken("forename", "Change at least one detail. These are the ones that we have")
    return {f"{name}_{when}": str(of[name] or "") for name in new for when, of in (("was", before), ("is", after))}


def check_birth_of_adult(born: date | None, *, is_young_person: bool, today: date) -> None:
    """Raises RuleBroken on `date_of_birth` for a day that cannot be theirs, as `personal.rules` has it."""
    try:
        check_date_of_birth(born, is_young_person=is_young_person, today=today)
    except ValueError as error:
        raise RuleBroken("date_of_birth", NOT_THEIRS if is_young_person else NOT_PAST) from error
