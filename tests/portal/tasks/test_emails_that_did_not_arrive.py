"""An email that did not arrive is a task until the person is known to be reached, or somebody has dealt with it."""

from collections.abc import Awaitable, Callable

import pytest

from db.engine import fetch
from db.tables import LetterRecipient, Notice
from portal import audit
from tests.conftest import Clock
from tests.people import Cast
from tests.portal.tasks.test_opening_and_closing import invited, opened, served

pytestmark = pytest.mark.anyio


async def mailed(cast: Cast, clock: Clock, result: str) -> None:
    about = f'{{"child": "{cast.priya.public_id}", "reference": "PRI42"}}'
    await Notice(kind="new_message", account=cast.amal.account, email=cast.amal.email, about=about,
                 queued_at=clock.now, sent_at=clock.now, result=result).save()  # fmt: skip


async def sign_in(cast: Cast, clock: Clock) -> None:
    await audit.record("sign_in:session:opened", now=clock.now, actor=cast.amal)


async def open_a_document(cast: Cast, clock: Clock) -> None:
    await served(cast, clock.now)
    await fetch("UPDATE document_recipient SET first_opened_at = {}", clock.now)


async def open_a_letter(cast: Cast, clock: Clock) -> None:
    await LetterRecipient(
        child=cast.priya.id, letter="some", account=cast.amal.account, served_at=clock.now, first_opened_at=clock.now
    ).save()


async def change_the_address(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE account SET email = 'new@example.com' WHERE id = {}", cast.amal.account)


@pytest.mark.parametrize("result", ["bounced", "given_up"])
@pytest.mark.parametrize("happens", [sign_in, open_a_document, open_a_letter, change_the_address])
async def test_it_goes_when_they_are_in_the_portal_again_or_have_a_new_address(
    cast: Cast, clock: Clock, result: str, happens: Callable[[Cast, Clock], Awaitable[None]]
) -> None:
    await mailed(cast, clock, result)
    assert await opened(clock) == ["bounced"]
    clock.pass_time(hours=1)
    await happens(cast, clock)
    assert await opened(clock) == []


async def test_that_the_mail_server_took_a_later_email_closes_nothing(cast: Cast, clock: Clock) -> None:
    await mailed(cast, clock, "bounced")
    assert await opened(clock) == ["bounced"]
    clock.pass_time(hours=1)
    await mailed(cast, clock, "sent")
    assert await opened(clock) == ["bounced"]


async def test_what_they_did_before_it_came_back_is_no_sign(cast: Cast, clock: Clock) -> None:
    await mailed(cast, clock, "sent")
    clock.pass_time(hours=1)
    await sign_in(cast, clock)
    clock.pass_time(hours=1)
    await fetch("UPDATE notice SET result = 'bounced', came_back_at = {}", clock.now)
    assert await opened(clock) == ["bounced"]


async def test_somebody_s_word_settles_it_until_a_later_email_comes_back_too(cast: Cast, clock: Clock) -> None:
    await mailed(cast, clock, "bounced")
    await opened(clock)
    clock.pass_time(hours=1)
    await fetch("UPDATE task SET done_at = {}, done_by = {}, done_how = 'Phoned'", clock.now, cast.dee.account)
    assert await opened(clock) == []
    clock.pass_time(hours=1)
    await mailed(cast, clock, "bounced")
    assert await opened(clock) == ["bounced"]
    assert [row["done_how"] for row in await fetch("SELECT done_how FROM task ORDER BY id")] == ["Phoned", ""]


async def test_an_invitation_that_did_not_arrive_until_it_is_cancelled(cast: Cast, clock: Clock) -> None:
    made = await invited(cast, clock)
    about = f'{{"invitation": "{made.public_id}", "version": 1}}'
    await Notice(kind="unique_code", email=made.email, about=about, queued_at=clock.now, result="given_up").save()
    assert await opened(clock) == ["bounced"]
    await fetch("UPDATE task SET done_at = {}", clock.now)
    assert await opened(clock) == []
    clock.pass_time(hours=1)
    await Notice(kind="unique_code", email=made.email, about=about, queued_at=clock.now, result="bounced").save()
    assert await opened(clock) == ["bounced"], "it came back once more"
    await fetch("UPDATE invitation SET state = 'withdrawn'")
    assert await opened(clock) == []
