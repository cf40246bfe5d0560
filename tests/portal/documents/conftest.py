"""What the tests of documents share."""

import asyncpg
import pytest

from portal.access.queries import child_of
from portal.files.store import DiskStore
from tests.conftest import Clock
from tests.people import gather
from tests.portal.documents.desk import Desk
from web.settings import Settings


@pytest.fixture
async def desk(db: asyncpg.Connection, settings: Settings, clock: Clock) -> Desk:
    cast = await gather(clock.now)
    child = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    return Desk(cast, child, DiskStore(settings.files), clock)
