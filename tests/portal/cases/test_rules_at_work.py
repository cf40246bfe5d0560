"""What a case is to somebody who works with the child."""

from datetime import date

from portal.cases.at_work import facts_at_work
from portal.cases.clock import comments_last_day, statutory_date
from portal.cases.facts import CaseFacts, Decision, LawfulException

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


def test_the_stage_and_the_dates_in_law_stay() -> None:
    known = facts_at_work(FACTS)
    assert known.stage == "draft"
    assert statutory_date("final", known) == statutory_date("final", FACTS) == date(2026, 5, 25)
