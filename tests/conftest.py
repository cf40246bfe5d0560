"""What every test may ask for: a database, a clock that stands still, the application, a client."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from shutil import rmtree

import asyncpg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from litestar.types import ASGIApp

from db.engine import connect
from portal import keys
from portal.cases import stage_texts
from tests.client import Client
from tests.database import empty, test_database, worker_name
from tests.people import Cast, gather
from web.app import create_app
from web.settings import Settings, read_settings

hypothesis_settings.register_profile(
    "portal",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis_settings.load_profile("portal")

SECRET = "a secret for tests that nobody else uses"


@dataclass
class Clock:
    """A clock that only moves when a test moves it."""

    now: datetime = field(default=datetime(2026, 3, 9, 10, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **amount: float) -> None:
        """Move on, by what `timedelta` takes: `minutes=10`."""
        self.now += timedelta(**amount)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def database() -> Iterator[tuple[str, str]]:
    with test_database(worker_name()) as addresses:
        yield addresses


@pytest.fixture(scope="session")
async def pool(database: tuple[str, str], anyio_backend: str) -> AsyncIterator[asyncpg.Connection]:
    """The engine is connected; what is given is a connection of the tables' owner."""
    service, owner = database
    keys.install(SECRET)
    async with connect(service, pool_size=20):
        connection = await asyncpg.connect(owner)
        yield connection
        await connection.close()


@pytest.fixture
async def db(pool: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """An empty database, emptied again afterwards."""
    stage_texts.forget()
    yield pool
    await empty(pool)


@pytest.fixture
async def cast(db: asyncpg.Connection, clock: Clock) -> Cast:
    """The people of `tests/people.py`, with their children."""
    return await gather(clock.now)


@pytest.fixture(scope="session")
def one_clock() -> Clock:
    return Clock()


@pytest.fixture
def clock(one_clock: Clock) -> Clock:
    """The application's clock, put back to where every test begins."""
    one_clock.now = Clock().now
    return one_clock


@pytest.fixture(scope="session")
def one_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings(
        {
            "PORTAL_DEMO": "1",
            "PORTAL_VAR": str(tmp_path_factory.mktemp("var")),
            "SECRET_KEY": SECRET,
            "PORTAL_BASE_URL": "http://portal.test",
        }
    )


@pytest.fixture
def settings(one_settings: Settings) -> Settings:
    """The application's settings, with no file kept yet."""
    rmtree(one_settings.files, ignore_errors=True)
    return one_settings


@pytest.fixture(scope="session")
def one_app(one_settings: Settings, one_clock: Clock) -> ASGIApp:
    """Made once, because reading every route and template takes far longer than a test."""
    return create_app(one_settings, clock=one_clock, own_pool=False)


@pytest.fixture
def app(one_app: ASGIApp, db: asyncpg.Connection, settings: Settings, clock: Clock) -> ASGIApp:
    """The application with nothing in it, as every test begins."""
    return one_app


@pytest.fixture
async def client(app: ASGIApp, clock: Clock) -> AsyncIterator[Client]:
    """A browser without JavaScript that checks every page it is given."""
    async with Client(app) as browser:
        yield browser
