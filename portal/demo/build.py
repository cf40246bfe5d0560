"""Fills an empty database with a council's people, and lists them for whoever wants to sign in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from db.engine import DB, connect, fetch
from portal import keys
from portal.answers.templates import add_first_templates
from portal.dates import london_day
from portal.demo import advice, desk, drafts, forms, letters, papers, people, steps
from portal.demo.cover import send_away
from portal.demo.listing import listed
from portal.demo.paper import want_paper
from portal.demo.people import HELEN, INVITED
from portal.demo.play import PLAYS, Play, Scene, tell
from portal.demo.schools import add_school
from portal.demo.steps import Step
from portal.demo.stories_early import STORIES as EARLY
from portal.demo.stories_late import STORIES as LATE
from portal.demo.taking_in import take_a_file_in
from portal.files.store import FileStore
from portal.messages.commands import add_first_message_types
from portal.passwords.hashing import PasswordHasher
from portal.tasks.opening import open_and_close

ALL_PLAYS: dict[type[Step], Play] = {
    **PLAYS,
    steps.Wrote: letters.wrote,
    steps.Published: papers.published,
    steps.Asked: forms.asked,
    steps.Filled: forms.filled,
    steps.DraftServed: drafts.served,
    steps.Commented: drafts.commented,
    steps.DraftSent: drafts.sent,
    steps.DraftAnswered: drafts.answered,
    steps.AdviceAsked: advice.asked,
    steps.AdviceCame: advice.came,
    steps.AdviserReminded: advice.reminded,
    steps.AdviserWished: advice.wished,
    steps.NoteWritten: desk.noted,
    steps.MessageAssigned: desk.assigned,
    steps.WhereaboutsMarked: desk.whereabouts,
}

TEAM_SINCE = timedelta(days=500)


async def make_demo(
    database_url: str, secret: str, message_types: Sequence[str], files: FileStore
) -> list[dict[str, Any]]:
    """The demo's people, who are made first when the database has none. Dates are relative to today.

    `files` is where the portal keeps its files. Nothing is sent for what lies in the past; only the
    families who have just been invited are owed their emails.
    """
    keys.install(secret)
    async with connect(database_url, pool_size=2):
        if not await people.is_here():
            await fill(message_types, files, now=datetime.now(UTC))
        return await listed()


async def fill(message_types: Sequence[str], files: FileStore, *, now: datetime) -> None:
    """Make everything, all or nothing."""
    hasher = PasswordHasher()
    try:
        async with DB.transaction():
            await add_first_message_types(message_types)
            await add_first_templates(now=now - TEAM_SINCE)
            team = await people.add_team(hasher, now=now - TEAM_SINCE)
            hashed = await people.family_password_hash(hasher)
            families = await _tell_stories(team, hashed, files, now)
            await add_school(team, families, now=now)
            await send_away(team, now=now)
            await want_paper(team, families, now=now)
            await _settle_old_emails()
            await open_and_close(now=now)
        await take_a_file_in(team[HELEN.email], today=london_day(now), now=now)
    finally:
        hasher.close()


async def _tell_stories(team: dict[str, Any], hashed: str, files: FileStore, now: datetime) -> dict[str, Any]:
    """Gives the families by email address."""
    families: dict[str, Any] = {}
    for story in (*LATE, *EARLY):
        scene = Scene(
            team=team,
            families=families,
            password_hash=hashed,
            files=files,
            today=london_day(now),
            story=story,
            caseworker=team[story.caseworker],
            now=now,
        )
        await tell(scene, ALL_PLAYS)
    return families


async def _settle_old_emails() -> None:
    """Emails about what lies in the past count as sent then; nobody in the demo gets them now."""
    await fetch(
        "UPDATE notice SET result = 'sent', sent_at = queued_at, tries = 1"
        " WHERE result = '' AND email <> ALL({}::text[])",
        [adult.email for adult in INVITED],
    )
