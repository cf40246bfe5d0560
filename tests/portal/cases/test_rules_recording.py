"""What may be recorded, and when: each refusal says what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision
from portal.errors import RuleBroken
from tests.portal.cases.test_rules_statutory_dates import DAYS, facts_of

RECEIVED, TODAY = date(2026, 1, 5), date(2026, 6, 1)
ASSESS = Decision("decided_to_assess", date(2026, 2, 10))
SERVED = Decision("draft_served", date(2026, 4, 13))
FINAL = Decision("final_issued", date(2026, 5, 20))


def refusal(kind: str, on: date, facts: CaseFacts) -> str:
    with pytest.raises(RuleBroken) as broken:
        rules.may_record(kind, on, facts, TODAY)
    return broken.value.message


def test_a_decision_is_neither_before_the_request_nor_ahead() -> None:
    facts = CaseFacts(RECEIVED)
    assert "on or after" in refusal("decided_to_assess", date(2026, 1, 4), facts)
    assert "in the past" in refusal("decided_to_assess", date(2026, 6, 2), facts)
    rules.may_record("decided_to_assess", TODAY, facts, TODAY)


def test_a_draft_comes_after_the_decision_to_assess() -> None:
    assert "First record this" in refusal("draft_served", TODAY, CaseFacts(RECEIVED))
    rules.may_record("draft_served", TODAY, CaseFacts(RECEIVED, "deciding", decisions=(ASSESS,)), TODAY)


def test_the_final_plan_waits_for_the_fifteen_days() -> None:
    facts = CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED))
    assert "27 April 2026" in refusal("final_issued", date(2026, 4, 27), facts)
    rules.may_record("final_issued", date(2026, 4, 28), facts, TODAY)


def test_more_time_to_comment_is_more_than_the_law_gives() -> None:
    facts = CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED))
    assert "must be after" in refusal("comments_extended", date(2026, 4, 27), facts)
    rules.may_record("comments_extended", date(2026, 7, 1), facts, TODAY)


def test_nothing_more_is_decided_when_it_has_ended() -> None:
    assert "has ended" in refusal("decided_to_assess", TODAY, CaseFacts(RECEIVED, "considering", "withdrawn"))


def test_a_stage_that_stands_for_a_decision_needs_that_decision() -> None:
    with pytest.raises(RuleBroken, match="draft plan was sent"):
        rules.may_move("draft", CaseFacts(RECEIVED, "deciding"), TODAY)
    rules.may_move("finalising", CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED)), TODAY)


@pytest.mark.parametrize("stage", ["advice", "deciding"])
def test_lateness_cannot_be_hidden_by_moving_past_a_decision(stage: str) -> None:
    with pytest.raises(RuleBroken, match="We will carry out"):
        rules.may_move(stage, CaseFacts(RECEIVED, "considering"), TODAY)


def test_a_case_with_a_plan_does_not_go_back_to_before_the_plan() -> None:
    facts = CaseFacts(RECEIVED, "in_place", decisions=(ASSESS, SERVED, FINAL))
    with pytest.raises(RuleBroken, match="cannot go back"):
        rules.may_move("draft", facts, TODAY)
    rules.may_move("final", facts, TODAY)


@pytest.mark.parametrize("kind", ["ceasing_proposed", "changes_proposed", "transfer_named", "review_meeting"])
def test_what_is_about_a_plan_waits_for_the_plan(kind: str) -> None:
    assert "final EHC plan was issued" in refusal(kind, TODAY, CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED)))
    rules.may_record(kind, TODAY, CaseFacts(RECEIVED, "final", decisions=(ASSESS, SERVED, FINAL)), TODAY)


def test_the_plan_ends_what_is_decided_about_the_request() -> None:
    facts = CaseFacts(RECEIVED, "final", decisions=(ASSESS, SERVED, FINAL))
    for kind in ("decided_not_to_issue", "draft_served", "withdrawn", "final_issued"):
        assert "can no longer be decided" in refusal(kind, TODAY, facts)


def test_a_decision_is_not_before_the_one_that_it_follows() -> None:
    message = refusal("draft_served", date(2026, 2, 9), CaseFacts(RECEIVED, "advice", decisions=(ASSESS,)))
    assert "on or after Tuesday 10 February 2026" in message


def test_a_no_cannot_follow_the_yes_to_the_same_question() -> None:
    facts = CaseFacts(RECEIVED, "advice", decisions=(ASSESS,))
    assert "This is recorded already: We will" in refusal("decided_not_to_assess", TODAY, facts)
    rules.may_record("decided_not_to_issue", TODAY, facts, TODAY)
    agreed = CaseFacts(RECEIVED, "deciding", decisions=(ASSESS, Decision("decided_to_issue", TODAY)))
    assert "This is recorded already: We will" in refusal("decided_not_to_issue", TODAY, agreed)


REFUSED = Decision("decided_not_to_assess", date(2026, 2, 10))


def test_mediation_and_appeal_need_a_decision_that_can_be_appealed() -> None:
    assert "no decision yet" in refusal("appeal_made", TODAY, CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED)))
    refused = CaseFacts(RECEIVED, "considering", "not_assessing", (REFUSED,))
    assert "on or after Tuesday 10 February 2026" in refusal("mediation_asked", date(2026, 2, 9), refused)
    for kind in ("mediation_asked", "mediation_certificate", "appeal_made"):
        rules.may_record(kind, TODAY, refused, TODAY)


def test_a_branch_is_reopened_only_by_what_takes_it_back() -> None:
    refused = CaseFacts(RECEIVED, "considering", "not_assessing", (REFUSED,))
    rules.may_record("ordered_to_assess", TODAY, refused, TODAY)
    assert "takes back" in refusal("ordered_to_issue", TODAY, refused)
    assert "takes back" in refusal("ordered_to_assess", TODAY, CaseFacts(RECEIVED))
    again = CaseFacts(RECEIVED, "advice", "", (REFUSED, Decision("ordered_to_assess", date(2026, 5, 1))))
    rules.may_record("decided_to_issue", TODAY, again, TODAY)


def test_only_what_can_be_recorded_somewhere_is_offered() -> None:
    offered = rules.recordable(CaseFacts(RECEIVED, "considering"), TODAY)
    assert set(offered) == {"decided_to_assess", "decided_not_to_assess", "withdrawn", "moved_out", "plan_taken_over"}
    refused = CaseFacts(RECEIVED, "considering", "not_assessing", (REFUSED,))
    assert set(rules.recordable(refused, TODAY)) == {
        "mediation_asked", "mediation_certificate", "appeal_made", "ordered_to_assess"
    }  # fmt: skip


@given(facts_of, st.sampled_from(sorted(rules.DECISIONS)))
def test_what_is_not_offered_is_refused_on_every_day(facts: CaseFacts, kind: str) -> None:
    if kind not in rules.recordable(facts, TODAY):
        with pytest.raises(RuleBroken):
            rules.may_record(kind, TODAY, facts, TODAY)


@given(facts_of, st.sampled_from(sorted(rules.DECISIONS)) | st.text(max_size=20), DAYS, DAYS)
def test_recording_is_allowed_or_refused_in_words_and_never_fails(
    facts: CaseFacts, kind: str, on: date, today: date
) -> None:
    refused: RuleBroken | None = None
    try:
        rules.may_record(kind, on, facts, today)
    except RuleBroken as broken:
        refused = broken
    assert refused is None or (refused.message and refused.field in {"kind", "on"})
