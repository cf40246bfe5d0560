"""Taking back a service of a draft that was recorded by mistake: a wrong day, or the wrong person."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.drafts.running import RUNS
from portal.drafts.serving import running_case
from portal.drafts.telling import tell_adult
from portal.errors import NotFound

_STRIKE = f"""
UPDATE draft_plan_recipient r SET struck_at = {{}}, struck_by = {{}}, strike_reason = {{}}
FROM draft_plan p, account a, ehc_case k
WHERE p.id = r.draft_plan AND p.child = {{}} AND p.public_id = {{}} AND a.id = r.account AND a.public_id = {{}}
AND r.struck_at IS NULL AND k.id = p.ehc_case AND {RUNS} RETURNING r.account, r.on_paper, r.served_on, p.document
"""

_NOT_POSTED = """
UPDATE document_recipient SET posted_on = NULL, posted_by = NULL
WHERE document = {} AND account = {} AND posted_on = {} AND recalled_at IS NULL
"""


async def strike_out(actor: Actor, child: ChildRecord, draft: str, adult: str, reason: str, *, now: datetime) -> str:
    """Strike out the service of a draft on one adult (public ids), which stays in the record, and tell only them.

    The draft can then be served on them again, and never with an earlier last day than they were told. What they
    have sent stays. Gives what `tell_adult` gives. Raises RuleBroken on `reason` once there is a final plan, and
    NotFound when the draft was not served on them.
    """
    async with DB.transaction():
        await running_case(child, "reason")
        row = await fetch_one(_STRIKE, now, actor.account, reason, child.id, draft, adult)
        if row is None:
            raise NotFound
        if row["on_paper"]:
            await fetch(_NOT_POSTED, row["document"], row["account"], row["served_on"])
        detail = {"to": row["account"], "reason": reason}
        await audit.record("staff:draft:struck_out", now=now, actor=actor, child=child.id, subject=draft, detail=detail)
        return await tell_adult("draft_day_corrected", child, row["account"], now=now)
