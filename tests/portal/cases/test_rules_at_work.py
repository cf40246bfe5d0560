"""What a case is to somebody who works with the child."""

from dataclasses import replace
from datetime import date

import pytest

from portal.cases.appeals import plan_still_runs
from portal.cases.at_work import facts_at_work
from portal.cases.clock import comments_last_day, statutory_date
from portal.cases.facts import CaseFacts, Decision, LawfulException
from portal.cases.key_dates import key_dates
from portal.cases.stages import standard
from portal.cases.timescale import timescale

FACTS = CaseFacts(
    date(2026, 1, 5),
    "draft",
    decisions=(
        Decision("decided_to_assess", date(2026, 2, 2), "Because of what you wrote"),
        Decision("draft_served", date(2026, 4, 13)),
        Decision("comments_extended", date(2026, 5, 4)),
        Decision("appeal_made", date(2026, 5, 5)),
    ),
    exceptions=(LawfulException("personal", "final", date(2026, 4, 1), "They moved", "Mo Bell"),),
)


def test_no_reason_and_no_note_is_left() -> None:
    known = facts_at_work(FACTS)
    assert known.exceptions == ()
    assert {one.note for one in known.decisions} == {""}


def test_the_familys_own_steps_are_left_out() -> None:
    assert [one.kind for one in facts_at_work(FACTS).decisions] == ["decided_to_assess"]
    assert comments_last_day(facts_at_work(FACTS)) is None


CEASED = CaseFacts(
    date(2025, 1, 6),
    "in_place",
    "ceased",
    decisions=(
        Decision("final_issued", date(2025, 5, 1)),
        Decision("ceasing_proposed", date(2026, 1, 5)),
        Decision("ceased", date(2026, 2, 2)),
    ),
)
"""The last day to appeal is Thursday 2 April 2026."""

APPEAL = Decision("appeal_made", date(2026, 3, 30))
CERTIFICATE = Decision("mediation_certificate", date(2026, 3, 20))


@pytest.mark.parametrize(
    ("more", "today", "goes_on"),
    [
        ((), date(2026, 4, 2), True),
        ((), date(2026, 4, 3), False),
        ((CERTIFICATE,), date(2026, 4, 20), True),
        ((CERTIFICATE,), date(2026, 4, 21), False),
        ((APPEAL,), date(2026, 9, 1), True),
        ((APPEAL, Decision("appeal_ended", date(2026, 8, 1))), date(2026, 9, 1), False),
    ],
)
def test_a_plan_that_an_appeal_keeps_alive_goes_on_for_now_and_nothing_says_why(
    more: tuple[Decision, ...], today: date, goes_on: bool
) -> None:
    facts = replace(CEASED, decisions=(*CEASED.decisions, *more))
    known = facts_at_work(facts)
    assert plan_still_runs(known, today) == plan_still_runs(facts, today) == goes_on
    said = timescale(known, today, standard()).summary
    assert said.endswith("The plan and its help go on for now.") == goes_on
    assert "until" not in said
    assert "ppeal" not in said
    assert not [one for one in key_dates(known, today) if "go on" in one.title]


def test_a_draft_that_is_there_after_an_order_is_not_late_for_whoever_may_not_know_of_it() -> None:
    ordered = Decision("ordered_to_issue", date(2026, 3, 2))
    facts = replace(FACTS, decisions=(FACTS.decisions[0], ordered, *FACTS.decisions[1:]))
    today = date(2026, 5, 20)
    assert "The draft plan is due" not in {one.title for one in key_dates(facts_at_work(facts), today)}
    not_yet = replace(facts, decisions=facts.decisions[:2])
    assert "The draft plan is due" in {one.title for one in key_dates(facts_at_work(not_yet), today)}


def test_the_stage_and_the_dates_in_law_stay() -> None:
    known = facts_at_work(FACTS)
    assert known.stage == "draft"
    assert statutory_date("final", known) == statutory_date("final", FACTS) == date(2026, 5, 25)
