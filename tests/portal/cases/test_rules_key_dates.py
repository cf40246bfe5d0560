"""Key Dates and their calendar file: truthful, in order, stable, and as RFC 5545 wants them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.cases.calendar_file import calendar_file
from portal.cases.key_dates import KeyDate, key_dates
from portal.cases.rules import AskedAdviser, CaseFacts, Decision
from tests.portal.cases.test_rules_statutory_dates import DAYS, facts_of

RECEIVED = date(2026, 1, 5)
STAMP = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
SERVED = Decision("draft_served", date(2026, 4, 13))
titles = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200) | st.just("a\nb; c, d\\e")
added = st.lists(st.tuples(st.text("abc123", min_size=1), DAYS, titles), max_size=5, unique_by=lambda one: one[0])


def find(facts: CaseFacts, uid: str, today: date = RECEIVED) -> KeyDate:
    (found,) = (one for one in key_dates(facts, today) if one.uid == uid)
    return found


def file_of(*dates: KeyDate) -> str:
    return calendar_file(dates, case="7KQ4", portal="Westmere", stamp=STAMP, name="Key dates")


def test_a_date_in_law_names_its_law() -> None:
    final = find(CaseFacts(RECEIVED), "final")
    assert (final.on, final.law, final.source) == (date(2026, 5, 25), True, "SEND Regulations 2014, regulation 13(2)")


def test_the_familys_own_last_days_are_in_law_and_never_late() -> None:
    comments = find(CaseFacts(RECEIVED, "draft", decisions=(SERVED,)), "comments", date(2026, 5, 1))
    assert (comments.on, comments.past, comments.law) == (date(2026, 4, 27), True, False)
    refused = CaseFacts(RECEIVED, "considering", "not_assessing", (Decision("decided_not_to_assess", RECEIVED),))
    appeal = find(refused, "appeal-decided_not_to_assess-2026-01-05", date(2026, 5, 1))
    assert (appeal.on, appeal.past, appeal.law) == (date(2026, 3, 5), True, False)
    assert find(refused, "mediation-decided_not_to_assess-2026-01-05").on == date(2026, 3, 5)


def test_a_last_day_to_appeal_on_a_saturday_is_past_only_after_the_next_working_day() -> None:
    refused = CaseFacts(
        RECEIVED, "considering", "not_assessing", (Decision("decided_not_to_assess", date(2026, 1, 14)),)
    )
    for today, is_past in ((date(2026, 3, 15), False), (date(2026, 3, 16), False), (date(2026, 3, 17), True)):
        appeal = find(refused, "appeal-decided_not_to_assess-2026-01-14", today)
        assert (appeal.on, appeal.past) == (date(2026, 3, 14), is_past)
        assert appeal.note.endswith("on Monday 16 March 2026, because the last day is not a working day.")
        assert appeal.titled == f"Last day to appeal. {appeal.note}"
        assert find(refused, "mediation-decided_not_to_assess-2026-01-14", today).past == (today > date(2026, 3, 14))


def test_each_request_for_advice_has_its_own_date() -> None:
    asked = tuple(Decision("advice_requested", on) for on in (date(2026, 2, 17), date(2026, 3, 10)))
    facts = CaseFacts(RECEIVED, "advice", decisions=asked)
    assert find(facts, "advice-2026-02-17").on == date(2026, 3, 31)
    assert find(facts, "advice-2026-03-10").title == "The advice we asked for on Tuesday 10 March 2026 is due"


def test_advice_that_came_has_no_key_date_and_what_is_out_is_late_where_that_is_known() -> None:
    first, second = date(2026, 2, 17), date(2026, 2, 18)
    asked = tuple(Decision("advice_requested", on) for on in (first, second))
    facts = CaseFacts(RECEIVED, "advice", decisions=asked)
    assert not find(facts, "advice-2026-02-17", date(2026, 6, 1)).law
    known = replace(facts, advisers=(AskedAdviser(first, date(2026, 3, 1)), AskedAdviser(second)))
    assert find(known, "advice-2026-02-18", date(2026, 6, 1)).law
    assert "advice-2026-02-17" not in {one.uid for one in key_dates(known, date(2026, 6, 1))}


def of_plan(*more: tuple[str, date], branch: str = "", born: date | None = None) -> CaseFacts:
    acts = (("final_issued", date(2026, 5, 20)), *more)
    return CaseFacts(RECEIVED, "in_place", branch, tuple(Decision(*one) for one in acts), born=born)


def test_changes_to_a_plan_have_a_last_day_to_comment() -> None:
    facts = of_plan(("review_meeting", date(2027, 3, 10)), ("changes_proposed", date(2027, 4, 6)))
    last = find(facts, "comments-changes", date(2027, 5, 1))
    assert (last.on, last.past, last.law) == (date(2027, 4, 20), True, False)
    issued = replace(facts, decisions=(*facts.decisions, Decision("changed_plan_issued", date(2027, 5, 4))))
    assert "comments-changes" not in {one.uid for one in key_dates(issued, date(2027, 5, 5))}


def test_a_meeting_that_is_moved_keeps_its_name_in_the_calendar() -> None:
    at = datetime(2027, 1, 6, 12, tzinfo=UTC)
    planned = Decision("review_meeting", date(2027, 3, 10), number=1, recorded_at=at)
    moved = Decision("review_meeting", date(2027, 3, 3), number=2, recorded_at=at)
    facts = of_plan()
    before = replace(facts, decisions=(*facts.decisions, planned))
    after = replace(facts, decisions=(*facts.decisions, moved, planned))
    assert find(before, "review-meeting-1").on == date(2027, 3, 10)
    assert find(after, "review-meeting-1").on == date(2027, 3, 3)
    assert date(2027, 3, 10) not in {one.on for one in key_dates(after, RECEIVED)}


def test_a_school_place_is_late_from_the_day_before_which_it_is_named() -> None:
    facts = of_plan(born=date(2016, 3, 1))
    place = find(facts, "transfer-2027", date(2027, 2, 15))
    assert (place.on, place.past, place.law) == (date(2027, 2, 14), True, True)
    assert not find(facts, "transfer-2027", date(2027, 2, 14)).past


def test_only_a_child_who_moved_with_a_plan_has_the_days_of_moving() -> None:
    moved = of_plan(("moved_out", date(2027, 3, 1)), branch="moved")
    assert find(moved, "moving-plan").on == date(2027, 3, 19)
    assert find(moved, "moving-letter").on == date(2027, 4, 30)
    without = CaseFacts(RECEIVED, "advice", "moved", (Decision("moved_out", date(2026, 3, 2)),))
    for facts in (without, of_plan(), replace(moved, branch="")):
        assert not [one for one in key_dates(facts, RECEIVED) if one.uid.startswith("moving")]


def test_a_plan_that_is_to_stop_has_the_day_until_which_it_goes_on() -> None:
    stopped = of_plan(("ceasing_proposed", date(2027, 1, 4)), ("ceased", date(2027, 2, 1)), branch="ceased")
    assert find(stopped, "plan-goes-on").on == date(2027, 4, 1)
    appealed = replace(stopped, decisions=(*stopped.decisions, Decision("appeal_made", date(2027, 3, 1))))
    assert "plan-goes-on" not in {one.uid for one in key_dates(appealed, date(2027, 5, 5))}


def test_an_appeal_keeps_its_name_when_a_later_decision_comes() -> None:
    issued, kept = Decision("final_issued", date(2026, 5, 20)), Decision("plan_kept", date(2027, 4, 6))
    before = find(CaseFacts(RECEIVED, "in_place", decisions=(issued,)), "appeal-final_issued-2026-05-20")
    assert find(CaseFacts(RECEIVED, "in_place", decisions=(issued, kept)), before.uid) == before


@given(facts_of, DAYS, added)
def test_dates_are_in_order_each_once_and_past_only_when_over(
    facts: CaseFacts, today: date, more: list[tuple[str, date, str]]
) -> None:
    found = key_dates(facts, today, more)
    assert list(found) == sorted(found, key=lambda one: (one.on, one.uid))
    assert len({one.uid for one in found}) == len(found)
    assert all(one.past == (one.on < today) for one in found)


@given(facts_of, DAYS, added)
def test_a_calendar_file_has_short_lines_that_unfold_to_what_was_meant(
    facts: CaseFacts, today: date, more: list[tuple[str, date, str]]
) -> None:
    dates = key_dates(facts, today, more)
    file = file_of(*dates)
    assert file.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    assert file.count("\n") == file.count("\r") == file.count("\r\n")
    lines = file.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("UID:")] == [f"UID:7KQ4-{one.uid}@portal" for one in dates]
    said = [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]
    assert [unescaped(one) for one in said] == [f"{one.title} (case 7KQ4)" for one in dates]


def unescaped(text: str) -> str:
    """What a calendar reads (RFC 5545 section 3.3.11)."""
    chars = iter(text)
    return "".join(next(chars).replace("n", "\n") if char == "\\" else char for char in chars)


def test_a_day_is_a_whole_day_that_blocks_nothing() -> None:
    lines = file_of(find(CaseFacts(RECEIVED), "final")).split("\r\n")
    assert {
        "UID:7KQ4-final@portal",
        "DTSTAMP:20260309T103000Z",
        "DTSTART;VALUE=DATE:20260525",
        f"DTEND;VALUE=DATE:{date(2026, 5, 25) + timedelta(days=1):%Y%m%d}",
        "DESCRIPTION:SEND Regulations 2014\\, regulation 13(2)",
        "TRANSP:TRANSPARENT",
    } <= set(lines)
