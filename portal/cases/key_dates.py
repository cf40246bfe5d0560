"""Key Dates: what happened and what is coming, in order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.cases import rules
from portal.cases.appeals import TO_MEDIATION, open_dispute, plan_runs_until
from portal.cases.facts import CaseFacts
from portal.cases.gathering import is_waited_for
from portal.cases.reviews import meetings_of, next_transfer, review_dates, transfer_dates
from portal.cases.rights import standing_rights
from portal.dates import day_in_words

_APPEAL_LAW = "Tribunal Procedure (HESC) Rules 2008, rules 12 and 20"
_MEDIATION_LAW = "SEND Regulations 2014, regulation 33"
_REVIEW_LAW = "SEND Regulations 2014, regulation 20"
_CHANGES_LAW = "SEND Regulations 2014, regulation 22(2)"
_STOPPING_LAW = "Children and Families Act 2014, section 45(4)"
_TITLES = {
    "considering": "We decide by this day whether to assess",
    "deciding": "We tell you by this day if we will not write a plan",
    "final": "The final plan is due",
    "in_place": "The plan is reviewed by this day",
    "reviewing": "We tell you by this day what the review means for the plan",
    "changing": "The changed plan is due",
    "answering": "We tell you by this day whether we assess again",
    "reassessing": "The plan after another assessment is due",
}


@dataclass(frozen=True)
class KeyDate:
    """One day. `uid` stays the same when the day moves, so that calendars update it.

    `law` says that the law asks something of the council or an adviser by this day, so that it is late
    once it is past; a family's own days are never late. `source` is where the law says so.
    `note` is a sentence to be read with it.
    """

    uid: str
    on: date
    title: str
    past: bool
    law: bool = False
    source: str = ""
    note: str = ""

    @property
    def is_of_family(self) -> bool:
        """Whether it is a day of the family's own: to comment, to ask for mediation, to appeal."""
        return self.uid.partition("-")[0] in {"comments", "appeal", "mediation"}

    @property
    def titled(self) -> str:
        """The title with its note, where nothing else follows."""
        return f"{self.title}. {self.note}" if self.note else self.title


def key_dates(
    facts: CaseFacts, today: date, added: Iterable[tuple[str, date, str]] = (), earlier: Iterable[CaseFacts] = ()
) -> tuple[KeyDate, ...]:
    """Every key date, earliest first. `added` are the team's own: (id, day, title).

    Of `earlier` requests of the child only the rights to appeal are named, which may still run.
    """
    found = [_day("received", facts.received, "We received the request", today)]
    found += [
        _day(f"{one.kind}-{one.on}", one.on, _told(one.kind), today) for one in facts.decisions if _told(one.kind)
    ]
    found += [_duty(duty, duty, due, _TITLES[duty], today) for due, duty in rules.open_duties(facts)]
    found += [*_advice(facts, today), *_ordered_draft(facts, today), *_comments(facts, today)]
    found += _rights([facts, *earlier], today)
    found += [*_meetings(facts, today), *_review(facts, today), *_changes(facts, today)]
    found += [*_transfer(facts, today), *_moving(facts, today), *_stopping(facts, today)]
    found += [_day(uid, on, title, today) for uid, on, title in added]
    once = {one.uid: one for one in found}
    return tuple(sorted(once.values(), key=lambda one: (one.on, one.uid)))


def _day(uid: str, on: date, title: str, today: date, source: str = "") -> KeyDate:
    return KeyDate(uid, on, title, on < today, source=source)


def _duty(duty: str, uid: str, on: date, title: str, today: date) -> KeyDate:
    return KeyDate(uid, on, title, on < today, law=True, source=rules.LAW[duty])


def _told(kind: str) -> str:
    """The words for what happened; the last day to comment and meetings have key dates of their own."""
    own = {"comments_extended", "review_meeting"}
    return "" if kind in own or kind not in rules.DECISIONS else rules.DECISIONS[kind].label


def _advice(facts: CaseFacts, today: date) -> list[KeyDate]:
    """One for each day on which advice was asked for and is not all there, while it is being gathered.

    It is late only where it is recorded who has not answered.
    """
    if facts.stage != "advice" or rules.is_closed(facts):
        return []
    asked_on = [(asked, due, is_waited_for(asked, facts)) for asked, due in rules.advice_dates(facts)]
    return [
        KeyDate(f"advice-{asked}", due, _advice_title(asked), due < today, bool(waited_for), rules.LAW["advice"])
        for asked, due, waited_for in asked_on
        if waited_for is not False
    ]


def _advice_title(asked: date) -> str:
    return f"The advice we asked for on {day_in_words(asked)} is due"


def _ordered_draft(facts: CaseFacts, today: date) -> list[KeyDate]:
    """After an order to write a plan, until its draft was sent."""
    due = rules.ordered_draft_due(facts)
    return [_duty("reopened", "ordered-draft", due, "The draft plan is due", today)] if due else []


def _comments(facts: CaseFacts, today: date) -> list[KeyDate]:
    """Of the draft plan, and of the draft after another assessment."""
    title, law, found = "Last day to comment on the draft plan", rules.LAW["draft"], []
    if rules.is_closed(facts):
        return []
    if facts.stage == "draft" and (last := rules.comments_last_day(facts)):
        found.append(_day("comments", last, title, today, law))
    if again := rules.comments_again_last_day(facts):
        found.append(_day(f"comments-again-{facts.day_of('reassessment_agreed')}", again, title, today, law))
    return found


def _meetings(facts: CaseFacts, today: date) -> list[KeyDate]:
    """Each review meeting; one that is moved keeps its name."""
    title = rules.DECISIONS["review_meeting"].label
    return [_day(f"review-meeting-{place}", on, title, today) for place, on in enumerate(meetings_of(facts), 1)]


def _review(facts: CaseFacts, today: date) -> list[KeyDate]:
    """Around a review meeting that is still to be decided: the papers before it, and its report."""
    meeting = rules.waiting_since("reviewing", facts)
    if meeting is None or rules.is_closed(facts):
        return []
    dates = review_dates(meeting)
    found = [
        _day("review-papers", dates.papers_by, "The papers for the review are sent by this day", today, _REVIEW_LAW)
    ]
    report = facts.day_of("review_report")
    if report is None or report < meeting:
        title = "The report of the review is sent by this day"
        found.append(KeyDate("review-report", dates.report_by, title, dates.report_by < today, True, _REVIEW_LAW))
    return found


def _changes(facts: CaseFacts, today: date) -> list[KeyDate]:
    last = rules.changes_last_day(facts)
    if last is None or rules.is_closed(facts):
        return []
    return [_day("comments-changes", last, "Last day to comment on the changes to the plan", today, _CHANGES_LAW)]


def _stopping(facts: CaseFacts, today: date) -> list[KeyDate]:
    """How long a plan that is to end goes on, unless somebody looks at that decision: then nobody knows yet.

    Whoever may not know of that reads no day.
    """
    until = plan_runs_until(facts)
    if until is None or facts.ending or open_dispute(facts):
        return []
    return [_day("plan-goes-on", until, "The plan and its help go on until this day", today, _STOPPING_LAW)]


def _transfer(facts: CaseFacts, today: date) -> list[KeyDate]:
    transfer = next_transfer(facts, today)
    if transfer is None:
        return []
    title = f"The plan names the next {transfer.to} by this day"
    uid, on = f"transfer-{transfer.before.year}", transfer.last_day
    return [KeyDate(uid, on, title, on < today, True, rules.LAW["transfer"])]


def _moving(facts: CaseFacts, today: date) -> list[KeyDate]:
    """After a move with a plan: when it passes to the new council, and when that council writes."""
    learned = facts.day_of("moved_out")
    if learned is None or facts.branch != "moved" or not facts.has_plan:
        return []
    passed, written = transfer_dates(learned)
    return [
        _day("moving-plan", passed, "The plan passes to the new council by this day", today, rules.LAW["moving"]),
        _day("moving-letter", written, "The new council writes to you by this day", today, rules.LAW["moving"]),
    ]


def _rights(cases: Iterable[CaseFacts], today: date) -> list[KeyDate]:
    return [
        found
        for one in standing_rights(cases)
        for found in (
            KeyDate(
                uid=f"appeal-{one.kind}-{one.decided_on}",
                on=one.appeal_by,
                title="Last day to appeal",
                past=one.taken_until < today,
                source=_APPEAL_LAW,
                note=one.note,
            ),
            _day(f"mediation-{one.kind}-{one.decided_on}", one.mediation_by, TO_MEDIATION, today, _MEDIATION_LAW),
        )
    ]
