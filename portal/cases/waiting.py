"""In SQL: whether something that begins with a plan still waits, as `portal.cases.clock.waiting_since` says."""

from collections.abc import Iterable

from portal.cases.clock import ENDS, STARTS


def quoted(kinds: Iterable[str]) -> str:
    """Keys of the rules as a list for `IN`."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def waits(duty: str, case: str, by: str) -> str:
    """Whether `duty` of the row `case` of ehc_case had begun by the day `by`, and nothing has fulfilled it since."""
    return f"""EXISTS (SELECT FROM case_decision s WHERE s.ehc_case = {case}.id AND s.struck_at IS NULL
    AND s.kind = '{STARTS[duty]}' AND s.happened_on <= {by}
    AND NOT EXISTS (SELECT FROM case_decision e WHERE e.ehc_case = {case}.id AND e.struck_at IS NULL
        AND e.kind IN ({quoted(ENDS[duty])}) AND e.happened_on >= s.happened_on))"""
