"""Telling a family why a date is late, where the law knows no reason for it."""

from datetime import datetime

from db.engine import DB
from db.tables import CaseExplanation
from portal import audit, ids
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases import rules
from portal.cases.notify import tell_family
from portal.cases.rules import Explanation
from portal.cases.stored import newest_case_to_change


async def explain_lateness(actor: Actor, child: ChildRecord, explanation: Explanation, *, now: datetime) -> str:
    """Tell the family why a date is late and what is aimed for, on the day `explanation.on`. Gives the duty.

    It is no exception: the date stays late, and counts as late. Raises RuleBroken on `duty`, `told` or `new_target`.
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        rules.may_explain(explanation, case.facts, explanation.on)
        await CaseExplanation(
            public_id=ids.public_id(),
            ehc_case=case.id,
            duty=explanation.duty,
            told=explanation.told,
            new_target=explanation.new_target,
            explained_on=explanation.on,
            recorded_by=actor.account,
            recorded_at=now,
        ).save()
        detail = {"duty": explanation.duty, "target": explanation.new_target}
        await audit.record(
            "staff:lateness:explained", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail
        )
        await tell_family("lateness_explained", child, now=now)
    return explanation.duty
