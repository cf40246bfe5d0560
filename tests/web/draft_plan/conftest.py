"""What the tests of the draft plan share."""

from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in
from tests.web.draft_plan.scene import DraftScene
from web.settings import Settings


@pytest.fixture
async def scene(app: ASGIApp, client: Client, settings: Settings, clock: Clock) -> DraftScene:
    """Dee is signed in, and the assessment of Priya was agreed."""
    cast = await gather(clock.now)
    made = DraftScene(app, await sign_in(client, cast.dee, clock.now), cast, settings, clock)
    await made.decide_to_assess()
    return made


@pytest.fixture
async def amal(scene: DraftScene) -> AsyncIterator[Client]:
    """Amal's browser."""
    async with scene.signed_in(scene.cast.amal) as browser:
        yield browser
