"""How long a family may comment on a draft plan, what it consists of, and what may be answered. Pure.

Law: Children and Families Act 2014 (CFA) s.38; SEND Regulations 2014 (reg) 12 and 13(1). Days are days in London.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.access.rules import Part, sees
from portal.cases.clock import is_closed, last_day_to_comment, waiting_since
from portal.cases.facts import CaseFacts
from portal.dates import A_YEAR, day_in_words, days
from portal.errors import RuleBroken
from portal.words import counted

MAX_COMMENT = 10_000
MAX_ANSWER = 5_000
MAX_REASON = 1_000
MAX_NAME = 200
"""Characters."""

OVER_AT = ("final", "in_place")
"""Stages at which the final plan is there, so that nothing more can be said about the draft of it."""

COMMENTED_WITH_A_PLAN = ("reassessing", "changing")
"""What is waited for with a plan, and has a draft of its own: after another assessment (reg 27), or the changes that
are proposed after a review (reg 22). Keys of `portal.cases.clock.STARTS`."""


@dataclass(frozen=True)
class Section:
    """One section of a plan, with the name that the law gives it, and what it is for."""

    key: str
    name: str
    purpose: str


SECTIONS: Mapping[str, Section] = {
    key: Section(key, name, purpose)
    for key, name, purpose in (
        (
            "A",
            "Views, interests and aspirations",
            "This section says what your family thinks, likes and hopes for.",
        ),
        ("B", "Special educational needs", "This section says everything that makes learning harder."),
        ("C", "Health needs", "This section says which health needs go with the special educational needs."),
        ("D", "Social care needs", "This section says which help is needed at home or when out and about."),
        ("E", "Outcomes", "This section says what the help should make possible, and by when."),
        (
            "F",
            "Special educational provision",
            "This section says what help with learning is given, and how much.",
        ),
        ("G", "Health provision", "This section says what help the health service gives."),
        ("H1", "Social care provision for disabled children", "This section says what social care must give by law."),
        ("H2", "Other social care provision", "This section says what other help social care gives."),
        ("I", "Placement", "This section is blank in a draft. In the final plan it names the school or college."),
        ("J", "Personal budget", "This section says how money for the help is used, if you asked for a budget."),
        ("K", "Advice and information", "This section lists the reports that the plan is made from."),
    )
}
"""In the order of reg 12(1). Section I of a draft must be blank (CFA s.38(5))."""

ASKED_BY_LAW = ("parental_responsibility", "carer", "young_person")
"""Grounds of access of those whom the law wants to be asked: everybody with parental responsibility or care of the
child (Education Act 1996 s.576), wherever they live, or the young person (CFA s.38(1))."""

PLACEMENT, SCHOOL, MEETING = "I", "school", "meeting"
COMMENTED = tuple(key for key in SECTIONS if key != PLACEMENT)
"""The sections that can be commented on. Instead of a comment on Section I, a school is asked for."""

PARTS = (*COMMENTED, SCHOOL, MEETING)

SCHOOL_KINDS: Mapping[str, str] = {
    "mainstream": "A mainstream school or nursery",
    "special": "A special school",
    "college": "A college",
    "independent": "An independent school or college",
    "elsewhere": "Education that is not in a school or college",
    "unsure": "I am not sure",
}

_COMMENT_OUTCOMES = {
    "changed": "We changed the plan",
    "partly": "We changed part of it",
    "not_changed": "We did not change the plan",
}
_SCHOOL_OUTCOMES = {
    "asked": "We are asking this school or college",
    "named": "We will name it in the plan",
    "not_named": "We will not name it in the plan",
}
_MEETING_OUTCOMES = {"agreed": "We will meet at a time that you named", "offered": "We offer another time"}


def outcomes(part: str) -> Mapping[str, str]:
    """What can be answered to a response about `part`: key and words. A meeting cannot be refused (CoP 9.77)."""
    return {SCHOOL: _SCHOOL_OUTCOMES, MEETING: _MEETING_OUTCOMES}.get(part, _COMMENT_OUTCOMES)


def last_day(served_on: date, extensions: Iterable[date] = ()) -> date:
    """The last day to comment: never before the one that the law gives, later when more time was given."""
    return last_day_to_comment(served_on, max(extensions, default=None))


def is_late(today: date, last: date) -> bool:
    """Whether what is sent `today` comes after the last day."""
    return today > last


def countdown(last: date, today: date) -> str:
    """`9 days left`, `today is the last day` or `the last day has passed`."""
    left = (last - today).days
    if left == 0:
        return "today is the last day"
    return f"{days(left)} left" if left > 0 else "the last day has passed"


def reminder(last: date, today: date) -> str:
    """One line for the dashboard: `Your draft plan: 9 days left to comment`."""
    if is_late(today, last):
        return f"Your draft plan: the last day to comment was {day_in_words(last)}"
    return f"Your draft plan: {countdown(last, today)} to comment"


def commented_since(facts: CaseFacts) -> date | None:
    """From which day on a draft is one to comment on now; None when there is a plan and nothing about it is open.

    That of the first plan counts since the request; with a plan since the decision that leads to another draft.
    """
    if is_closed(facts):
        return None
    if not facts.has_plan:
        return facts.received
    begun = (waiting_since(duty, facts) for duty in COMMENTED_WITH_A_PLAN)
    return min((on for on in begun if on), default=None)


def may_serve_on_paper(served_on: date, today: date, *, since: date, dated: date) -> None:
    """Raise RuleBroken on `served` when nobody can have had the draft, which is `dated`, on paper on this day.

    `since` is the day of `commented_since`.
    What is served in the portal is served today, so that no day of the 15 is over before anybody could read it.
    """
    if served_on > today:
        raise RuleBroken("served", "The day must be today or in the past")
    if served_on < since:
        raise RuleBroken("served", f"The day must be on or after the request or decision of {day_in_words(since)}")
    if served_on < dated:
        raise RuleBroken("served", f"The day must be on or after the date of the document, {day_in_words(dated)}")


def may_be_served(basis: str) -> bool:
    """Whether a draft can be served on somebody with this ground of access.

    The law gives the days to the parents or the young person (CFA s.38(1)). A professional may be given the document.
    """
    return sees(basis, Part.DRAFT_PLAN)


def may_extend(until: date, present: date, today: date) -> None:
    """Raise RuleBroken on `until` unless it gives more time than there is. Time can never be taken away."""
    if until <= present:
        raise RuleBroken("until", f"The new last day must be after {day_in_words(present)}, which is the last day now")
    if until < today:
        raise RuleBroken("until", "The new last day must be today or later")
    if until > today + A_YEAR:
        raise RuleBroken("until", "The new last day must be within a year")


def missing(part: str, *, agrees: bool | None, body: str, school_name: str, school_kind: str) -> str:
    """What is still to be said about a part before it can be sent, as a sentence; empty when it is finished."""
    if part == MEETING:
        return "" if body else "Enter times that suit you."
    if part == SCHOOL:
        if not school_name:
            return "Enter the name of the school or college."
        return "" if school_kind else "Choose what kind of place it is."
    if agrees is None:
        return "Choose whether you agree with this section."
    return "" if agrees or body else "Enter your comment, or choose that you agree."


def title_of(part: str) -> str:
    """`Section B: Special educational needs`, or what is asked for."""
    asked = {SCHOOL: "School or college asked for", MEETING: "Meeting asked for"}
    return asked[part] if part in asked else f"Section {part}: {SECTIONS[part].name}"


def following(section: str) -> str:
    """The section that is commented on after `section`; empty after the last."""
    after = COMMENTED[COMMENTED.index(section) + 1 :]
    return after[0] if after else ""


def unanswered_in_words(number: int) -> str:
    """`2 comments or requests are not answered yet.`"""
    return f"{counted(number, 'comment or request is', 'comments or requests are')} not answered yet."


def needs_answer(part: str, body: str) -> bool:
    """Whether the team has to answer: to everything but a bare "I agree"."""
    return part in {SCHOOL, MEETING} or bool(body)
