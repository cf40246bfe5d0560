"""What the state machines about who reads what share."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import anyio
import asyncpg
from anyio import from_thread
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from portal.errors import PortalError
from tests.database import empty
from tests.portal.access.world import NEW, World

OWNER: list[asyncpg.Connection] = []
"""The connection that empties the database between runs."""


class Pressing(RuleBasedStateMachine):
    """A world in which buttons are pressed, a minute apart. What is looked at grows with `steps`."""

    def __init__(self) -> None:
        super().__init__()
        self.world, self.steps = World(), 0
        from_thread.run(empty, OWNER[0])
        from_thread.run(self.world.begin)

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


async def press(machine: type[Pressing], db: asyncpg.Connection, *, examples: int, steps: int) -> None:
    """Press its buttons in `examples` orders of at most `steps`."""
    OWNER[:] = [db]
    few = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    await anyio.to_thread.run_sync(lambda: run_state_machine_as_test(machine, settings=few))
