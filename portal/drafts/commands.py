"""What a family does about a draft plan: comment on a section, ask for a school or a meeting, send it.

What is saved may be unfinished, and can be changed until it is sent. What is sent stays as it is, and is answered.
"""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import DB, fetch
from portal import audit, notices
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cover.telling import tell_team
from portal.drafts import rules
from portal.drafts.carrying import carry
from portal.drafts.queries import OwnDraft
from portal.errors import Refused, RuleBroken
from portal.ids import public_id, readable
from portal.notices import Recipient

OVER = "This draft is closed, because there is a final plan or the assessment has ended. Phone the SEND team."
TAKEN_BACK = "We have taken this draft back, so there is nothing to comment on now. Phone the SEND team."
CHANGED = "What you saved has changed since you opened this page. Check it once more, and then send it"
REFERENCE_LENGTH = 8

_SAVE = """
INSERT INTO draft_plan_response
    (public_id, draft_plan, account, part, agrees, body, school_name, school_kind, saved_at, is_late, reference)
VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, false, '')
ON CONFLICT (draft_plan, account, part) WHERE sent_at IS NULL DO UPDATE SET agrees = excluded.agrees,
    body = excluded.body, school_name = excluded.school_name, school_kind = excluded.school_kind,
    saved_at = excluded.saved_at
"""

_SEND = """
UPDATE draft_plan_response s SET sent_at = {}, is_late = {}, reference = {}
FROM unnest({}::bigint[], {}::timestamptz[]) AS seen (id, saved_at)
WHERE s.id = seen.id AND s.saved_at = seen.saved_at AND s.draft_plan = {} AND s.account = {} AND s.sent_at IS NULL
RETURNING s.part
"""


@dataclass(frozen=True)
class Said:
    """What somebody typed about one part. `body` is the comment, why this school, or the times that suit.

    `agrees` is None until they have said whether they agree with a section.
    """

    part: str
    body: str = ""
    agrees: bool | None = None
    school_name: str = ""
    school_kind: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all was typed or chosen."""
        return self.agrees is None and not (self.body or self.school_name or self.school_kind)


async def save(actor: Actor, own: OwnDraft, said: Said, *, now: datetime) -> None:
    """Keep what was typed about one part, finished or not; it is not sent yet. Raises Refused once it is over."""
    _refuse_closed(own)
    typed = (said.agrees, said.body, said.school_name, said.school_kind)
    async with DB.transaction():
        await carry(own.draft.id, actor.account)
        await fetch(_SAVE, public_id(), own.draft.id, actor.account, said.part, *typed, now)


async def discard(actor: Actor, own: OwnDraft, part: str) -> None:
    """Delete what was saved about one part and not sent."""
    async with DB.transaction():
        await carry(own.draft.id, actor.account)
        await fetch(
            "DELETE FROM draft_plan_response WHERE draft_plan = {} AND account = {} AND part = {} AND sent_at IS NULL",
            own.draft.id,
            actor.account,
            part,
        )


async def send(actor: Actor, child: ChildRecord, own: OwnDraft, *, today: date, now: datetime) -> str:
    """Send everything that `own` says is saved. Gives the reference, which the confirmation email names too.

    After the last day it is still taken, and marked: the council considers it if it still can (reg 13(1) sets
    the least, not the most). Raises RuleBroken when nothing is saved, something is unfinished or has changed since,
    Refused once there is a final plan.
    """
    _refuse_closed(own)
    _refuse_unfinished(own)
    late, reference = rules.is_late(today, own.last_day), readable(REFERENCE_LENGTH)
    seen = [one.id for one in own.unsent], [one.saved_at for one in own.unsent]
    async with DB.transaction():
        await carry(own.draft.id, actor.account)
        rows = await fetch(_SEND, now, late, reference, *seen, own.draft.id, actor.account)
        if len(rows) != len(own.unsent):
            raise RuleBroken("", CHANGED)
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
        raise Refused(TAKEN_BACK if own.draft.is_taken_back else OVER)


def _refuse_unfinished(own: OwnDraft) -> None:
    if not own.unsent:
        raise RuleBroken("", "There is nothing to send. Comment on a section first")
    for one in own.unsent:
        if one.missing:
            raise RuleBroken(f"part-{one.part}", f"{one.title} is not finished. {one.missing}")
