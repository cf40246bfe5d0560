"""Keeps `ehc_case.next_deadline`, by which the caseload is put in order without computing every clock."""

from datetime import datetime

from db.engine import fetch
from portal.cases import rules
from portal.cases.stored import case_with


async def refresh(case_id: int, now: datetime) -> None:
    """Write the next statutory date of one case, after anything about it has changed.

    A date that has passed stays until its duty is done. Raises NotFound.
    """
    deadline = rules.next_deadline((await case_with(case_id)).facts)
    await fetch("UPDATE ehc_case SET next_deadline = {}, updated_at = {} WHERE id = {}", deadline, now, case_id)
