"""Looking at invitations: the family's own, the one behind an emailed link, and the team's list for a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord
from portal.access.rules import BASES_IN_SHORT
from portal.actor import Actor
from portal.invitations.codes import link_hash
from portal.invitations.commands import CANCELLABLE
from portal.invitations.rules import CODE_TRIES, IDENTITY_CHECKS, Event, State, may, state_at
from portal.personal.rules import email_key

_AWAITING = """
SELECT i.public_id, c.forename || ' ' || c.surname AS child_name
FROM invitation i JOIN child c ON c.id = i.child
WHERE i.email_key = {} AND i.state = 'invited' AND i.link_expires_at > {}
ORDER BY c.forename, c.surname, i.id LIMIT 50
"""

_OF_CHILD = """
SELECT i.public_id, i.adult_name, i.email, i.basis, i.state, i.code_expires_at, i.code_tries, i.link_expires_at,
    i.verified_at, i.identity_method, coalesce(n.result, '') AS last_email,
    EXISTS (SELECT FROM relationship r WHERE r.child = i.child AND r.account = i.answered_by AND r.state = 'active'
        AND r.organisation IS NOT NULL) AS sees_at_work
FROM invitation i LEFT JOIN LATERAL (
    SELECT result FROM notice WHERE about->>'invitation' = i.public_id AND account IS NULL AND email = i.email
    ORDER BY queued_at DESC, id DESC LIMIT 1
) n ON true
WHERE i.child = {} ORDER BY i.created_at, i.id
"""

STATE_WORDS: Mapping[State, str] = {
    State.KEPT: "Kept. Nothing has been sent yet",
    State.CODE_SENT: "Code sent. Waiting for them to phone",
    State.LOCKED: "5 wrong codes. Send a new code",
    State.VERIFIED: "Identity checked",
    State.INVITED: "Identity checked and invitation sent. Waiting for their answer",
    State.ACCEPTED: "They said yes. Access is waiting to be activated",
    State.DECLINED: "They said no",
    State.ACTIVE: "Access given",
    State.WITHDRAWN: "Cancelled",
    State.EXPIRED: "Ran out. Send a new code to start again",
}


YES_AND_AT_WORK = "They said yes. They have access through their work, and this waits until that ends"


class Opened(StrEnum):
    """What is behind an emailed link."""

    READY = "ready"
    EXPIRED = "expired"
    USED = "used"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OpenedLink:
    """An emailed link that somebody opened; `invitation` is its public id, empty when there is none."""

    what: Opened
    invitation: str = ""


@dataclass(frozen=True)
class Awaiting:
    """An invitation that waits for this account's answer."""

    public_id: str
    child_name: str


@dataclass(frozen=True)
class AccountSetup:
    """What Account Setup shows. `other_address` is a masked address, when the opened link went to another one."""

    invitations: tuple[Awaiting, ...]
    other_address: str

    @property
    def count_in_words(self) -> str:
        """In the guide's own words, whatever the number."""
        return f"{len(self.invitations)} Invitations awaiting approval"

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The invitations as choices: public id and the child's name."""
        return tuple((invitation.public_id, invitation.child_name) for invitation in self.invitations)


@dataclass(frozen=True)
class SentInvitation:
    """An invitation as the SEND team sees it, with what may be done now. `last_email` is what became of its email.

    `sees_at_work`: whoever answered it has access to the child through an organisation.
    """

    public_id: str
    adult_name: str
    email: str
    basis: str
    state: State
    expires_at: datetime
    tries_left: int
    verified_at: datetime | None
    identity_method: str
    last_email: str
    sees_at_work: bool

    @property
    def state_in_words(self) -> str:
        if self.state is State.ACCEPTED and self.sees_at_work:
            return YES_AND_AT_WORK
        return STATE_WORDS[self.state]

    @property
    def basis_in_words(self) -> str:
        return BASES_IN_SHORT[self.basis]

    @property
    def identity_in_words(self) -> str:
        return IDENTITY_CHECKS.get(self.identity_method, "")

    @property
    def is_running(self) -> bool:
        """Whether a code or link of it works now, until `expires_at`."""
        return self.state in {State.CODE_SENT, State.INVITED}

    @property
    def is_kept(self) -> bool:
        """Whether nothing has been sent for it yet."""
        return self.state is State.KEPT

    @property
    def may_verify(self) -> bool:
        return may(self.state, Event.VERIFY)

    @property
    def may_send_code(self) -> bool:
        return may(self.state, Event.SEND_CODE)

    @property
    def may_send_link(self) -> bool:
        return may(self.state, Event.SEND_LINK)

    @property
    def may_cancel(self) -> bool:
        return self.state in CANCELLABLE

    @property
    def may_note_came_back(self) -> bool:
        """Whether its last email went out and may turn out not to have arrived."""
        return self.last_email == "sent" and self.may_cancel

    @property
    def did_not_arrive(self) -> bool:
        return self.last_email in {"bounced", "given_up"} and self.may_cancel


async def opened_link(token: str, *, now: datetime) -> OpenedLink:
    """What the link with this token leads to. Nothing is changed: mail scanners open links too."""
    row = await fetch_one(
        "SELECT public_id, state, link_expires_at FROM invitation WHERE link_hash = {}", link_hash(token)
    )
    if row is None:
        return OpenedLink(Opened.UNKNOWN)
    match state_at(State(row["state"]), expires_at=row["link_expires_at"], now=now):
        case State.INVITED:
            what = Opened.READY
        case State.EXPIRED:
            what = Opened.EXPIRED
        case State.WITHDRAWN:
            what = Opened.CANCELLED
        case _:
            what = Opened.USED
    return OpenedLink(what, row["public_id"])


async def account_setup(actor: Actor, opened: str, *, now: datetime) -> AccountSetup:
    """The invitations that wait for the actor's answer: those sent to the account's own, confirmed address.

    `opened` is the public id of the invitation whose link was opened in this browser, or empty.
    """
    rows = await fetch(_AWAITING, email_key(actor.email), now)
    waiting = tuple(Awaiting(row["public_id"], row["child_name"]) for row in rows)
    elsewhere = await _sent_elsewhere(actor, opened, now) if opened else ""
    return AccountSetup(waiting, elsewhere)


async def awaiting_count(actor: Actor, *, now: datetime) -> int:
    """How many invitations wait for the actor's answer."""
    row = await fetch_one(
        "SELECT count(*) AS waiting FROM invitation"
        " WHERE email_key = {} AND state = 'invited' AND link_expires_at > {}",
        email_key(actor.email),
        now,
    )
    return int(row["waiting"]) if row else 0


async def invitations_of(actor: Actor, child: ChildRecord, *, now: datetime) -> tuple[SentInvitation, ...]:
    """Every invitation for a child whom the actor reached through `child_of`, oldest first."""
    return tuple(_sent(row, now) for row in await fetch(_OF_CHILD, child.id))


def masked(email: str) -> str:
    """An address so that its owner knows it and nobody else learns it: `p…@example.com`."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}…@{domain}"


async def _sent_elsewhere(actor: Actor, opened: str, now: datetime) -> str:
    row = await fetch_one(
        "SELECT email FROM invitation"
        " WHERE public_id = {} AND state = 'invited' AND link_expires_at > {} AND email_key <> {}",
        opened,
        now,
        email_key(actor.email),
    )
    return masked(row["email"]) if row else ""


def _sent(row: Mapping[str, Any], now: datetime) -> SentInvitation:
    stored = State(row["state"])
    expires_at = row["link_expires_at"] if stored in {State.VERIFIED, State.INVITED} else row["code_expires_at"]
    return SentInvitation(
        public_id=row["public_id"],
        adult_name=row["adult_name"],
        email=row["email"],
        basis=row["basis"],
        state=state_at(stored, expires_at=expires_at, now=now),
        expires_at=expires_at,
        tries_left=CODE_TRIES - row["code_tries"],
        verified_at=row["verified_at"],
        identity_method=row["identity_method"],
        last_email=row["last_email"],
        sees_at_work=row["sees_at_work"],
    )
