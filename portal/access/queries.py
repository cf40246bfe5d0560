"""The one way to a child's record: the actor and the child's public id, or NotFound."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.own import OWN, own
from portal.access.rules import AT_WORK, BASES_IN_SHORT, TEAM, Part, Says, sees, to_check
from portal.actor import Actor
from portal.dates import london_day
from portal.errors import NotFound
from portal.wishes.rules import ONLINE, PAPER

_COLUMNS = "c.id, c.public_id, c.case_reference, c.forename, c.surname, c.date_of_birth, c.team, c.caseworker"

_THROUGH = f"SELECT {_COLUMNS}, r.basis FROM child c JOIN relationship r ON r.child = c.id"

_FOR_FAMILY = f"{_THROUGH} WHERE r.account = {{}} AND r.state = 'active' AND c.public_id = {{}}"

_GUARDED = """array(SELECT DISTINCT a.forename || ' ' || a.surname
    FROM relationship g JOIN account a ON a.id = g.account WHERE g.child = c.id AND g.whereabouts_secret)"""

_FOR_MANAGER = f"SELECT {_COLUMNS}, '{TEAM}' AS basis, {_GUARDED} AS guarded FROM child c WHERE c.public_id = {{}}"

_FOR_TEAM = f"{_FOR_MANAGER} AND (c.team = {{}} OR c.caseworker = {OWN})"

_OF_ACCOUNT = f"{_THROUGH} WHERE r.account = {{}} AND r.state = {{}} ORDER BY c.forename, c.surname, c.id"

POST_ADDRESS = """concat_ws(', ', nullif(a.property_name, ''), nullif(a.house, ''), nullif(a.street, ''),
    nullif(a.area, ''), nullif(a.town, ''), nullif(a.county, ''), nullif(a.postcode, ''))"""
"""Where letters on paper go, of an account `a`."""

WANTS_PAPER = f"EXISTS (SELECT FROM account_wish w WHERE w.account = a.id AND w.wish = '{PAPER}')"
"""Whether an account `a` wants letters on paper."""

CLOSED = "a.email_key LIKE 'closed:%' AND r.state = 'ended' AND r.ended_at = a.disabled_at"
"""Whether access `r` of an account `a` ended because its owner closed the account: both at one moment."""

IS_BACK = """EXISTS (SELECT FROM relationship y JOIN account z ON z.id = y.account
    WHERE y.child = r.child AND y.state = 'active' AND z.email_key = lower(a.email))"""
"""Whether the owner of a closed account `a` sees the child of `r` again, with another account at the same address."""

_ADULTS = f"""
SELECT a.id AS account, a.public_id, a.forename || ' ' || a.surname AS name, a.email, r.basis,
    r.public_id AS relationship, r.activated_at, r.whereabouts_secret, a.totp_secret <> '' AS has_app,
    a.is_professional, concat_ws(', ', nullif(a.job_title, ''), nullif(a.organisation, '')) AS work,
    a.date_of_birth AS says_born, c.date_of_birth AS child_born,
    {WANTS_PAPER} AS wants_paper, {POST_ADDRESS} AS address,
    (SELECT w.since FROM account_wish w WHERE w.account = a.id AND w.wish = '{ONLINE}') AS agreed_to_portal_at
FROM relationship r JOIN account a ON a.id = r.account JOIN child c ON c.id = r.child
WHERE r.child = {{}} AND r.state = 'active' AND a.disabled_at IS NULL ORDER BY r.activated_at, r.id
"""

_PAST = f"""
SELECT r.public_id AS relationship, r.whereabouts_secret, a.forename || ' ' || a.surname AS name, r.basis,
    r.activated_at, r.ended_at, r.end_reason,
    CASE WHEN a.disabled_at IS NULL THEN '' ELSE {POST_ADDRESS} END AS write_to
FROM relationship r JOIN account a ON a.id = r.account
WHERE r.child = {{}} AND r.state = 'ended' AND r.activated_at IS NOT NULL ORDER BY r.ended_at DESC, r.id DESC LIMIT {{}}
"""


@dataclass(frozen=True)
class AdultWithAccess:
    """An adult or young person who may see a child's record now.

    `account` is the id for queries, `public_id` the account's and `relationship` the relationship's, for addresses.
    `has_app`: they sign in with an authenticator app. `address` is for letters and only for the team.
    `agreed_to_portal_at`: when they agreed to formal letters through the portal alone; None when they have not.
    `whereabouts_secret`: the team must not give away where they are. `work` and `says_born` are what they say of
    themselves, for the team.
    """

    account: int
    public_id: str
    name: str
    email: str
    basis: str
    relationship: str
    activated_at: datetime
    has_app: bool
    wants_paper: bool
    address: str
    whereabouts_secret: bool
    agreed_to_portal_at: datetime | None
    is_professional: bool
    work: str
    says_born: date | None
    child_born: date

    @property
    def basis_in_words(self) -> str:
        return BASES_IN_SHORT[self.basis]

    @property
    def to_check(self) -> tuple[str, ...]:
        """What does not fit between the legal ground and the account."""
        return to_check(self.basis, Says(self.is_professional, self.says_born), self.child_born)

    @property
    def paper(self) -> str:
        """Where to post formal letters; empty for those who have not asked for paper."""
        return f"Wants letters on paper: {self.address or 'no address yet'}" if self.wants_paper else ""

    @property
    def about(self) -> str:
        """What tells this adult apart from others where recipients are chosen."""
        return ". ".join(filter(None, (f"{self.email}, {self.basis_in_words.lower()}", self.paper)))


@dataclass(frozen=True)
class PastAccess:
    """Access that somebody had, from which day to which, and why it ended.

    `write_to` is the postal address of somebody who closed their account; empty for others.
    """

    relationship: str
    whereabouts_secret: bool
    name: str
    basis: str
    activated_at: datetime
    ended_at: datetime
    end_reason: str
    write_to: str

    @property
    def basis_in_words(self) -> str:
        return BASES_IN_SHORT[self.basis]


@dataclass(frozen=True)
class ChildRecord:
    """A child whom the actor may see. `id` is for queries, `public_id` for addresses.

    `basis` is the ground on which the actor sees the record: a key of `rules.BASES`, or `rules.TEAM`.
    `guarded` are the names of adults whose whereabouts the team must not give away; families never get it.
    """

    id: int
    public_id: str
    case_reference: str
    forename: str
    surname: str
    date_of_birth: date
    team: int
    caseworker: int | None
    basis: str
    guarded: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def at_work(self) -> bool:
        """Whether the actor is a professional who works with the child."""
        return self.basis == AT_WORK

    def shows(self, part: Part) -> bool:
        """Whether the actor sees this part of the record."""
        return sees(self.basis, part)


async def child_of(actor: Actor, public_id: str, *, now: datetime, part: Part | None = None) -> ChildRecord:
    """The child, if `actor` may see the record at this moment, and that `part` of it.

    Families need an active relationship (CFA 2014 s.19 and s.80; UK GDPR article 5(1)(f)); a
    caseworker the same team, the case itself or that of a colleague for whom they cover today;
    managers see every team. Everyone else gets NotFound, as if there were no such child, and the
    refusal is audited.
    """
    row = await _find(actor, public_id, now)
    if row is None:
        known = await fetch_one("SELECT id FROM child WHERE public_id = {}", public_id)
        child = known["id"] if known else None
        await audit.record("access:child:refused", now=now, actor=actor, child=child, subject=public_id[:40])
        raise NotFound
    record = ChildRecord(**{**row, "guarded": tuple(row.get("guarded", ()))})
    if part is not None and not record.shows(part):
        detail = {"part": part.name.lower()}
        await audit.record("access:part:refused", now=now, actor=actor, child=record.id, detail=detail)
        raise NotFound
    return record


async def children_of(actor: Actor) -> list[ChildRecord]:
    """Every child of a family account with active access, by name."""
    return [ChildRecord(**row) for row in await fetch(_OF_ACCOUNT, actor.account, "active")]


async def waiting_children_of(actor: Actor) -> list[ChildRecord]:
    """The children whose invitation this account has accepted and whose access is still being checked, by name.

    Only their names may be shown: the record itself opens with active access.
    """
    return [ChildRecord(**row) for row in await fetch(_OF_ACCOUNT, actor.account, "waiting")]


async def adults_of(child: int) -> list[AdultWithAccess]:
    """Everybody with active access to the child with this id, in the order in which they got it."""
    return [AdultWithAccess(**row) for row in await fetch(_ADULTS, child)]


async def adult_of(child: ChildRecord, relationship: str) -> AdultWithAccess:
    """Who has this access to a child whom the actor reached through `child_of`. Raises NotFound when it has ended."""
    for adult in await adults_of(child.id):
        if adult.relationship == relationship:
            return adult
    raise NotFound


async def past_access_of(child: int, *, limit: int = 50) -> list[PastAccess]:
    """Who had access to the child with this id and has it no more, the newest end first; at most `limit`."""
    return [PastAccess(**row) for row in await fetch(_PAST, child, limit)]


async def _find(actor: Actor, public_id: str, now: datetime) -> dict[str, Any] | None:
    if not actor.is_staff:
        return await fetch_one(_FOR_FAMILY, actor.account, public_id)
    if actor.is_manager:
        return await fetch_one(_FOR_MANAGER, public_id)
    return await fetch_one(_FOR_TEAM, public_id, actor.team, *own(actor, london_day(now)))
