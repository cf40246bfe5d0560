"""What a family does about a draft plan: comment on a section, ask for a school or a meeting, send it.

What is saved can be changed until it is sent. What is sent stays as it is, and is answered.
"""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cover.telling import tell_team
from portal.drafts import rules
from portal.drafts.queries import OwnDraft
from portal.errors import Refused, RuleBroken
from portal.ids import public_id, readable
from portal.notices import Recipient

OVER = "This draft is closed, because there is a final plan or the assessment has ended. Phone the SEND team."
REFERENCE_LENGTH = 8

_SAVE = """
INSERT INTO draft_plan_response
    (public_id, draft_plan, account, part, agrees, body, school_name, school_kind, saved_at, is_late, reference)
VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, false, '')
ON CONFLICT (draft_plan, account, part) WHERE sent_at IS NULL DO UPDATE SET agrees = excluded.agrees,
    body = excluded.body, school_name = excluded.school_name, school_kind = excluded.school_kind,
    saved_at = excluded.saved_at
RETURNING public_id
"""

_SEND = """
UPDATE draft_plan_response SET sent_at = {}, is_late = {}, reference = {}
WHERE draft_plan = {} AND account = {} AND sent_at IS NULL RETURNING part
"""


@dataclass(frozen=True)
class Said:
    """What somebody typed about one part. `body` is the comment, why this school, or the times that suit."""

    part: str
    body: str = ""
    agrees: bool = False
    school_name: str = ""
    school_kind: str = ""


async def save(actor: Actor, own: OwnDraft, said: Said, *, now: datetime) -> str:
    """Keep what was typed about one part; it is not sent yet. Gives its public id. Raises Refused once it is over."""
    _refuse_closed(own)
    row = await fetch_one(
        _SAVE,
        public_id(),
        own.draft.id,
        actor.account,
        said.part,
        said.agrees,
        said.body,
        said.school_name,
        said.school_kind,
        now,
    )
    assert row is not None, "an upsert always gives a row"
    return str(row["public_id"])


async def discard(actor: Actor, own: OwnDraft, part: str) -> None:
    """Delete what was saved about one part and not sent."""
    await fetch(
        "DELETE FROM draft_plan_response WHERE draft_plan = {} AND account = {} AND part = {} AND sent_at IS NULL",
        own.draft.id,
        actor.account,
        part,
    )


async def send(actor: Actor, child: ChildRecord, own: OwnDraft, *, today: date, now: datetime) -> str:
    """Send everything that is saved. Gives the reference, which the confirmation email names too.

    After the last day it is still taken, and marked: the council considers it if it still can (reg 13(1) sets
    the least, not the most). Raises RuleBroken when nothing is saved, Refused once there is a final plan.
    """
    _refuse_closed(own)
    late, reference = rules.is_late(today, own.last_day), readable(REFERENCE_LENGTH)
    async with DB.transaction():
        rows = await fetch(_SEND, now, late, reference, own.draft.id, actor.account)
        if not rows:
            raise RuleBroken("", "There is nothing to send. Comment on a section first")
        detail = {"parts": sorted(row["part"] for row in rows), "late": late}
        await audit.record(
            "family:draft:sent", now=now, actor=actor, child=child.id, subject=own.draft.public_id, detail=detail
        )
        about = {"reference": child.case_reference, "child": child.public_id, "receipt": reference}
        await notices.queue("draft_comments_received", Recipient.of(actor), about, now=now)
        await tell_team("draft_comments_sent", child, {}, now=now)
    return reference


def _refuse_closed(own: OwnDraft) -> None:
    if not own.draft.is_open:
        raise Refused(OVER)
