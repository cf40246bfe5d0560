"""Whatever the order of grants, ends, moves and days: who has no access reads nothing, who has reads their own.

Hypothesis presses the real commands in any order. `world.py` presses them, `ledger.py` says who may read,
`looking.py` asks every query of the service (`asking.py`) in somebody's name.
"""

from datetime import timedelta

import asyncpg
import pytest
from anyio import from_thread
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from portal.access.rules import BASES, GOES_ON_AS
from portal.actor import Actor
from tests.portal.access import looking
from tests.portal.access.ledger import LINK, Families
from tests.portal.access.pressing import Pressing, press
from tests.portal.access.world import NEW, PEOPLE, SCHOOLS

pytestmark = pytest.mark.anyio

who, school = st.sampled_from(PEOPLE), st.sampled_from(SCHOOLS)
whom = st.sampled_from(("priya", "priya", "priya", "omar", NEW))
"""One child more often than the others, so that the same pair is met again."""


class WhoReads(Pressing):
    """Invitations, access, workplaces, accounts and days, and what holds after each."""

    def __init__(self) -> None:
        super().__init__()
        self.families = Families()
        self.comes_all_the_way("ann", "priya", 0)
        self.comes_all_the_way("bea", "priya", 0)
        assert len(self.families.given) == 2

    def address(self, person: str) -> str:
        return self.world.people[person].email

    @rule(person=who, child=whom, basis=st.sampled_from(sorted(BASES)))
    def is_invited_and_known_by_the_code(self, person: str, child: str, basis: str) -> None:
        if self.do(self.world.invite, person, child, basis) and self.do(self.world.verify, person, child):
            self.families.open[person, child] = (self.world.now + LINK, self.address(person))

    @rule(person=who, child=whom, what=st.sampled_from(("send_new_code", "send_link", "cancel")))
    def the_team_goes_on_with_an_invitation(self, person: str, child: str, what: str) -> None:
        before = self.families.open.get((person, child))
        if self.do(self.world.on_invitation, what, person, child):
            self.families.open.pop((person, child), None)
            if what == "send_link":
                to = before[1] if before else self.address(person)
                self.families.open[person, child] = (self.world.now + LINK, to)

    @rule(person=who, child=whom, answerer=who, what=st.sampled_from(("accept", "accept", "decline")))
    def answers(self, person: str, child: str, answerer: str, what: str) -> None:
        pair = (person, child)
        may = self.families.may_answer(answerer, pair, self.address(answerer), self.world.now + timedelta(minutes=1))
        done = self.do(self.world.answer, what, answerer, person, child)
        assert done or not may, "the invited person could not answer"
        again = answerer == person and pair in self.families.answered
        assert may or again or not done, f"{answerer} answered for {person}"
        if may:
            self.families.answers(pair, yes=what == "accept")

    @rule(person=who, child=whom, wait=st.sampled_from((0, 0, 27, 29)))
    def comes_all_the_way(self, person: str, child: str, wait: int) -> None:
        """Each step by itself is rarely the next one: this takes all of them for one person, some of them too late."""
        self.is_invited_and_known_by_the_code(person, child, "carer")
        self.days_pass(wait)
        self.answers(person, child, person, "accept")
        self.activates(person, child)

    @rule(person=who, child=whom)
    def activates(self, person: str, child: str) -> None:
        pair = (person, child)
        if self.do(self.world.activate, person, child):
            assert pair in self.families.said_yes, "access was given to somebody who had not said yes"
            self.families.activated(pair)

    @rule(person=who, child=whom, what=st.sampled_from(("refuse", "withdraw")))
    def ends(self, person: str, child: str, what: str) -> None:
        if self.do(getattr(self.world, what), person, child):
            self.families.stop((person, child), self.world.now)
        elif what == "withdraw":
            assert (person, child) not in self.families.given, "access could not be withdrawn"

    @rule(person=who, child=whom)
    def stops_to_see_at_work(self, person: str, child: str) -> None:
        if self.do(self.world.stop_seeing, person, child):
            self.families.stop((person, child), self.world.now)

    @rule(person=who, child=whom, basis=st.sampled_from(sorted(GOES_ON_AS)))
    def goes_on_from_another_ground(self, person: str, child: str, basis: str) -> None:
        if self.do(self.world.rebase, person, child, basis):
            assert (person, child) in self.families.given, "a ground was changed where there was none"

    @rule(person=who, at=school)
    def joins(self, person: str, at: str) -> None:
        if self.do(self.world.join, person, at):
            self.families.joined[person, at] = self.world.now

    @precondition(lambda self: self.families.joined)
    @rule(person=who, at=school, what=st.sampled_from(("leave", "leave_oneself")))
    def leaves(self, person: str, at: str, what: str) -> None:
        if self.do(getattr(self.world, what), person, at):
            self.families.joined.pop((person, at), None)

    @rule(child=whom, at=school)
    def is_placed(self, child: str, at: str) -> None:
        if self.do(self.world.place, child, at):
            self.families.placed.setdefault((at, child), self.world.now)

    @precondition(lambda self: self.families.placed)
    @rule(child=whom, at=school)
    def is_placed_no_more(self, child: str, at: str) -> None:
        if self.do(self.world.unplace, child, at):
            self.families.placed.pop((at, child), None)

    @precondition(lambda self: NEW not in self.world.children)
    @rule(person=who)
    def asks_for_an_assessment(self, person: str) -> None:
        if self.do(self.world.ask_for_assessment, person):
            self.families.answers((person, NEW), yes=True)

    @rule(person=who, number=st.integers(1, 9))
    def changes_their_address(self, person: str, number: int) -> None:
        self.do(self.world.change_email, person, f"{person}{number}@new.example")

    @precondition(lambda self: self.families.given or self.families.joined)
    @rule(person=who, what=st.sampled_from(("give_up", "give_up", "close")))
    def gives_it_all_up(self, person: str, what: str) -> None:
        if self.do(getattr(self.world, what), person):
            self.families.gives_up(person, list(self.world.children), self.world.now)
            if what == "close":
                self.families.closed.add(person)

    @rule(days=st.sampled_from((1, 10, 29, 120)))
    def days_pass(self, days: int) -> None:
        from_thread.run(self.world.pass_days, days)

    @invariant()
    def only_who_has_access_reads(self) -> None:
        """Every door for every person; behind it everything for one person, in turn."""
        self.steps += 1
        from_thread.run(self.look)

    async def look(self) -> None:
        await self.waiting()
        for person in PEOPLE:
            await self.doors_of(person, self.world.people[person])
        person = PEOPLE[self.steps % len(PEOPLE)]
        actor = await self.world.actor(person)
        if actor is None:
            return
        allowed = await self.doors_of(person, actor)
        await looking.lists(self.world, person, actor, allowed)
        for child in sorted(allowed)[self.steps % 2 : self.steps % 2 + 1] or sorted(allowed)[:1]:
            await looking.of_child(self.world, person, actor, child)
            other = sorted(self.world.has)[self.steps % len(self.world.has)]
            await looking.of_somebody_else(self.world, person, actor, child, other)

    async def waiting(self) -> None:
        for pair in ((person, child) for person in PEOPLE for child in self.world.children):
            waits = await self.world.waits(*pair)
            assert waits or not self.families.must_wait(pair), f"the yes of {pair} is lost"
            assert self.families.may_wait(pair) or not waits, f"{pair} waits and never said yes"

    async def doors_of(self, person: str, actor: Actor) -> set[str]:
        found = {child for child in self.world.children if await looking.has_door(self.world, actor, child)}
        for child in self.world.children:
            assert child not in found or self.families.may_read((person, child)), f"{person} reads {child}"
            assert child in found or not self.families.must_read((person, child)), f"{person} lost {child}"
        return found


async def test_whoever_has_no_access_reads_nothing(db: asyncpg.Connection) -> None:
    await press(WhoReads, db, examples=15, steps=30)
