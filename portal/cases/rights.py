"""Which rights to appeal a family has on a day, over every request of the child. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.cases.appeals import AppealDates, appeals_of, is_taken_back
from portal.cases.facts import DECISIONS, CaseFacts, Decision
from portal.errors import RuleBroken


@dataclass(frozen=True)
class BranchRight:
    """The right against the decision that ended a case, and whether its last day is still to come."""

    dates: AppealDates
    runs: bool


def standing_rights(cases: Iterable[CaseFacts]) -> tuple[AppealDates, ...]:
    """Every right whose decision was not taken back, whether its last day has passed or not; newest decision first.

    What an order takes back may be a decision of an earlier request, so all of them are looked at together.
    """
    every = tuple(cases)
    together = replace(every[0], decisions=tuple(one for facts in every for one in facts.decisions))
    found = {right for facts in every for right in appeals_of(facts) if not is_taken_back(right, together)}
    return tuple(sorted(found, key=lambda right: (right.decided_on, right.kind), reverse=True))


def running_rights(cases: Iterable[CaseFacts], today: date) -> tuple[AppealDates, ...]:
    """Those whose last day is still to come."""
    return tuple(right for right in standing_rights(cases) if _last_day(right) >= today)


def right_of_the_branch(facts: CaseFacts, today: date) -> BranchRight | None:
    """The right against the decision that ended this case; None when it ended otherwise, or has not ended."""
    ended_by = [one for one in appeals_of(facts) if DECISIONS[one.kind].branch == facts.branch != ""]
    return BranchRight(ended_by[0], _last_day(ended_by[0]) >= today) if ended_by else None


def may_go_on_in(newest: CaseFacts, decision: Decision) -> None:
    """Raise RuleBroken on `kind` when what an order about an earlier request starts cannot go on in the newest one."""
    if newest.has_plan:
        raise RuleBroken("kind", "A newer request has led to a plan already. Record there what the order changes")
    if DECISIONS[decision.kind].of_a_plan:
        raise RuleBroken("kind", "A newer request has begun since. Record there the day of the plan that goes on")


def _last_day(right: AppealDates) -> date:
    return max(right.taken_until, right.mediation_by)
