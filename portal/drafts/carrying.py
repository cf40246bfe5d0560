"""What somebody had saved and not sent goes along to the draft that they comment on now."""

from db.engine import fetch
from portal.drafts.running import RUNS

_CARRY = f"""
UPDATE draft_plan_response s SET draft_plan = w.id
FROM draft_plan p JOIN draft_plan w ON w.ehc_case = p.ehc_case JOIN ehc_case k ON k.id = p.ehc_case AND {RUNS}
WHERE w.id = {{}} AND p.id = s.draft_plan AND s.draft_plan <> w.id AND s.account = {{}} AND s.sent_at IS NULL
"""
"""Not from the draft of an earlier plan: what was meant for that would be sent about another."""


async def carry(draft: int, account: int) -> None:
    """Put everything of one adult that is not sent yet, about any draft of the same plan, beside this draft."""
    await fetch(_CARRY, draft, account)
