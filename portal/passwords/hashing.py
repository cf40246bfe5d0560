"""Hashing passwords without holding anybody else up.

argon2id takes a core for some 20 ms and 46 MiB, so it runs in a pool of one thread per core. What
cannot start soon is refused at once: memory stays bounded and a storm of sign-ins ends in a
kind page instead of a dead server. docs/decisions/passwords.md says why.
"""

import asyncio
import os
import secrets
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any, TypeVar

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from portal.errors import Busy, RuleBroken
from portal.passwords import rules

T = TypeVar("T")

_MEMORY_KIB, _PASSES, _LANES = 47104, 1, 1
_SALT_BYTES, _HASH_BYTES = 16, 32
_QUEUED_PER_THREAD = 100


class PasswordHasher:
    """argon2id with OWASP's first choice of parameters (m = 47104 KiB, t = 1, p = 1).

    `threads` hash at the same time (by default one for each core), `queue_limit` more may wait
    (by default 100 for each thread, about two seconds). May be used from any event loop.
    """

    def __init__(self, threads: int | None = None, queue_limit: int | None = None) -> None:
        threads = threads or os.cpu_count() or 1
        waiting = _QUEUED_PER_THREAD * threads if queue_limit is None else queue_limit
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="argon2")
        self._places = BoundedSemaphore(threads + waiting)
        self._argon2 = argon2.PasswordHasher(
            time_cost=_PASSES,
            memory_cost=_MEMORY_KIB,
            parallelism=_LANES,
            hash_len=_HASH_BYTES,
            salt_len=_SALT_BYTES,
        )
        self._nobodys_hash = _nobodys_hash()

    async def hash(self, password: str) -> str:
        """A new salted hash in PHC form. Raises RuleBroken over 256 characters, Busy when too many wait."""
        if rules.is_too_long(password):
            raise RuleBroken("password", rules.NOT_TOO_LONG.message)
        return await self._run(lambda: self._argon2.hash(_bytes(password)))

    async def verify(self, hash: str, password: str) -> bool:
        """Whether `password` made `hash`. Over 256 characters is False at once. Raises Busy.

        The empty hash of an account without a password matches nothing, and takes as long.
        """
        if rules.is_too_long(password):
            return False
        return await self._run(lambda: self._matches(hash, _bytes(password)))

    async def verify_dummy(self, password: str) -> None:
        """Take exactly as long as `verify`, for an address that has no account. Raises Busy."""
        await self.verify(self._nobodys_hash, password)

    def needs_rehash(self, hash: str) -> bool:
        """Whether `hash`, which a password just matched, was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(hash)

    def close(self) -> None:
        """Stop the threads, once what they are doing is done; what waits is dropped."""
        self._pool.shutdown(cancel_futures=True)

    def _matches(self, hash: str, password: bytes) -> bool:
        try:
            return self._argon2.verify(hash, password)
        except InvalidHashError:
            return self._matches(self._nobodys_hash, password)
        except VerificationError:
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            future = self._pool.submit(work)
        except BaseException:
            self._places.release()
            raise
        # Also called when the person went away and the wait was cancelled.
        future.add_done_callback(self._give_up_place)
        return await asyncio.wrap_future(future)

    def _give_up_place(self, _: Future[Any]) -> None:
        self._places.release()


def _bytes(password: str) -> bytes:
    return rules.normalise_password(password).encode("utf-8", "surrogatepass")


def _nobodys_hash() -> str:
    """A well-formed hash that no password makes, so that none has to be computed for it."""
    salt, digest = (b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (_SALT_BYTES, _HASH_BYTES))
    return f"$argon2id$v=19$m={_MEMORY_KIB},t={_PASSES},p={_LANES}${salt}${digest}"
