"""What a row must fulfil, and which rows are about the same child."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.columns import COLUMNS, heading_problems, key_of
from portal.imports.matching import HAS_ACCESS, INVITED, NOTHING_TO_ADD, Known, KnownChild, judge
from portal.imports.reading import RawRow
from portal.imports.rules import Choices, Row, check_row, day_of, shortened, yes_or_no

TODAY = date(2026, 3, 9)
CHOICES = Choices(
    today=TODAY,
    own_team=1,
    teams={"north": 1, "south": 2},
    caseworkers={(1, "dee@example.com"): 7},
    stages={"request": "request", "gatheringadvice": "advice"},
    may_choose_team=True,
)
CELLS = {
    "forename": "Noor",
    "surname": "Aziz",
    "date_of_birth": "2 May 2019",
    "received_on": "05/03/2026",
    "source": "Parent",
    "adult_name": "Anna Aziz",
    "adult_email": "Anna@Example.com",
    "basis": "A parent, or somebody else with parental responsibility",
    "send": "Yes",
}
ROW = Row(
    line=2,
    forename="Noor",
    surname="Aziz",
    date_of_birth=date(2019, 5, 2),
    team=1,
    received_on=date(2026, 3, 5),
    source="parent",
    stage="request",
    adult_name="Anna Aziz",
    email="Anna@example.com",
    basis="parental_responsibility",
    send=True,
)
KNOWN = KnownChild(5, "abc", "7KQ4B", "noor", "AZIZ", date(2019, 5, 2))


def test_a_row_is_understood_however_it_is_written() -> None:
    assert check_row(RawRow(2, CELLS), CHOICES) == (ROW, [])


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-05",
        "2026-01-05 00:00:00",
        "5 January 2026",
        "05/01/2026",
        "5.1.2026",
        "Monday 5 January 2026",
        "5-Jan-2026",
    ],
)
def test_a_date_is_understood_with_the_day_first(typed: str) -> None:
    assert day_of(typed) == date(2026, 1, 5)


@pytest.mark.parametrize("typed", ["", "31/02/2026", "01/13/2026", "5/1/26", "soon", "٥/١/٢٠٢٦", "5 Octember 2026"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="real date"):
        day_of(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_problem(typed: str) -> None:
    with suppress(ValueError):
        assert 1900 <= day_of(typed).year <= 2200


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing_it(day: date) -> None:
    for typed in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%B} {day.year}"):
        assert day_of(typed) == day


def test_yes_and_no() -> None:
    assert [yes_or_no(typed) for typed in ("YES", "y", "1", "no", "")] == [True, True, True, False, False]
    with pytest.raises(ValueError, match="Enter yes or no"):
        yes_or_no("perhaps")


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"forename": ""}, "Child forename", "Enter the child’s forename"),
        ({"date_of_birth": "2 May 2027"}, "Date of birth", "The child’s date of birth must be in the past"),
        ({"received_on": ""}, "Request received on", "Enter the date that the request was received"),
        ({"source": "nobody"}, "Source", "Enter who asked: parent, young person, school or other"),
        ({"team": "East"}, "Team", "There is no team with this name"),
        ({"caseworker": "ed@example.com"}, "Caseworker email", "Nobody in the team has this email address"),
        ({"stage": "Waiting"}, "Stage", "Enter a stage by its name on the timeline, like Gathering advice"),
        ({"send": "perhaps"}, "Send invitation", "Enter yes or no"),
        ({"adult_name": ""}, "Adult name", "Enter the adult’s name"),
    ],
)
def test_each_wrong_cell_is_named(changes: dict[str, str], column: str, reason: str) -> None:
    row, problems = check_row(RawRow(9, {**CELLS, **changes}), CHOICES)
    assert row is None
    assert [(one.line, one.column, one.reason) for one in problems] == [(9, column, reason)]


def test_a_child_may_come_without_an_adult_and_a_known_one_without_a_request() -> None:
    alone = {key: CELLS[key] for key in ("forename", "surname", "date_of_birth", "received_on", "source")}
    row, _ = check_row(RawRow(2, alone), CHOICES)
    assert row is not None
    assert (row.email, row.send) == ("", False)
    known = {**CELLS, "case_reference": "7kq4b", "received_on": "", "source": ""}
    row, _ = check_row(RawRow(2, known), CHOICES)
    assert row is not None
    assert (row.reference, row.received_on) == ("7KQ4B", None)


@given(st.dictionaries(st.sampled_from([column.key for column in COLUMNS]), st.text(max_size=40)))
def test_any_cells_are_a_row_or_problems_that_can_be_shown(cells: dict[str, str]) -> None:
    row, problems = check_row(RawRow(2, cells), CHOICES)
    assert (row is None) == bool(problems)
    assert all(len(one.value) <= 60 and one.value.isprintable() and one.reason for one in problems)


def test_what_is_shown_is_short() -> None:
    assert shortened("a\x00b") == "a\ufffdb"
    assert len(shortened("x" * 1000)) == 60


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
    by_name = judge([ROW], Known(by_name={0: [KNOWN]}))
    by_reference = judge([replace(ROW, reference="7KQ4B")], Known(by_reference={0: KNOWN}))
    for plan in (by_name, by_reference):
        assert [(one.kind, one.child) for one in plan.judged] == [("matched", KNOWN)]


@pytest.mark.parametrize(
    ("row", "known", "said"),
    [
        (replace(ROW, reference="ZZZZZ"), Known(), "no case with this reference"),
        (
            replace(ROW, reference="7KQ4B", surname="Bell"),
            Known(by_reference={0: KNOWN}),
            "name or date of birth differ",
        ),
        (ROW, Known(by_name={0: [KNOWN, replace(KNOWN, id=6)]}), "has 2 children with this name"),
    ],
)
def test_a_doubtful_match_is_a_problem(row: Row, known: Known, said: str) -> None:
    plan = judge([row], known)
    assert plan.judged == ()
    assert [one.column for one in plan.problems] == ["Case reference"]
    assert said in plan.problems[0].reason


def test_an_adult_who_has_access_or_an_invitation_is_left_out() -> None:
    here = {0: [KNOWN]}
    for known, row, note in (
        (Known(by_name=here, with_access=frozenset({(5, "anna@example.com")})), ROW, HAS_ACCESS),
        (Known(by_name=here, invited=frozenset({(5, "anna@example.com")})), ROW, INVITED),
        (Known(by_name=here), replace(ROW, email=""), NOTHING_TO_ADD),
    ):
        assert [(one.kind, one.note) for one in judge([row], known).judged] == [("left_out", note)]


def test_headings_are_known_in_any_case_and_spacing() -> None:
    assert [key_of(name) for name in ("CHILD_FORENAME ", "Date Of Birth", "d.o.b.", "Shoe size")] == [
        "forename", "date_of_birth", "date_of_birth", None,
    ]  # fmt: skip
    assert heading_problems(["Forename", "Surname", "DOB"]) == []
