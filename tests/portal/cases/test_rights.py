"""Which rights to appeal run on a day: each by its own days, over every request, until it is taken back."""

from datetime import date

import pytest

from portal.cases.key_dates import key_dates
from portal.cases.rights import may_go_on_in, right_of_the_branch, running_rights, standing_rights
from portal.cases.rules import CaseFacts, Decision
from portal.errors import RuleBroken

RECEIVED = date(2026, 1, 5)
REFUSED = Decision("decided_not_to_assess", date(2026, 2, 10))
PLAN = Decision("final_issued", date(2026, 5, 18))
CEASED = Decision("ceased", date(2026, 6, 10))
GOES_ON = Decision("plan_goes_on", date(2026, 6, 20))


def case(*decisions: Decision, branch: str = "", received: date = RECEIVED) -> CaseFacts:
    return CaseFacts(received, "request", branch, decisions)


def kinds(*cases: CaseFacts, today: date) -> list[str]:
    return [right.kind for right in running_rights(cases, today)]


def test_two_rights_that_run_are_both_there_the_newer_first() -> None:
    again = Decision("reassessment_refused", date(2026, 6, 10))
    assert kinds(case(PLAN, again), today=date(2026, 6, 11)) == ["reassessment_refused", "final_issued"]
    assert kinds(case(PLAN, again), today=date(2026, 7, 20)) == ["reassessment_refused", "final_issued"], (
        "the last day, 18 July, is a Saturday"
    )
    assert kinds(case(PLAN, again), today=date(2026, 7, 21)) == ["reassessment_refused"]


def test_a_decision_that_was_taken_back_hides_no_other_right() -> None:
    assert kinds(case(PLAN, CEASED, GOES_ON), today=date(2026, 6, 21)) == ["final_issued"]


def test_an_order_in_the_newest_request_takes_back_the_refusal_of_an_earlier_one() -> None:
    order = Decision("ordered_to_assess", date(2026, 3, 6))
    first, second = case(REFUSED, branch="not_assessing"), case(received=date(2026, 3, 2))
    assert kinds(second, first, today=date(2026, 3, 9)) == ["decided_not_to_assess"]
    assert standing_rights([case(order, received=date(2026, 3, 2)), first]) == ()


def test_the_right_of_a_branch_is_that_of_the_decision_that_ended_the_case() -> None:
    found = right_of_the_branch(case(REFUSED, branch="not_assessing"), date(2026, 4, 10))
    assert found is not None
    assert found.runs
    over = right_of_the_branch(case(REFUSED, branch="not_assessing"), date(2026, 4, 11))
    assert over is not None
    assert not over.runs
    assert right_of_the_branch(case(PLAN, branch="moved"), date(2026, 6, 1)) is None


def test_what_an_order_starts_goes_on_in_the_newest_request_unless_that_has_a_plan() -> None:
    order = Decision("ordered_to_assess", date(2026, 6, 1))
    may_go_on_in(case(received=date(2026, 3, 2)), order)
    with pytest.raises(RuleBroken, match="has led to a plan already"):
        may_go_on_in(case(PLAN), order)
    with pytest.raises(RuleBroken, match="A newer request has begun since"):
        may_go_on_in(case(received=date(2026, 3, 2)), GOES_ON)


def test_an_order_to_write_a_plan_has_a_key_date_for_its_draft_until_it_is_sent() -> None:
    order = Decision("ordered_to_issue", date(2026, 9, 1))
    named = {one.uid: one.on for one in key_dates(case(order), date(2026, 9, 2))}
    assert named["ordered-draft"] == date(2026, 10, 6)
    served = Decision("draft_served", date(2026, 10, 1))
    assert "ordered-draft" not in {one.uid for one in key_dates(case(order, served), date(2026, 10, 2))}
