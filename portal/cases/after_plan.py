"""The clocks that run beside a plan in place: its review, a change of phase, another assessment. Pure."""

from dataclasses import dataclass
from datetime import date

from portal.cases import rules
from portal.cases.facts import CaseFacts
from portal.cases.reviews import next_transfer, review_dates

Days = tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class PlanClock:
    """One clock: what runs, what that means for the family, its days in order, and the law behind it.

    `text_at_work` is what it means for whoever works with the child; `own` are the family's own days.
    """

    title: str
    text: str
    days: Days
    law: str
    text_at_work: str
    own: Days = ()

    @property
    def all_days(self) -> Days:
        """Its days and the family's own, earliest first."""
        return tuple(sorted((*self.days, *self.own), key=lambda one: one[0]))


def plan_clocks(facts: CaseFacts, today: date) -> tuple[PlanClock, ...]:
    """Every clock that runs on `today`; none when the case has no plan or has ended."""
    running = {duty: due for due, duty in rules.open_duties(facts)}
    found = [_review(facts, running), _changes(facts, running), _again(facts, running), _transfer(facts, today)]
    return tuple(clock for clock in found if clock)


def _review(facts: CaseFacts, running: dict[str, date]) -> PlanClock | None:
    meeting = rules.waiting_since("reviewing", facts)
    if meeting is None or "reviewing" not in running:
        return None
    dates = review_dates(meeting)
    return PlanClock(
        "The review of the plan",
        "Before the meeting everybody sends what they have to say. After it we decide whether the plan stays, is"
        " changed, or ends. You get our decision in writing.",
        (
            (dates.papers_by, "Papers for the meeting are sent by this day"),
            (meeting, "Review meeting"),
            (dates.report_by, "The report of the meeting is sent by this day"),
            (dates.decision_by, "We tell you our decision by this day"),
            (dates.final_amended_plan_by, "If the plan is changed: the changed plan is due"),
        ),
        "Children and Families Act 2014, section 44. SEND Regulations 2014, regulations 18 to 22.",
        "Before the meeting everybody sends what they have to say. After it the council decides whether the plan"
        " stays, is changed, or ends.",
    )


def _changes(facts: CaseFacts, running: dict[str, date]) -> PlanClock | None:
    last = rules.changes_last_day(facts)
    if last is None or "changing" not in running:
        return None
    return PlanClock(
        "Changes to the plan",
        "We sent you the changes that we want to make. You have at least 15 days to say what you think.",
        ((running["changing"], "The changed plan is due"),),
        "SEND Regulations 2014, regulation 22.",
        "The council wants to change the plan, and has asked the family what they think.",
        ((last, "Last day to say what you think of the changes"),),
    )


def _again(facts: CaseFacts, running: dict[str, date]) -> PlanClock | None:
    days = (
        ("answering", "We tell you by this day whether we assess again"),
        ("reassessing", "The plan after another assessment is due"),
    )
    due = tuple((running[duty], title) for duty, title in days if duty in running)
    if not due:
        return None
    last = rules.comments_again_last_day(facts)
    return PlanClock(
        "Another assessment",
        "The plan and its help go on while we look again at what is needed.",
        due,
        "SEND Regulations 2014, regulations 24 to 27.",
        "The plan and its help go on while the council looks again at what is needed.",
        ((last, "Last day to comment on the draft plan"),) if last else (),
    )


def _transfer(facts: CaseFacts, today: date) -> PlanClock | None:
    transfer = next_transfer(facts, today)
    if transfer is None:
        return None
    return PlanClock(
        f"Moving on to {transfer.to}",
        f"We review the plan early, so that it names the next {transfer.to} in good time. Tell us which one you want.",
        ((transfer.last_day, f"The plan names the next {transfer.to} by this day"),),
        rules.LAW["transfer"],
        f"The plan is reviewed early, so that it names the next {transfer.to} in good time.",
    )
