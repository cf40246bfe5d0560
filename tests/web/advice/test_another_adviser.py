"""A parent asks for another adviser (reg 6(1)(h)); the caseworker answers, and the parent sees it."""

from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.advice.commands import ENDED, TOO_MANY
from portal.advice.rules import WISHES_A_DAY
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, sign_in
from tests.web.advice.scene import assessing, family_list, staff_list
from web.settings import Settings

pytestmark = pytest.mark.anyio

WHY = "She has treated Priya since she was two."


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    return await assessing(client, clock)


@pytest.fixture
async def amal(app: ASGIApp, cast: Cast, clock: Clock) -> AsyncIterator[Client]:
    async with await sign_in(Client(app), cast.amal, clock.now) as browser:
        yield browser


async def wish(amal: Client, cast: Cast) -> Page:
    page = await amal.get((await amal.get(family_list(cast))).link("Ask for another adviser"))
    return await amal.press(page, "Send to the SEND team", name="Ms Diaz", organisation="Clinic", why=WHY)


async def test_the_caseworker_is_told_and_asks_them(
    client: Client, amal: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    page = await wish(amal, cast)
    assert "Waiting for an answer" in page.main
    (mail,) = await deliver_all(settings, clock)
    assert (mail.to, mail.subject) == ("dee@example.com", "A family asks for another adviser: case PRI42")
    assert "Diaz" not in mail.text

    page = await client.get((await client.get(staff_list(cast))).link("Ms Diaz"))
    assert WHY in page.main
    page = await client.press(page, "Send the answer", answer="asked", name="Ms Diaz", organisation="Clinic")
    assert "42 days left" in page.main
    mails = await deliver_all(settings, clock)
    assert "Our answer about an adviser: case PRI42" in [one.subject for one in mails if one.to == "amal@example.com"]
    page = await amal.get(family_list(cast))
    assert "We have asked them." in page.main
    assert "Somebody you asked for" in page.main


async def test_a_no_has_a_reason_that_the_parent_reads(client: Client, amal: Client, cast: Cast) -> None:
    await wish(amal, cast)
    page = await client.get((await client.get(staff_list(cast))).link("Ms Diaz"))
    refused = await client.press(page, "Send the answer", answer="not_asked")
    assert refused.problems == ["Enter why not. The family reads it"]
    await client.press(page, "Send the answer", answer="not_asked", reason="Her report of May is enough.")
    page = await amal.get(family_list(cast))
    assert "We will not ask them." in page.main
    assert "Her report of May is enough." in page.main
    assert not await fetch("SELECT id FROM adviser")


async def test_an_answer_is_given_once(client: Client, amal: Client, cast: Cast) -> None:
    await wish(amal, cast)
    page = await client.get((await client.get(staff_list(cast))).link("Ms Diaz"))
    await client.press(page, "Send the answer", answer="not_asked", reason="No.")
    late = await client.press(page, "Send the answer", answer="asked", name="Ms Diaz", once="another")
    assert "has been answered since" in late.main
    assert not await fetch("SELECT id FROM adviser")
    answered = await client.get(page.url)
    assert not answered.all("//main//form")


async def test_the_other_parent_does_not_see_it(amal: Client, app: ASGIApp, cast: Cast, clock: Clock) -> None:
    await wish(amal, cast)
    async with await sign_in(Client(app), cast.ben, clock.now) as ben:
        assert "Diaz" not in (await ben.get(family_list(cast))).text
    async with await sign_in(Client(app), cast.carol, clock.now) as carol:
        assert (await carol.get(family_list(cast))).status == 404


async def test_what_a_parent_wrote_stays_with_the_team_when_the_adviser_is_asked(
    client: Client, amal: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    typed = {"name": "Mia Roe, my counsellor", "organisation": "Harbour Refuge, 07700 900123", "why": WHY}
    await amal.press(await amal.get(f"{family_list(cast)}/new"), "Send to the SEND team", **typed)
    page = await client.get((await client.get(staff_list(cast))).link("Mia Roe, my counsellor"))
    assert page.field("name") == page.field("organisation") == ""
    page = await client.press(page, "Send the answer", answer="asked")
    assert page.problems == ["Enter the name for the list. Everybody with access reads it"]
    await client.press(page, "Send the answer", answer="asked", name="A counsellor")
    async with await sign_in(Client(app), cast.ben, clock.now) as ben:
        page = await ben.get(family_list(cast))
    assert "Somebody else who knows the child" in page.main
    assert "A counsellor" in page.main
    assert all(word not in page.text for word in ("you asked for", "Mia Roe", "Harbour", "07700"))
    assert "Somebody you asked for" in (await amal.get(family_list(cast))).main


async def test_a_professional_cannot_wish_as_if_they_were_the_family(amal: Client, cast: Cast) -> None:
    form = await amal.get(f"{family_list(cast)}/new")
    await fetch("UPDATE relationship SET basis = 'professional' WHERE account = {}", cast.amal.account)
    assert "advice/new" not in (await amal.get(f"/children/{cast.priya.public_id}")).text
    assert (await amal.press(form, "Send to the SEND team", name="Ms Diaz", why=WHY)).status == 404
    assert not await fetch("SELECT id FROM adviser_wish")


async def test_what_is_missing_is_said(amal: Client, cast: Cast) -> None:
    page = await amal.press(await amal.get(f"{family_list(cast)}/new"), "Send to the SEND team")
    assert page.problems == ["Enter who we should ask", "Write how they know the child. A few words are enough"]


async def test_after_the_assessment_nobody_else_can_be_asked(amal: Client, cast: Cast) -> None:
    form = await amal.get(f"{family_list(cast)}/new")
    await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
    page = await amal.get(family_list(cast))
    assert "Ask for another adviser" not in page.main
    assert (await amal.get(f"{family_list(cast)}/new")).status == 422
    assert (await amal.press(form, "Send to the SEND team", name="Ms Diaz", why=WHY)).status == 422


async def test_a_wish_can_be_answered_only_while_somebody_can_be_asked(
    client: Client, amal: Client, cast: Cast
) -> None:
    await wish(amal, cast)
    await fetch("DELETE FROM case_decision")
    page = await client.get((await client.get(staff_list(cast))).link("Ms Diaz"))
    page = await client.press(page, "Send the answer", answer="asked", name="Ms Diaz")
    assert page.problems == ["First record this decision: We will carry out an EHC needs assessment"]


async def test_a_wish_that_comes_too_late_keeps_what_was_written(amal: Client, cast: Cast) -> None:
    page = await amal.get((await amal.get(family_list(cast))).link("Ask for another adviser"))
    await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
    page = await amal.press(page, "Send to the SEND team", name="Ms Diaz", organisation="Clinic", why=WHY)
    assert page.status == 422
    assert page.problems == [ENDED]
    assert (page.field("name"), page.field("why")) == ("Ms Diaz", WHY)


async def test_so_does_one_wish_too_many_in_a_day(amal: Client, cast: Cast) -> None:
    for _ in range(WISHES_A_DAY.tries):
        await wish(amal, cast)
    page = await wish(amal, cast)
    assert page.problems == [TOO_MANY]
    assert page.field("why") == WHY
