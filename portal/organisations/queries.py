"""Looking at organisations: all of them, one with its people and children, those of a child, one's own invitations."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch, fetch_one
from portal.access.own import OWN, own
from portal.access.queries import ChildRecord
from portal.access.rules import AT_WORK
from portal.actor import Actor
from portal.dates import london_day
from portal.errors import NotFound
from portal.organisations.rules import KINDS, LEFT
from portal.personal.rules import email_key

PAGE = 25
MOST_CHOICES = 1000
"""How many organisations a list to choose from holds; beyond it there is a search."""

_LISTED = """
SELECT o.public_id, o.name, o.kind,
    (SELECT count(*) FROM organisation_member WHERE organisation = o.id AND state = 'active') AS members,
    (SELECT count(*) FROM organisation_child WHERE organisation = o.id AND ended_at IS NULL) AS children
FROM organisation o WHERE lower(o.name) > {} AND lower(o.name) LIKE {} ORDER BY lower(o.name) LIMIT {}
"""

MEMBERS = 200
"""People of one organisation that its page shows."""

_MEMBERS = """
SELECT m.public_id, m.name, m.email, m.state, m.joined_at, m.expires_at,
    coalesce(a.forename || ' ' || a.surname, '') AS registered_name
FROM organisation_member m LEFT JOIN account a ON a.id = m.account
WHERE m.organisation = {} AND m.state <> 'ended' ORDER BY m.name, m.id LIMIT {}
"""

_CHILDREN = f"""
SELECT c.public_id, c.case_reference AS reference, c.forename || ' ' || c.surname AS name, p.since, p.id
FROM organisation_child p JOIN child c ON c.id = p.child
WHERE p.organisation = {{}} AND p.ended_at IS NULL AND ({{}} OR c.team = {{}} OR c.caseworker = {OWN}) AND p.id > {{}}
ORDER BY p.id LIMIT {{}}
"""

_OF_CHILD = """
SELECT o.public_id, o.name, o.kind, p.since FROM organisation_child p JOIN organisation o ON o.id = p.organisation
WHERE p.child = {} AND p.ended_at IS NULL ORDER BY o.name
"""

_WOULD_SEE = """
SELECT m.public_id, coalesce(a.forename || ' ' || a.surname, m.name) AS name, coalesce(a.email, m.email) AS email,
    m.state = 'active' AS has_joined,
    EXISTS (SELECT FROM relationship r WHERE r.account = a.id AND r.child = {} AND r.state = 'active') AS sees_already,
    (SELECT max(r.ended_at) FROM relationship r WHERE r.account = a.id AND r.child = {} AND r.state = 'ended'
        AND r.activated_at IS NOT NULL AND r.end_reason <> {}) AS ended_at
FROM organisation_member m LEFT JOIN account a ON a.id = m.account
WHERE m.organisation = {}
AND (m.state IN ('active', 'waiting') AND a.disabled_at IS NULL OR m.state = 'invited' AND m.expires_at > {})
ORDER BY has_joined DESC, name, m.id LIMIT 1000
"""
"""What somebody lost when the child left another time is no warning: that came from the organisation alone."""

_OWN_WORK = """
SELECT m.public_id, o.name, m.joined_at FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE m.account = {} AND m.state = 'active' ORDER BY o.name, m.id
"""

_ENDS = """
SELECT c.public_id, c.forename || ' ' || c.surname AS name, r.organisation IS NOT NULL AS ends
FROM relationship r JOIN child c ON c.id = r.child
WHERE r.account = {} AND r.state = 'active' AND r.basis = {} AND (r.organisation IS NULL
    OR r.organisation = (SELECT m.organisation FROM organisation_member m WHERE m.public_id = {})
    AND NOT EXISTS (SELECT FROM organisation_member n JOIN organisation_child p ON p.organisation = n.organisation
        WHERE n.account = r.account AND n.state = 'active' AND p.child = r.child AND p.ended_at IS NULL
        AND n.organisation <> r.organisation))
ORDER BY c.forename, c.surname, c.id LIMIT 1000
"""
"""Of two workplaces that have the same child one gives access, and the other takes over from it."""

_WORKPLACES = """
SELECT o.id, o.public_id, o.name, o.kind FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE m.account = {} AND m.state = 'active' ORDER BY lower(o.name), o.id
"""

_UNCONFIRMED = """
SELECT o.name FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE m.account = {} AND m.state = 'waiting' ORDER BY o.name
"""

_MINE = """
SELECT m.public_id, o.name FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE m.email_key = {} AND m.state = 'invited' AND m.expires_at > {} ORDER BY o.name
"""


_CHOICES = """
SELECT public_id, name FROM organisation WHERE public_id = {} OR lower(name) LIKE {}
ORDER BY public_id = {} DESC, lower(name) LIMIT {}
"""


@dataclass(frozen=True)
class ListedOrganisation:
    """One line of the list, with how many people and children it has now."""

    public_id: str
    name: str
    kind: str
    members: int
    children: int

    @property
    def kind_in_words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Organisations:
    """One page of the list, by name. `next` is the name after which the next page begins, empty on the last."""

    lines: tuple[ListedOrganisation, ...]
    search: str
    next: str


@dataclass(frozen=True)
class Member:
    """Somebody who works there, or is asked to. `registered_name`: that of their account, once they have said yes."""

    public_id: str
    name: str
    email: str
    state: str
    joined_at: datetime | None
    expires_at: datetime
    registered_name: str

    @property
    def has_joined(self) -> bool:
        return self.state == "active"

    @property
    def waits(self) -> bool:
        """Whether they said yes under another name, and wait for a manager."""
        return self.state == "waiting"

    @property
    def state_in_words(self) -> str:
        return {"active": "Works there", "waiting": "Said yes under another name"}.get(self.state, "Asked to join")


@dataclass(frozen=True)
class PlacedChild:
    """A child whom the organisation works with and the actor may see."""

    public_id: str
    reference: str
    name: str
    since: datetime


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation. `id` is for commands; `next` is the key of the next page of children, 0 on the last."""

    id: int
    public_id: str
    name: str
    kind: str
    may_invite: bool
    members: tuple[Member, ...]
    children: tuple[PlacedChild, ...]
    next: int

    @property
    def kind_in_words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class OfChild:
    """An organisation that works with a child."""

    public_id: str
    name: str
    kind: str
    since: datetime


@dataclass(frozen=True)
class WouldSee:
    """Somebody who would see a child's record through an organisation: now, or once they say that they work there.

    `sees_already`: they have access. `ended_at`: when access of theirs to this child ended for a reason of its own.
    """

    public_id: str
    name: str
    email: str
    has_joined: bool
    sees_already: bool
    ended_at: datetime | None


@dataclass(frozen=True)
class Workplace:
    """An organisation where somebody works. `id` is for commands."""

    id: int
    public_id: str
    name: str
    kind: str


@dataclass(frozen=True)
class Asked:
    """An organisation that the account with this address is asked to join."""

    public_id: str
    name: str


@dataclass(frozen=True)
class OwnWork:
    """An organisation where the actor works. `public_id` is that of their part in it."""

    public_id: str
    name: str
    joined_at: datetime


@dataclass(frozen=True)
class SeenAtWork:
    """A child whom the actor sees as a professional."""

    public_id: str
    name: str


@dataclass(frozen=True)
class Leaving:
    """What leaving an organisation ends, and which children the actor goes on to see, since they were given by name."""

    work: OwnWork
    ends: tuple[SeenAtWork, ...]
    stays: tuple[SeenAtWork, ...]


async def organisations(search: str = "", after: str = "", *, limit: int = PAGE) -> Organisations:
    """At most `limit` whose name begins with `search`, after the one called `after`. The team sees every one."""
    rows = await fetch(_LISTED, after.lower(), f"{_escaped(search)}%", limit + 1)
    lines = tuple(ListedOrganisation(**row) for row in rows[:limit])
    return Organisations(lines, search, lines[-1].name if len(rows) > limit else "")


async def organisation_page(
    actor: Actor, public_id: str, *, now: datetime, after: int = 0, limit: int = PAGE
) -> OrganisationPage:
    """One organisation for a member of the SEND team, with the children whom they may see, `limit` a page.

    Raises NotFound.
    """
    row = await fetch_one("SELECT id, public_id, name, kind FROM organisation WHERE public_id = {}", public_id)
    if row is None:
        raise NotFound
    members = tuple(Member(**one) for one in await fetch(_MEMBERS, row["id"], max(MEMBERS, limit)))
    mine = own(actor, london_day(now))
    placed = await fetch(_CHILDREN, row["id"], actor.is_manager, actor.team, *mine, after, limit + 1)
    following = placed[limit - 1]["id"] if len(placed) > limit else 0
    children = tuple(
        PlacedChild(one["public_id"], one["reference"], one["name"], one["since"]) for one in placed[:limit]
    )
    return OrganisationPage(**row, may_invite=actor.is_manager, members=members, children=children, next=following)


async def organisations_of(child: ChildRecord) -> tuple[OfChild, ...]:
    """The organisations that work with a child whom the actor reached through `child_of`."""
    return tuple(OfChild(**row) for row in await fetch(_OF_CHILD, child.id))


async def who_would_see(child: ChildRecord, organisation: OrganisationPage, *, now: datetime) -> tuple[WouldSee, ...]:
    """Everybody who would see the child if the organisation worked with the child: who works there, then who is asked.

    At most 1,000.
    """
    rows = await fetch(_WOULD_SEE, child.id, child.id, LEFT, organisation.id, now)
    return tuple(WouldSee(**row) for row in rows)


async def asked_to_join(actor: Actor, *, now: datetime) -> tuple[Asked, ...]:
    """The organisations that the actor's confirmed address is asked to join."""
    return tuple(Asked(**row) for row in await fetch(_MINE, email_key(actor.email), now))


async def to_be_confirmed(actor: Actor) -> tuple[str, ...]:
    """The names of the organisations that the actor said yes to, where a manager has still to confirm who they are."""
    return tuple(row["name"] for row in await fetch(_UNCONFIRMED, actor.account))


async def own_work(actor: Actor) -> tuple[OwnWork, ...]:
    """The organisations where the actor works, by name."""
    return tuple(OwnWork(**row) for row in await fetch(_OWN_WORK, actor.account))


async def leaving(actor: Actor, member: str) -> Leaving:
    """What ends when the actor leaves one of them. Raises NotFound for anybody else's work. At most 1,000 children."""
    work = next((one for one in await own_work(actor) if one.public_id == member), None)
    if work is None:
        raise NotFound
    rows = await fetch(_ENDS, actor.account, AT_WORK, member)
    ends, stays = (
        tuple(SeenAtWork(row["public_id"], row["name"]) for row in rows if row["ends"] == ended)
        for ended in (True, False)
    )
    return Leaving(work, ends, stays)


async def workplaces_of(actor: Actor) -> tuple[Workplace, ...]:
    """Where the actor works now, by name: through these they may ask for an assessment."""
    return tuple(Workplace(**row) for row in await fetch(_WORKPLACES, actor.account))


async def choices(search: str = "", chosen: str = "") -> tuple[tuple[str, str], ...]:
    """The organisations with `search` in the name as choices, by name; at most `MOST_CHOICES`, `chosen` among them."""
    rows = await fetch(_CHOICES, chosen, f"%{_escaped(search)}%", chosen, MOST_CHOICES)
    return tuple((row["public_id"], row["name"]) for row in rows)


async def is_known(organisation: str) -> bool:
    """Whether there is an organisation with this public id."""
    return await fetch_one("SELECT id FROM organisation WHERE public_id = {}", organisation) is not None


def _escaped(search: str) -> str:
    return search.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
