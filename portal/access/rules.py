"""On what legal ground somebody may see a child's record, and which parts of it. Pure."""

from collections.abc import Mapping
from enum import Enum, auto

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


def mismatch(basis: str, *, is_professional: bool) -> str:
    """What a caseworker should look at when ground and account do not fit; empty when they do."""
    if basis == AT_WORK and not is_professional:
        return "Invited as a professional, but the account is not registered as one."
    if basis != AT_WORK and is_professional:
        return "The account is registered as a professional’s."
    return ""
