"""On what legal ground somebody may see a child's record. Pure."""

from collections.abc import Mapping

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


def mismatch(basis: str, *, is_professional: bool) -> str:
    """What a caseworker should look at when ground and account do not fit; empty when they do."""
    if basis == "professional" and not is_professional:
        return "Invited as a professional, but the account is not registered as one."
    if basis != "professional" and is_professional:
        return "The account is registered as a professional’s."
    return ""
