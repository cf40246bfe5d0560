"""Before a child is placed the page says who will see the record, and afterwards the family is told."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, gather, give_access, person, sign_in
from tests.web.organisations.test_working_at_a_school import (
    asked,
    professional,
    sam_works_there,
    sams_access_is_withdrawn,
    says_yes,
    school,
    sees,
)
from web.settings import Settings

pytestmark = pytest.mark.anyio

END = "End for Lakeside Primary School"


async def looks(client: Client, cast: Cast, clock: Clock) -> Page:
    """Dee has ended the link of Priya to the school, and looks before she makes it again."""
    await sign_in(client, cast.dee, clock.now)
    url = f"/staff/children/{cast.priya.public_id}/organisations"
    page = await client.get(url)
    if END in page.main:
        page = await client.press(page, END)
    choice = page.all("//select[@id='organisation']/option[@value!='']")[0].get("value")
    return await client.press(page, "Continue", organisation=choice)


async def test_the_look_names_the_child_the_place_and_everybody_who_will_see_her(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    sam, nia = await professional("Sam Hill", clock), await professional("Nia Reed", clock)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    await asked(client, cast, clock, address, nia)
    page = await looks(client, cast, clock)
    assert page.heading == "Check who will see Priya Khan"
    for words in ("2 April 2018", "PRI42", "Lakeside Primary School. School", "1 person will see the record"):
        assert words in page.main
    assert "Sam Hill, sam@example.com" in page.main
    assert "1 person is asked to join" in page.main
    assert "who else can see the record" in page.main
    assert not await sees(app, sam, cast, clock)
    await client.press(page, "Give access")
    assert await sees(app, sam, cast, clock)
    assert not await sees(app, nia, cast, clock)


async def test_going_back_keeps_the_organisation_that_was_chosen(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await school(client, cast, clock)
    page = await looks(client, cast, clock)
    back = await client.get(page.link("Back"))
    assert back.one("//select[@id='organisation']/option[@selected]").text == "Lakeside Primary School"


async def test_when_somebody_joins_in_between_the_page_is_shown_once_more(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    page = await looks(client, cast, clock)
    async with Client(app) as other:
        await asked(other, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    again = await client.press(page, "Give access")
    assert "Somebody has joined or left" in again.main
    assert not await sees(app, sam, cast, clock)
    await client.press(again, "Give access")
    assert await sees(app, sam, cast, clock)


async def test_access_that_was_ended_by_hand_is_pointed_out(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sam_works_there(app, client, cast, clock)
    await sams_access_is_withdrawn(client, cast, clock)
    clock.pass_time(days=1)
    assert "Their access to this record was ended on 9 March 2026" in (await looks(client, cast, clock)).main


async def test_the_family_is_told_without_a_name_and_the_school_is_not(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast = await gather(clock.now)
    priya, ann = await person("Priya Khan", clock.now), await person("Ann Lee", clock.now)
    await give_access(priya, cast.priya, clock.now, "young_person")
    await give_access(ann, cast.priya, clock.now, "professional")
    await school(client, cast, clock)
    emails = {email.to: email for email in await deliver_all(settings, clock)}
    assert emails.keys() == {"amal@example.com", "ben@example.com", "priya@example.com"}
    record = f"/children/{cast.priya.public_id}"
    assert links_in(emails["amal@example.com"]) == [record]
    assert links_in(emails["priya@example.com"]) == [f"{record}/who-sees"]
    for email in emails.values():
        for part in (email.subject, email.text, email.html):
            assert "PRI42" in part or part == email.html
            assert not any(name in part for name in ("Lakeside", "Priya", "Amal", "Ben", "Dee"))


async def test_the_family_is_told_when_the_link_ends(client: Client, clock: Clock, settings: Settings) -> None:
    cast = await gather(clock.now)
    await school(client, cast, clock)
    await deliver_all(settings, clock)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    await client.press(page, END)
    emails = await deliver_all(settings, clock)
    assert {email.to for email in emails} == {"amal@example.com", "ben@example.com"}
    assert emails[0].subject == "An organisation no longer works with case PRI42"


async def test_pressing_twice_tells_the_family_once(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await school(client, cast, clock)
    page = await looks(client, cast, clock)
    await fetch("DELETE FROM notice")
    for _ in range(2):
        await client.press(page, "Give access")
    assert len(await fetch("SELECT id FROM notice WHERE kind = 'organisation_added'")) == 2, "Amal and Ben"
