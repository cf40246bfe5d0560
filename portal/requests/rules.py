"""What a request for an EHC needs assessment asks, and what must hold. Pure: the day is an argument.

Law: Children and Families Act 2014 (CFA) s.36(1): the parent, the young person, a school or a college
may ask. Others may bring a child to the council's attention (CFA s.23, Code of Practice 9.9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.access.rules import BASES_IN_SHORT
from portal.dates import day_in_words
from portal.limits import Limit
from portal.personal.rules import age, is_young_person, school_age_ends

ASKERS: Mapping[str, str] = {
    "parent": "I am the child’s parent, or I have parental responsibility",
    "carer": "I am the child’s carer, such as a foster carer or a grandparent the child lives with",
    "myself": "I ask for myself. Compulsory school age is over, and I am under 25",
    "professional": "I work with the child or young person, for example at a school",
}
"""Who is asking: what is kept, and what the person chooses from."""

BASIS_OF: Mapping[str, str] = {
    "parent": "parental_responsibility",
    "carer": "carer",
    "myself": "young_person",
    "professional": "professional",
}
"""The legal ground of the asker's access, which staff check (`access.rules.BASES`)."""

NOT_THROUGH = "none"
"""Stands for no organisation, where somebody who works at one asks otherwise."""

WORKPLACES: Mapping[str, str] = {
    "school": "A school",
    "nursery": "A nursery",
    "college": "A college",
    "other": "Somewhere else, such as a health or social care team",
}

PARENTS_KNOW: Mapping[str, str] = {
    "agree": "They know, and they agree",
    "know": "They know, but they have not said that they agree",
    "no": "They do not know",
}

NAMED_AS: Mapping[str, str] = {
    "parental_responsibility": "A parent, or somebody else with parental responsibility",
    "carer": "A carer, such as a foster carer or a grandparent the child lives with",
    "young_person": "The young person themself",
}
"""Who somebody is whom a professional names: the ground on which the team may invite them (`access.rules.BASES`)."""

AGREES: Mapping[str, str] = {
    "asked": "Yes, they want me to ask for them",
    "cannot": "They cannot decide this for themselves, and I act for them",
    "not_asked": "I have not asked them yet",
    "no": "No, they do not want it",
}
"""Whether a young person agrees that a parent or carer asks; the right is theirs (CFA s.36(1); CoP 8.13 to 8.17)."""

_BASIS_BY_AGREEMENT: Mapping[str, str] = {"asked": "agreed", "cannot": "representative"}

CONSENT: Mapping[str, str] = {
    "yes": "Yes, you may ask them",
    "talk": "Talk to me first",
    "no": "No",
}
"""Whether the council may ask advisers and share with them what was said."""

_LAW = "(Children and Families Act 2014, sections 36 and 83)"
NOT_BORN = (
    f"The law gives an assessment to a child who has been born {_LAW}. Check the date of birth. "
    "If your baby is still to come, your midwife knows who helps until then"
)
NOT_BORN_SELF = "Your date of birth must be in the past"
OVER_AGE = (
    f"The law gives an assessment up to the day before the 25th birthday {_LAW}. Check the date of birth. "
    "If it is right, phone us: we tell you who helps adults"
)

TOO_YOUNG = (
    "You can ask for yourself once compulsory school age is over, which is after {}."
    " Until then, ask a parent, a carer or your school to do it"
)

FOR_A_CHILD = ("parent", "carer")
"""Those who ask on a right that ends with compulsory school age."""

TOO_OLD = 25
LONGEST_TEXT = 5_000
MOST_TYPED = 10_000
"""Characters of one answer that are kept while it is being written, even when they are too many to send."""

PER_DAY = Limit("assessment_requested", tries=20, window=timedelta(days=1))

_STEPS = ("who", "child", "needs")


@dataclass(frozen=True)
class NamedAdult:
    """Somebody of the family whom a professional named: `basis` is a key of `NAMED_AS`, or empty when not said."""

    name: str
    email: str
    basis: str


@dataclass(frozen=True)
class Answers:
    """Everything that was said. `again` is the public id of a child whom the asker sees already, or empty.

    Names and birth are the child's; with `again` they are not asked and stay empty. What only
    professionals or only families are asked is empty for the others.
    """

    asker: str
    again: str
    forename: str
    surname: str
    date_of_birth: date | None
    postcode: str
    setting: str
    needs: str
    tried: str
    hopes: str
    consent: str = ""
    workplace: str = ""
    organisation: str = ""
    parents: str = ""
    parent_name: str = ""
    parent_email: str = ""
    parent_basis: str = ""
    other_name: str = ""
    other_email: str = ""
    other_basis: str = ""
    agrees: str = ""
    through: str = ""

    @property
    def named(self) -> tuple[NamedAdult, ...]:
        """The family's adults whom a professional named, in the order of naming. They may live apart."""
        first = NamedAdult(self.parent_name, self.parent_email, self.parent_basis)
        other = NamedAdult(self.other_name, self.other_email, self.other_basis)
        return tuple(adult for adult in (first, other) if adult.name)

    @property
    def basis(self) -> str:
        """The ground on which the asker wants access: for a young person it comes from them (CoP 8.15)."""
        return _BASIS_BY_AGREEMENT.get(self.agrees, BASIS_OF[self.asker])

    @property
    def source(self) -> str:
        return source_of(self.asker, self.workplace)


def is_theirs(born: date | None, today: date) -> bool:
    """Whether the right to ask is the young person's own: compulsory school age is over (CFA s.36(1), s.83(2))."""
    return born is not None and is_young_person(born, today)


def steps_for(asker: str, born: date | None, today: date) -> tuple[str, ...]:
    """The pages that somebody goes through, in order, for somebody born on `born`, which may not be known yet.

    Only a family can consent to advisers being asked. Whoever asks for a young person is asked whether they agree.
    """
    if asker == "professional":
        return (*_STEPS, "family")
    agreement = ("agreement",) if asker in FOR_A_CHILD and is_theirs(born, today) else ()
    return (*_STEPS[:2], *agreement, *_STEPS[2:], "consent")


def agreement_to_check(agrees: str) -> str:
    """What the team should look at when a parent asked about a young person; empty when it is settled."""
    if agrees in {"asked", ""}:
        return ""
    return f"Compulsory school age is over, so the young person decides. Whoever asked says: “{AGREES[agrees]}”."


def workplace_of(kind: str) -> str:
    """Which workplace an organisation of this kind (`organisations.rules.KINDS`) is."""
    return kind if kind in WORKPLACES else "other"


def source_of(asker: str, workplace: str) -> str:
    """How the record names who asked (`children.rules.SOURCES`)."""
    if asker == "professional":
        return "other" if workplace == "other" else "school"
    return "young_person" if asker == "myself" else "parent"


def check_birth(born: date | None, *, asker: str, today: date) -> date:
    """A day of birth for which an assessment can be asked. Raises ValueError with the message for the person.

    Born, and under 25 (CFA s.36(1), s.83(2)). Whoever asks for themself must be over compulsory school age.
    """
    whose = "your" if asker == "myself" else "the child’s"
    if born is None:
        raise ValueError(f"Enter {whose} date of birth")
    if born > today:
        raise ValueError(NOT_BORN_SELF if asker == "myself" else NOT_BORN)
    check_age(born, today)
    if asker == "myself" and not is_theirs(born, today):
        raise ValueError(TOO_YOUNG.format(day_in_words(school_age_ends(born))))
    return born


def check_age(born: date, today: date) -> None:
    """Raises ValueError with the message for the person when somebody has reached 25 (CFA s.36(1), s.83(2))."""
    if age(born, today) >= TOO_OLD:
        raise ValueError(OVER_AGE)


def ground_to_check(said: str, recorded: str) -> str:
    """What the team should look at when somebody claims another ground than the one on record; empty when they agree.

    Both are keys of `access.rules.BASES`; `recorded` is empty when no access of theirs is on record.
    """
    if not recorded or said == recorded:
        return ""
    return f"They ask as: {BASES_IN_SHORT[said].lower()}. On record is: {BASES_IN_SHORT[recorded].lower()}."


def team_for(children: Mapping[int, int]) -> int | None:
    """Which team gets a new child: the one with the fewest children, of several the oldest.

    `children` gives for the id of each team that takes new requests how many it has. None when there is no such team.
    """
    return min(children, key=lambda team: (children[team], team), default=None)
