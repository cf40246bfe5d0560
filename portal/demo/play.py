"""Plays a child's story: each step by the portal's own command, on its day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases import commands as cases
from portal.cases.explaining import explain_lateness
from portal.cases.rules import Decision, Explanation, LawfulException
from portal.children.commands import NewChild, open_record
from portal.dates import LONDON
from portal.demo import people, steps
from portal.demo.people import ADULTS
from portal.demo.steps import Step, Story
from portal.files.store import FileStore
from portal.invitations.answering import accept
from portal.invitations.codes import unique_code
from portal.invitations.commands import Invitee, invite, verify
from portal.relationships.commands import activate
from portal.relationships.waiting import access_request

MORNING = time(9, 40)


READ_AFTER = timedelta(hours=5)

_READ_LETTERS = """
UPDATE letter_recipient SET first_opened_at = served_at + {}::interval
WHERE child = {} AND served_at < {} AND account <> ALL({}::bigint[])
"""


@dataclass
class Scene:
    """Everything a step needs: who is there, which child it is about, and what time it is."""

    team: dict[str, Actor]
    families: dict[str, Actor]
    password_hash: str
    files: FileStore
    today: date
    story: Story
    caseworker: Actor
    now: datetime
    child: ChildRecord = field(init=False)

    @property
    def received_on(self) -> date:
        return self.today - timedelta(days=self.story.received_days_ago)

    def on(self, day: int) -> date:
        """The date of a day that is counted from the request."""
        return self.received_on + timedelta(days=day)

    def at(self, day: int, minutes: int = 0) -> datetime:
        """That day at work, `minutes` after the morning's first act."""
        return datetime.combine(self.on(day), MORNING, LONDON) + timedelta(minutes=minutes)


Play = Callable[[Scene, Any], Awaitable[None]]


async def tell(scene: Scene, play_of: dict[type[Step], Play]) -> None:
    """Open the record and play every step in the order of its day; none lies in the future."""
    story, today = scene.story, scene.today
    forename, surname = story.name.split()
    new = NewChild(forename, surname, people.born(story.age, today), scene.received_on, story.source)
    scene.now = scene.at(0)
    assert scene.caseworker.team is not None
    made = await open_record(
        new, team=scene.caseworker.team, caseworker=scene.caseworker.account, by=scene.caseworker, now=scene.now
    )
    scene.child = await child_of(scene.caseworker, made, now=scene.now)
    for minutes, step in enumerate(sorted(story.steps, key=lambda step: step.day)):
        assert step.day < story.received_days_ago, f"{story.name}: {step} lies in the future"
        scene.now = scene.at(step.day, minutes)
        await play_of[type(step)](scene, step)
    unread = [scene.families[email].account for email in story.letters_unread_by]
    await fetch(_READ_LETTERS, READ_AFTER, scene.child.id, scene.at(story.received_days_ago) - READ_AFTER, unread)


async def _invited(scene: Scene, step: steps.Invited) -> None:
    invitee = Invitee(step.email, step.adult_name, step.basis)
    await invite(scene.caseworker, scene.child, invitee, now=scene.now)


async def _verified(scene: Scene, step: steps.Verified) -> None:
    row = await _invitation(scene, step.email)
    code = unique_code(row["id"], row["code_version"])
    wrong = await verify(scene.caseworker, scene.child, row["public_id"], code, identity_method="record", now=scene.now)
    assert not wrong, wrong


async def _accepted(scene: Scene, step: steps.Accepted) -> None:
    if step.email not in scene.families:
        adult = next(adult for adult in ADULTS if adult.email == step.email)
        scene.families[step.email] = await people.register(adult, scene.password_hash, today=scene.today, now=scene.now)
    row = await _invitation(scene, step.email)
    await accept(scene.families[step.email], [row["public_id"]], now=scene.now)


async def _activated(scene: Scene, step: steps.Activated) -> None:
    row = await fetch_one(
        "SELECT public_id FROM relationship WHERE account = {} AND child = {}",
        scene.families[step.email].account,
        scene.child.id,
    )
    assert row is not None
    request = await access_request(scene.caseworker, row["public_id"], now=scene.now)
    await activate(scene.caseworker, request, now=scene.now)


async def _decided(scene: Scene, step: steps.Decided) -> None:
    today = scene.on(step.day)
    decision = Decision(step.kind, scene.on(step.on or step.day), step.note)
    await cases.record_decision(scene.caseworker, scene.child, decision, today=today, now=scene.now)


async def _asked_again(scene: Scene, step: steps.AskedAgain) -> None:
    await cases.open_case(scene.child.id, scene.on(step.day), scene.story.source, now=scene.now)


async def _moved(scene: Scene, step: steps.Moved) -> None:
    await cases.move_stage(scene.caseworker, scene.child, step.stage, today=scene.on(step.day), now=scene.now)


async def _excepted(scene: Scene, step: steps.Excepted) -> None:
    exception = LawfulException(
        kind=step.kind,
        duty=step.duty,
        starts=scene.on(step.day),
        ends=scene.on(step.day + step.lasts),
        reason=step.reason,
        approved_by=people.HELEN.name,
        revised_target=scene.on(step.target),
        told=step.told,
    )
    today = scene.on(step.day)
    await cases.record_exception(scene.caseworker, scene.child, exception, today=today, now=scene.now)


async def _explained(scene: Scene, step: steps.Explained) -> None:
    today = scene.on(step.day)
    explanation = Explanation(step.duty, step.told, scene.on(step.target), today)
    await explain_lateness(scene.caseworker, scene.child, explanation, now=scene.now)


async def _date_set(scene: Scene, step: steps.DateSet) -> None:
    today = scene.on(step.day)
    await cases.add_key_date(scene.caseworker, scene.child, scene.on(step.on), step.title, today=today, now=scene.now)


async def _invitation(scene: Scene, email: str) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT id, public_id, code_version FROM invitation WHERE child = {} AND email_key = {}", scene.child.id, email
    )
    assert row is not None, f"{email} has not been invited for {scene.story.name}"
    return row


PLAYS: dict[type[Step], Play] = {
    steps.Invited: _invited,
    steps.Verified: _verified,
    steps.Accepted: _accepted,
    steps.Activated: _activated,
    steps.Decided: _decided,
    steps.AskedAgain: _asked_again,
    steps.Moved: _moved,
    steps.Excepted: _excepted,
    steps.Explained: _explained,
    steps.DateSet: _date_set,
}
