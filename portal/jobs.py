"""Work for the worker, queued in the transaction that caused it: a rollback takes it back."""

from collections.abc import Sequence
from datetime import timedelta

from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from db.engine import DB


async def enqueue(job: str, payload: str, *, after: timedelta | None = None) -> None:
    """Queue `job` with `payload` (an id as text), to run at once or `after` some time."""
    async with DB.transaction():
        transaction = DB.current_transaction.get()
        assert transaction is not None
        queue = Queries(AsyncpgDriver(transaction.connection))
        await queue.enqueue(job, payload.encode(), execute_after=after)


async def enqueue_many(job: str, payloads: Sequence[str]) -> None:
    """Queue `job` once for each of `payloads`, in one statement."""
    async with DB.transaction():
        transaction = DB.current_transaction.get()
        assert transaction is not None
        queue = Queries(AsyncpgDriver(transaction.connection))
        many: list[bytes | None] = [payload.encode() for payload in payloads]
        await queue.enqueue([job] * len(many), many, [0] * len(many))
