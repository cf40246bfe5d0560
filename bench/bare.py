"""The peer: a bare handler that answers a page's bytes after one hand-written statement."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar, Response, get

from db.engine import connect, fetch_one

SESSION = "SELECT s.id, a.id AS account FROM session s JOIN account a ON a.id = s.account WHERE s.token_hash = {}"
FOLDER = Path(os.environ.get("BENCH_PAGES", "."))


@get("/{name:str}")
async def bare(name: str) -> Response[bytes]:
    """One statement, then the bytes of the real page, already compressed."""
    await fetch_one(SESSION, b"nobody")
    return Response((FOLDER / name).read_bytes(), media_type="text/html")


@asynccontextmanager
async def _pool(_: Litestar) -> AsyncIterator[None]:
    async with connect(os.environ["DATABASE_URL"]):
        yield


def create() -> Litestar:
    """The bare application."""
    return Litestar([bare], lifespan=[_pool], openapi_config=None)
