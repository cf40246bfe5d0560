"""Whatever the order of grants, ends, moves and days: who has no access reads nothing, who has reads their own.

Hypothesis presses the real commands in any order. `world.py` presses them, `ledger.py` says who may read,
`looking.py` asks every query of the service (`asking.py`) in somebody's name.
"""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import anyio
import asyncpg
import pytest
from anyio import from_thread
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from portal.access.rules import BASES, GOES_ON_AS
from portal.actor import Actor
from portal.cover.rules import Days, london_day
from portal.errors import PortalError
from tests.database import empty
from tests.portal.access import looking
from tests.portal.access.ledger import LINK, Absence, Families, Team
from tests.portal.access.world import NEW, PEOPLE, SCHOOLS, STAFF, World

pytestmark = pytest.mark.anyio

EXAMPLES, STEPS = 8, 25
OWNER: list[asyncpg.Connection] = []
"""The connection that empties the database between runs."""

who, school = st.sampled_from(PEOPLE), st.sampled_from(SCHOOLS)
whom = st.sampled_from(("priya", "priya", "omar", NEW))
"""One child more often than the others, so that the same pair is met again."""
colleague, other_colleague = st.sampled_from(STAFF[:3]), st.sampled_from(STAFF[:3])


class Pressing(RuleBasedStateMachine):
    """What both parts need: a world, its ledgers, and a way to press."""

    def __init__(self) -> None:
        super().__init__()
        self.world, self.steps = World(), 0
        from_thread.run(empty, OWNER[0])
        from_thread.run(self.world.begin)
        self.families = Families()
        home = {"dee": "north", "gus": "north", "ed": "south", "mo": "north"}
        self.team = Team(home, frozenset({"mo"}), {"priya": "north", "omar": "south"}, {"priya": "dee", "omar": "ed"})

    def do(self, act: Callable[..., Coroutine[Any, Any, Any]], *about: Any) -> bool:
        """Press it a minute later than the last; whether it was allowed. Nothing is about a child not yet there."""
        self.world.now += timedelta(minutes=1)
        if NEW in about and NEW not in self.world.children:
            return False
        try:
            from_thread.run(act, *about)
        except PortalError:
            return False
        return True

    def address(self, person: str) -> str:
        return self.world.people[person].email


class FamiliesCome(Pressing):
    """Invitations, access, workplaces and accounts."""

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
        if done and may:
            self.families.says_yes(pair) if what == "accept" else self.families.open.pop(pair)

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

    @rule(person=who, child=whom, basis=st.sampled_from(sorted(GOES_ON_AS)))
    def goes_on_from_another_ground(self, person: str, child: str, basis: str) -> None:
        if self.do(self.world.rebase, person, child, basis):
            assert (person, child) in self.families.given, "a ground was changed where there was none"

    @rule(person=who, at=school)
    def joins(self, person: str, at: str) -> None:
        if self.do(self.world.join, person, at):
            self.families.joined[person, at] = self.world.now

    @precondition(lambda self: self.families.joined)
    @rule(person=who, at=school)
    def leaves(self, person: str, at: str) -> None:
        if self.do(self.world.leave, person, at):
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
            self.families.says_yes((person, NEW))
            team, _ = from_thread.run(self.world.team_of, NEW)
            self.team.children[NEW] = next(name for name, number in self.world.teams.items() if number == team)

    @rule(person=who, number=st.integers(1, 9))
    def changes_their_address(self, person: str, number: int) -> None:
        self.do(self.world.change_email, person, f"{person}{number}@new.example")

    @precondition(lambda self: self.families.given or self.families.joined)
    @rule(person=who, what=st.sampled_from(("give_up", "give_up", "close")))
    def gives_it_all_up(self, person: str, what: str) -> None:
        if self.do(getattr(self.world, what), person):
            self.families.gives_up(person, list(self.world.children), self.world.now)

    @rule(days=st.sampled_from((1, 10, 29, 120)))
    def days_pass(self, days: int) -> None:
        from_thread.run(self.world.pass_days, days)


class WhoReads(FamiliesCome):
    """The SEND team's own moves, and what holds after every step."""

    @rule(child=whom, to=st.sampled_from(STAFF))
    def is_given_a_case(self, child: str, to: str) -> None:
        if self.do(self.world.assign, child, to):
            self.team.caseworker[child] = to

    @rule(giver=colleague, taker=other_colleague)
    def moves_a_caseload(self, giver: str, taker: str) -> None:
        if self.do(self.world.move, giver, taker):
            self.team.caseworker = {c: taker if w == giver else w for c, w in self.team.caseworker.items()}

    @rule(one=colleague, to=st.sampled_from(("north", "south")))
    def changes_team(self, one: str, to: str) -> None:
        if self.do(self.world.change_team, one, to):
            self.team.team_of[one] = to

    @rule(one=colleague, what=st.sampled_from(("disable", "enable")))
    def is_disabled_or_enabled(self, one: str, what: str) -> None:
        if self.do(getattr(self.world, what), one):
            (self.team.disabled.add if what == "disable" else self.team.disabled.discard)(one)

    @rule(away=colleague, by=other_colleague, wait=st.integers(0, 3), length=st.integers(0, 20))
    def goes_away(self, away: str, by: str, wait: int, length: int) -> None:
        first = london_day(self.world.now) + timedelta(days=wait)
        days = Days(first, first + timedelta(days=length))
        self.world.now += timedelta(minutes=1)
        try:
            absence = from_thread.run(self.world.go_away, away, by, days)
        except PortalError:
            return
        self.team.absences[absence] = Absence(away, by, days.first, days.last)

    @precondition(lambda self: self.team.absences)
    @rule()
    def comes_back(self) -> None:
        absence = min(self.team.absences)
        if self.do(self.world.come_back, absence):
            del self.team.absences[absence]

    @invariant()
    def only_who_has_access_reads(self) -> None:
        """Every door for every person; behind it everything for one person and one colleague, in turn."""
        self.steps += 1
        from_thread.run(self.look_at_families)
        from_thread.run(self.look_at_team)

    async def look_at_families(self) -> None:
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

    async def doors_of(self, person: str, actor: Actor) -> set[str]:
        found = {child for child in self.world.children if await looking.has_door(self.world, actor, child)}
        for child in self.world.children:
            assert child not in found or self.families.may_read((person, child)), f"{person} reads {child}"
            assert child in found or not self.families.must_read((person, child)), f"{person} lost {child}"
        return found

    async def look_at_team(self) -> None:
        name, person = STAFF[self.steps % len(STAFF)], PEOPLE[self.steps % len(PEOPLE)]
        actor, today = await self.world.actor(name), london_day(self.world.now)
        sees = {child for child in self.world.children if self.team.sees(name, child, today)}
        found = {c for c in self.world.children if actor and await looking.has_door(self.world, actor, c)}
        assert found == sees, f"{name} sees {found} instead of {sees}"
        if actor:
            await looking.team_lists(self.world, actor, person, sees)
            for child in sorted(sees)[:1]:
                await looking.for_team(self.world, actor, person, child)


async def test_whoever_has_no_access_reads_nothing(db: asyncpg.Connection) -> None:
    OWNER[:] = [db]
    few = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
    await anyio.to_thread.run_sync(lambda: run_state_machine_as_test(WhoReads, settings=few))
