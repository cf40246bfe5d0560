"""What people see of their own account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch, fetch_one
from portal.access.queries import children_of
from portal.access.rules import Part
from portal.accounts.browsers import in_words
from portal.accounts.closing import has_record, is_written_to
from portal.accounts.own import CHANGEABLE
from portal.actor import Actor
from portal.sign_in import sessions
from portal.wishes.queries import wishes_of
from portal.wishes.rules import PAPER, TOPICS, topics_on

ADDRESS = ("property_name", "house", "street", "area", "town", "county", "postcode")


@dataclass(frozen=True)
class OwnChild:
    """A child whose record the account may see."""

    public_id: str
    name: str


@dataclass(frozen=True)
class AccountView:
    """An account as its owner sees it. `children` are those of whom they may see who opened the record.

    `at_work`: they see a record because of their work, and the family can see when they do. `works_at` names the
    organisations where the team knows that they work.
    """

    name: str
    email: str
    address: tuple[str, ...]
    telephone: str
    work: str
    uses_authenticator: bool
    password_changed_at: datetime
    places: int
    children: tuple[OwnChild, ...]
    at_work: bool
    topics_on: tuple[str, ...]
    works_at: tuple[str, ...]


@dataclass(frozen=True)
class SignedInPlace:
    """A browser in which the account is signed in. `handle` names it in the address that ends it."""

    handle: str
    browser: str
    signed_in_at: datetime
    seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True)
class OwnDetails:
    """What the owner may change, as a form shows it, and whether they are of the SEND team, which has less of it."""

    values: Mapping[str, str]
    is_staff: bool


@dataclass(frozen=True)
class NoticeView:
    """The emails that can be turned off: key, name and what each is about, for checkboxes.

    `letters` is `topics.PAPER` or `ONLINE` and `letters_since` its day, when they have said how they want letters.
    """

    letters: str = ""
    letters_since: datetime | None = None
    choices: tuple[tuple[str, str, str], ...] = tuple((topic.key, topic.text, topic.hint) for topic in TOPICS)

    @property
    def wants_paper(self) -> bool:
        return self.letters == PAPER


@dataclass(frozen=True)
class Closing:
    """What closing the account would end, and whether anything of it has to stay beside a child's record.

    `by_post`: letters that are owed to them come by post from then on.
    """

    children: tuple[OwnChild, ...]
    has_record: bool
    by_post: bool


async def account_of(actor: Actor, *, now: datetime) -> AccountView:
    """The actor's own account. The number of queries does not grow with the children."""
    row = await fetch_one(
        f"SELECT a.*, (SELECT count(*) FROM session WHERE account = a.id AND {sessions.LIVE}) AS places,"
        " array(SELECT o.name FROM organisation_member m JOIN organisation o ON o.id = m.organisation"
        "     WHERE m.account = a.id AND m.state = 'active' ORDER BY o.name) AS works_at"
        " FROM account a WHERE a.id = {}",
        *sessions.live(actor, now),
        actor.account,
    )
    assert row is not None
    on = topics_on(await wishes_of(actor.account))
    children = [] if actor.is_staff else await children_of(actor)
    return AccountView(
        name=actor.name,
        email=row["email"],
        address=tuple(row[part] for part in ADDRESS if row[part]),
        telephone=row["telephone"],
        work=", ".join(part for part in (row["job_title"], row["organisation"]) if part),
        uses_authenticator=bool(row["totp_secret"]),
        password_changed_at=row["password_changed_at"],
        places=row["places"],
        children=tuple(OwnChild(child.public_id, child.name) for child in children if child.shows(Part.OPENED)),
        at_work=any(child.at_work for child in children),
        topics_on=tuple(topic.text for topic in TOPICS if topic.key in on),
        works_at=tuple(row["works_at"]),
    )


async def details_of(actor: Actor) -> OwnDetails:
    """What the actor may change of their own details."""
    row = await fetch_one("SELECT * FROM account WHERE id = {}", actor.account)
    assert row is not None
    shown = {name: row[name] for name in CHANGEABLE} | {"is_professional": "yes" if row["is_professional"] else ""}
    return OwnDetails(shown, actor.is_staff)


async def places_of(actor: Actor, session: int, *, now: datetime) -> tuple[SignedInPlace, ...]:
    """Where the account is signed in, the last used first; `session` is the one that asks. At most 5."""
    rows = await fetch(
        "SELECT id, user_agent, created_at, seen_at FROM session WHERE account = {}"
        f" AND {sessions.LIVE} ORDER BY id = {{}} DESC, seen_at DESC, id DESC",
        actor.account,
        *sessions.live(actor, now),
        session,
    )
    return tuple(
        SignedInPlace(
            sessions.handle(row["id"]),
            in_words(row["user_agent"]),
            row["created_at"],
            row["seen_at"],
            row["id"] == session,
        )
        for row in rows
    )


async def closing_of(actor: Actor) -> Closing:
    """The children whose records the actor would no longer see, and what stays."""
    return Closing(await _children(actor), await has_record(actor), await is_written_to(actor))


async def _children(actor: Actor) -> tuple[OwnChild, ...]:
    if actor.is_staff:
        return ()
    return tuple(OwnChild(child.public_id, child.name) for child in await children_of(actor))
