"""Which draft plan is one to comment on now, in SQL: of `draft_plan p` in the case `ehc_case k`.

The same as `portal.drafts.rules.commented_since`, for lists that look at many cases.
"""

from portal.cases.clock import ENDS, STARTS
from portal.drafts import rules


def _quoted(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


def _waits(duty: str) -> str:
    """What started `duty` before the draft was made, and nothing has fulfilled since."""
    return f"""EXISTS (SELECT FROM case_decision s WHERE s.ehc_case = k.id AND s.struck_at IS NULL
    AND s.kind = '{STARTS[duty]}' AND s.happened_on <= (p.created_at AT TIME ZONE 'Europe/London')::date
    AND NOT EXISTS (SELECT FROM case_decision e WHERE e.ehc_case = k.id AND e.struck_at IS NULL
        AND e.kind IN ({_quoted(ENDS[duty])}) AND e.happened_on >= s.happened_on))"""


_AGAIN = " OR ".join(_waits(duty) for duty in rules.COMMENTED_WITH_A_PLAN)

RUNS = f"(k.branch = '' AND (k.stage NOT IN ({_quoted(rules.OVER_AT)}) OR {_AGAIN}))"
