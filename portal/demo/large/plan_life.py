"""Once there is a plan: reviews, changes, the next school, disputes, and how plans end. Drawn by chance; pure."""

from datetime import date, timedelta

from portal.cases.reviews import transfers
from portal.demo.large.chance import Chance
from portal.demo.large.history import Act, act, ended_by, in_order

REVIEW_IN_TIME = 0.84
DECIDED_IN_FOUR_WEEKS = 0.66
FORGOTTEN = 0.03
MOST_REVIEWS = 5
OLDEST = 25


def plan_life(chance: Chance, issued: date, born: date) -> list[Act]:
    """Everything after the final plan of `issued`, in order."""
    acts, ceased = _reviews(chance, issued, born)
    acts += _apart(_next_schools(chance, issued, born), acts)
    acts += _dispute(chance, issued) if chance.happens(0.05) else []
    acts += _another_assessment(chance, issued) if chance.happens(0.015) else []
    acts = in_order([act("moved_to_in_place", issued + chance.days(6, 18)), *acts])
    ends = [ceased] if ceased else []
    if chance.happens(0.04):
        ends.append(act("moved_out", issued + chance.days(60, 1400)))
    return ended_by(acts, min(ends, key=lambda end: end.on)) if ends else acts


def _reviews(chance: Chance, issued: date, born: date) -> tuple[list[Act], Act | None]:
    """One review after another, and the end of the plan when a review or a 25th birthday led to it."""
    acts: list[Act] = []
    last = issued
    too_old = born + timedelta(days=round(365.25 * OLDEST))
    for _ in range(MOST_REVIEWS):
        if chance.happens(FORGOTTEN):
            break
        meeting = last + (chance.days(285, 358) if chance.happens(REVIEW_IN_TIME) else chance.days(366, 430))
        decided = meeting + _until_decided(chance)
        if meeting >= too_old - timedelta(days=60):
            acts.append(act("ceasing_proposed", too_old - timedelta(days=48)))
            return acts, act("ceased", too_old - timedelta(days=20))
        acts.append(act("review_meeting", meeting, recorded=meeting - chance.days(20, 45)))
        acts.append(act("review_report", meeting + chance.days(4, 13)))
        outcome, ceased = _outcome(chance, decided, born)
        acts += outcome
        if ceased:
            return acts, ceased
        last = decided
    return acts, None


def _until_decided(chance: Chance) -> timedelta:
    if chance.happens(DECIDED_IN_FOUR_WEEKS):
        return chance.days(15, 28)
    return timedelta(days=31 + chance.long_tail(25, 90))


def _outcome(chance: Chance, decided: date, born: date) -> tuple[list[Act], Act | None]:
    """What a review led to. The older the young person, the more often the plan ends."""
    age = (decided - born).days / 365.25
    if chance.happens(0.03 if age < 18 else 0.2):
        proposed = act("ceasing_proposed", decided)
        return [proposed], act("ceased", decided + chance.days(24, 60))
    if chance.happens(0.55):
        return [act("plan_kept", decided)], None
    took = chance.days(24, 56) if chance.happens(0.75) else chance.days(58, 110)
    return [act("changes_proposed", decided), act("changed_plan_issued", decided + took)], None


def _next_schools(chance: Chance, issued: date, born: date) -> list[Act]:
    """The place that the plan names for each change of phase after it, mostly before the date in law."""
    named = []
    for one in transfers(born):
        on = one.before - chance.days(3, 50) if chance.happens(0.88) else one.before + chance.days(2, 40)
        if on > issued + timedelta(days=20):
            named.append(act("transfer_named", on))
    return named


def _apart(named: list[Act], acts: list[Act]) -> list[Act]:
    """Those that do not fall into the 15 days in which a family says what it thinks of changes."""
    sent = [one.on for one in acts if one.kind == "changes_proposed"]
    return [one for one in named if not any(on <= one.on <= on + timedelta(days=14) for on in sent)]


def _dispute(chance: Chance, issued: date) -> list[Act]:
    asked = issued + chance.days(8, 40)
    certificate = asked + chance.days(10, 25)
    acts = [act("mediation_asked", asked), act("mediation_certificate", certificate)]
    if chance.happens(0.6):
        made = certificate + chance.days(4, 25)
        acts += [act("appeal_made", made), act("appeal_ended", made + chance.days(120, 330))]
    return acts


def _another_assessment(chance: Chance, issued: date) -> list[Act]:
    asked = issued + chance.days(120, 700)
    answered = asked + chance.days(5, 18)
    acts = [act("reassessment_asked", asked)]
    if chance.happens(0.6):
        return [*acts, act("reassessment_refused", answered)]
    issued_again = answered + chance.days(70, 130)
    return [
        *acts,
        act("reassessment_agreed", answered),
        act("draft_served", issued_again - timedelta(days=20)),
        act("reassessed_plan_issued", issued_again),
    ]
