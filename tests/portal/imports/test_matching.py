"""Which rows are about the same child, who is here already, and what is left out."""

from dataclasses import replace
from datetime import date

import pytest

from portal.imports.matching import HAS_ACCESS, INVITED, NOTHING_TO_ADD, Known, KnownChild, judge
from portal.imports.rules import Row
from tests.portal.imports.rows import ROW

KNOWN = KnownChild(5, "abc", "7KQ4B", "noor", "AZIZ", date(2019, 5, 2), 1, "North", date(2026, 3, 5))


def test_two_rows_about_one_child_are_one_child_with_two_adults() -> None:
    second = replace(ROW, line=3, forename="NOOR", email="bo@example.com")
    plan = judge([ROW, second], Known())
    assert plan.problems == ()
    assert len({one.about for one in plan.judged}) == 1


def test_the_same_adult_twice_is_a_problem() -> None:
    plan = judge([ROW, replace(ROW, line=3, email="anna@example.com")], Known())
    assert [(one.line, one.column, one.reason) for one in plan.problems] == [
        (3, "Adult email", "Line 2 has this adult for this child already")
    ]


def test_rows_about_one_child_must_agree() -> None:
    plan = judge([ROW, replace(ROW, line=3, email="bo@example.com", source="school")], Known())
    assert [(one.line, one.column) for one in plan.problems] == [(3, "Source")]


def test_a_child_who_is_here_is_matched_by_name_or_by_reference() -> None:
    by_name = judge([ROW], Known(by_name={KNOWN.who: [KNOWN]}))
    by_reference = judge([replace(ROW, reference="7KQ4B")], Known(by_reference={"7KQ4B": KNOWN}))
    for plan in (by_name, by_reference):
        assert [(one.kind, one.child) for one in plan.judged] == [("matched", KNOWN)]


@pytest.mark.parametrize(
    ("row", "known", "said"),
    [
        (replace(ROW, reference="ZZZZZ"), Known(), "no case with this reference"),
        (
            replace(ROW, reference="7KQ4B", surname="Bell"),
            Known(by_reference={"7KQ4B": KNOWN}),
            "name or date of birth differ",
        ),
        (ROW, Known(by_name={KNOWN.who: [KNOWN, replace(KNOWN, id=6)]}), "has 2 children with this name"),
    ],
)
def test_a_doubtful_match_is_a_problem(row: Row, known: Known, said: str) -> None:
    plan = judge([row], known)
    assert plan.judged == ()
    assert [one.column for one in plan.problems] == ["Case reference"]
    assert said in plan.problems[0].reason


def test_an_adult_who_has_access_or_an_invitation_is_left_out() -> None:
    here = {KNOWN.who: [KNOWN]}
    for known, row, note in (
        (Known(by_name=here, with_access=frozenset({(5, "anna@example.com")})), ROW, HAS_ACCESS),
        (Known(by_name=here, invited=frozenset({(5, "anna@example.com")})), ROW, INVITED),
        (Known(by_name=here), replace(ROW, email=""), NOTHING_TO_ADD),
        (
            Known(by_name=here, ended={(5, "anna@example.com"): date(2026, 2, 2)}),
            ROW,
            "Access ended on Monday 2 February 2026. To invite them again, use the child’s page",
        ),
    ):
        assert [(one.kind, one.note) for one in judge([row], known).judged] == [("left_out", note)]


@pytest.mark.parametrize("surname", ["O’Neil", "O'Neil", "O Neil", "o-neil", "ONEIL"])
def test_apostrophes_hyphens_and_blanks_make_no_other_child(surname: str) -> None:
    here = replace(KNOWN, surname="O’Neil")
    (one,) = judge([replace(ROW, surname=surname)], Known(by_name={here.who: [here]})).judged
    assert one.child == here
    plan = judge(
        [replace(ROW, surname="O’Neil"), replace(ROW, line=3, surname=surname, email="bo@example.com")], Known()
    )
    assert len({one.about for one in plan.judged}) == 1


def test_a_child_of_another_team_is_a_problem_that_is_for_managers() -> None:
    south = replace(KNOWN, team=2, team_name="South")
    for row, known in (
        (ROW, Known(by_name={south.who: [south]})),
        (replace(ROW, reference="7KQ4B"), Known(by_reference={"7KQ4B": south})),
    ):
        plan = judge([row], known)
        assert plan.tells_of_other_teams
        assert [(one.column, one.reason.split(".")[0]) for one in plan.problems] == [
            ("Team", "The team South has this child")
        ]


def test_one_child_under_two_teams_of_the_file_is_a_problem() -> None:
    plan = judge([ROW, replace(ROW, line=3, team=2, email="bo@example.com")], Known())
    assert [(one.line, one.column) for one in plan.problems] == [(3, "Team")]


def test_a_later_request_for_a_child_who_is_here_is_not_dropped_unseen() -> None:
    here = {KNOWN.who: [KNOWN]}
    plan = judge([replace(ROW, received_on=date(2026, 3, 6))], Known(by_name=here))
    assert [one.column for one in plan.problems] == ["Request received on"]
    assert "This child has a case since Thursday 5 March 2026" in plan.problems[0].reason
    for received in (date(2026, 3, 5), date(2026, 3, 1), None):
        assert judge([replace(ROW, received_on=received)], Known(by_name=here)).problems == ()
