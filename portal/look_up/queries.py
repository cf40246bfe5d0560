"""What a manager reads of one account, and of an address that has none. Six statements at most."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.rules import BASES_IN_SHORT
from portal.errors import NotFound
from portal.invitations.queries import STATE_WORDS
from portal.invitations.rules import State, state_at
from portal.look_up.rules import Status, status_of
from portal.personal.rules import email_key
from portal.staff.rules import ROLES

MOST = 50
"""How many children are named; a professional may have many."""

_BY_ADDRESS = """
SELECT public_id FROM account WHERE email_key = {}
UNION ALL
(SELECT public_id FROM account WHERE lower(email) = {} AND email_key LIKE 'closed:%' ORDER BY disabled_at DESC)
"""

_ACCOUNT = """
SELECT a.id, a.public_id, a.forename || ' ' || a.surname AS name, a.email, a.role, a.created_at, a.disabled_at,
    a.disabled_reason, a.totp_secret <> '' AS has_app, a.is_professional, a.is_young_person,
    (SELECT e.at FROM audit_entry e WHERE e.actor = a.id AND e.event = 'sign_in:session:opened'
        ORDER BY e.id DESC LIMIT 1) AS last_signed_in
FROM account a WHERE a.public_id = {}
"""

_CHILDREN = """
SELECT c.public_id, c.forename || ' ' || c.surname AS name, c.case_reference, r.basis,
    coalesce(o.name, '') AS organisation, r.activated_at
FROM relationship r JOIN child c ON c.id = r.child LEFT JOIN organisation o ON o.id = r.organisation
WHERE r.account = {} AND r.state <> 'ended' ORDER BY c.surname, c.forename, r.id LIMIT {}
"""

_WORKPLACES = """
SELECT o.public_id, o.name, m.joined_at FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE (m.account = {} AND m.state = 'active') OR (m.email_key = {} AND m.state = 'invited' AND m.expires_at > {})
ORDER BY o.name LIMIT 50
"""

_INVITATIONS = """
SELECT c.public_id AS child, c.forename || ' ' || c.surname AS child_name, c.case_reference, i.basis, i.state,
    CASE WHEN i.state IN ('verified', 'invited') THEN i.link_expires_at ELSE i.code_expires_at END AS expires_at
FROM invitation i JOIN child c ON c.id = i.child
WHERE i.email_key = {} AND i.state IN ('kept', 'code_sent', 'locked', 'verified', 'invited')
ORDER BY i.created_at, i.id LIMIT 50
"""

_REGISTERING = "SELECT id FROM registration WHERE lower(email) = {} LIMIT 1"


@dataclass(frozen=True)
class ChildSeen:
    """A child that the account sees, or may see once access is activated: `activated_at` is None until then."""

    public_id: str
    name: str
    case_reference: str
    basis: str
    organisation: str
    activated_at: datetime | None

    @property
    def ground(self) -> str:
        words = BASES_IN_SHORT[self.basis]
        return f"{words}, {self.organisation}" if self.organisation else words


@dataclass(frozen=True)
class Workplace:
    """An organisation where they work, or are asked to join: `joined_at` is None until they said yes."""

    public_id: str
    name: str
    joined_at: datetime | None


@dataclass(frozen=True)
class WaitingInvitation:
    """An invitation to the address that nobody has answered."""

    child: str
    child_name: str
    case_reference: str
    ground: str
    state_in_words: str


@dataclass(frozen=True)
class AddressPage:
    """What there is for an address without an account: nothing, a registration that has begun, invitations."""

    email: str
    is_registering: bool
    invitations: tuple[WaitingInvitation, ...]


@dataclass(frozen=True)
class AccountPage:
    """One account. `id` is for commands; `others` are closed accounts that had the same address (public ids).

    `has_more`: it sees more children than are named.
    """

    id: int
    public_id: str
    name: str
    email: str
    role: str
    created_at: datetime
    disabled_at: datetime | None
    disabled_reason: str
    has_app: bool
    is_professional: bool
    is_young_person: bool
    last_signed_in: datetime | None
    children: tuple[ChildSeen, ...]
    has_more: bool
    workplaces: tuple[Workplace, ...]
    invitations: tuple[WaitingInvitation, ...]
    others: tuple[str, ...]

    @property
    def is_staff(self) -> bool:
        return self.role != "family"

    @property
    def status(self) -> Status:
        return status_of(is_disabled=self.disabled_at is not None, is_staff=self.is_staff)

    @property
    def kind(self) -> str:
        """Whose account it is."""
        if self.is_staff:
            return ROLES[self.role]
        return "Professional" if self.is_professional else "Young person" if self.is_young_person else "Family"

    @property
    def second_step(self) -> str:
        """What signing in asks for after the password."""
        if self.has_app:
            return "An authenticator app"
        return "An authenticator app, which is not set up yet" if self.is_staff else "Codes by email"

    @property
    def may_forget_app(self) -> bool:
        return self.has_app and not self.is_staff and self.disabled_at is None


async def accounts_at(email: str) -> tuple[str, ...]:
    """The accounts (public ids) of a whole address: the open one first, then closed ones that had it."""
    key = email_key(email)
    return tuple(row["public_id"] for row in await fetch(_BY_ADDRESS, key, key))


async def address_page(email: str, *, now: datetime) -> AddressPage:
    """What there is for an address that has no account."""
    registering = await fetch_one(_REGISTERING, email_key(email))
    return AddressPage(email, registering is not None, await _invitations(email, now))


async def account_page(public_id: str, *, now: datetime) -> AccountPage:
    """One account, with what it sees now. Raises NotFound."""
    row = await fetch_one(_ACCOUNT, public_id)
    if row is None:
        raise NotFound
    children = [ChildSeen(**one) for one in await fetch(_CHILDREN, row["id"], MOST + 1)]
    is_open = row["disabled_at"] is None
    places = await fetch(_WORKPLACES, row["id"], email_key(row["email"]), now) if is_open else []
    return AccountPage(
        **row,
        children=tuple(children[:MOST]),
        has_more=len(children) > MOST,
        workplaces=tuple(Workplace(**one) for one in places),
        invitations=await _invitations(row["email"], now) if is_open else (),
        others=tuple(one for one in await accounts_at(row["email"]) if one != public_id) if row["email"] else (),
    )


async def _invitations(email: str, now: datetime) -> tuple[WaitingInvitation, ...]:
    return tuple(_invitation(row, now) for row in await fetch(_INVITATIONS, email_key(email)))


def _invitation(row: dict[str, Any], now: datetime) -> WaitingInvitation:
    state = state_at(State(row["state"]), expires_at=row["expires_at"], now=now)
    about = (row["child"], row["child_name"], row["case_reference"], BASES_IN_SHORT[row["basis"]])
    return WaitingInvitation(*about, STATE_WORDS[state])
