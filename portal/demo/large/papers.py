"""Documents that were served on the family, and forms that they were asked to fill. Drawn by chance."""

from datetime import datetime, timedelta

from portal.cases import rules
from portal.cases.facts import OF_ONE_ADULT
from portal.demo.large.chance import Chance
from portal.demo.large.history import Act
from portal.demo.large.record import Case, Child, FormSent, Paper, Person, Served, Tie, Told
from portal.demo.large.rows import in_the_morning

TITLES = {
    "decided_to_assess": "Our decision to assess",
    "decided_not_to_assess": "Our decision not to assess",
    "decided_not_to_issue": "Our decision not to write a plan",
    "draft_served": "Draft EHC plan",
    "final_issued": "Final EHC plan",
    "plan_kept": "Our decision after the annual review",
    "changes_proposed": "Proposed changes to the EHC plan",
    "changed_plan_issued": "Changed EHC plan",
}
"""What the family gets when this is decided."""

FORMS = {"decided_to_assess": ("parent_views", 21), "draft_served": ("draft_plan_response", 14)}
"""The form that goes with a decision, and the days that the family has for it."""


def papers_of(chance: Chance, child: Child, now: datetime) -> None:
    """Add the documents of every decision that somebody with access was told of."""
    for act in _acts(child):
        if act.kind not in TITLES:
            continue
        published = chance.at_work(act.on)
        adults = _adults(child, published)
        if not adults:
            continue
        paper = Paper(act.kind, act.on, published, chance.public_id(), chance.public_id())
        paper.draft_id = chance.public_id()
        paper.served = [_served(chance, tie.person, published, now) for tie in adults]
        if not paper.is_draft and chance.happens(0.002) and published + timedelta(days=1) < now:
            paper.recalled = published + timedelta(hours=3)
        child.papers.append(paper)


def tell_decisions(chance: Chance, child: Child, now: datetime) -> None:
    """Give each act of the child's cases its public id, and tell decisions to everybody who had access by then."""
    for case in child.cases:
        _tell(chance, case, child, now)


def _tell(chance: Chance, case: Case, child: Child, now: datetime) -> None:
    case.entries = tuple(chance.public_id() for _ in case.history.acts)
    served_here = child.has_served(case)
    for entry, act in child.recorded(case):
        if not _has_letter(act, served_here=served_here):
            continue
        sent = in_the_morning(act.recorded)
        if adults := _adults(child, sent):
            case.told.append(Told(entry, sent, [_served(chance, tie.person, sent, now) for tie in adults]))


def _has_letter(act: Act, *, served_here: bool) -> bool:
    if served_here and act.kind in OF_ONE_ADULT:
        return False
    return act.kind in rules.DECISIONS and not rules.DECISIONS[act.kind].is_quiet


def forms_of(chance: Chance, child: Child, now: datetime) -> None:
    """Add the forms that went out with a decision; most came back."""
    open_forms: set[tuple[str, int]] = set()
    for act in _acts(child):
        adults = _adults(child, chance.at_work(act.on))
        if act.kind not in FORMS or not adults:
            continue
        form = _form(chance, adults[0].person, act, now)
        place = (form.key, id(form.person))
        if form.state in {"to_do", "in_progress"} and place in open_forms:
            continue
        if form.state in {"to_do", "in_progress"}:
            open_forms.add(place)
        child.forms.append(form)


def _form(chance: Chance, person: Person, act: Act, now: datetime) -> FormSent:
    key, days = FORMS[act.kind]
    assigned = chance.at_work(act.on)
    form = FormSent(person, key, assigned, act.on + timedelta(days=days), "to_do", chance.public_id())
    submitted = assigned + timedelta(hours=chance.randint(20, 24 * (days + 4)))
    if submitted < now and chance.happens(0.82):
        form.state, form.submitted, form.reference = "submitted", submitted, chance.readable(8)
        read = submitted + timedelta(hours=chance.randint(3, 120))
        form.read = read if read < now else None
    elif assigned < now - timedelta(days=60):
        form.state = "withdrawn"
    elif chance.happens(0.3):
        form.state = "in_progress"
    return form


def _acts(child: Child) -> list[Act]:
    return [act for case in child.cases for act in case.history.acts]


def _adults(child: Child, moment: datetime) -> list[Tie]:
    """Who of the family had access at that moment, and still has."""
    return [
        tie
        for tie in child.ties
        if tie.basis != "professional" and tie.access == "active" and tie.activated and tie.activated < moment
    ]


def _served(chance: Chance, person: Person, published: datetime, now: datetime) -> Served:
    opened = published + timedelta(minutes=chance.randint(20, 20_000))
    seen = opened < now and chance.happens(0.85)
    return Served(person, opened if seen else None, "bounced" if chance.happens(0.004) else "sent")
