"""Which draft plan is one to comment on now, in SQL: of `draft_plan p` in the case `ehc_case k`.

The same as `portal.drafts.rules.commented_since`, for lists that look at many cases.
"""

from portal.cases.waiting import quoted, waits
from portal.drafts import rules

_MADE_ON = "(p.created_at AT TIME ZONE 'Europe/London')::date"

_AGAIN = " OR ".join(waits(duty, "k", _MADE_ON) for duty in rules.COMMENTED_WITH_A_PLAN)

RUNS = f"(k.branch = '' AND (k.stage NOT IN ({quoted(rules.OVER_AT)}) OR {_AGAIN}))"
