"""Annual reviews, phase transfer, moving, and becoming a young person. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.cases.calendar import add_working_days, next_working_day
from portal.cases.facts import CaseFacts, Decision
from portal.dates import london_day

NAMES_A_PLACE = ("transfer_named", "changed_plan_issued", "reassessed_plan_issued")
"""What names the next school or college: a plan that is changed then does (reg 18)."""


@dataclass(frozen=True)
class ReviewDates:
    """The latest days around one review meeting (regs 20 to 22)."""

    papers_by: date
    report_by: date
    decision_by: date
    final_amended_plan_by: date


def review_dates(meeting: date, notice: date | None = None) -> ReviewDates:
    """Papers 2 weeks before; report 2 weeks, decision 4 weeks, amended plan 12 weeks after the meeting.

    The proposed amendments go with the decision: R (L, M and P) v Devon [2022] EWHC 493. Once their
    `notice` was sent, the plan is due 8 weeks from it, when that is sooner (reg 22(3)).
    """
    weeks = timedelta(weeks=1)
    final = min(meeting + 12 * weeks, notice + 8 * weeks) if notice else meeting + 12 * weeks
    return ReviewDates(meeting - 2 * weeks, meeting + 2 * weeks, meeting + 4 * weeks, final)


def meetings_of(facts: CaseFacts) -> tuple[date, ...]:
    """The review meetings, earliest first. One recorded while another still lay ahead stands in its place."""
    met = sorted((one for one in facts.decisions if one.kind == "review_meeting"), key=lambda one: one.number)
    kept = (one for place, one in enumerate(met) if not any(_moves(later, one) for later in met[place + 1 :]))
    return tuple(sorted({one.on for one in kept}))


def _moves(later: Decision, planned: Decision) -> bool:
    return later.recorded_at is not None and london_day(later.recorded_at) < planned.on


def phase_transfer_by(year: int, *, to_post_16_from_secondary: bool) -> date:
    """The day before which the plan must name the next setting: 31 March for post-16, else 15 February (reg 18)."""
    return date(year, 3, 31) if to_post_16_from_secondary else date(year, 2, 15)


@dataclass(frozen=True)
class Transfer:
    """A change of phase: the plan must name the next place before `before`, a day of the year of the change."""

    before: date
    to: str

    @property
    def last_day(self) -> date:
        """The last day on which the plan can name it in time."""
        return self.before - timedelta(days=1)

    @property
    def named_from(self) -> date:
        """The first day on which a place that the plan names is meant for this change: July before that year."""
        return date(self.before.year - 1, 7, 1)

    @property
    def year_begins(self) -> date:
        """The first day of the school year in which the place is chosen."""
        return date(self.before.year - 1, 9, 1)

    @property
    def year_ends(self) -> date:
        return date(self.before.year, 8, 31)


def transfers(born: date) -> tuple[Transfer, ...]:
    """The changes of phase of somebody born on that day, earliest first.

    Into school, from primary to secondary school, and from there to post-16. Middle schools and separate
    junior schools differ from council to council and are not among them.
    """
    first = born.year + (born.month >= 9) + 4
    return (
        Transfer(phase_transfer_by(first, to_post_16_from_secondary=False), "school"),
        Transfer(phase_transfer_by(first + 7, to_post_16_from_secondary=False), "secondary school"),
        Transfer(phase_transfer_by(first + 12, to_post_16_from_secondary=True), "college or sixth form"),
    )


def born_for_transfer(year: int) -> tuple[tuple[date, date], ...]:
    """First and last day of birth of those who change phase in September of `year`: to school, secondary, post-16."""
    return tuple((date(year - age, 9, 1), date(year - age + 1, 8, 31)) for age in (5, 12, 17))


def next_transfer(facts: CaseFacts, today: date) -> Transfer | None:
    """The change of phase in this school year or the next that the plan has still to name a place for.

    None without a plan, without a date of birth, or once the place was named in that school year or the July
    before it. A plan that was changed then names it: reg 18 asks for that review and change together.
    """
    issued = facts.plan_on
    if issued is None or facts.born is None or facts.branch:
        return None
    named = facts.day_of(*NAMES_A_PLACE) or date.min
    for one in transfers(facts.born):
        is_near = one.year_begins - timedelta(days=365) <= today <= one.year_ends
        if is_near and named < one.named_from and issued < one.before:
            return one
    return None


def transfer_dates(learned: date) -> tuple[date, date]:
    """After a move: the last day to transfer the plan, and the last day for the new council to write.

    15 working days beginning with the day the old council learned of the move, so the first of them is
    that day itself when it is a working day (reg 15(2)); then 6 weeks from the transfer (reg 15(4)).
    """
    transfer = add_working_days(next_working_day(learned), 14)
    return transfer, transfer + timedelta(weeks=6)
