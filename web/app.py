"""The only place that knows everybody: it puts settings, clock, post, files and handlers together."""

import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.types import ASGIApp, BeforeRequestHookHandler

from db.engine import connect
from portal import keys
from portal.files.store import DiskStore, FileStore
from portal.passwords.hashing import PasswordHasher
from web.access import Access, check_every_route, gate
from web.assets import Assets, static_handler
from web.errors import HANDLERS
from web.handlers import every_handler
from web.logs import configure_logs
from web.opened import note
from web.outer import Outer
from web.respond import Request, environment
from web.settings import Settings, read_settings

WEB = Path(__file__).parent
MAX_BODY = 12 * 1024 * 1024
"""One file of 10 MB with its form around it."""


def utc_now() -> datetime:
    """The clock of production; tests bring their own."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    files: FileStore | None = None,
    own_pool: bool = True,
) -> ASGIApp:
    """The whole portal as an ASGI application. Raises RuntimeError when a route is open by mistake.

    `own_pool=False` is for tests that bring a connected engine.
    """
    keys.install(settings.secret_key)
    assets = Assets(WEB.parent / "static", settings.council)
    state = State(
        {
            "settings": settings,
            "clock": clock,
            "templates": environment(str(WEB), assets.url),
            "hasher": PasswordHasher(),
            "files": files or DiskStore(settings.files),
            "new_key": lambda: secrets.token_urlsafe(16),
        }
    )

    @asynccontextmanager
    async def pool(_: Litestar) -> AsyncIterator[None]:
        async with connect(settings.database_url, pool_size=settings.pool_size):
            yield

    config = AppConfig(
        route_handlers=[*every_handler(), static_handler(assets, access=Access.PUBLIC)],
        before_request=cast(BeforeRequestHookHandler, gate),
        after_response=note,
        exception_handlers=HANDLERS,
        request_class=Request,
        state=state,
        lifespan=[pool] if own_pool else [],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MAX_BODY,
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,
            gzip_compress_level=5,
            minimum_size=800,
            exclude=["^/static/"],
            exclude_opt_key="is_download",
        ),
    )
    app = Litestar.from_config(config)
    check_every_route(app)
    return Outer(app, settings, clock)


def production() -> ASGIApp:
    """What the server starts; everything comes from the environment."""
    configure_logs()
    return create_app(read_settings(os.environ))
