"""The clocks of a case: every latest day that the law sets, and what is still due. Pure; calendar days.

Law: Children and Families Act 2014 (CFA) ss.36 to 44; Special Educational Needs and Disability
Regulations 2014, SI 2014/1530 (reg). Nothing moves a statutory date: exceptions and bank holidays
stand beside it.
"""

from datetime import date, timedelta

from portal.cases.calendar import add_months
from portal.cases.facts import STAGES, CaseFacts

ASSESS_BY = timedelta(weeks=6)
REFUSE_BY = timedelta(weeks=16)
FINAL_BY = timedelta(weeks=20)
ADVICE_WITHIN = timedelta(weeks=6)
DECIDE_REVIEW_WITHIN = timedelta(weeks=4)
AMEND_WITHIN = timedelta(weeks=8)
ANSWER_WITHIN = timedelta(days=15)
REASSESS_WITHIN = timedelta(weeks=14)
COMMENTS_LAST_DAY = timedelta(days=14)
"""15 days beginning with the day the draft is served, so the last is 14 days after it (reg 13(1))."""
WEEKS = 20

_FROM_REQUEST = {"considering": ASSESS_BY, "deciding": REFUSE_BY, "final": FINAL_BY}

_FROM_ORDER = {
    "ordered_to_assess": {"deciding": timedelta(weeks=10), "final": timedelta(weeks=14)},
    "ordered_to_issue": {"final": timedelta(weeks=11)},
}
"""A Tribunal's order, or an agreement after mediation, starts a time of its own (regs 42 and 44)."""

_AFTER_A_PLAN: dict[str, tuple[str, timedelta]] = {
    "reviewing": ("review_meeting", DECIDE_REVIEW_WITHIN),
    "changing": ("changes_proposed", AMEND_WITHIN),
    "answering": ("reassessment_asked", ANSWER_WITHIN),
    "reassessing": ("reassessment_agreed", REASSESS_WITHIN),
}
"""Duty: what starts it, and how long it may take."""

_ENDS: dict[str, tuple[str, ...]] = {
    "reviewing": ("plan_kept", "changes_proposed", "ceasing_proposed"),
    "changing": ("changed_plan_issued", "plan_kept"),
    "answering": ("reassessment_agreed", "reassessment_refused"),
    "reassessing": ("reassessed_plan_issued",),
}
"""Duty: what fulfils it."""


def statutory_date(duty: str, facts: CaseFacts) -> date | None:
    """The latest day the law allows for a duty, or None where it sets none (yet).

    Six weeks to decide on assessing (reg 5(1)), six for each adviser from the day asked (reg 8(1)),
    sixteen to tell of a refusal to issue (reg 10(1)), twenty to issue the plan (reg 13(2)); after an
    order or agreement the times of regs 42 and 44. With a plan: a review within twelve months of the
    plan or of the last review (CFA s.44(1)), the decision four weeks after the meeting (reg 20(10)),
    the changed plan eight weeks after the proposed changes (reg 22(3) and (4)), the answer to a
    request to assess again in 15 days (reg 25), and that plan in 14 weeks (reg 27).
    """
    if duty in _AFTER_A_PLAN:
        kind, within = _AFTER_A_PLAN[duty]
        begun = facts.day_of(kind)
        return begun + within if begun else None
    if duty == "in_place":
        reviewed = facts.day_of("final_issued", "plan_kept", "changes_proposed", "reassessed_plan_issued")
        return add_months(reviewed, 12) if reviewed else None
    if duty == "draft":
        return comments_last_day(facts)
    if duty == "advice":
        return max((due for _, due in advice_dates(facts)), default=None)
    return _on_the_line(duty, facts)


def _on_the_line(duty: str, facts: CaseFacts) -> date | None:
    """The dates that count from the request, or from the order that started the line again."""
    dates = [
        ordered + within[duty]
        for kind, within in _FROM_ORDER.items()
        if duty in within and (ordered := facts.day_of(kind))
    ]
    if dates:
        return max(dates)
    return facts.received + _FROM_REQUEST[duty] if duty in _FROM_REQUEST else None


def comments_last_day(facts: CaseFacts) -> date | None:
    """The last day to comment on the draft plan: never less than 15 days (reg 13(1)), longer when extended."""
    served = facts.day_of("draft_served")
    if served is None:
        return None
    return max(served + COMMENTS_LAST_DAY, facts.day_of("comments_extended") or served)


def advice_dates(facts: CaseFacts) -> tuple[tuple[date, date], ...]:
    """For each day on which advice was asked for: that day, and six weeks from it (reg 8(1)), earliest first."""
    asked = {decision.on for decision in facts.decisions if decision.kind == "advice_requested"}
    return tuple((on, on + ADVICE_WITHIN) for on in sorted(asked))


def done_on(stage: str, facts: CaseFacts) -> date | None:
    """The day on which a stage was finished, when that is known."""
    if stage == "request":
        return facts.received
    if stage == "advice":
        return _advice_done(facts)
    after = {
        "considering": ("decided_to_assess", "decided_not_to_assess", "ordered_to_assess", "moved_to_advice"),
        "deciding": ("decided_to_issue", "decided_not_to_issue", "ordered_to_issue"),
        "draft": ("moved_to_finalising",),
        "finalising": ("final_issued",),
        "final": ("final_issued",),
    }.get(stage, ())
    return facts.day_of(*after)


def _advice_done(facts: CaseFacts) -> date | None:
    """The first sign that the advice was there, since the assessment began (or began again)."""
    begun = facts.day_of("decided_to_assess", "ordered_to_assess") or facts.received
    signs = {"moved_to_deciding", "decided_to_issue", "decided_not_to_issue", "draft_served"}
    return min((one.on for one in facts.decisions if one.kind in signs and one.on >= begun), default=None)


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
    if done_on("final", facts):
        return ["in_place", *(duty for duty in _AFTER_A_PLAN if _is_running(duty, facts))]
    still = STAGES[STAGES.index(facts.stage) :]
    return [duty for duty in _FROM_REQUEST if duty in still and not done_on(duty, facts)]


def _is_running(duty: str, facts: CaseFacts) -> bool:
    """Whether what starts a duty came, and nothing since has fulfilled it."""
    begun, ended = facts.day_of(_AFTER_A_PLAN[duty][0]), facts.day_of(*_ENDS[duty])
    return begun is not None and (ended is None or ended < begun)


def next_deadline(facts: CaseFacts) -> date | None:
    """The next statutory date of a case, past or coming; None when nothing is due."""
    duties = open_duties(facts)
    return duties[0][0] if duties else None
