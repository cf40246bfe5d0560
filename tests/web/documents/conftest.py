"""What the tests of documents share."""

import pytest
from litestar.types import ASGIApp

from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in
from tests.web.documents.scene import Scene
from web.settings import Settings


@pytest.fixture
async def scene(app: ASGIApp, client: Client, settings: Settings, clock: Clock) -> Scene:
    cast = await gather(clock.now)
    return Scene(app, await sign_in(client, cast.dee, clock.now), cast, settings, clock)
