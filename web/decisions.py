"""The letter about a decision, for the family and for the SEND team."""

from dataclasses import dataclass
from datetime import datetime

from portal.access.queries import ChildRecord
from portal.cases.decision_letters import DecisionLetter, letter_of
from portal.cases.queries import case_of
from portal.cases.rules import DECISIONS
from portal.errors import NotFound
from web.dates import today


@dataclass(frozen=True)
class LetterView:
    """One letter, with whom it is about and who signs it."""

    child: ChildRecord
    letter: DecisionLetter
    signed_by: str


async def letter_view(child: ChildRecord, decision: str, *, now: datetime) -> LetterView:
    """The letter of the decision with this public id. Raises NotFound when there is none, or it was struck out."""
    case = await case_of(child, today=today(now))
    for one in case.facts.decisions:
        if one.public_id == decision and one.kind in DECISIONS:
            letter = letter_of(one, case.facts, child.forename)
            return LetterView(child, letter, case.caseworker.name or case.caseworker.team)
    raise NotFound
