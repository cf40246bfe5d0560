"""What a row must fulfil."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dates import WRONG_DATE
from portal.imports.columns import COLUMNS, heading_problems, key_of
from portal.imports.history import ISSUED, LATER
from portal.imports.reading import RawRow
from portal.imports.rules import Choices, check_row, shortened, yes_or_no
from tests.portal.imports.rows import ROW

TODAY = date(2026, 3, 9)
CHOICES = Choices(
    today=TODAY,
    own_team=1,
    teams={"north": 1, "south": 2},
    caseworkers={(1, "dee@example.com"): 7},
    stages={"request": "request", "gatheringadvice": "advice", "planinplace": "in_place"},
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


def test_a_row_is_understood_however_it_is_written() -> None:
    assert check_row(RawRow(2, CELLS), CHOICES) == (ROW, [])


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
        (
            {"basis": "Young person"},
            "Relationship",
            "Compulsory school age ends on Friday 29 June 2035. Until then the rights are the parents’."
            " Choose a parent, a carer, a representative or a professional",
        ),
        ({"assess_on": "soon"}, "Decided to assess on", WRONG_DATE),
        ({"assess_on": "2026-03-10"}, "Decided to assess on", "This day must be today or in the past"),
        (
            {"assess_on": "2026-03-04"},
            "Decided to assess on",
            "This day must be on or after “Request received on”",
        ),
        (
            {"draft_on": "2026-03-08", "issued_on": "2026-03-07"},
            "Plan issued on",
            "This day must be on or after “Draft sent on”",
        ),
        ({"stage": "Request", "assess_on": "2026-03-06"}, "Stage", LATER),
        ({"stage": "Plan in place"}, "Plan issued on", ISSUED),
        ({"reviewed_on": "2026-03-08"}, "Plan issued on", ISSUED),
    ],
)
def test_each_wrong_cell_is_named(changes: dict[str, str], column: str, reason: str) -> None:
    row, problems = check_row(RawRow(9, {**CELLS, **changes}), CHOICES)
    assert row is None
    assert [(one.line, one.column, one.reason) for one in problems] == [(9, column, reason)]


def test_the_stage_is_as_far_as_the_days_lead_when_it_is_not_named() -> None:
    days = {"assess_on": "2026-03-06", "draft_on": "2026-03-07"}
    for stage, expected in (("", "draft"), ("Plan in place", "in_place")):
        row, _ = check_row(
            RawRow(2, {**CELLS, **days, "issued_on": "2026-03-08" if stage else "", "stage": stage}), CHOICES
        )
        assert row is not None
        assert row.stage == expected


def test_somebody_whose_rights_are_their_own_may_come_as_the_young_person_at_fifteen() -> None:
    born = {"date_of_birth": "2010-07-15", "received_on": "2026-06-01", "basis": "Young person"}
    row, problems = check_row(RawRow(2, {**CELLS, **born}), replace(CHOICES, today=date(2026, 6, 30)))
    assert row is not None, problems


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


def test_headings_are_known_in_any_case_and_spacing() -> None:
    assert [key_of(name) for name in ("CHILD_FORENAME ", "Date Of Birth", "d.o.b.", "Shoe size")] == [
        "forename", "date_of_birth", "date_of_birth", None,
    ]  # fmt: skip
    assert heading_problems(["Forename", "Surname", "DOB"]) == []
