"""Puts the county into the database, all or nothing."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from db.engine import DB, connect, fetch, fetch_one
from portal import audit, keys
from portal.demo.large.chance import Chance
from portal.demo.large.copying import Numbered, copy, number
from portal.demo.large.county import YEARS, draw
from portal.demo.large.paper_rows import keep_files, write_forms, write_letters, write_papers, write_told
from portal.demo.large.people import COUNTY_STAFF, COUNTY_TEAMS
from portal.demo.large.progress import Progress
from portal.demo.large.record import Child, Person, Told
from portal.demo.large.rows import write_cases, write_children, write_people, write_ties
from portal.demo.large.trail import write_trail
from portal.demo.large.work_rows import write_advisers, write_drafts
from portal.demo.people import STAFF_PASSWORD, Staff, family_password_hash
from portal.files.store import FileStore
from portal.messages.commands import add_first_message_types
from portal.passwords.hashing import PasswordHasher
from portal.sign_in.one_time_codes import new_secret
from portal.staff.commands import team_called
from portal.tasks.opening import open_and_close

SEED = 2014
SIZES = {"worcestershire": 7_800}
"""Children in a county of this name."""
DRAWING = 0.35
"""The share of the time that drawing takes; then comes writing."""
FINISHING = 0.95
"""From here on it is written, and the tasks are opened."""


async def make_large_demo(
    database_url: str,
    admin_database_url: str,
    secret: str,
    message_types: Sequence[str],
    files: FileStore,
    *,
    children: int,
) -> bool:
    """Add a county of `children` children to the demo. False when there is one already.

    Says on stderr how far it is. Only the owner of the tables, at `admin_database_url`, may have PostgreSQL
    count them anew, without which the first pages would be slow.
    """
    keys.install(secret)
    async with connect(database_url, pool_size=2):
        if await is_here():
            return False
        progress = Progress()
        await fill_large(message_types, files, children=children, now=datetime.now(UTC), progress=progress)
        await _count_anew(admin_database_url)
        await open_and_close(now=datetime.now(UTC))
        progress.at(1, f"{children:,} children")
    return True


async def _count_anew(admin_database_url: str) -> None:
    owner = await asyncpg.connect(admin_database_url)
    try:
        await owner.execute("ANALYZE")
    finally:
        await owner.close()


async def is_here() -> bool:
    """Whether the database has the county already."""
    return await fetch_one("SELECT id FROM account WHERE email = {}", COUNTY_STAFF[0].email) is not None


async def fill_large(
    message_types: Sequence[str], files: FileStore, *, children: int, now: datetime, progress: Progress
) -> list[Child]:
    """Draw and write a county of `children` children as it is at `now`. Gives them, with the ids of their rows."""
    chance = Chance(SEED)
    progress.at(0, "Drawing the families")
    hasher = PasswordHasher()
    try:
        family_hash, staff_hash = await family_password_hash(hasher), await hasher.hash(STAFF_PASSWORD)
    finally:
        hasher.close()
    async with DB.transaction():
        references = {row["case_reference"] for row in await fetch("SELECT case_reference FROM child")}
        drawn = draw(
            chance,
            children,
            references,
            tuple(message_types),
            now,
            lambda count: progress.at(DRAWING * count / children, "Drawing the families"),
        )
        await add_first_message_types(message_types)
        await _write(drawn, chance, family_hash, staff_hash, files, now, progress)
    progress.at(FINISHING, "Finishing")
    return drawn


async def _write(
    drawn: list[Child],
    chance: Chance,
    family_hash: str,
    staff_hash: str,
    files: FileStore,
    now: datetime,
    progress: Progress,
) -> None:
    since = now - timedelta(days=round(365.25 * YEARS) + 60)
    teams = {name: await team_called(name, phone=phone, email=email) for name, (phone, email) in COUNTY_TEAMS.items()}
    staff = await _write_staff(teams, staff_hash, since)
    people = _joined(drawn)
    await _number_all(drawn, people)
    steps: tuple[tuple[str, Callable[[], Awaitable[object]]], ...] = (
        ("Families", lambda: write_people(people, family_hash)),
        ("Children", lambda: write_children(drawn, teams, staff)),
        ("Cases and decisions", lambda: write_cases(drawn, staff)),
        ("Invitations and access", lambda: write_ties(drawn, staff, chance)),
        ("Messages", lambda: write_letters(drawn, staff)),
        ("Documents", lambda: _with_files(drawn, staff, files)),
        ("Letters about decisions", lambda: write_told(drawn)),
        ("Advice", lambda: write_advisers(drawn, staff)),
        ("Draft plans", lambda: write_drafts(drawn, staff)),
        ("Forms", lambda: write_forms(drawn, staff)),
        ("The audit trail", lambda: write_trail(drawn, people, staff)),
    )
    for done, (what, write) in enumerate(steps):
        progress.at(DRAWING + (FINISHING - DRAWING) * done / len(steps), what)
        await write()


async def _with_files(drawn: list[Child], staff: dict[str, int], files: FileStore) -> None:
    await write_papers(drawn, staff, await keep_files(files))


async def _write_staff(teams: dict[str, int], hashed: str, since: datetime) -> dict[str, int]:
    """Everybody has an authenticator app already. Gives the ids by email address."""
    people = [_Member(one) for one in COUNTY_STAFF]
    await number("account", people)
    await copy(
        "account",
        "id public_id role team forename surname email email_key password_hash password_changed_at organisation"
        " job_title property_name house street area town county postcode telephone totp_secret created_at",
        (one.row(teams[one.staff.team], hashed, since) for one in people),
    )
    for one in people:
        detail = {"role": one.staff.role}
        await audit.record("staff:account:added", now=since, subject=one.public_id, detail=detail)
    return {one.staff.email: one.id for one in people}


class _Member:
    """One of the SEND team, on the way into the database."""

    def __init__(self, staff: Staff) -> None:
        self.staff, self.public_id, self.id = staff, keys.token("county_staff", staff.email)[:16], 0

    def row(self, team: int, hashed: str, since: datetime) -> tuple[Any, ...]:
        forename, surname = self.staff.name.split()
        name = (self.id, self.public_id, self.staff.role, team, forename, surname, self.staff.email, self.staff.email)
        return (*name, hashed, since, *[""] * 10, keys.encrypt(new_secret()), since)


def _joined(drawn: list[Child]) -> list[Person]:
    """Everybody who has an account, once."""
    people = {id(tie.person): tie.person for child in drawn for tie in child.ties if tie.person.joined}
    return list(people.values())


async def _number_all(drawn: list[Child], people: list[Person]) -> None:
    papers = [paper for child in drawn for paper in child.papers]
    things: dict[str, Sequence[Numbered]] = {
        "account": people,
        "child": drawn,
        "ehc_case": [case for child in drawn for case in child.cases],
        "invitation": [tie for child in drawn for tie in child.ties],
        "conversation": [one for child in drawn for one in child.letters],
        "document": papers,
        "stored_file": [paper.file for paper in papers],
        "draft_plan": [paper.draft for paper in papers if paper.is_draft],
        "draft_plan_recipient": [served.draft for paper in papers if paper.is_draft for served in paper.served],
        "notice": [served.notice for one in papers for served in one.served]
        + [served.notice for told in _letters(drawn) for served in told.served],
    }
    for table, rows in things.items():
        await number(table, rows)


def _letters(drawn: list[Child]) -> list[Told]:
    return [told for child in drawn for case in child.cases for told in case.told]
