"""Nothing is recorded that contradicts what is recorded already; each refusal says what is in the way."""

from datetime import date, timedelta

import pytest

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision
from portal.errors import RuleBroken

RECEIVED, TODAY = date(2026, 1, 5), date(2028, 6, 1)
Known = tuple[tuple[str, date], ...]

ASSESS = ("decided_to_assess", date(2026, 2, 10))
ISSUE = ("decided_to_issue", date(2026, 4, 8))
SERVED = ("draft_served", date(2026, 4, 13))
FINAL = ("final_issued", date(2026, 5, 20))
PLAN: Known = (ASSESS, ISSUE, SERVED, FINAL)
MET = ("review_meeting", date(2027, 3, 10))
SENT = ("changes_proposed", date(2027, 4, 6))
ASKED, AGREED = ("reassessment_asked", date(2027, 9, 1)), ("reassessment_agreed", date(2027, 9, 10))
DRAFTED = ("draft_served", date(2027, 11, 1))
STOPPING = ("ceasing_proposed", date(2027, 1, 10))


def after(known: Known, branch: str = "") -> CaseFacts:
    """The case in which these were recorded, in this order."""
    facts = CaseFacts(RECEIVED, branch=branch, decisions=tuple(Decision(*one) for one in known))
    stage, ended = rules.place_of([kind for kind, _ in known], facts)
    return CaseFacts(RECEIVED, stage, ended, facts.decisions)


def refusal(known: Known, kind: str, on: date, today: date = TODAY) -> str:
    with pytest.raises(RuleBroken) as broken:
        rules.may_record(kind, on, after(known), today)
    return f"{broken.value.field}: {broken.value.message}"


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ((ASSESS,), "decided_to_assess"),
        ((ASSESS, ISSUE), "decided_to_issue"),
        ((ASSESS, SERVED), "decided_not_to_issue"),
        ((*PLAN, ASKED, AGREED), "reassessment_agreed"),
        (PLAN, "plan_taken_over"),
        ((ASSESS,), "plan_taken_over"),
    ],
)
def test_what_was_decided_is_not_decided_again_or_the_other_way(known: Known, kind: str) -> None:
    assert refusal(known, kind, TODAY).startswith("kind: This is recorded already")


@pytest.mark.parametrize(
    ("known", "kind", "first"),
    [
        (PLAN, "plan_kept", "review_meeting"),
        ((*PLAN, MET, ("plan_kept", date(2027, 4, 6))), "plan_kept", "review_meeting"),
        (PLAN, "ceased", "ceasing_proposed"),
        ((*PLAN, MET, STOPPING, ("plan_kept", date(2027, 4, 6))), "ceased", "ceasing_proposed"),
        (PLAN, "reassessment_refused", "reassessment_asked"),
        ((*PLAN, ASKED, AGREED), "reassessment_refused", "reassessment_asked"),
        ((*PLAN, ASKED), "reassessed_plan_kept", "reassessment_agreed"),
        ((*PLAN, ASKED, AGREED), "reassessed_plan_issued", "draft_served"),
    ],
)
def test_an_answer_needs_something_that_waits_for_it(known: Known, kind: str, first: str) -> None:
    assert refusal(known, kind, TODAY) == f"kind: First record this: {rules.DECISIONS[first].label}"


@pytest.mark.parametrize(
    ("known", "kind", "day"),
    [
        ((ASSESS, SERVED), "withdrawn", SERVED[1]),
        (PLAN, "moved_out", FINAL[1]),
        ((*PLAN, STOPPING), "ceased", STOPPING[1]),
        ((ASSESS, ("advice_requested", date(2026, 2, 20))), "decided_not_to_issue", date(2026, 2, 20)),
        ((*PLAN, ASKED), "reassessment_agreed", ASKED[1]),
        ((*PLAN, ASKED), "reassessment_refused", ASKED[1]),
        ((*PLAN, MET), "plan_kept", MET[1]),
        ((*PLAN, MET), "review_report", MET[1]),
        ((ASSESS, ISSUE), "draft_served", ISSUE[1]),
    ],
)
def test_nothing_is_dated_before_what_it_follows_or_ends(known: Known, kind: str, day: date) -> None:
    said = refusal(known, kind, day - timedelta(days=1))
    assert said.startswith("on: The date must be on or after ")
    assert f"{day.day} {day:%B %Y}. That day: " in said
    rules.may_record(kind, day, after(known), TODAY)


def test_an_agreement_to_write_a_plan_is_not_dated_after_its_draft() -> None:
    facts = after((ASSESS, SERVED))
    assert "on or before Monday 13 April 2026" in refusal((ASSESS, SERVED), "decided_to_issue", date(2026, 4, 14))
    rules.may_record("decided_to_issue", date(2026, 4, 13), facts, TODAY)


@pytest.mark.parametrize("kind", ["changed_plan_issued", "plan_kept", "transfer_named"])
def test_a_family_has_fifteen_days_for_changes_to_a_plan(kind: str) -> None:
    known = (*PLAN, MET, SENT)
    said = refusal(known, kind, date(2027, 4, 20))
    assert said == "on: The family may comment on the changes until Tuesday 20 April 2027"
    rules.may_record(kind, date(2027, 4, 21), after(known), TODAY)


def test_changes_are_not_sent_so_late_that_a_family_would_have_had_fewer_days() -> None:
    known = (*PLAN, MET, SENT, ("changed_plan_issued", date(2027, 5, 20)))
    for on in (date(2027, 5, 6), date(2027, 5, 20)):
        assert "15 days before Thursday 20 May 2027, or after it" in refusal(known, "changes_proposed", on)
    for on in (date(2027, 5, 5), date(2027, 5, 21)):
        rules.may_record("changes_proposed", on, after(known), TODAY)


def test_a_family_has_fifteen_days_for_the_draft_of_another_assessment() -> None:
    known = (*PLAN, ASKED, AGREED, DRAFTED)
    said = refusal(known, "reassessed_plan_issued", date(2027, 11, 15))
    assert said == "on: The family may comment on the draft until Monday 15 November 2027"
    rules.may_record("reassessed_plan_issued", date(2027, 11, 16), after(known), TODAY)


def test_an_assessment_goes_on_after_the_plan_only_while_another_one_runs() -> None:
    for kind in ("advice_requested", "draft_served"):
        assert "can no longer be decided" in refusal(PLAN, kind, TODAY)
        rules.may_record(kind, TODAY, after((*PLAN, AGREED)), TODAY)
    assert "can no longer be decided" in refusal((*PLAN, AGREED), "withdrawn", TODAY)


def test_a_council_may_decide_by_itself_to_assess_again() -> None:
    rules.may_record("reassessment_agreed", date(2027, 9, 10), after(PLAN), TODAY)


def test_the_report_of_an_earlier_meeting_is_recorded_when_the_next_one_is_planned() -> None:
    known = (*PLAN, MET, ("review_meeting", date(2028, 1, 20)))
    rules.may_record("review_report", date(2027, 3, 22), after(known), TODAY)


def test_a_certificate_may_be_older_than_the_newest_decision() -> None:
    known = (*PLAN, ASKED, ("reassessment_refused", date(2027, 9, 10)))
    rules.may_record("mediation_certificate", date(2026, 6, 10), after(known), TODAY)


@pytest.mark.parametrize("kind", ["comments_extended", "review_meeting"])
def test_a_day_ahead_lies_within_a_year(kind: str) -> None:
    known = (ASSESS, SERVED) if kind == "comments_extended" else PLAN
    today = date(2026, 6, 1)
    assert refusal(known, kind, date(2200, 5, 1), today) == "on: The date must be within a year"
    rules.may_record(kind, date(2027, 6, 2), after(known), today)


def test_a_case_is_not_moved_on_while_the_family_may_comment() -> None:
    facts = after((ASSESS, SERVED))
    with pytest.raises(RuleBroken, match="comment on the draft until Monday 27 April 2026"):
        rules.may_move("finalising", facts, date(2026, 4, 27))
    rules.may_move("finalising", facts, date(2026, 4, 28))


MOVED_HERE = CaseFacts(RECEIVED, "in_place", decisions=(Decision("moved_to_in_place", date(2026, 1, 6)),))
TAKEN_OVER = after((("plan_taken_over", date(2024, 6, 3)),))


def test_a_plan_of_another_council_is_recorded_with_its_own_day() -> None:
    rules.may_record("plan_taken_over", date(2024, 6, 3), MOVED_HERE, TODAY)
    rules.may_record("plan_taken_over", date(2024, 6, 3), CaseFacts(RECEIVED), TODAY)
    with pytest.raises(RuleBroken, match="in the past"):
        rules.may_record("plan_taken_over", TODAY + timedelta(days=1), MOVED_HERE, TODAY)


def test_before_its_day_is_known_a_plan_is_not_refused_or_withdrawn() -> None:
    for kind in ("withdrawn", "decided_not_to_assess", "decided_not_to_issue"):
        with pytest.raises(RuleBroken, match="First record this: The EHC plan was made on this day"):
            rules.may_record(kind, TODAY, MOVED_HERE, TODAY)
    assert {"plan_taken_over", "moved_out"} <= set(rules.recordable(MOVED_HERE, TODAY))


def test_what_is_of_a_plan_follows_one_that_was_taken_over_and_nothing_of_an_assessment() -> None:
    offered = set(rules.recordable(TAKEN_OVER, TODAY))
    assert {"review_meeting", "changes_proposed", "reassessment_asked", "transfer_named", "moved_out"} <= offered
    assert not offered & {"decided_to_assess", "decided_not_to_assess", "withdrawn", "draft_served", "final_issued"}
    rules.may_record("review_meeting", date(2025, 5, 20), TAKEN_OVER, TODAY)
    with pytest.raises(RuleBroken, match="day of the plan"):
        rules.may_record("review_meeting", date(2024, 6, 2), TAKEN_OVER, TODAY)


def test_reviews_and_appeals_go_on_until_a_stopped_plan_has_really_ended() -> None:
    facts = after((*PLAN, STOPPING, ("ceased", date(2027, 2, 1))))
    assert facts.branch == "ceased"
    rules.may_record("review_meeting", date(2027, 3, 10), facts, date(2027, 2, 8))
    with pytest.raises(RuleBroken, match="has ended"):
        rules.may_record("review_meeting", date(2027, 5, 10), facts, date(2027, 4, 2))
    for today in (date(2027, 2, 8), date(2027, 4, 2)):
        assert {"mediation_asked", "appeal_made", "plan_goes_on"} <= set(rules.recordable(facts, today))
    assert "plan_kept" not in rules.recordable(facts, date(2027, 2, 8))
