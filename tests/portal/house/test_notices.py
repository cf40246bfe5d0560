"""What is owed is sent once, survives a failing mail server, and goes back with its transaction."""

import asyncio
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import asyncpg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from db.engine import DB
from portal import notices
from portal.notices import RETRY_AFTER, Recipient
from portal.post import Email, SmtpPost
from tests.conftest import Clock
from tests.mail import Postbox

pytestmark = pytest.mark.anyio
TO = Recipient("amal@example.com")


async def write(kind: str, about: Mapping[str, Any], to: str) -> Email | None:
    if kind == "overtaken":
        return None
    return Email(
        "Team <team@westmere.example>", to, "Grüße", "text", "<p>html</p>", f"<{about['notice']}@westmere.example>"
    )


class Broken:
    async def send(self, email: Email) -> None:
        raise ConnectionRefusedError


async def test_eight_workers_send_it_once(db: asyncpg.Connection, clock: Clock) -> None:
    post = Postbox()
    notice = await notices.queue("any", TO, {}, now=clock.now)
    await asyncio.gather(*(notices.deliver(notice, write, post, now=clock.now) for _ in range(8)))
    await notices.deliver(notice, write, post, now=clock.now)
    assert len(post.emails) == 1


async def test_a_failing_server_means_later_not_never(db: asyncpg.Connection, clock: Clock) -> None:
    notice = await notices.queue("any", TO, {}, now=clock.now)
    await notices.deliver(notice, write, Broken(), now=clock.now)
    assert await notices.waiting() == [notice]
    assert await db.fetchval("SELECT count(*) FROM pgqueuer WHERE execute_after > now()") == 1
    post = Postbox()
    await notices.deliver(notice, write, post, now=clock.now)
    assert len(post.emails) == 1


async def test_a_text_that_could_not_be_made_is_tried_again_after_a_minute(
    db: asyncpg.Connection, clock: Clock
) -> None:
    async def fails(kind: str, about: Mapping[str, Any], to: str) -> Email | None:
        raise LookupError

    notice, post = await notices.queue("any", TO, {}, now=clock.now), Postbox()
    await notices.deliver(notice, fails, post, now=clock.now)
    wait = await db.fetchval("SELECT execute_after - now() FROM pgqueuer WHERE execute_after > now()")
    assert wait <= RETRY_AFTER[0]
    await notices.deliver(notice, write, post, now=clock.now)
    assert len(post.emails) == 1


async def test_it_is_given_up_after_the_last_retry(db: asyncpg.Connection, clock: Clock) -> None:
    notice = await notices.queue("any", TO, {}, now=clock.now)
    for _ in range(len(RETRY_AFTER) + 1):
        await notices.deliver(notice, write, Broken(), now=clock.now)
    assert await db.fetchval("SELECT result FROM notice") == "given_up"


async def test_an_overtaken_notice_is_dropped(db: asyncpg.Connection, clock: Clock) -> None:
    post = Postbox()
    notice = await notices.queue("overtaken", TO, {}, now=clock.now)
    await notices.deliver(notice, write, post, now=clock.now)
    assert not post.emails
    assert await notices.waiting() == []


async def test_a_rollback_takes_notice_and_job_back(db: asyncpg.Connection, clock: Clock) -> None:
    async def fail() -> None:
        async with DB.transaction():
            await notices.queue("any", TO, {}, now=clock.now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await notices.waiting() == []
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


@contextmanager
def server(handler: Any) -> Iterator[str]:
    """A mail server on this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Controller(handler, hostname="127.0.0.1", port=port)
    running.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        running.stop()


class Refusing:
    """Answers every address with the same line."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("550 5.1.1 No such user", "bounced"),
        ("552 5.2.1 Mailbox disabled", "bounced"),
        ("550 Unknown", "bounced"),
        ("550 5.7.1 Relaying denied", ""),
        ("554 Not today", ""),
        ("450 4.2.1 Try later", ""),
    ],
)
async def test_only_an_address_that_does_not_exist_is_not_tried_again(
    db: asyncpg.Connection, clock: Clock, answer: str, result: str
) -> None:
    notice = await notices.queue("any", TO, {}, now=clock.now)
    with server(Refusing(answer)) as url:
        await notices.deliver(notice, write, SmtpPost(url), now=clock.now)
    assert await db.fetchval("SELECT result FROM notice") == result


async def test_a_real_server_gets_text_and_html(db: asyncpg.Connection, clock: Clock) -> None:
    received: list[Any] = []

    class Keep(MessageHandler):
        def handle_message(self, message: Any) -> None:
            received.append(message)

    with server(Keep()) as url:
        notice = await notices.queue("any", TO, {}, now=clock.now)
        await notices.deliver(notice, write, SmtpPost(url), now=clock.now)
    assert received[0]["To"] == "amal@example.com"
    assert [part.get_content_type() for part in received[0].walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert received[0]["Message-ID"] == f"<{notice}@westmere.example>"
