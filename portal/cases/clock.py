"""The clocks of a case: every latest day that the law sets, and what is still due. Pure; calendar days.

Law: Children and Families Act 2014 (CFA) ss.36 to 44; Special Educational Needs and Disability
Regulations 2014, SI 2014/1530 (reg). Nothing moves a statutory date: exceptions and bank holidays
stand beside it.
"""

from dataclasses import replace
from datetime import date, timedelta

from portal.cases.calendar import last_of_months
from portal.cases.facts import PLAN, STAGES, CaseFacts, Decision
from portal.cases.gathering import ADVICE_WITHIN, advice_dates, advice_done_on, advice_due_on
from portal.cases.reviews import meetings_of, review_dates

__all__ = [
    "ADVICE_WITHIN",
    "COMMENTS_LAST_DAY",
    "ENDS",
    "STARTS",
    "WEEKS",
    "advice_dates",
    "assessing_since",
    "changes_last_day",
    "comments_again_last_day",
    "comments_last_day",
    "done_on",
    "is_closed",
    "next_deadline",
    "of_line",
    "open_duties",
    "ordered_draft_due",
    "statutory_date",
    "waiting_since",
    "weeks_of",
]

ASSESS_BY = timedelta(weeks=6)
REFUSE_BY = timedelta(weeks=16)
FINAL_BY = timedelta(weeks=20)
DECIDE_REVIEW_WITHIN = timedelta(weeks=4)
AMEND_WITHIN = timedelta(weeks=8)
ANSWER_WITHIN = timedelta(days=15)
REASSESS_WITHIN = timedelta(weeks=14)
DRAFT_AFTER_ORDER = timedelta(weeks=5)
"""When the Tribunal orders a plan, its draft comes in five weeks (reg 44(2))."""
COMMENTS_LAST_DAY = timedelta(days=14)
"""15 days beginning with the day the draft is served, so the last is 14 days after it (reg 13(1))."""
WEEKS = 20

_FROM_REQUEST = {"considering": ASSESS_BY, "deciding": REFUSE_BY, "final": FINAL_BY}

_FROM_ORDER = {
    "ordered_to_assess": {"deciding": timedelta(weeks=10), "final": timedelta(weeks=14)},
    "ordered_to_issue": {"final": timedelta(weeks=11)},
}
"""A Tribunal's order, or an agreement after mediation, starts a time of its own (regs 42 and 44)."""

STARTS = {
    "reviewing": "review_meeting",
    "changing": "changes_proposed",
    "answering": "reassessment_asked",
    "reassessing": "reassessment_agreed",
    "ceasing": "ceasing_proposed",
}
"""What is waited for once there is a plan, and what starts the wait."""

ENDS: dict[str, tuple[str, ...]] = {
    "reviewing": ("plan_kept", "changes_proposed", "ceasing_proposed"),
    "changing": ("changed_plan_issued", "plan_kept", "transfer_named", "reassessed_plan_issued"),
    "answering": ("reassessment_agreed", "reassessment_refused"),
    "reassessing": ("reassessed_plan_issued", "reassessed_plan_kept"),
    "ceasing": ("plan_kept", "ceased"),
}
"""What fulfils it."""

_WITHIN = {
    "reviewing": DECIDE_REVIEW_WITHIN,
    "changing": AMEND_WITHIN,
    "answering": ANSWER_WITHIN,
    "reassessing": REASSESS_WITHIN,
}
"""How long it may take. The law sets no time in which to decide whether a plan ends."""

_DONE_BY: dict[str, tuple[str, ...]] = {
    "considering": ("decided_to_assess", "decided_not_to_assess"),
    "deciding": ("decided_to_issue", "decided_not_to_issue"),
    "finalising": ("final_issued",),
    "final": ("final_issued",),
}
"""The council's own first decision does a stage. An order after mediation or an appeal starts a new time instead."""


def statutory_date(duty: str, facts: CaseFacts) -> date | None:
    """The latest day the law allows for a duty, or None where it sets none (yet).

    Six weeks to decide on assessing (reg 5(1)), six for each adviser from the day asked (reg 8(1)),
    sixteen to tell of a refusal to issue (reg 10(1)), twenty to issue the plan (reg 13(2)); after an
    order or agreement the times of regs 42 and 44. With a plan: a review in the twelve months that
    start with the day of the plan or of the last review (CFA s.44(1)), the decision four weeks after the meeting
    (reg 20(10)),
    the changed plan eight weeks after the proposed changes and never more than twelve after the meeting
    (reg 22(3) and (4)), the answer to a request to assess again in 15 days (reg 25), and that plan in 14
    weeks (reg 27). Of several that wait, the one that has waited longest counts.
    """
    if duty in _WITHIN:
        return _after_a_plan(duty, facts)
    if duty == "in_place":
        reviewed = max(_reviewed_on(facts), default=None)
        return last_of_months(reviewed, 12) if reviewed else None
    if duty == "draft":
        return comments_last_day(facts)
    if duty == "advice":
        return advice_due_on(facts)
    return _on_the_line(duty, facts)


def _after_a_plan(duty: str, facts: CaseFacts) -> date | None:
    begun = waiting_since(duty, facts) or facts.day_of(STARTS[duty])
    if begun is None:
        return None
    meeting = _waited_for("reviewing", begun, facts) if duty == "changing" else None
    return review_dates(meeting, begun).final_amended_plan_by if meeting else begun + _WITHIN[duty]


def waiting_since(duty: str, facts: CaseFacts) -> date | None:
    """The earliest day that started what is waited for, when nothing has fulfilled it since. None when nothing waits.

    `duty` is reviewing, changing, answering, reassessing or ceasing.
    """
    return _waited_for(duty, date.max, facts)


def assessing_since(facts: CaseFacts) -> date | None:
    """The day of the decision to assess, or to assess again, that no plan has followed yet; None when none runs."""
    if is_closed(facts):
        return None
    if facts.has_plan:
        return waiting_since("reassessing", facts)
    return facts.day_of("decided_to_assess", "ordered_to_assess")


def _waited_for(duty: str, on: date, facts: CaseFacts) -> date | None:
    """What a decision of the day `on` put an end to: since when that had been waited for."""
    ends = (one.on for one in facts.decisions if one.kind in ENDS[duty] and one.on < on)
    ended = max(ends, default=date.min)
    starts = (one.on for one in facts.decisions if one.kind == STARTS[duty])
    begun = meetings_of(facts) if duty == "reviewing" else starts
    return min((day for day in begun if ended < day <= on), default=None)


def _reviewed_on(facts: CaseFacts) -> list[date]:
    """The days from which twelve months count: of the plan, and of each decision that ended a review (reg 20(10))."""
    plans = (*PLAN, "review_taken_over", "reassessed_plan_issued")
    return [one.on for one in facts.decisions if one.kind in plans or _ends_review(one, facts)]


def _ends_review(one: Decision, facts: CaseFacts) -> bool:
    """Keeping a plan that was to be changed or stopped is an answer to that, and its review ended before."""
    if one.kind not in ENDS["reviewing"]:
        return False
    if one.kind == "changes_proposed" or _waited_for("reviewing", one.on, facts):
        return True
    is_answer = _waited_for("changing", one.on, facts) or _waited_for("ceasing", one.on, facts)
    return one.kind == "plan_kept" and not is_answer


def _on_the_line(duty: str, facts: CaseFacts) -> date | None:
    """The dates that count from the request, or from the order that started the line again."""
    ordered = [one.on + within[duty] for one in facts.decisions if duty in (within := _FROM_ORDER.get(one.kind, {}))]
    if ordered:
        return max(ordered)
    return facts.received + _FROM_REQUEST[duty] if duty in _FROM_REQUEST else None


def comments_last_day(facts: CaseFacts) -> date | None:
    """The last day on which anybody may comment on the draft plan: of each adult, and of what the case says."""
    days = _served_since(date.min, facts)
    served = facts.day_of("draft_served")
    if served:
        days.append(last_day_to_comment(served, facts.day_of("comments_extended")))
    return max(days, default=None)


def last_day_to_comment(served_on: date, longer: date | None = None) -> date:
    """Never less than 15 days (reg 13(1)), longer when more time was given."""
    return max(served_on + COMMENTS_LAST_DAY, longer or served_on)


def changes_last_day(facts: CaseFacts) -> date | None:
    """The last day to comment on changes to the plan that wait: 15 days beginning with the day they were sent.

    They are sent as a draft, too, when it is served in the portal: then the later day counts (reg 22(2)).
    """
    since, sent = waiting_since("changing", facts), facts.day_of("changes_proposed")
    if since is None or sent is None:
        return None
    return max([last_day_to_comment(sent), *_served_since(since, facts)])


def comments_again_last_day(facts: CaseFacts) -> date | None:
    """The last day to comment on the draft of another assessment, while that runs; None before it was served."""
    since = waiting_since("reassessing", facts)
    if since is None:
        return None
    days, served = _served_since(since, facts), facts.day_of("draft_served")
    if served and served >= since:
        days.append(last_day_to_comment(served, facts.day_of("comments_extended")))
    return max(days, default=None)


def _served_since(since: date, facts: CaseFacts) -> list[date]:
    """The last days to comment on what was served from that day on."""
    return [last_day_to_comment(one.on, one.longer) for one in facts.services if one.on >= since]


def ordered_draft_due(facts: CaseFacts) -> date | None:
    """When the draft is due after an order to write a plan (reg 44(2)); None once it is there."""
    ordered = facts.day_of("ordered_to_issue")
    if ordered is None or is_closed(facts) or is_drafted_after_order(facts):
        return None
    return ordered + DRAFT_AFTER_ORDER


def is_drafted_after_order(facts: CaseFacts) -> bool:
    """Whether a draft was sent since the plan was ordered, also to somebody else than the reader of these facts."""
    ordered, served = facts.day_of("ordered_to_issue"), facts.day_of("draft_served", "final_issued")
    return facts.drafted_after_order or bool(ordered and served and served >= ordered)


def weeks_of(facts: CaseFacts) -> tuple[date, int]:
    """From which day the weeks until the plan count, and how many the law gives: 20, or fewer after an order."""
    orders = [(one.on, _FROM_ORDER[one.kind]["final"].days // 7) for one in facts.decisions if one.kind in _FROM_ORDER]
    return max(orders, default=(facts.received, WEEKS))


def of_line(facts: CaseFacts) -> CaseFacts:
    """The facts up to the first plan, which the stages before it are about; later drafts and advice are not."""
    plan = facts.plan_on
    if plan is None:
        return facts
    return replace(
        facts,
        decisions=tuple(one for one in facts.decisions if one.on <= plan),
        advisers=tuple(one for one in facts.advisers if one.asked <= plan),
        services=tuple(one for one in facts.services if one.on <= plan),
    )


def done_on(stage: str, facts: CaseFacts) -> date | None:
    """The day on which a stage was finished, when that is known."""
    if stage == "request":
        return facts.received
    if stage == "advice":
        return advice_done_on(facts)
    if stage == "draft":
        return facts.day_of("moved_to_finalising")
    return facts.first_day_of(*_DONE_BY.get(stage, ()))


def is_closed(facts: CaseFacts) -> bool:
    """Whether the assessment has ended on a side branch, so that the clock runs no more."""
    return bool(facts.branch)


def open_duties(facts: CaseFacts) -> list[tuple[date, str]]:
    """What the law still asks for, earliest first."""
    if is_closed(facts):
        return []
    dated = [(statutory_date(duty, facts), duty) for duty in _undone(facts)]
    return sorted((due, duty) for due, duty in dated if due)


def _undone(facts: CaseFacts) -> list[str]:
    if facts.has_plan:
        return ["in_place", *(duty for duty in _WITHIN if waiting_since(duty, facts))]
    still = STAGES[STAGES.index(facts.stage) :]
    return [duty for duty in _FROM_REQUEST if duty in still and not done_on(duty, facts)]


def next_deadline(facts: CaseFacts) -> date | None:
    """The next statutory date of a case, past or coming; None when nothing is due."""
    duties = open_duties(facts)
    return duties[0][0] if duties else None
