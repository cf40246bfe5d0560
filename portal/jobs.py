"""Work for the worker, queued in the transaction that caused it: a rollback takes it back."""

from collections.abc import Sequence
from datetime import timedelta

from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from db.engine import DB

AFTER_ALL_ELSE = -1
"""The priority of work in bulk: a sign-in code must not wait behind thousands of letters."""


async def enqueue(job: str, payload: str, *, after: timedelta | None = None) -> None:
    """Queue `job` with `payload` (an id as text), to run at once or `after` some time."""
    async with DB.transaction():
        transaction = DB.current_transaction.get()
        assert transaction is not None
        queue = Queries(AsyncpgDriver(transaction.connection))
        await queue.enqueue(job, payload.encode(), execute_after=after)


async def enqueue_many(job: str, payloads: Sequence[str]) -> None:
    """Queue `job` once for each of `payloads`, in one statement. Whatever is queued alone goes first."""
    async with DB.transaction():
        transaction = DB.current_transaction.get()
        assert transaction is not None
        queue = Queries(AsyncpgDriver(transaction.connection))
        many: list[bytes | None] = [payload.encode() for payload in payloads]
        await queue.enqueue([job] * len(many), many, [AFTER_ALL_ELSE] * len(many))
