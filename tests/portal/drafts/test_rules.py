"""The days to comment on a draft plan: never fewer than 15, never taken away, and nobody else's date moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.access.rules import BASES
from portal.cases import rules as cases
from portal.cases.rules import CaseFacts, Decision
from portal.drafts import rules
from portal.errors import RuleBroken

RECEIVED = date(2026, 1, 5)
SERVED = date(2026, 4, 13)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))
ASKED_FOR = st.lists(DAYS, max_size=6)


def given_in_turn(served: date, asked_for: list[date]) -> list[date]:
    """Those of the days that are taken as a new last day, one after another, on the day of service."""
    taken: list[date] = []
    for until in asked_for:
        try:
            rules.may_extend(until, rules.last_day(served, taken), served)
        except RuleBroken:
            continue
        taken.append(until)
    return taken


def facts_with(served: date, extensions: list[date]) -> CaseFacts:
    longer = tuple(Decision("comments_extended", on) for on in extensions)
    return CaseFacts(served - timedelta(days=98), "draft", decisions=(Decision("draft_served", served), *longer))


@given(DAYS, ASKED_FOR)
def test_nobody_ever_has_fewer_than_15_days(served: date, asked_for: list[date]) -> None:
    last = rules.last_day(served, given_in_turn(served, asked_for))
    assert (last - served).days + 1 >= 15


@given(DAYS, ASKED_FOR)
def test_not_even_days_that_nobody_checked_make_it_shorter(served: date, unchecked: list[date]) -> None:
    assert rules.last_day(served, unchecked) >= rules.last_day(served)


@given(DAYS, ASKED_FOR)
def test_each_extension_gives_more_time_than_the_one_before(served: date, asked_for: list[date]) -> None:
    taken = given_in_turn(served, asked_for)
    assert taken == sorted(set(taken))
    assert all(until > rules.last_day(served) for until in taken)


@given(DAYS, ASKED_FOR)
def test_an_extension_moves_no_date_in_law(served: date, asked_for: list[date]) -> None:
    before, after = facts_with(served, []), facts_with(served, given_in_turn(served, asked_for))
    for duty in cases.DUTIES:
        assert cases.statutory_date(duty, after) == cases.statutory_date(duty, before)
    assert cases.next_deadline(after) == cases.next_deadline(before)


@given(DAYS, ASKED_FOR)
def test_the_case_and_the_draft_count_the_same_days(served: date, asked_for: list[date]) -> None:
    taken = given_in_turn(served, asked_for)
    assert cases.comments_last_day(facts_with(served, taken)) == rules.last_day(served, taken)


@given(DAYS, DAYS)
def test_late_begins_on_the_day_after_the_last(served: date, today: date) -> None:
    last = rules.last_day(served)
    assert rules.is_late(today, last) == ((today - served).days > 14)
    assert ("left" in rules.countdown(last, today)) == (today < last)


def test_a_draft_served_on_13_april_can_be_commented_on_until_27_april() -> None:
    assert rules.last_day(SERVED) == date(2026, 4, 27)


def test_the_days_are_counted_down_in_words() -> None:
    last = rules.last_day(SERVED)
    said = [rules.countdown(last, last - timedelta(days=days)) for days in (9, 1, 0, -1)]
    assert said == ["9 days left", "1 day left", "today is the last day", "the last day has passed"]
    assert rules.reminder(last, SERVED) == "Your draft plan: 14 days left to comment"
    assert rules.reminder(last, date(2026, 4, 30)).endswith("the last day to comment was Monday 27 April 2026")


@pytest.mark.parametrize("day", [date(2026, 4, 14), date(2026, 4, 8), date(2026, 1, 4)])
def test_nobody_had_a_draft_on_paper_before_it_was_written_nor_after_today(day: date) -> None:
    for had in (SERVED, date(2026, 4, 9)):
        rules.may_serve_on_paper(had, SERVED, since=RECEIVED, dated=date(2026, 4, 9))
    with pytest.raises(RuleBroken) as refused:
        rules.may_serve_on_paper(day, SERVED, since=RECEIVED, dated=date(2026, 4, 9))
    assert refused.value.field == "served"


def test_a_professional_is_not_asked_in_the_place_of_a_parent() -> None:
    assert [basis for basis in BASES if not rules.may_be_served(basis)] == ["professional"]
    assert {basis for basis in rules.ASKED_BY_LAW if rules.may_be_served(basis)} == set(rules.ASKED_BY_LAW)


@pytest.mark.parametrize(
    ("part", "said", "missing"),
    [
        ("B", {"agrees": None, "body": "Half a sen"}, "Choose whether you agree with this section."),
        ("B", {"agrees": False}, "Enter your comment, or choose that you agree."),
        ("B", {"agrees": True}, ""),
        ("B", {"agrees": False, "body": "More swimming."}, ""),
        (rules.SCHOOL, {"body": "It is small."}, "Enter the name of the school or college."),
        (rules.SCHOOL, {"school_name": "Lakeside"}, "Choose what kind of place it is."),
        (rules.SCHOOL, {"school_name": "Lakeside", "school_kind": "special"}, ""),
        (rules.MEETING, {"body": ""}, "Enter times that suit you."),
        (rules.MEETING, {"body": "Any Tuesday"}, ""),
    ],
)
def test_what_is_not_finished_says_what_is_missing(part: str, said: dict[str, Any], missing: str) -> None:
    nothing: dict[str, Any] = {"agrees": None, "body": "", "school_name": "", "school_kind": ""}
    assert rules.missing(part, **{**nothing, **said}) == missing


@pytest.mark.parametrize("until", [date(2026, 4, 27), date(2026, 4, 1), date(2026, 5, 1), date(2028, 4, 27)])
def test_a_new_last_day_must_be_later_than_now_and_than_today_and_not_far_off(until: date) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.may_extend(until, date(2026, 4, 27), date(2026, 5, 2))
    assert refused.value.field == "until"


def test_the_sections_are_those_of_the_regulations() -> None:
    assert list(rules.SECTIONS) == "A B C D E F G H1 H2 I J K".split()
    assert all(one.purpose.endswith(".") and len(one.purpose.split()) <= 20 for one in rules.SECTIONS.values())


def test_one_comments_on_every_section_but_the_blank_one() -> None:
    assert set(rules.SECTIONS) - set(rules.COMMENTED) == {"I"}
    assert (rules.following("H2"), rules.following("K")) == ("J", "")


def test_only_a_bare_agreement_needs_no_answer() -> None:
    assert not rules.needs_answer("B", "")
    assert rules.needs_answer("B", "Please add swimming.")
    assert rules.needs_answer(rules.SCHOOL, "")


def test_a_meeting_cannot_be_refused() -> None:
    assert not [key for key in rules.outcomes(rules.MEETING) if "not" in key]
