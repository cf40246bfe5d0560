"""Pressing a button twice, or a retry by the network, does the thing once."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import keys


async def only_once(key: str, do: Callable[[], Awaitable[str]], *, now: datetime) -> str:
    """Do `do` in a transaction unless a form with this `key` was already taken; give its answer.

    A second press waits for the first to commit and then gets the first's answer. When the
    first fails nothing is remembered, so that it can be tried again. An empty key always does.
    """
    async with DB.transaction():
        if key and not await _claim(keys.digest(key), now):
            return await _answer_of(keys.digest(key))
        result = await do()
        if key:
            await fetch("UPDATE once SET result = {} WHERE key = {}", result, keys.digest(key))
        return result


async def take_back(key: str) -> None:
    """Forget a press, for a `do` that kept something and could not do the rest: it may be pressed again."""
    if key:
        await fetch("DELETE FROM once WHERE key = {}", keys.digest(key))


async def _claim(key: bytes, now: datetime) -> bool:
    claimed = await fetch_one(
        "INSERT INTO once (key, result, at) VALUES ({}, '', {}) ON CONFLICT DO NOTHING RETURNING id", key, now
    )
    return claimed is not None


async def _answer_of(key: bytes) -> str:
    row = await fetch_one("SELECT result FROM once WHERE key = {}", key)
    return str(row["result"]) if row else ""
