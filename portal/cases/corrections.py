"""Putting right what was recorded: a mistake is struck out, and an exception gets its last day.

What is struck out stays in the record with the reason, out of the family's sight; they are told that a mistake was
corrected.
"""

from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases import rules
from portal.cases.acts import close, place
from portal.cases.facts import OF_ONE_ADULT
from portal.cases.notify import tell_family
from portal.cases.stored import StoredCase, case_of_entry, case_to_change
from portal.errors import NotFound, RuleBroken

_STRIKE_DECISION = """
UPDATE case_decision SET struck_at = {}, struck_by = {}, strike_reason = {} WHERE public_id = {} AND id = (
    SELECT id FROM case_decision WHERE ehc_case = {} AND struck_at IS NULL ORDER BY id DESC LIMIT 1
) RETURNING kind, happened_on AS "on"
"""

_STRIKE_EXCEPTION = """
UPDATE case_exception SET struck_at = {}, struck_by = {}, strike_reason = {}
WHERE public_id = {} AND ehc_case = {} AND struck_at IS NULL RETURNING kind, duty
"""

_STRIKE_EXPLANATION = """
UPDATE case_explanation SET struck_at = {}, struck_by = {}, strike_reason = {}
WHERE public_id = {} AND ehc_case = {} AND struck_at IS NULL RETURNING 'explained_' || duty AS kind, duty
"""

_KINDS_KEPT = "SELECT kind FROM case_decision WHERE ehc_case = {} AND struck_at IS NULL ORDER BY id"

_END = """
UPDATE case_exception SET ends_on = {}
WHERE public_id = {} AND ehc_case = {} AND ends_on IS NULL AND struck_at IS NULL RETURNING kind
"""


async def strike_out(actor: Actor, child: ChildRecord, entry: str, reason: str, *, now: datetime) -> str:
    """Take back one entry, named by its public id: an exception, an explanation, or the newest of the rest.

    The case goes back to where it stood before. Nobody is told of a draft that was served in the portal: only some
    know of it. Gives the kind. Raises NotFound, and RuleBroken on `reason` when the entry is struck out already, is not
    the newest any more, or must stay.
    """
    async with DB.transaction():
        case = await case_to_change(child.id, await case_of_entry(child.id, entry))
        strike = (now, actor.account, reason, entry, case.id)
        what, struck = "exception", await fetch_one(_STRIKE_EXCEPTION, *strike)
        if struck is None:
            what, struck = "lateness", await fetch_one(_STRIKE_EXPLANATION, *strike)
        if struck is None:
            what, struck = "decision", await _newest(case, strike)
        await close(actor, child, case.id, f"{what}:struck_out", struck, now)
        if not (case.facts.served_here and struck["kind"] in OF_ONE_ADULT):
            await tell_family("decision_struck_out", child, now=now)
    return str(struck["kind"])


async def _newest(case: StoredCase, strike: tuple[object, ...]) -> dict[str, Any]:
    """Strike out a decision or a move, and put the case back to where it stood."""
    struck = await fetch_one(_STRIKE_DECISION, *strike)
    if struck is None:
        raise RuleBroken("reason", "This is not the newest entry any more. Check which one you want to strike out")
    rules.may_strike(struck["kind"], case.facts)
    kept = [row["kind"] for row in await fetch(_KINDS_KEPT, case.id)]
    await place(case.id, *rules.place_of(kept, case.facts))
    return struck


async def record_last_day(actor: Actor, child: ChildRecord, exception: str, ends: date, *, now: datetime) -> str:
    """Give an exception that is open its last day, and tell the family. Gives its public id.

    Raises NotFound, and RuleBroken on `ends` when it has a last day already or began later.
    """
    async with DB.transaction():
        case = await case_to_change(child.id, await case_of_entry(child.id, exception))
        kept = next((one for one in case.facts.exceptions if one.public_id == exception), None)
        if kept is None:
            raise NotFound
        if ends < kept.starts:
            raise RuleBroken("ends", "The last day must not be before the first")
        if await fetch_one(_END, ends, exception, case.id) is None:
            raise RuleBroken("ends", "The last day is recorded already")
        await close(actor, child, case.id, "exception:ended", {"kind": kept.kind, "on": ends}, now)
        await tell_family("exception_recorded", child, now=now, decision=exception)
    return exception
