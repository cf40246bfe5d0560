"""Looking at what only the demo shows: the emails that it kept, and the staff's authenticator codes."""

import re
from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch, fetch_one
from portal import keys
from portal.errors import NotFound
from portal.sign_in import one_time_codes

PAGE = 25

_NEWEST = """
SELECT public_id, sent_to, subject, sent_at FROM demo_mail
WHERE {} = '' OR (sent_at, id) < (SELECT sent_at, id FROM demo_mail WHERE public_id = {})
ORDER BY sent_at DESC, id DESC LIMIT {}
"""

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,)]")


@dataclass(frozen=True)
class MailLine:
    """One email in the list."""

    public_id: str
    sent_to: str
    subject: str
    sent_at: datetime


@dataclass(frozen=True)
class Mailbox:
    """One page of the list, newest first. `older` is the `before` of the next page, empty on the last."""

    mails: tuple[MailLine, ...]
    is_newest: bool
    older: str


@dataclass(frozen=True)
class Part:
    """A piece of an email's text: words, or an address that leads somewhere."""

    text: str
    is_link: bool


@dataclass(frozen=True)
class Mail:
    """One email, as text and as HTML."""

    public_id: str
    sent_to: str
    subject: str
    sent_at: datetime
    text: str
    html: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text, with its addresses apart so that they can be made links."""
        links = list(_LINK.finditer(self.text))
        ends = [0, *(link.end() for link in links)]
        words = [self.text[end : link.start()] for end, link in zip(ends, links, strict=False)]
        pairs = [(Part(before, False), Part(link[0], True)) for before, link in zip(words, links, strict=True)]
        return (*(part for pair in pairs for part in pair), Part(self.text[ends[-1] :], False))


@dataclass(frozen=True)
class StaffCode:
    """What the authenticator app of one member of the team shows now, and for how many seconds."""

    name: str
    role: str
    email: str
    code: str
    seconds_left: int


async def mailbox(before: str = "") -> Mailbox:
    """The emails that the demo kept, from the newest, or from the one that is older than `before`."""
    rows = await fetch(_NEWEST, before, before, PAGE + 1)
    mails = tuple(MailLine(**row) for row in rows[:PAGE])
    return Mailbox(mails, not before, mails[-1].public_id if len(rows) > PAGE else "")


async def mail(public_id: str) -> Mail:
    """One email. Raises NotFound."""
    row = await fetch_one(
        "SELECT public_id, sent_to, subject, sent_at, text, html FROM demo_mail WHERE public_id = {}", public_id
    )
    if row is None:
        raise NotFound
    return Mail(**row)


async def staff_codes(now: datetime) -> tuple[StaffCode, ...]:
    """The codes at `now` of everybody in the SEND team who has an authenticator app, by name."""
    rows = await fetch(
        "SELECT forename || ' ' || surname AS name, role, email, totp_secret FROM account"
        " WHERE role <> 'family' AND totp_secret <> '' AND disabled_at IS NULL ORDER BY forename, surname, id"
    )
    length = int(one_time_codes.AUTHENTICATOR_STEP.total_seconds())
    step, gone = divmod(int(now.timestamp()), length)
    return tuple(
        StaffCode(
            row["name"],
            row["role"],
            row["email"],
            one_time_codes.code_at(keys.decrypt(row["totp_secret"]), step),
            length - gone,
        )
        for row in rows
    )
