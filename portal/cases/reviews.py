"""Annual reviews, phase transfer, re-assessment, moving, and becoming a young person. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.cases.calendar import add_working_days


@dataclass(frozen=True)
class ReviewDates:
    """The latest days around one review meeting (regs 20 to 22)."""

    papers_by: date
    report_by: date
    decision_by: date
    final_amended_plan_by: date


def review_dates(meeting: date) -> ReviewDates:
    """Papers 2 weeks before; report 2 weeks, decision 4 weeks, amended plan 12 weeks after the meeting.

    The proposed amendments go with the decision: R (L, M and P) v Devon [2022] EWHC 493.
    """
    weeks = timedelta(weeks=1)
    return ReviewDates(meeting - 2 * weeks, meeting + 2 * weeks, meeting + 4 * weeks, meeting + 12 * weeks)


def phase_transfer_by(year: int, *, to_post_16_from_secondary: bool) -> date:
    """The day before which the plan must name the next setting: 31 March for post-16, else 15 February (reg 18)."""
    return date(year, 3, 31) if to_post_16_from_secondary else date(year, 2, 15)


def reassessment_dates(asked: date) -> tuple[date, date]:
    """The answer within 15 days of being asked, the plan within 14 weeks of the answer (regs 24 to 27)."""
    answer = asked + timedelta(days=15)
    return answer, answer + timedelta(weeks=14)


def transfer_dates(learned: date) -> tuple[date, date]:
    """After a move: transfer within 15 working days of learning of it; the new council writes in 6 weeks (reg 15)."""
    transfer = add_working_days(learned, 15)
    return transfer, transfer + timedelta(weeks=6)


def school_age_ends(born: date) -> date:
    """The last Friday of June of the school year in which the child turns 16 (Education Act 1996 s.8).

    The school year runs from 1 September to 31 August.
    """
    year = born.year + 16 + (born.month >= 9)
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def is_young_person(born: date, today: date) -> bool:
    """Whether the rights are the young person's own: over compulsory school age and under 25 (CFA s.83)."""
    return (
        school_age_ends(born) < today
        and (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < 25
    )
