"""What opens a task, by when, what to do about it, and the law. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.cases.calendar import DAY, add_months, add_working_days
from portal.dates import LONDON
from portal.personal.rules import school_age_ends

YOUNG_PERSON = "young_person"
YOUNG_PERSON_SOON = "young_person_soon"
UNOPENED = "unopened"
UNOPENED_LETTER = "unopened_letter"
TO_POST = "to_post"
BOUNCED = "bounced"
STUCK_INVITATION = "stuck_invitation"
CLOSED_ACCOUNT = "closed_account"
NO_CASEWORKER = "plan_without_caseworker"
WORK_ENDED = "work_ended"

UNOPENED_AFTER = 5
"""Working days that a recipient has to open a document before somebody phones."""
STUCK_AFTER = timedelta(days=7)
"""How long an invitation may lie unanswered."""
SOON_MONTHS = 3
"""How long before the rights pass the family is told."""
LOOK_BACK = timedelta(days=180)
"""What happened longer ago opens no task: a portal that is new must not begin with years of them."""

DUE_AFTER: Mapping[str, int] = {
    YOUNG_PERSON: 10,
    YOUNG_PERSON_SOON: 0,
    UNOPENED: 2,
    UNOPENED_LETTER: 2,
    TO_POST: 1,
    BOUNCED: 1,
    STUCK_INVITATION: 2,
    CLOSED_ACCOUNT: 2,
    NO_CASEWORKER: 1,
    WORK_ENDED: 2,
}
"""Working days that the team has for a task from the day on which it opens: no task is late when it opens."""

OWN_BASES = ("young_person", "representative")
"""Access of the young person, or of whoever lawfully stands in for them (SI 2014/1530 regs 63 to 65)."""

LOOKED_BACK_FOR = (UNOPENED, UNOPENED_LETTER, TO_POST, BOUNCED, CLOSED_ACCOUNT, STUCK_INVITATION, WORK_ENDED)
"""What is about something that happened on a day; the rest is about how things stand."""

BY_ITSELF = "by itself"
"""How a task was done whose reason has gone."""

_OLDEST = 25


@dataclass(frozen=True)
class Kind:
    """A kind of task in plain words: its name, why it opens, what to do in order, and the law where there is one."""

    name: str
    why: str
    steps: tuple[str, ...]
    law: str = ""


@dataclass(frozen=True)
class SchoolYear:
    """Those who leave compulsory school age together: the first and last day of birth, and the day on which."""

    first: date
    last: date
    ends: date


KINDS: Mapping[str, Kind] = {
    YOUNG_PERSON: Kind(
        "The rights are now the young person’s",
        "Compulsory school age is over. So the rights about the plan belong to the young person,"
        " not to the parents. The record still stands as it was before.",
        (
            "Invite the young person to the portal.",
            "Ask them who may see their record and act for them.",
            "For each parent: change the relationship to what the young person agreed to, or withdraw their access.",
            "If they cannot decide for themselves, write down who represents them and why.",
        ),
        "Children and Families Act 2014, sections 80 and 83. Education Act 1996, section 8."
        " SEND Regulations 2014, regulations 63 to 65. SEND Code of Practice, 8.13 to 8.18.",
    ),
    YOUNG_PERSON_SOON: Kind(
        "The rights will soon be the young person’s",
        "Compulsory school age ends within 3 months. From then on the rights belong to the young person.",
        (
            "Tell the young person and the family what will change, and when.",
            "Ask whether the young person wants an account of their own.",
            "If they may not be able to decide for themselves, plan now who will represent them.",
        ),
        "Children and Families Act 2014, section 83. SEND Code of Practice, 8.13 to 8.18.",
    ),
    UNOPENED: Kind(
        "A document has not been opened",
        "A person was sent a document and has not opened it for 5 working days or more. They may not know of it.",
        (
            "Phone them. Ask whether they got the email and can sign in.",
            "If they cannot, send the document by post. Keep the day of posting beside their name: then"
            " this task goes.",
            "Otherwise write down here what you did.",
        ),
    ),
    UNOPENED_LETTER: Kind(
        "A letter has not been opened",
        "A person was told of a decision and has not opened its letter for 5 working days or more. They may lose a"
        " right to appeal.",
        (
            "Phone them. Ask whether they got the email and can sign in.",
            "If they cannot, print the letter and send it by post. Keep the day of posting beside their name: then"
            " this task goes.",
            "Otherwise write down here what you did.",
        ),
    ),
    TO_POST: Kind(
        "Something is to be posted",
        "A person wants letters on paper. This was sent to them here, and nobody has posted it yet.",
        (
            "Print it and post it to the address below.",
            "Keep the day of posting beside their name: then this task goes.",
        ),
    ),
    BOUNCED: Kind(
        "An email could not be delivered",
        "An email about this case did not reach the person. They have not signed in since.",
        (
            "Phone them and ask for the right email address.",
            "An address of an account is changed by its owner. For an invitation, cancel it and send a new one.",
            "If what we sent has a time limit, send it by post today.",
        ),
    ),
    STUCK_INVITATION: Kind(
        "An invitation is stuck",
        "The person was invited 7 days ago or more, and cannot see the record yet.",
        (
            "Phone them on a number that is in the record.",
            "Check who they are with the unique code, or send a new code or invitation.",
            "If they do not want access, cancel the invitation.",
        ),
    ),
    CLOSED_ACCOUNT: Kind(
        "Closed their account: write by post",
        "A person who could see the record closed their account. From now on they read nothing here, and no email"
        " goes to them. What the law says they must be sent still must be sent.",
        (
            "Look at what was sent to them last. If a time to answer runs, send it by post today.",
            "Check the postal address with them. It stands at the child’s page, under Earlier access.",
            "Send documents, drafts and letters by post from now on. Each page on which you send them names them.",
            "If they want to come back: they register anew, and you invite them again.",
        ),
    ),
    NO_CASEWORKER: Kind(
        "A case has no caseworker",
        "The case is open, and nobody is its caseworker. The family does not know whom to ask.",
        ("Give the case to a colleague in the caseload. The family is told by email.",),
    ),
    WORK_ENDED: Kind(
        "A professional has left where they worked",
        "Somebody who was given access to this child by name no longer works at an organisation. They still see the"
        " record.",
        (
            "Find out whether they still work with the child, for example somewhere else.",
            "If not, withdraw their access: then this task goes.",
            "If they do, write down here how you know.",
        ),
        "UK GDPR, article 5(1)(f).",
    ),
}


def passed_to_young_people(today: date) -> tuple[SchoolYear, ...]:
    """The school years whose compulsory school age ended before `today` and who are under 25 (CFA 2014 s.83)."""
    years = (_school_year(year) for year in range(today.year - _OLDEST + 15, today.year + 1))
    return tuple(year for year in years if year.ends < today)


def passing_soon(today: date) -> tuple[SchoolYear, ...]:
    """The school year whose compulsory school age ends today or in the next three months, if there is one."""
    year = _school_year(today.year)
    return (year,) if add_months(year.ends, -SOON_MONTHS) <= today <= year.ends else ()


def youngest_adult_born(today: date) -> date:
    """Whoever was born on this day or earlier is 25 or older: nobody is a young person then."""
    return add_months(today, -12 * _OLDEST)


def unopened_before(today: date) -> datetime:
    """What was served before this moment and is unopened has been so for 5 working days at the start of `today`."""
    served = today - timedelta(days=UNOPENED_AFTER)
    while add_working_days(served, UNOPENED_AFTER) > today:
        served -= DAY
    return datetime.combine(served + DAY, time(), LONDON).astimezone(UTC)


def due_on(kind: str, today: date) -> date:
    """By when a task of `kind` that opens today is to be done, where the law sets no later day."""
    return add_working_days(today, DUE_AFTER[kind])


def columns(years: Sequence[SchoolYear]) -> tuple[list[date], list[date], list[date]]:
    """The school years as one statement takes them: first births, last births, and ends."""
    return [year.first for year in years], [year.last for year in years], [year.ends for year in years]


def _school_year(ends: int) -> SchoolYear:
    """Those whose compulsory school age ends in the June of the year `ends`."""
    last = date(ends - 16, 8, 31)
    return SchoolYear(date(ends - 17, 9, 1), last, school_age_ends(last))
