"""What one adult may know of a case: never on which day another adult was served a draft, nor their days. Pure."""

from dataclasses import replace

from portal.cases.clock import is_drafted_after_order
from portal.cases.facts import OF_ONE_ADULT, CaseFacts, Decision


def seen_by(account: int, facts: CaseFacts) -> CaseFacts:
    """The facts of a case for the adult with this account, when drafts are served in the portal.

    Each adult has 15 days of their own (reg 13(1)). So what the case says of the draft gives way to the last
    service on this adult, if there is one. That there is a draft is no secret: without it the council would seem late.
    """
    if not facts.served_here:
        return facts
    own = tuple(one for one in facts.services if one.account == account)[-1:]
    others = [one for one in facts.decisions if one.kind not in OF_ONE_ADULT]
    mine = [Decision("draft_served", one.on) for one in own]
    return replace(
        facts,
        services=own,
        decisions=tuple(sorted(others + mine, key=lambda one: one.on)),
        drafted_after_order=is_drafted_after_order(facts),
    )


def is_not_served(facts: CaseFacts) -> bool:
    """Whether a draft is about in the portal that this adult does not have: `facts` are as they may see them."""
    return facts.served_here and not facts.services
