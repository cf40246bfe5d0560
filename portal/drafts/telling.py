"""Telling one adult by email what concerns their own draft, and nobody else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.engine import fetch_one
from portal import notices
from portal.access.queries import ChildRecord
from portal.cases.served import stands
from portal.notices import Recipient

TOLD, NOT_TOLD = "told", "not_told"

_ADULT = """
SELECT a.id, a.email FROM account a JOIN relationship r ON r.account = a.id AND r.child = {} AND r.state = 'active'
WHERE a.id = {} AND a.disabled_at IS NULL
"""

_STILL_THEIRS = f"""
SELECT r.id FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan
JOIN document d ON d.id = p.document WHERE r.notice = {{}} AND {stands()}
"""


async def tell_adult(kind: str, child: ChildRecord, account: int, *, now: datetime) -> str:
    """Owe one adult an email of `kind`. Gives TOLD, or NOT_TOLD when they have no access to the record any more."""
    adult: dict[str, Any] | None = await fetch_one(_ADULT, child.id, account)
    if adult is None:
        return NOT_TOLD
    about = {"reference": child.case_reference, "child": child.public_id}
    await notices.queue(kind, Recipient(adult["email"], adult["id"]), about, now=now)
    return TOLD


async def served_facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the email about a draft says; None when it was taken back, or the service struck out, before it went out."""
    return about if await fetch_one(_STILL_THEIRS, about["notice"]) else None
