"""Who should be asked about a draft and has none, and what families sent that nobody has answered."""

from dataclasses import dataclass

from db.engine import fetch
from portal.access.queries import CLOSED, IS_BACK, ChildRecord
from portal.access.rules import BASES_IN_SHORT
from portal.cases.served import stands
from portal.cases.stored import NEWEST
from portal.drafts import rules

_NOT_HERE = ("code_sent", "locked", "verified", "invited", "declined", "expired")
"""States of an invitation that has not led to access."""

_NOT_SERVED = f"""
WITH newest AS (SELECT p.id, d.id AS document FROM {NEWEST} k JOIN draft_plan p ON p.ehc_case = k.id
    JOIN document d ON d.id = p.document AND d.recalled_at IS NULL ORDER BY p.id DESC LIMIT 1)
SELECT a.forename || ' ' || a.surname AS name, l.basis, l.state FROM newest w JOIN relationship l ON l.child = {{}}
JOIN account a ON a.id = l.account AND a.disabled_at IS NULL
WHERE l.state IN ('active', 'waiting') AND l.basis = ANY({{}}) AND NOT EXISTS (SELECT FROM draft_plan_recipient r
    JOIN document d ON d.id = w.document WHERE r.draft_plan = w.id AND r.account = l.account AND {stands()})
UNION ALL
SELECT a.forename || ' ' || a.surname, r.basis, 'closed' FROM newest w JOIN relationship r ON r.child = {{}}
JOIN account a ON a.id = r.account AND {CLOSED}
WHERE r.basis = ANY({{}}) AND NOT {IS_BACK} AND NOT EXISTS (SELECT FROM draft_plan_recipient s
    WHERE s.draft_plan = w.id AND s.account = r.account AND s.struck_at IS NULL)
UNION ALL
SELECT i.adult_name, i.basis, 'invited' FROM newest w JOIN invitation i ON i.child = {{}}
WHERE i.state = ANY({{}}) AND i.basis = ANY({{}})
ORDER BY name
"""

_UNANSWERED = f"""
SELECT count(*) AS n FROM {NEWEST} k JOIN draft_plan p ON p.ehc_case = k.id
JOIN draft_plan_response s ON s.draft_plan = p.id AND s.sent_at IS NOT NULL AND (s.body <> '' OR s.part = ANY({{}}))
WHERE NOT EXISTS (SELECT FROM draft_plan_answer w WHERE w.response = s.id)
"""


@dataclass(frozen=True)
class NotServed:
    """Somebody whom the law wants to be asked (`rules.ASKED_BY_LAW`) and who does not have the newest draft.

    `state` is active, waiting while their access is being checked, invited, or closed when they closed their account.
    """

    name: str
    basis: str
    state: str

    @property
    def who(self) -> str:
        """`Ben Khan, parental responsibility`, and why they cannot be served here."""
        here = {
            "waiting": ", their access is being checked",
            "invited": ", has no access here: send it on paper",
            "closed": ", closed their account: send it on paper",
        }
        return f"{self.name}, {BASES_IN_SHORT[self.basis].lower()}{here.get(self.state, '')}"


async def not_served(child: ChildRecord) -> tuple[NotServed, ...]:
    """Who does not have the newest draft of a child whom the member of staff may see; nobody while there is none.

    One query.
    """
    bases = list(rules.ASKED_BY_LAW)
    rows = await fetch(_NOT_SERVED, child.id, child.id, bases, child.id, bases, child.id, list(_NOT_HERE), bases)
    return tuple(NotServed(**row) for row in rows)


async def before_the_final_plan(child: ChildRecord) -> tuple[str, ...]:
    """What is still to be done about the draft before the final plan is issued, as sentences. Two queries."""
    unanswered = (await fetch(_UNANSWERED, child.id, [rules.SCHOOL, rules.MEETING]))[0]["n"]
    answers = (f"{rules.unanswered_in_words(unanswered)} Answer before the final plan.",) if unanswered else ()
    return answers + tuple(f"Not served yet: {one.who}." for one in await not_served(child))
