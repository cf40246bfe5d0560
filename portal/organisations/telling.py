"""Tells managers who waits for them; and a family that an organisation works with the child, or does no more.

Which one stands in no email to a family: whoever reads it may not know, or may not be meant to know, where the
child goes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.engine import fetch
from portal import notices
from portal.access.queries import ChildRecord, adults_of
from portal.access.rules import AT_WORK, Part, sees
from portal.notices import Recipient

_MANAGERS = """
SELECT id, email FROM account WHERE role IN ('manager', 'administrator') AND disabled_at IS NULL ORDER BY id LIMIT 100
"""


async def tell_managers(kind: str, about: Mapping[str, Any], *, now: datetime) -> None:
    """Owe an email of `kind` to every manager: only they say who works at an organisation."""
    for one in await fetch(_MANAGERS):
        await notices.queue(kind, Recipient(one["email"], one["id"]), about, now=now)


async def tell_family(kind: str, child: ChildRecord, *, now: datetime) -> None:
    """Owe an email of `kind` to everybody with access but professionals. It leads to who can see the record, or to it.

    Only a young person reads who can see the record (`access.rules.SEEN`).
    """
    for adult in await adults_of(child.id):
        if adult.basis != AT_WORK:
            may_look = sees(adult.basis, Part.WHO_SEES)
            about = {"reference": child.case_reference, "child": child.public_id, "may_look": may_look}
            await notices.queue(kind, Recipient(adult.email, adult.account), about, now=now)
