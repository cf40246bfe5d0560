"""Whatever the order of cases given, absences, teams and days: colleagues see their own and their team's children."""

from datetime import timedelta

import asyncpg
import pytest
from anyio import from_thread
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from portal.actor import Actor
from portal.cover.rules import Days
from portal.dates import london_day
from portal.errors import PortalError
from tests.portal.access import looking
from tests.portal.access.ledger import Absence, Team
from tests.portal.access.pressing import Pressing, press
from tests.portal.access.world import NEW, PEOPLE, STAFF

pytestmark = pytest.mark.anyio

whom = st.sampled_from(("priya", "omar", NEW))
colleague, other_colleague = st.sampled_from(STAFF[:3]), st.sampled_from(STAFF[:3])
cover = st.sampled_from((("dee", "gus"), ("dee", "gus"), ("gus", "dee"), ("gus", "ed"), ("ed", "gus")))
"""Who is away and who covers: mostly colleagues of one team, since others may not."""


class WhoseCases(Pressing):
    """The SEND team's own moves, and what holds after each."""

    def __init__(self) -> None:
        super().__init__()
        home = {"dee": "north", "gus": "north", "ed": "south", "mo": "north"}
        self.team = Team(home, frozenset({"mo"}), {"priya": "north", "omar": "south"}, {"priya": "dee", "omar": "dee"})

    @rule(child=whom, to=st.sampled_from(STAFF))
    def is_given_a_case(self, child: str, to: str) -> None:
        if self.do(self.world.assign, child, to):
            self.team.takes(to, child)

    @rule(child=whom, to=st.sampled_from(("north", "south")))
    def goes_to_a_team(self, child: str, to: str) -> None:
        if self.do(self.world.assign_to_team, child, to):
            self.team.children[child] = to
            self.team.caseworker.pop(child, None)

    @rule(giver=colleague, taker=other_colleague)
    def moves_a_caseload(self, giver: str, taker: str) -> None:
        if self.do(self.world.move, giver, taker):
            for child in [child for child, of in self.team.caseworker.items() if of == giver]:
                self.team.takes(taker, child)

    @rule(one=colleague, to=st.sampled_from(("north", "south")))
    def changes_team(self, one: str, to: str) -> None:
        if self.do(self.world.change_team, one, to) and self.team.team_of[one] != to:
            self.team.team_of[one] = to
            for child in [child for child, of in self.team.caseworker.items() if of == one]:
                self.team.takes(one, child)

    @rule(one=colleague, what=st.sampled_from(("disable", "enable")))
    def is_disabled_or_enabled(self, one: str, what: str) -> None:
        if self.do(getattr(self.world, what), one):
            (self.team.disabled.add if what == "disable" else self.team.disabled.discard)(one)

    @rule(pair=cover, wait=st.integers(0, 3), length=st.integers(0, 20))
    def goes_away(self, pair: tuple[str, str], wait: int, length: int) -> None:
        away, by = pair
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
        absence = list(self.team.absences)[-1]
        if self.do(self.world.come_back, absence):
            del self.team.absences[absence]

    @precondition(lambda self: NEW not in self.world.children)
    @rule(person=st.sampled_from(PEOPLE))
    def somebody_asks_for_an_assessment(self, person: str) -> None:
        if self.do(self.world.ask_for_assessment, person):
            number = from_thread.run(self.world.team_of, NEW)
            self.team.children[NEW] = next(name for name, team in self.world.teams.items() if team == number)

    @rule(days=st.sampled_from((1, 5, 21)))
    def days_pass(self, days: int) -> None:
        from_thread.run(self.world.pass_days, days)

    @invariant()
    def each_sees_their_own(self) -> None:
        """Every door for every colleague; behind it everything for one of them, in turn."""
        self.steps += 1
        from_thread.run(self.look)

    async def look(self) -> None:
        today, person = london_day(self.world.now), PEOPLE[self.steps % len(PEOPLE)]
        for number, name in enumerate(STAFF):
            actor = await self.world.actor(name)
            sees = {child for child in self.world.children if self.team.sees(name, child, today)}
            found = {c for c in self.world.children if actor and await looking.has_door(self.world, actor, c)}
            assert found == sees, f"{name} sees {found} instead of {sees}"
            if actor and (self.steps + number) % len(STAFF) == 0:
                await self.look_behind(actor, person, sees)

    async def look_behind(self, actor: Actor, person: str, sees: set[str]) -> None:
        await looking.team_lists(self.world, actor, person, sees)
        for child in sorted(sees)[:1]:
            await looking.for_team(self.world, actor, person, child)


async def test_each_colleague_sees_their_own_cases(db: asyncpg.Connection) -> None:
    await press(WhoseCases, db, examples=12, steps=25)
