"""Addresses with real ids of Priya's record in them: one thing of Ben's for every kind."""

from dataclasses import dataclass
from datetime import timedelta

from db.engine import fetch, fetch_one
from db.tables import Absence, Adviser, CaseDate, CaseDecision, CaseException, LetterRecipient, Task
from portal.access.queries import child_of
from portal.actor import Actor
from portal.files.store import DiskStore
from portal.ids import public_id
from portal.invitations import commands as invitations
from portal.invitations.commands import Invitee
from portal.notes import notes
from portal.organisations import commands as organisations
from portal.organisations.commands import NewMember
from tests.belongings import give_belongings
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person

NOBODYS = {"str": "x" * 16, "int": "987654"}


@dataclass(frozen=True)
class Scene:
    """Everybody by the name that `who_may.py` gives them, and what stands in the addresses."""

    people: dict[str, Actor]
    ids: dict[str, str]

    def filled(self, path: str) -> str:
        """The address with these ids in it; what has none gets something that is nobody's."""
        return "/".join(self._part(part, path) for part in path.split("/"))

    def _part(self, part: str, path: str) -> str:
        if not part.startswith("{"):
            return part
        name, kind = part.strip("{}").split(":")
        if name == "relationship" and path.startswith("/staff/access/"):
            name = "waiting"
        if "/panels/" in path:
            name = "panel" if name == "name" else name
        return self.ids.get(name, NOBODYS[kind])


async def set_scene(clock: Clock, files: DiskStore) -> Scene:
    """Priya with both parents, herself, a professional, one whose access has ended, and one who waits."""
    cast = await gather(clock.now)
    people = {"ben": cast.ben, "amal": cast.amal, "carol": cast.carol, "half": cast.amal}
    people |= {"dee": cast.dee, "ed": cast.ed, "mo": cast.mo}
    await _families(cast, people, clock)
    await _team(cast, people, clock)
    has = await give_belongings(cast.ben, cast.priya.id, cast.dee, clock.now)
    for row in await fetch("SELECT id FROM stored_file"):
        await fetch("UPDATE stored_file SET stored_as = {} WHERE id = {}", await files.keep(b"a file"), row["id"])
    ids = {**vars(has), "draft": has.draft_plan, **await _staffs(cast, people, clock), "child": cast.priya.public_id}
    return Scene(people, ids)


async def _families(cast: Cast, people: dict[str, Actor], clock: Clock) -> None:
    for name, full, basis in (
        ("priya_herself", "Priya Khan", "young_person"),
        ("ann", "Ann Lee", "professional"),
        ("fay", "Fay Reed", "carer"),
        ("waits", "Wes Long", "carer"),
    ):
        people[name] = await person(full, clock.now)
        await give_access(people[name], cast.priya, clock.now, basis)
    end = "UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}"
    await fetch(end, clock.now, people["fay"].account)
    await fetch("UPDATE relationship SET state = 'waiting' WHERE account = {}", people["waits"].account)


async def _team(cast: Cast, people: dict[str, Actor], clock: Clock) -> None:
    people["gus"] = await person("Gus Ford", clock.now, "caseworker", cast.south)
    people["disabled"] = await person("Dan Hill", clock.now, "caseworker", cast.north)
    today = clock.now.date()
    await Absence(
        public_id=public_id(),
        account=cast.dee.account,
        cover=people["gus"].account,
        from_day=today,
        to_day=today + timedelta(days=5),
        recorded_at=clock.now,
    ).save()


async def _staffs(cast: Cast, people: dict[str, Actor], clock: Clock) -> dict[str, str]:
    """What the team made: an invitation, a note, an adviser, a decision, a date, a task, an organisation."""
    record = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    invitee = Invitee("new@example.com", "New Person", "carer")
    school = await organisations.add(cast.mo, "Oak School", "school", now=clock.now)
    row = await fetch_one("SELECT id FROM organisation")
    assert row
    member = NewMember("sam@example.com", "Sam Hill", "switchboard")
    await organisations.place(cast.mo, row["id"], record, now=clock.now)
    return {
        "invitation": await invitations.invite(cast.dee, record, invitee, now=clock.now),
        "note": await notes.write(cast.dee, record, "A note", now=clock.now),
        "organisation": school,
        "member": await organisations.invite(cast.mo, row["id"], "Oak School", member, now=clock.now),
        "adult": cast.ben.public_id,
        "person": cast.dee.public_id,
        "relationship": await _relationship(cast.ben),
        "waiting": await _relationship(people["waits"]),
        "team": str(cast.north.id),
        "stage": "request",
        "section": "B",
        "step": "who",
        "panel": "messages",
        **await _of_case(cast, clock),
    }


async def _relationship(who: Actor) -> str:
    row = await fetch_one("SELECT public_id FROM relationship WHERE account = {}", who.account)
    assert row
    return str(row["public_id"])


async def _of_case(cast: Cast, clock: Clock) -> dict[str, str]:
    row = await fetch_one("SELECT id FROM ehc_case WHERE child = {}", cast.priya.id)
    assert row
    case, now, today = row["id"], clock.now, clock.now.date()
    adviser = Adviser(public_id=public_id(), ehc_case=case, kind="education", name="Ms Hall", organisation="Oak School")
    adviser.asked_on, adviser.recorded_at = today, now
    decision = CaseDecision(public_id=public_id(), ehc_case=case, kind="decided_to_assess", happened_on=today)
    decision.recorded_at = now
    date = CaseDate(public_id=public_id(), ehc_case=case, happens_on=today, title="A meeting", recorded_at=now)
    task = Task(public_id=public_id(), kind="young_person", child=cast.priya.id, ehc_case=case, opened_at=now)
    task.subject = cast.priya.public_id
    exception = CaseException(public_id=public_id(), ehc_case=case, kind="personal", duty="final", starts_on=today)
    exception.reason, exception.approved_by, exception.recorded_at = "A reason", "Mo Bell", now
    told = LetterRecipient(child=cast.priya.id, letter=decision.public_id, account=cast.ben.account, served_at=now)
    for one in (adviser, decision, date, task, exception, told):
        await one.save()
    return {
        "adviser": adviser.public_id,
        "decision": decision.public_id,
        "date": date.public_id,
        "task": task.public_id,
        "exception": exception.public_id,
    }
