"""The letter about a decision, for the family and for the SEND team."""

from dataclasses import dataclass
from datetime import datetime

from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases.decision_letters import DecisionLetter, exception_letter, letter_of
from portal.cases.queries import ChildCase, case_of_letter
from portal.cases.rules import DECISIONS
from portal.errors import NotFound
from portal.evidence.queries import ByPost, RecipientLine
from web.dates import today


@dataclass(frozen=True)
class LetterView:
    """One letter, with whom it is about and who signs it; for the team also who was told, and what became of that."""

    child: ChildRecord
    letter: DecisionLetter
    signed_by: str
    recipients: tuple[RecipientLine, ...] = ()
    by_post: tuple[ByPost, ...] = ()


async def letter_view(actor: Actor, child: ChildRecord, decision: str, *, now: datetime) -> LetterView:
    """The letter of the decision or exception with this public id, of whichever request of the child.

    Raises NotFound, also once it was struck out.
    """
    case = await case_of_letter(actor, child, decision, today=today(now))
    letter = _find(case, decision)
    if letter is None:
        raise NotFound
    return LetterView(child, letter, case.caseworker.name or case.caseworker.team)


def _find(case: ChildCase, public_id: str) -> DecisionLetter | None:
    for decision in case.facts.decisions:
        if decision.public_id == public_id and decision.kind in DECISIONS:
            return letter_of(decision, case.facts, case.child.forename)
    for exception in case.facts.exceptions:
        if exception.public_id == public_id:
            return exception_letter(exception, case.facts)
    return None
