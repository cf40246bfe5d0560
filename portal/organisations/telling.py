"""Tells a family that an organisation works with the child, or works with the child no more.

Which one stands in no email: whoever reads it may not know, or may not be meant to know, where the child goes.
"""

from datetime import datetime

from portal import notices
from portal.access.queries import ChildRecord, adults_of
from portal.access.rules import AT_WORK, Part, sees
from portal.notices import Recipient


async def tell_family(kind: str, child: ChildRecord, *, now: datetime) -> None:
    """Owe an email of `kind` to everybody with access but professionals. It leads to who can see the record, or to it.

    Only a young person reads who can see the record (`access.rules.SEEN`).
    """
    for adult in await adults_of(child.id):
        if adult.basis != AT_WORK:
            may_look = sees(adult.basis, Part.WHO_SEES)
            about = {"reference": child.case_reference, "child": child.public_id, "may_look": may_look}
            await notices.queue(kind, Recipient(adult.email, adult.account), about, now=now)
