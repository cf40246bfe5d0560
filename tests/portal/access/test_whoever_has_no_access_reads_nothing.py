"""Whatever the order of invitations, grants, refusals, ends and places of work: who has no access reads nothing.

Hypothesis presses the real commands in any order and holds the database against a small model of its own.
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import asyncpg
import pytest
from anyio import from_thread
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from db.engine import fetch, fetch_one
from portal.access import commands as access
from portal.access.commands import Ground
from portal.access.queries import ChildRecord, child_of, children_of
from portal.access.requests import access_request
from portal.actor import Actor
from portal.errors import NotFound, Refused, RuleBroken
from portal.invitations import answering
from portal.invitations import commands as invitations
from portal.invitations.codes import unique_code
from portal.invitations.commands import Invitee
from portal.messages import queries as messages
from portal.organisations import commands as organisations
from portal.organisations.commands import NewMember
from tests import people
from tests.database import empty

pytestmark = pytest.mark.anyio

PEOPLE = ("ann", "bea", "sam")
CHILDREN = ("priya", "lily")
who, whom = st.sampled_from(PEOPLE), st.sampled_from(CHILDREN)
Pair = tuple[str, str]


class World:
    """The database's side: real people, real children, the real commands."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
        self.people: dict[str, Actor] = {}
        self.children: dict[str, ChildRecord] = {}
        self.cast: people.Cast

    async def begin(self) -> None:
        self.cast = await people.gather(self.now)
        for name in PEOPLE:
            self.people[name] = await people.person(f"{name.title()} Fox", self.now)
        await fetch("UPDATE account SET is_professional = true WHERE surname = 'Fox'")
        await people.child("Lily Fox", self.cast.north, self.cast.dee, self.now)
        for name in CHILDREN:
            row = await fetch_one("SELECT public_id FROM child WHERE lower(forename) = {}", name)
            assert row
            self.children[name] = await child_of(self.cast.dee, row["public_id"], now=self.now)
        await organisations.add(self.cast.mo, "Lakeside", "school", now=self.now)
        school = await fetch_one("SELECT id FROM organisation")
        assert school
        self.school = int(school["id"])

    async def invitation(self, person: str, child: str) -> dict[str, Any] | None:
        return await fetch_one(
            "SELECT id, public_id, code_version FROM invitation"
            " WHERE child = {} AND email = {} AND state <> 'withdrawn'",
            self.children[child].id,
            self.people[person].email,
        )

    async def invite(self, person: str, child: str) -> None:
        adult, record = self.people[person], self.children[child]
        invitee = Invitee(adult.email, adult.name, "carer")
        sent = await invitations.invite(self.cast.dee, record, invitee, now=self.now)
        row = await self.invitation(person, child)
        assert row
        code = unique_code(row["id"], row["code_version"])
        await invitations.verify(self.cast.dee, record, sent, code, identity_method="record", now=self.now)

    async def accept(self, person: str, child: str) -> None:
        row = await self.invitation(person, child)
        await answering.accept(self.people[person], [row["public_id"]] if row else ["none"], now=self.now)

    async def relationship(self, person: str, child: str) -> str:
        row = await fetch_one(
            "SELECT public_id FROM relationship WHERE account = {} AND child = {} AND state <> 'ended'",
            self.people[person].account,
            self.children[child].id,
        )
        return row["public_id"] if row else "none"

    async def activate(self, person: str, child: str) -> None:
        waiting = await access_request(self.cast.dee, await self.relationship(person, child), now=self.now)
        await access.activate(self.cast.dee, waiting, now=self.now)

    async def refuse(self, person: str, child: str) -> None:
        waiting = await access_request(self.cast.dee, await self.relationship(person, child), now=self.now)
        await access.refuse(self.cast.dee, waiting, "Not who they say", now=self.now)

    async def withdraw(self, person: str, child: str) -> None:
        relationship = await self.relationship(person, child)
        await access.withdraw(self.cast.dee, self.children[child], relationship, "A court order", now=self.now)

    async def rebase(self, person: str, child: str) -> None:
        relationship, record = await self.relationship(person, child), self.children[child]
        row = await fetch_one("SELECT basis FROM relationship WHERE public_id = {}", relationship)
        basis = "representative" if row and row["basis"] == "agreed" else "agreed"
        await access.rebase(self.cast.dee, record, relationship, Ground(basis, "They agreed"), now=self.now)

    async def join(self, person: str) -> None:
        adult = self.people[person]
        member = NewMember(adult.email, adult.name, "switchboard")
        asked = await organisations.invite(self.cast.mo, self.school, "Lakeside", member, now=self.now)
        await organisations.join(adult, asked, now=self.now)

    async def leave(self, person: str) -> None:
        row = await fetch_one(
            "SELECT public_id FROM organisation_member WHERE email = {} AND state <> 'ended'", self.people[person].email
        )
        await organisations.leave(self.cast.mo, self.school, row["public_id"] if row else "none", "Left", now=self.now)

    async def place(self, child: str) -> None:
        await organisations.place(self.cast.dee, self.school, self.children[child], now=self.now)

    async def unplace(self, child: str) -> None:
        await organisations.unplace(self.cast.dee, self.school, self.children[child], now=self.now)

    async def reads(self, person: str, child: str) -> bool:
        try:
            found = await child_of(self.people[person], self.children[child].public_id, now=self.now)
        except NotFound:
            return False
        await messages.panel(self.people[person], found, now=self.now)
        return True

    async def listed(self, person: str) -> set[str]:
        return {record.forename.lower() for record in await children_of(self.people[person])}


class WhoReads(RuleBasedStateMachine):
    """The model: who has access to whom and why, kept by the simplest rules that can be said."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        from_thread.run(self.world.begin)
        self.open: set[Pair] = set()
        self.waiting: set[Pair] = set()
        self.given: set[Pair] = set()
        self.by_work: set[Pair] = set()
        self.ended_by_hand: set[Pair] = set()
        self.staff: set[str] = set()
        self.pupils: set[str] = set()

    def teardown(self) -> None:
        from_thread.run(empty, OWNER[0])

    def do(self, act: Callable[..., Coroutine[Any, Any, None]], *about: str) -> bool:
        """Press it a minute later than the last; whether it was allowed."""
        self.world.now += timedelta(minutes=1)
        try:
            from_thread.run(act, *about)
        except (NotFound, Refused, RuleBroken):
            return False
        return True

    @rule(person=who, child=whom)
    def invites(self, person: str, child: str) -> None:
        if self.do(self.world.invite, person, child):
            self.open.add((person, child))

    @rule(person=who, child=whom)
    def accepts(self, person: str, child: str) -> None:
        pair = (person, child)
        if self.do(self.world.accept, person, child) and pair in self.open:
            self.open.discard(pair)
            if pair not in self.given | self.by_work:
                self.waiting.add(pair)

    @rule(person=who, child=whom)
    def activates(self, person: str, child: str) -> None:
        pair = (person, child)
        assert self.do(self.world.activate, person, child) == (pair in self.waiting)
        if pair in self.waiting:
            self.waiting.discard(pair)
            self.given.add(pair)

    @rule(person=who, child=whom)
    def refuses(self, person: str, child: str) -> None:
        pair = (person, child)
        if self.do(self.world.refuse, person, child):
            self.waiting.discard(pair)
            self.ended_by_hand.add(pair)

    @rule(person=who, child=whom)
    def withdraws(self, person: str, child: str) -> None:
        pair = (person, child)
        assert self.do(self.world.withdraw, person, child) == (pair in self.given | self.by_work)
        if pair in self.given | self.by_work:
            self.given.discard(pair)
            self.by_work.discard(pair)
            self.ended_by_hand.add(pair)

    @rule(person=who, child=whom)
    def goes_on_from_another_ground(self, person: str, child: str) -> None:
        assert self.do(self.world.rebase, person, child) == ((person, child) in self.given)

    @rule(person=who)
    def joins(self, person: str) -> None:
        if self.do(self.world.join, person):
            self.staff.add(person)
            self.ended_by_hand -= {(person, child) for child in CHILDREN}
            self.settle()

    @precondition(lambda self: self.staff)
    @rule(person=who)
    def leaves(self, person: str) -> None:
        if self.do(self.world.leave, person):
            self.staff.discard(person)
            self.settle()

    @rule(child=whom)
    def placed(self, child: str) -> None:
        if child not in self.pupils:
            self.ended_by_hand -= {(person, child) for person in PEOPLE}
        self.do(self.world.place, child)
        if child not in self.pupils:
            self.pupils.add(child)
            self.settle()

    @precondition(lambda self: self.pupils)
    @rule(child=whom)
    def not_placed(self, child: str) -> None:
        self.do(self.world.unplace, child)
        if child in self.pupils:
            self.pupils.discard(child)
            self.settle()

    def settle(self) -> None:
        through_work = {(person, child) for person in self.staff for child in self.pupils}
        self.by_work &= through_work
        self.by_work |= through_work - self.given - self.waiting - self.ended_by_hand

    @invariant()
    def only_who_has_access_reads(self) -> None:
        for person in PEOPLE:
            allowed = {child for child in CHILDREN if (person, child) in self.given | self.by_work}
            assert from_thread.run(self.world.listed, person) == allowed
            for child in CHILDREN:
                assert from_thread.run(self.world.reads, person, child) == (child in allowed)


OWNER: list[asyncpg.Connection] = []
"""The connection that empties the database between runs."""


async def test_whoever_has_no_access_reads_nothing(db: asyncpg.Connection) -> None:
    OWNER[:] = [db]
    few = settings(max_examples=25, stateful_step_count=20, deadline=None)
    await anyio.to_thread.run_sync(lambda: run_state_machine_as_test(WhoReads, settings=few))
