"""On what legal ground somebody may see a child's record, and which parts of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from portal.dates import day_in_words
from portal.personal.rules import school_age_ends

BASES: Mapping[str, str] = {
    "parental_responsibility": "A parent, or somebody else with parental responsibility",
    "carer": "A carer, such as a foster carer or a grandparent the child lives with",
    "young_person": "The young person",
    "agreed": "Somebody the young person has asked to act for them",
    "representative": "A representative, such as an advocate or a deputy",
    "professional": "A professional, for example at the child’s school",
}
"""The relationship of an adult to the child: what is recorded, and what staff choose from (CFA 2014 s.80, s.83).

`agreed` is for a parent or another person after compulsory school age, when the young person decides
(SEND Code of Practice 8.15 to 8.17).
"""

BASES_IN_SHORT: Mapping[str, str] = {
    "parental_responsibility": "Parental responsibility",
    "carer": "Carer",
    "young_person": "Young person",
    "agreed": "Asked by the young person",
    "representative": "Representative",
    "professional": "Professional",
}
"""The same, for tables."""

GOES_ON_AS: Mapping[str, str] = {
    basis: words for basis, words in BASES.items() if basis not in {"young_person", "professional"}
}
"""On what ground access may go on: nobody becomes the young person or a professional, so these are invited anew."""

PARENTS = ("parental_responsibility", "carer")
"""The grounds that end with compulsory school age, because the rights are the young person's then."""

YOUNG_PERSONS = ("young_person", "agreed")
"""The grounds that begin after it."""

TOO_EARLY = (
    "Compulsory school age ends on {}. Until then the rights are the parents’."
    " Choose a parent, a carer, a representative or a professional"
)
TOO_LATE = (
    "Compulsory school age ended on {}, so the rights are the young person’s."
    " Choose “" + BASES["agreed"] + "”. If they cannot decide for themselves, or a court has named"
    " a deputy, choose “" + BASES["representative"] + "”"
)

AT_WORK = "professional"
"""The ground of whoever works with the child."""

TEAM = "team"
"""The SEND team's own ground: they work for the council that keeps the record."""


class Part(Enum):
    """What only some of those with access to a record see. Everything else in it is for all of them."""

    LETTERS = auto()
    """Letters about decisions, reasons, exceptions, appeals and mediation, with their last days."""
    ADVICE = auto()
    """Who is writing about the child, and whom a family wants asked."""
    DRAFT_PLAN = auto()
    """The pages on which a family comments on a draft."""
    OPENED = auto()
    """Who opened the record."""
    WHO_SEES = auto()
    """Who has access, and asking the team to end it."""


_FAMILY = frozenset({Part.LETTERS, Part.ADVICE, Part.DRAFT_PLAN, Part.OPENED})

SEEN: Mapping[str, frozenset[Part]] = {
    TEAM: frozenset(Part),
    "parental_responsibility": _FAMILY,
    "carer": _FAMILY,
    "young_person": _FAMILY | {Part.WHO_SEES},
    "agreed": _FAMILY,
    "representative": _FAMILY,
    AT_WORK: frozenset(),
}


def sees(basis: str, part: Part) -> bool:
    """Whether somebody with access on this ground sees `part`; on an unknown ground nobody does.

    Professionals see what they were asked for: the stage and its dates, and their own messages, documents
    and forms (UK GDPR article 5(1)(c)). Who else sees a record is for the young person, whose record it is.
    """
    return part in SEEN.get(basis, frozenset())


IN_WORDS: Mapping[Part, str] = {
    Part.LETTERS: "Letters about decisions, with the rights in them, and reasons, exceptions, mediation and appeals",
    Part.ADVICE: "Who is writing advice, and whom a family wants asked",
    Part.DRAFT_PLAN: "The pages on which a family comments on a draft plan",
    Part.OPENED: "Who opened the record",
    Part.WHO_SEES: "Who else can see the record",
}
"""Each part as the team reads it before it lets somebody in."""


def hidden_in_words(basis: str) -> tuple[str, ...]:
    """What somebody with access on this ground does not see, in words."""
    return tuple(words for part, words in IN_WORDS.items() if not sees(basis, part))


def may_be_given(born: date, today: date) -> tuple[str, ...]:
    """The grounds on which access to the record of somebody born on `born` may newly be given, in the order of BASES.

    Until the end of compulsory school age the rights are the parents', and nobody else's to lend. From the day after
    they are the young person's, who asks whom they want; whoever cannot decide has a representative, who may be a
    deputy or a parent (CFA 2014 s.80 and s.83; SI 2014/1530 regs 63 to 65; SEND Code of Practice 8.13 to 8.18).
    Access that was given before goes on until the team has asked.
    """
    barred = YOUNG_PERSONS if today <= school_age_ends(born) else PARENTS
    return tuple(basis for basis in BASES if basis not in barred)


def why_not(basis: str, born: date, today: date) -> str:
    """Why access may not newly be given on the ground `basis`, and which to take; empty when it may."""
    if basis in may_be_given(born, today):
        return ""
    words = TOO_EARLY if basis in YOUNG_PERSONS else TOO_LATE
    return words.format(day_in_words(school_age_ends(born)))


@dataclass(frozen=True)
class Says:
    """What an account says of its owner: registered for professional use, and born on which day, if it says so."""

    is_professional: bool
    born: date | None = None


def to_check(basis: str, says: Says, born: date) -> tuple[str, ...]:
    """What a caseworker should look at, where the ground does not fit what the account `says`; nothing is barred by it.

    `born` is the child's day of birth.
    """
    found = (
        (
            basis == AT_WORK and not says.is_professional,
            "Access is for a professional, but the account is not registered as one.",
        ),
        (basis != AT_WORK and says.is_professional, "The account is registered as a professional’s."),
        (basis == "young_person" and says.born is None, "The account is not registered as the young person’s."),
        (
            basis == "young_person" and says.born not in {None, born},
            "The account has another date of birth than the record.",
        ),
    )
    return tuple(words for holds, words in found if holds)
