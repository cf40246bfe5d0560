"""What somebody had saved and not sent goes along to the draft that they comment on now."""

from db.engine import fetch

_CARRY = """
UPDATE draft_plan_response s SET draft_plan = w.id FROM draft_plan p JOIN draft_plan w ON w.child = p.child
WHERE w.id = {} AND p.id = s.draft_plan AND s.draft_plan <> w.id AND s.account = {} AND s.sent_at IS NULL
"""


async def carry(draft: int, account: int) -> None:
    """Put everything of one adult that is not sent yet, about any draft of the child, beside this draft."""
    await fetch(_CARRY, draft, account)
