"""Real people, real children and the real commands, for the state machine about who reads what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from db.engine import fetch, fetch_one
from db.tables import Account
from portal.access.queries import ChildRecord, child_of
from portal.accounts import changing_email, closing
from portal.actor import Actor
from portal.cover import commands as cover
from portal.cover.queries import person_of
from portal.cover.rules import Days
from portal.dates import london_day
from portal.errors import NotFound
from portal.invitations import answering
from portal.invitations import commands as invitations
from portal.invitations.codes import unique_code
from portal.invitations.commands import Invitee
from portal.organisations import commands as organisations
from portal.organisations.commands import NewMember
from portal.relationships import commands as access
from portal.relationships import leaving
from portal.relationships.commands import Ground
from portal.relationships.waiting import access_request, waiting_access
from portal.requests import commands as requests
from portal.requests.queries import draft_of
from portal.requests.rules import Answers
from portal.sign_in import codes, sessions
from portal.staff import assigning, moving
from portal.staff import people as colleagues
from portal.tasks.opening import open_and_close
from tests import people
from tests.belongings import Belongings, give_belongings

PEOPLE = ("ann", "bea", "sam")
STAFF = ("dee", "gus", "ed", "mo")
SCHOOLS = ("lakeside", "hillside")
NEW = "nova"
"""The child for whom somebody asks for an assessment."""


class World:
    """Everybody is named by a forename in small letters. Mo, a manager, does what the team does."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
        self.people: dict[str, Actor] = {}
        self.children: dict[str, ChildRecord] = {}
        self.has: dict[tuple[str, str], Belongings] = {}
        self.schools: dict[str, tuple[int, str]] = {}
        self.invitations: dict[tuple[str, str], str] = {}
        self.members: dict[tuple[str, str], str] = {}

    async def begin(self) -> None:
        """Dee of the north has Priya, and Omar who stayed with the south: whoever covers for her sees him."""
        cast = await people.gather(self.now)
        gus = await people.person("Gus Ford", self.now, "caseworker", cast.north)
        self.teams = {"north": cast.north.id, "south": cast.south.id}
        self.people = {"dee": cast.dee, "gus": gus, "ed": cast.ed, "mo": cast.mo}
        for name in PEOPLE:
            self.people[name] = await people.person(f"{name.title()} Fox", self.now)
        await Account.update({Account.is_professional: True}).where(Account.surname == "Fox")
        for school in SCHOOLS:
            await organisations.add(cast.mo, school.title(), "school", now=self.now)
            row = await fetch_one("SELECT id, public_id FROM organisation WHERE name = {}", school.title())
            assert row
            self.schools[school] = (row["id"], row["public_id"])
        for name in ("priya", "omar"):
            await self.meet(name)
        omar = self.children["omar"].id
        await fetch("UPDATE child SET caseworker = {} WHERE id = {}", self.people["dee"].account, omar)

    async def meet(self, name: str) -> None:
        """Know a child by name, with something of everybody's in the record, as if they had had access before."""
        row = await fetch_one("SELECT public_id FROM child WHERE lower(forename) = {}", name)
        assert row
        self.children[name] = await child_of(self.people["mo"], row["public_id"], now=self.now)
        for person in PEOPLE:
            self.has[person, name] = await give_belongings(
                self.people[person], self.children[name].id, self.people["mo"], self.now
            )

    async def actor(self, name: str) -> Actor | None:
        """Who they are when they sign in now; None when they cannot."""
        if name in PEOPLE or name in STAFF:
            token = await sessions.open_session("full", self.people[name].account, now=self.now)
            found = await sessions.find(token, now=self.now)
            return found.actor if found else None
        return None

    async def signed_in(self, name: str) -> Actor:
        """The same, to press something. Raises NotFound for who cannot sign in."""
        actor = await self.actor(name)
        if actor is None:
            raise NotFound
        return actor

    async def invite(self, person: str, child: str, basis: str) -> None:
        adult = self.people[person]
        invitee = Invitee(adult.email, adult.name, basis)
        self.invitations[person, child] = await invitations.invite(
            self.people["mo"], self.children[child], invitee, now=self.now
        )

    async def verify(self, person: str, child: str) -> str:
        sent = self.invitations.get((person, child), "none")
        row = await fetch_one("SELECT id, code_version FROM invitation WHERE public_id = {}", sent)
        code = unique_code(row["id"], row["code_version"]) if row else "none"
        return await invitations.verify(
            self.people["mo"], self.children[child], sent, code, identity_method="record", now=self.now
        )

    async def on_invitation(self, what: str, person: str, child: str) -> None:
        """`send_new_code`, `send_link` or `cancel`."""
        act = getattr(invitations, what)
        sent = self.invitations.get((person, child), "none")
        await act(self.people["mo"], self.children[child], sent, now=self.now)

    async def answer(self, what: str, who: str, person: str, child: str) -> None:
        """`who` says yes or no (`accept`, `decline`) to the invitation of `person`."""
        sent = self.invitations.get((person, child), "none")
        await getattr(answering, what)(await self.signed_in(who), [sent], now=self.now)

    async def relationship(self, person: str, child: str) -> str:
        row = await fetch_one(
            "SELECT public_id FROM relationship WHERE account = {} AND child = {} AND state <> 'ended'"
            " ORDER BY state = 'waiting' DESC LIMIT 1",
            self.people[person].account,
            self.children[child].id,
        )
        return row["public_id"] if row else "none"

    async def waits(self, person: str, child: str) -> bool:
        """Whether they stand at Access requests for this child."""
        found = await waiting_access(self.people["mo"], now=self.now, limit=100)
        emails = {one.email for one in found.requests if one.child == self.children[child].public_id}
        return self.people[person].email in emails

    async def activate(self, person: str, child: str) -> None:
        mo = self.people["mo"]
        waiting = await access_request(mo, await self.relationship(person, child), now=self.now)
        await access.activate(mo, waiting, now=self.now)

    async def refuse(self, person: str, child: str) -> None:
        mo = self.people["mo"]
        waiting = await access_request(mo, await self.relationship(person, child), now=self.now)
        await access.refuse(mo, waiting, "Not who they say", now=self.now)

    async def withdraw(self, person: str, child: str) -> None:
        relationship = await self.relationship(person, child)
        await access.withdraw(self.people["mo"], self.children[child], relationship, "A court order", now=self.now)

    async def rebase(self, person: str, child: str, basis: str) -> None:
        relationship = await self.relationship(person, child)
        ground = Ground(basis, "They agreed")
        await access.rebase(self.people["mo"], self.children[child], relationship, ground, now=self.now)

    async def join(self, person: str, school: str) -> None:
        adult, mo = await self.signed_in(person), self.people["mo"]
        member = NewMember(adult.email, adult.name, "switchboard")
        asked = await organisations.invite(mo, self.schools[school][0], school.title(), member, now=self.now)
        await organisations.join(adult, asked, reads_mailbox=True, now=self.now)
        self.members[person, school] = asked

    async def leave(self, person: str, school: str) -> None:
        member = self.members.get((person, school), "none")
        await organisations.leave(self.people["mo"], self.schools[school][0], member, "Left", now=self.now)

    async def leave_oneself(self, person: str, school: str) -> None:
        member = self.members.get((person, school), "none")
        await organisations.leave_oneself(await self.signed_in(person), member, now=self.now)

    async def stop_seeing(self, person: str, child: str) -> None:
        actor = await self.signed_in(person)
        record = await child_of(actor, self.children[child].public_id, now=self.now)
        await leaving.stop_seeing(actor, record, now=self.now)

    async def place(self, child: str, school: str) -> None:
        await organisations.place(self.people["mo"], self.schools[school][0], self.children[child], now=self.now)

    async def unplace(self, child: str, school: str) -> None:
        await organisations.unplace(self.people["mo"], self.schools[school][0], self.children[child], now=self.now)

    async def give_up(self, person: str) -> None:
        await leaving.end_own_access(await self.signed_in(person), "They wish it", now=self.now)

    async def close(self, person: str) -> None:
        await closing.close(await self.signed_in(person), people.PASSWORD, people.HASHER, now=self.now)

    async def change_email(self, person: str, email: str) -> None:
        actor = await self.signed_in(person)
        token = await sessions.open_session("full", actor.account, now=self.now)
        session = await sessions.find(token, now=self.now)
        assert session
        await changing_email.ask(actor, session.id, email, people.PASSWORD, people.HASHER, now=self.now)
        row = await fetch_one("SELECT id, counter FROM code_challenge WHERE session = {}", session.id)
        assert row
        sent = await codes.facts({"challenge": row["id"], "counter": row["counter"]})
        assert sent
        await changing_email.confirm(actor, session.id, sent["code"], now=self.now)
        self.people[person] = replace(actor, email=email)

    async def ask_for_assessment(self, person: str) -> None:
        actor = await self.signed_in(person)
        await requests.keep(actor, {"forename": NEW}, now=self.now)
        draft = await draft_of(actor)
        assert draft
        answers = Answers("parent", "", NEW.title(), "Fox", date(2019, 5, 1), "WM1 1AA", "", "Help", "", "")
        await requests.send(actor, draft, answers, today=london_day(self.now), now=self.now)
        await self.meet(NEW)

    async def assign(self, child: str, colleague: str) -> None:
        wanted = self.people[colleague].public_id
        await assigning.assign(self.people["mo"], [self.children[child].public_id], wanted, now=self.now)

    async def assign_to_team(self, child: str, team: str) -> None:
        wanted = f"{assigning.ONLY_TEAM}{self.teams[team]}"
        await assigning.assign(self.people["mo"], [self.children[child].public_id], wanted, now=self.now)

    async def move(self, giver: str, taker: str) -> None:
        ids = [self.people[name].public_id for name in (giver, taker)]
        seen = await moving.seen_of(self.people[giver].account)
        await moving.move(self.people["mo"], ids[0], ids[1:], seen=seen, now=self.now)

    async def change_team(self, colleague: str, team: str) -> None:
        person = await colleagues.colleague(self.people[colleague].public_id)
        one = self.people[colleague]
        details = colleagues.Details(one.forename, one.surname, one.email, one.role, self.teams[team])
        seen = await moving.seen_of(person.id)
        await colleagues.change(self.people["mo"], person, details, cases=seen, now=self.now)

    async def disable(self, colleague: str) -> None:
        person = await colleagues.colleague(self.people[colleague].public_id)
        await colleagues.disable(self.people["mo"], person, "Left", now=self.now)

    async def enable(self, colleague: str) -> None:
        person = await colleagues.colleague(self.people[colleague].public_id)
        await colleagues.enable(self.people["mo"], person, now=self.now)

    async def go_away(self, colleague: str, cover_by: str, days: Days) -> str:
        person = await person_of(self.people["mo"], self.people[colleague].public_id)
        cover_id = self.people[cover_by].public_id
        return await cover.go_away(self.people["mo"], person, days, cover_id, now=self.now)

    async def come_back(self, absence: str) -> None:
        await cover.end_early(self.people["mo"], absence, now=self.now)

    async def pass_days(self, days: int) -> None:
        """The tasks that open by themselves do so; they give nobody access."""
        self.now += timedelta(days=days)
        await open_and_close(now=self.now)

    async def team_of(self, child: str) -> int:
        """The id of a child's team, as it stands."""
        row = await fetch_one("SELECT team FROM child WHERE id = {}", self.children[child].id)
        assert row
        return int(row["team"])
