"""Every decision has a letter that says what, why, what next, the rights with their last days, and the law."""

from datetime import date

import pytest

from portal.cases.decision_letters import HOW_TO_APPEAL, letter_of
from portal.cases.rules import DECISIONS, CaseFacts, Decision

ON = date(2026, 6, 20)


@pytest.mark.parametrize("kind", DECISIONS)
def test_every_decision_has_a_letter_with_the_childs_name_filled_in(kind: str) -> None:
    decision = Decision(kind, ON, "Because of the reports")
    letter = letter_of(decision, CaseFacts(date(2026, 1, 5), decisions=(decision,)), "Priya")
    assert letter.why == "Because of the reports"
    assert "{" not in letter.meaning + letter.next
    assert "Regulations 2014" in letter.law or "Act 2014" in letter.law


@pytest.mark.parametrize("kind", DECISIONS)
def test_the_rights_stand_in_the_letter_when_it_can_be_appealed_and_only_then(kind: str) -> None:
    decision = Decision(kind, ON)
    letter = letter_of(decision, CaseFacts(date(2026, 1, 5), decisions=(decision,)), "Priya")
    assert bool(letter.last_days) == DECISIONS[kind].appealable
    assert letter.appeal == (HOW_TO_APPEAL if DECISIONS[kind].appealable else "")


def test_the_last_day_to_appeal_is_moved_out_of_august() -> None:
    decision = Decision("decided_not_to_assess", ON)
    letter = letter_of(decision, CaseFacts(date(2026, 5, 11), decisions=(decision,)), "Priya")
    assert [on for on, _ in letter.last_days] == [date(2026, 8, 20), date(2026, 9, 1)]
