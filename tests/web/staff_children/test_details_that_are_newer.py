"""Nobody writes over a correction that they have not seen: the page shows both, and nothing is written."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Account, Child
from portal.accounts.own import change_details
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio
CORRECT = "Correct the details"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def childs_form(client: Client, cast: Cast) -> Page:
    return await client.get(f"/staff/children/{cast.priya.public_id}/details")


async def bens_form(client: Client, cast: Cast) -> Page:
    record = await client.get(f"/staff/children/{cast.priya.public_id}")
    return await client.get(record.link("Correct details of Ben Khan"))


async def name_of(cast: Cast) -> str:
    child = await Child.objects().get(Child.id == cast.priya.id)
    assert child
    return str(child.forename)


async def test_a_newer_correction_of_the_child_is_shown_and_stays(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    old = await childs_form(client, cast)
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        await mo.press(await childs_form(mo, cast), CORRECT, forename="Prya", reason="The birth certificate")
    page = await client.press(old, CORRECT, forename="Pria", reason="The school said so")
    assert page.status == 422
    assert page.problems == ["Mo Bell changed these details on 9 March 2026 at 10:00am. Look at both, then decide"]
    assert "Forename Prya Pria" in page.main
    assert page.field("forename") == "Pria"
    assert page.field("reason") == "The school said so"
    assert await name_of(cast) == "Prya"
    assert len(await fetch("SELECT id FROM notice WHERE kind = 'record_corrected'")) == 2, "Amal and Ben, once"


async def test_whoever_has_seen_both_may_still_correct_it(client: Client, cast: Cast) -> None:
    old = await childs_form(client, cast)
    await client.press(old, CORRECT, forename="Prya", reason="The birth certificate")
    both = await client.press(old, CORRECT, forename="Pria", reason="The passport", once="another press")
    await client.press(both, CORRECT)
    assert await name_of(cast) == "Pria"


async def test_a_mistake_in_the_form_does_not_forget_what_was_seen(client: Client, cast: Cast) -> None:
    old = await childs_form(client, cast)
    await client.press(await childs_form(client, cast), CORRECT, forename="Prya", reason="The birth certificate")
    mistaken = await client.press(old, CORRECT, forename="Pria", reason="")
    assert mistaken.problems == ["Enter the reason"]
    page = await client.press(mistaken, CORRECT, reason="The passport")
    assert "Dee Shaw changed these details" in page.problems[0]
    assert await name_of(cast) == "Prya"


async def test_a_press_that_comes_twice_is_no_newer_correction(client: Client, cast: Cast) -> None:
    form = await childs_form(client, cast)
    for _ in range(2):
        page = await client.press(form, CORRECT, forename="Prya", reason="The birth certificate")
        assert page.heading == "Prya Khan"


async def test_what_an_adult_changed_themself_is_not_written_over(client: Client, cast: Cast, clock: Clock) -> None:
    old = await bens_form(client, cast)
    clock.pass_time(minutes=10)
    await change_details(cast.ben, {"surname": "Khan-Lee"}, now=clock.now)
    page = await client.press(old, CORRECT, surname="Kahn", reason="Their passport")
    assert "Ben Khan-Lee changed these details on 9 March 2026 at 10:10am" in page.problems[0]
    account = await Account.objects().get(Account.id == cast.ben.account)
    assert account
    assert account.surname == "Khan-Lee"


async def test_a_new_telephone_number_is_no_newer_name(client: Client, cast: Cast, clock: Clock) -> None:
    old = await bens_form(client, cast)
    await change_details(cast.ben, {"telephone": "01632 960 001"}, now=clock.now)
    page = await client.press(old, CORRECT, surname="Kahn", reason="Their passport")
    assert "Ben Kahn" in page.main
    await change_details(cast.ben, {"telephone": "01632 960 002"}, now=clock.now)
    page = await client.press(old, CORRECT, surname="Cahn", reason="Their passport", once="another press")
    assert page.problems[0].startswith("Dee Shaw changed"), "not Ben, who changed something else since"
