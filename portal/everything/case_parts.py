"""The parts that are computed from a case as its pages are: decisions and letters, exceptions, dates, who opened it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.access.queries import ChildRecord, children_of
from portal.access.rules import Part as Shown
from portal.access.rules import sees
from portal.cases.at_work import facts_at_work
from portal.cases.decision_letters import DecisionLetter, exception_letter, letter_of
from portal.cases.facts import DECISIONS, LATE_NAMES, CaseFacts
from portal.cases.key_dates import key_dates
from portal.cases.letter_days import Days
from portal.cases.seen import seen_by
from portal.cases.stored import COLUMNS, AddedDate, of_row
from portal.dates import day_in_words, london_day
from portal.everything.asking import CHILD, MAY_READ, Me, Part, Row, Rows, every
from portal.everything.words import stage
from portal.opened.queries import Opening, openings

_CASES = f"""
SELECT k.id AS "#", {CHILD}, c.forename, r.basis, {COLUMNS}
FROM me JOIN child c ON true {MAY_READ} JOIN ehc_case k ON k.child = c.id
"""


@dataclass(frozen=True)
class _Case:
    """One case of a child, by the child's whole name and forename, as far as the person may know it.

    Letters are `shown` to the family, and not to those who work with the child.
    """

    child: str
    forename: str
    shown: bool
    facts: CaseFacts
    dates: tuple[AddedDate, ...]


async def _cases(me: Me) -> AsyncIterator[_Case]:
    async for row in every(_CASES, me):
        stored, shown = of_row(row), sees(row["basis"], Shown.LETTERS)
        facts = seen_by(me.actor.account, stored.facts)
        facts = facts if shown else facts_at_work(facts)
        yield _Case(row["child"], row["forename"], shown, facts, stored.dates)


async def _stages(me: Me) -> Rows:
    async for one in _cases(me):
        reached = one.facts.branch or one.facts.stage
        yield {"child": one.child, "request_came_on": one.facts.received, "stage": reached}


async def _decisions(me: Me) -> Rows:
    async for one in _cases(me):
        for decision in reversed(one.facts.decisions) if one.shown else ():
            if decision.kind in DECISIONS:
                yield _told(one.child, letter_of(decision, one.facts, one.forename))
            else:
                moved = f"The case moved to: {stage(decision.kind.removeprefix('moved_to_'))}"
                yield {**_NOTHING_TOLD, "child": one.child, "day": decision.on, "decision": moved}


async def _exceptions(me: Me) -> Rows:
    async for one in _cases(me):
        for exception in reversed(one.facts.exceptions):
            yield _told(one.child, exception_letter(exception, one.facts))


async def _explanations(me: Me) -> Rows:
    async for one in _cases(me):
        for told in reversed(one.facts.explanations):
            late = LATE_NAMES[told.duty]
            yield {"child": one.child, "day": told.on, "late": late, "why": told.told, "new_target": told.new_target}


async def _key_dates(me: Me) -> Rows:
    async for one in _cases(me):
        added = [(date.public_id, date.on, date.title) for date in one.dates]
        for found in key_dates(one.facts, london_day(me.now), added):
            if one.shown or not found.is_of_family:
                yield {"child": one.child, "day": found.on, "title": found.titled, "the_law": found.source}


async def _opened(me: Me) -> Rows:
    for child in [one for one in await children_of(me.actor) if one.shows(Shown.OPENED)]:
        async for one in _openings(me, child):
            yield {"when": one.at, "child": child.name, "who": one.who, "did": one.what}


async def _openings(me: Me, child: ChildRecord) -> AsyncIterator[Opening]:
    """By the pages of the child's own page, which says who is named to whom."""
    before, is_last = 0, False
    while not is_last:
        page = await openings(me.actor, child, before=before)
        for one in page.openings:
            yield one
        before, is_last = page.older, not page.older


def _told(child: str, letter: DecisionLetter) -> Row:
    return {
        "child": child,
        "day": letter.on,
        "decision": letter.title,
        "what_it_means": letter.meaning,
        "why": letter.why,
        "what_happens_now": letter.next,
        "days_that_follow": _days(letter.days),
        "what_you_can_do": letter.appeal,
        "last_days": _days(letter.last_days),
        "law": letter.law,
    }


def _days(found: Days) -> str:
    return "\n".join(f"{title}: {day_in_words(day)}" for day, title in found)


_NOTHING_TOLD: Mapping[str, Any] = dict.fromkeys(
    _told("", DecisionLetter("", date.min, "", "", "", (), "", (), "")), ""
)

CASES = (
    Part("cases", "Where each case stands", _stages),
    Part("decisions", "What was decided, and our letters about it", _decisions),
    Part("exceptions", "Why a date may be missed", _exceptions),
    Part("explanations", "Why a date is late", _explanations),
    Part("key-dates", "Key dates", _key_dates),
    Part("who-opened", "Who opened a record that you can see", _opened),
)
"""In the order of the zip's first page."""
