"""Who may be asked for which form, and what an answer changes at once. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

AUDIENCES_OF: Mapping[str, frozenset[str]] = {
    "parental_responsibility": frozenset({"parent"}),
    "carer": frozenset({"parent"}),
    "young_person": frozenset({"young_person"}),
    "agreed": frozenset({"parent", "young_person"}),
    "representative": frozenset({"parent", "young_person"}),
    "professional": frozenset({"professional"}),
}
"""The ground on which an adult sees the record, and the audiences of a form (`forms.definition.AUDIENCES`) they are.

Whoever acts for a young person may fill in theirs (SEND Code of Practice 8.15 to 8.18).
"""

_IN_WORDS: Mapping[str, str] = {
    "parent": "parents and carers",
    "young_person": "young people",
    "professional": "professionals",
}


def wrong_audience(basis: str, audiences: Collection[str]) -> str:
    """Why an adult with this ground is not asked for a form for `audiences`; empty when they may be."""
    if AUDIENCES_OF[basis].intersection(audiences):
        return ""
    meant = ", and for ".join(words for audience, words in _IN_WORDS.items() if audience in audiences)
    return f"This form is for {meant}. Choose another form, or another person"


def wants_paper(form: str, answers: Mapping[str, Any]) -> bool | None:
    """Whether somebody said in the consent form that formal letters are to be posted; None when it was not asked."""
    said = answers.get("letters") if form == "consent" else None
    return said == "no" if said else None
