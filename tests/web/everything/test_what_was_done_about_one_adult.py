"""Who opened a record does not betray the other adult: what the team did about one of them only that one reads."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from portal import audit
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.messages import commands as messages
from portal.messages.queries import conversation_of
from portal.relationships import commands as access
from tests.belongings import give_belongings
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in

pytestmark = pytest.mark.anyio


async def read_by(app: ASGIApp, who: Actor, cast: Cast, clock: Clock) -> list[str]:
    """What the page says was done, newest first."""
    async with Client(app) as browser:
        await sign_in(browser, who, clock.now)
        page = await browser.get(f"/children/{cast.priya.public_id}/opened")
        return [row.text_content().strip() for row in page.all("//tbody/tr/td[last()]")]


async def record_of(cast: Cast, clock: Clock) -> ChildRecord:
    return await child_of(cast.dee, cast.priya.public_id, now=clock.now)


async def ben_and_dee_write(cast: Cast, clock: Clock) -> None:
    record = await record_of(cast, clock)
    of_ben = await child_of(cast.ben, cast.priya.public_id, now=clock.now)
    await messages.start(
        cast.ben, of_ben, message_type="Annual Review", subject="I moved", body="My new address", now=clock.now
    )
    row = await fetch_one("SELECT public_id FROM message")
    assert row
    conversation = await conversation_of(cast.dee, record, row["public_id"], now=clock.now)
    await messages.note_opened(cast.dee, conversation, now=clock.now)
    await messages.reply(cast.dee, conversation, body="Thank you", now=clock.now)


async def test_a_letter_that_the_team_reads_and_answers_is_seen_by_its_writer_only(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    await ben_and_dee_write(cast, clock)
    assert await read_by(app, cast.ben, cast, clock) == ["Sent you a message", "Read your message", "Sent a message"]
    assert await read_by(app, cast.amal, cast, clock) == []


async def test_that_somebodys_access_ended_is_not_told_to_the_other(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    row = await fetch_one("SELECT public_id FROM relationship WHERE account = {}", cast.ben.account)
    assert row
    record = await record_of(cast, clock)
    await access.withdraw(cast.dee, record, row["public_id"], "A court order", now=clock.now)
    assert await read_by(app, cast.amal, cast, clock) == []
    await give_access(cast.ben, cast.priya, clock.now)
    assert await read_by(app, cast.ben, cast, clock) == ["Ended your access"]


async def test_a_document_or_a_form_of_one_parent_is_not_told_to_the_other(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    has = await give_belongings(cast.ben, cast.priya.id, cast.dee, clock.now)
    for event, subject in (
        ("staff:document:published", has.document),
        ("staff:form:read", has.action),
        ("files:file:opened", has.file),
        ("files:file:opened", has.form_file),
    ):
        await audit.record(event, now=clock.now, actor=cast.dee, child=cast.priya.id, subject=subject)
    told = ["Opened a file", "Opened a file", "Read your form", "Gave you a document"]
    assert await read_by(app, cast.ben, cast, clock) == told
    assert await read_by(app, cast.amal, cast, clock) == []


async def test_what_follows_from_the_draft_of_one_adult_is_not_told_as_a_decision(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    for kind in ("comments_extended", "draft_served", "decided_to_assess"):
        about = {"kind": kind, "on": clock.now.date()}
        await audit.record("staff:decision:recorded", now=clock.now, actor=cast.dee, child=cast.priya.id, detail=about)
    assert await read_by(app, cast.amal, cast, clock) == ["Recorded a decision"]


async def test_a_file_that_the_team_takes_along_is_told_to_everybody(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        for name in ("timeline", "people", "messages", "documents", "advice"):
            assert (await staff.get(f"/staff/children/{cast.priya.public_id}/{name}.csv")).status == 200
    told = await read_by(app, cast.amal, cast, clock)
    assert len([one for one in told if one.startswith("Downloaded")]) == 5


async def test_a_professional_is_not_told_who_opened_the_record(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    ann = await person("Ann Lee", clock.now)
    await give_access(ann, cast.priya, clock.now, "professional")
    async with Client(app) as browser:
        await sign_in(browser, ann, clock.now)
        assert (await browser.get(f"/children/{cast.priya.public_id}/opened")).status == 404
