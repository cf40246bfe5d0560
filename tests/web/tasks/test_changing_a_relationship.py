"""A parent's access goes on because the young person agreed: the old ground ends, the new one begins."""

from datetime import date

import pytest

from db.engine import fetch
from portal.tasks.opening import open_and_close
from tests import people
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await fetch("UPDATE child SET date_of_birth = {} WHERE forename = 'Priya'", date(2008, 10, 2))
    await sign_in(client, cast.dee, clock.now)
    return cast


async def asked_about(client: Client, cast: Cast, name: str) -> Page:
    page = await client.get(f"/staff/children/{cast.priya.public_id}")
    return await client.get(page.link(f"Change relationship of {name}"))


async def test_the_old_ground_ends_and_the_new_begins(
    client: Client, cast: Cast, clock: Clock, settings: Settings
) -> None:
    page = await asked_about(client, cast, "Amal Khan")
    assert not page.all("//input[@value='parental_responsibility']")
    page = await client.press(page, "Change relationship", basis="agreed", reason="Priya told me on the phone")
    assert page.url == f"/staff/children/{cast.priya.public_id}"
    assert "Amal Khan keeps access" in page.text
    assert "Asked by the young person" in page.main
    assert "Priya told me on the phone" in page.main
    rows = await fetch("SELECT basis, state, ended_at, activated_at FROM relationship WHERE account = {} ORDER BY id",
                       cast.amal.account)  # fmt: skip
    assert [(row["basis"], row["state"]) for row in rows] == [
        ("parental_responsibility", "ended"), ("agreed", "active"),
    ]  # fmt: skip
    assert rows[0]["ended_at"] == rows[1]["activated_at"] == clock.now
    email = (await deliver_all(settings, clock))[0]
    assert (email.to, email.subject) == ("amal@example.com", "Your access to case PRI42 has changed")
    assert "Priya" not in email.text


async def test_the_parent_goes_on_reading_and_nobody_else_begins(client: Client, cast: Cast, clock: Clock) -> None:
    page = await asked_about(client, cast, "Amal Khan")
    await client.press(page, "Change relationship", basis="representative", reason="She cannot decide, see the notes")
    for who, status in ((cast.amal, 200), (cast.ben, 200), (cast.carol, 404)):
        await sign_in(client, who, clock.now)
        assert (await client.get(f"/children/{cast.priya.public_id}")).status == status


async def test_the_ground_and_the_reason_are_asked_for(client: Client, cast: Cast) -> None:
    page = await client.press(await asked_about(client, cast, "Amal Khan"), "Change relationship")
    assert page.problems == ["Choose their relationship to the child now", "Enter the reason"]


async def test_the_ground_that_is_recorded_already_is_refused(client: Client, cast: Cast) -> None:
    page = await asked_about(client, cast, "Amal Khan")
    page = await client.press(page, "Change relationship", basis="parental_responsibility", reason="The same")
    assert page.problems == ["Choose another relationship than the one that is recorded"]
    assert not await fetch("SELECT id FROM relationship WHERE state = 'ended'")


@pytest.mark.parametrize("basis", ["young_person", "professional"])
async def test_nobody_becomes_the_young_person_or_a_professional(client: Client, cast: Cast, basis: str) -> None:
    page = await asked_about(client, cast, "Amal Khan")
    page = await client.press(page, "Change relationship", basis=basis, reason="Typed by hand")
    assert page.problems == ["Choose their relationship to the child now"]


async def test_another_team_cannot_change_it(client: Client, cast: Cast, clock: Clock) -> None:
    page = await asked_about(client, cast, "Amal Khan")
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(page.url)).status == 404


async def test_the_task_goes_when_the_young_person_has_access_and_the_parents_are_agreed(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await open_and_close(now=clock.now)
    own = await people.person("Priyanka Khan", clock.now)
    await people.give_access(own, cast.priya, clock.now, "young_person")
    for name in ("Amal Khan", "Ben Khan"):
        await open_and_close(now=clock.now)
        assert (await fetch("SELECT gone_at FROM task"))[0]["gone_at"] is None
        page = await asked_about(client, cast, name)
        await client.press(page, "Change relationship", basis="agreed", reason="She agreed")
    await open_and_close(now=clock.now)
    assert (await fetch("SELECT done_how FROM task"))[0]["done_how"] == "by itself"
