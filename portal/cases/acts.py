"""What every act on a case ends with: where the case stands, its deadline for the caseload, and the audit entry."""

from collections.abc import Mapping
from datetime import datetime

from db.engine import fetch
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases.deadline import refresh


async def place(case: int, stage: str, branch: str) -> None:
    """Put a case at a stage and on a branch."""
    await fetch("UPDATE ehc_case SET stage = {}, branch = {} WHERE id = {}", stage, branch, case)


async def close(
    actor: Actor, child: ChildRecord, case: int, what: str, detail: Mapping[str, object], now: datetime
) -> None:
    """Reckon the deadline of a case anew, and audit what was done to it."""
    await refresh(case, now)
    await audit.record(f"staff:{what}", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail)
