"""From the request to the final plan, or to where the line ends before it. Drawn by chance; pure.

About as in Worcestershire in 2024: a quarter not assessed, 37 in 100 plans within 20 weeks.
"""

from datetime import date, timedelta

from portal.cases.rules import LawfulException
from portal.demo.large.chance import Chance
from portal.demo.large.history import Act, Excepted, act, day, ended_by, in_order

NOT_ASSESSED = 0.25
NOT_ISSUED = 0.05
WITHDRAWN = 0.035
PLANS_ON_TIME = 0.375
"""A little more than what comes out, because some cases that begin in time are held up."""
LATE_FIRST_DECISION = 0.24
EXCUSED = 0.09
"""What is late with a lawful exception."""

_REASONS = {
    "personal": ("A parent was in hospital, and the family asked us to wait.", "You asked us to wait."),
    "absent": ("The family was abroad for five weeks.", "You were away, so we could not see your child."),
    "school_closed": ("The school was closed for the summer when its advice was asked for.", ""),
}
"""For the team, and what the family reads."""

_DONE_BY = {
    "considering": ("decided_to_assess", "decided_not_to_assess"),
    "deciding": ("decided_to_issue", "decided_not_to_issue", "final_issued"),
    "final": ("final_issued", "decided_not_to_issue"),
}


def assessment(chance: Chance, received: date) -> tuple[list[Act], date | None]:
    """The acts, in order, and the day of the final plan when there is one."""
    considering = act("moved_to_considering", received + chance.days(1, 9))
    if chance.happens(NOT_ASSESSED):
        acts, issued = _not_assessed(chance, received)
        return _perhaps_withdrawn(chance, received, [considering, *acts], issued)
    on_time = chance.happens(PLANS_ON_TIME)
    agreed = _first_decision(chance, late=not on_time and chance.happens(LATE_FIRST_DECISION))
    final = chance.randint(118, 139) if on_time else max(142 + chance.long_tail(60, 300), agreed + 75)
    acts, issued = _plan(chance, received, agreed, final)
    return _perhaps_withdrawn(chance, received, in_order([considering, *acts]), issued)


def exceptions(chance: Chance, received: date, acts: list[Act]) -> list[Excepted]:
    """Lawful exceptions beside some of the dates in law that were missed, or still are."""
    decided = _first(acts, "decided_to_assess", "decided_not_to_assess")
    found = []
    if decided and decided > day(received, 42) and chance.happens(EXCUSED):
        found.append(_exception(chance, received, "considering", 42))
    final = _first(acts, "final_issued")
    is_owed = not _first(acts, "decided_not_to_assess") and (final is None or final > day(received, 140))
    if is_owed and chance.happens(EXCUSED):
        found += [_exception(chance, received, duty, within) for duty, within in (("deciding", 112), ("final", 140))]
    return [one for one in found if _is_awaited(one, acts)]


def _is_awaited(one: Excepted, acts: list[Act]) -> bool:
    """Whether what is excused had still to be done when that was recorded."""
    done = _first(acts, *_DONE_BY[one.exception.duty], "withdrawn", "moved_out")
    return done is None or one.recorded < done


def _exception(chance: Chance, received: date, duty: str, within: int) -> Excepted:
    """One that began before the date in law, with a new target after it."""
    kind = chance.choice(list(_REASONS))
    starts = day(received, within - chance.randint(20, 38))
    ends = starts + chance.days(30, 41)
    aim = day(received, within + chance.randint(20, 60))
    reason, told = _REASONS[kind]
    exception = LawfulException(kind, duty, starts, reason, "Helen Marsh", ends, aim, told)
    return Excepted(exception, starts + timedelta(days=5))


def _first(acts: list[Act], *kinds: str) -> date | None:
    return next((one.on for one in acts if one.kind in kinds), None)


def _first_decision(chance: Chance, *, late: bool) -> int:
    if late:
        return 44 + chance.long_tail(11, 45)
    return round(chance.triangular(21, 41, 39))


def _not_assessed(chance: Chance, received: date) -> tuple[list[Act], date | None]:
    """The refusal, and for some families mediation or an appeal that turns it round; the day of the plan then."""
    refused = _first_decision(chance, late=chance.happens(0.14))
    acts = [act("decided_not_to_assess", day(received, refused))]
    if not chance.happens(0.3):
        return acts, None
    asked = refused + chance.randint(8, 45)
    certificate = asked + chance.randint(14, 30)
    acts += [act("mediation_asked", day(received, asked)), act("mediation_certificate", day(received, certificate))]
    if chance.happens(0.35):
        return _plan_by_order(chance, received, acts, certificate + chance.randint(5, 20))
    if chance.happens(0.5):
        made = certificate + chance.randint(4, 26)
        ended = made + chance.randint(120, 240)
        acts += [act("appeal_made", day(received, made)), act("appeal_ended", day(received, ended))]
        if chance.happens(0.9):
            return _plan_by_order(chance, received, acts, ended + chance.randint(3, 20))
    return acts, None


def _plan_by_order(chance: Chance, received: date, refused: list[Act], ordered: int) -> tuple[list[Act], date | None]:
    """After the acts that `refused` it, what mediation or the Tribunal brought about.

    The assessment, and the plan 14 weeks later (reg 44), or late.
    """
    final = ordered + (chance.randint(85, 97) if chance.happens(0.5) else 100 + chance.long_tail(40, 200))
    acts, issued = _rest(chance, received, ordered + 2, final)
    return [*refused, act("ordered_to_assess", day(received, ordered)), *acts], issued


def _plan(chance: Chance, received: date, agreed: int, final: int) -> tuple[list[Act], date | None]:
    decided = act("decided_to_assess", day(received, agreed))
    rest, issued = _rest(chance, received, agreed + 1, final)
    return [decided, *rest], issued


def _rest(chance: Chance, received: date, asked: int, final: int) -> tuple[list[Act], date | None]:
    """From asking for advice (day `asked`) to the plan (day `final`, at least 70 days later)."""
    acts = [act("advice_requested", day(received, asked))]
    if chance.happens(0.3):
        acts.append(act("advice_requested", day(received, asked + 7)))
    served = final - chance.randint(20, 30)
    issue = max(asked + 20, served - chance.randint(3, 16))
    deciding = max(asked + 10, issue - chance.randint(3, 12))
    acts.append(act("moved_to_deciding", day(received, deciding)))
    if chance.happens(NOT_ISSUED):
        return [*acts, act("decided_not_to_issue", day(received, issue))], None
    acts += [act("decided_to_issue", day(received, issue)), act("draft_served", day(received, served))]
    acts += _comments(chance, received, served, final)
    acts.append(act("final_issued", day(received, final)))
    return acts, acts[-1].on


def _comments(chance: Chance, received: date, served: int, final: int) -> list[Act]:
    if not chance.happens(0.06):
        return [act("moved_to_finalising", day(received, served + 18))]
    last = served + 16 + chance.randint(0, max(0, final - served - 20))
    return [
        act("comments_extended", day(received, last), recorded=day(received, served + 9)),
        act("moved_to_finalising", day(received, last + 3)),
    ]


def _perhaps_withdrawn(
    chance: Chance, received: date, acts: list[Act], issued: date | None
) -> tuple[list[Act], date | None]:
    """Some families take their request back, or move away, before the first ending of the line."""
    if not chance.happens(WITHDRAWN):
        return acts, issued
    endings = ("decided_not_to_assess", "decided_not_to_issue", "final_issued")
    first = min((one.on for one in acts if one.kind in endings), default=day(received, 60))
    on = received + timedelta(days=max(12, chance.randint(5, max(12, (first - received).days - 4))))
    if on >= first:
        return acts, issued
    return ended_by(acts, act("withdrawn" if chance.happens(0.7) else "moved_out", on)), None
