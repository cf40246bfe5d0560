"""Why a date is late is told truthfully, with a new target; it excuses nothing and moves nothing."""

from dataclasses import replace
from datetime import date

import pytest

from portal.cases import rules
from portal.cases.rules import AskedAdviser, CaseFacts, Decision, Explanation
from portal.cases.stages import read_stages
from portal.cases.timescale import status_words, timescale
from portal.errors import RuleBroken

RECEIVED, TODAY = date(2026, 1, 5), date(2026, 6, 6)
ASSESS = Decision("decided_to_assess", date(2026, 2, 10))
FACTS = CaseFacts(RECEIVED, "finalising", decisions=(ASSESS,))
WHY = Explanation("final", "We have too few psychologists.", date(2026, 7, 3), TODAY)


def test_a_date_that_is_late_is_explained() -> None:
    rules.may_explain(WHY, FACTS, TODAY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (replace(WHY, duty="considering"), "duty"),
        (replace(WHY, duty="lunch"), "duty"),
        (replace(WHY, told="  "), "told"),
        (replace(WHY, new_target=date(2026, 6, 5)), "new_target"),
        (replace(WHY, new_target=date(2227, 6, 5)), "new_target"),
    ],
)
def test_an_explanation_is_about_something_late_and_says_something(given: Explanation, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.may_explain(given, FACTS, TODAY)
    assert broken.value.field == field


def test_nothing_is_explained_on_the_last_day_itself_or_once_the_case_has_ended() -> None:
    for facts, today in ((FACTS, date(2026, 5, 25)), (replace(FACTS, branch="withdrawn"), TODAY)):
        with pytest.raises(RuleBroken, match="not late"):
            rules.may_explain(WHY, facts, today)


def test_late_advice_reviews_and_school_places_can_be_explained_too() -> None:
    advice = CaseFacts(RECEIVED, "advice", decisions=(ASSESS,), advisers=(AskedAdviser(date(2026, 2, 11)),))
    assert rules.late_duties(advice, date(2026, 3, 26)) == {"advice": date(2026, 3, 25)}
    plan = (Decision("final_issued", date(2024, 5, 20)), Decision("review_meeting", date(2026, 3, 10)))
    child = CaseFacts(date(2024, 1, 5), "in_place", decisions=plan, born=date(2014, 9, 1))
    assert rules.late_duties(child, TODAY) == {
        "transfer": date(2026, 2, 14), "reviewing": date(2026, 4, 7), "in_place": date(2025, 5, 19)
    }  # fmt: skip


def test_it_stands_beside_the_lateness_and_the_newest_one_counts() -> None:
    facts = replace(FACTS, explanations=(replace(WHY, new_target=date(2026, 6, 19)), WHY))
    line = timescale(facts, TODAY, read_stages())
    final = next(one for one in line.stages if one.key == "final")
    assert status_words(final, TODAY) == "late by 12 days, new target Friday 3 July 2026"
    assert final.explanation == WHY
    assert line.summary.endswith("We are sorry. We now aim for Friday 3 July 2026.")
    assert line.explanations == (WHY,)


def test_it_is_no_exception_and_moves_no_date() -> None:
    facts = replace(FACTS, explanations=(WHY,))
    assert rules.exceptions_for("final", facts) == ()
    assert rules.open_duties(facts) == rules.open_duties(FACTS)


def test_what_was_done_in_the_end_is_explained_no_more() -> None:
    done = replace(FACTS, decisions=(ASSESS, Decision("final_issued", TODAY)), stage="final", explanations=(WHY,))
    line = timescale(done, TODAY, read_stages())
    assert line.explanations == ()
    assert all(one.explanation is None for one in line.stages)
