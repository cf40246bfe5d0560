"""An assessment is asked for again, or by somebody else: who hears of it, what the team reads, and what stays."""

from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Absence
from portal.ids import public_id
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, gather, give_access, person, sign_in
from tests.web.requests.steps import START, answer, ask_as_parent, fill_as_parent
from web.settings import Settings

pytestmark = pytest.mark.anyio

NEW_REQUEST = "A new request for an assessment: case PRI42"
PRIYAS_BIRTHDAY = {"date_of_birth-day": "2", "date_of_birth-month": "4", "date_of_birth-year": "2018"}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.ben, clock.now)
    return cast


def priya(cast: Cast) -> dict[str, str]:
    return {"which": cast.priya.public_id, "forename": "", "surname": ""}


async def test_while_a_case_runs_the_request_is_added_to_it_and_no_date_moves(
    client: Client, cast: Cast, clock: Clock
) -> None:
    before = await fetch("SELECT id, received_on, stage, next_deadline FROM ehc_case ORDER BY id")
    page = await ask_as_parent(client, **priya(cast))
    assert page.heading == "We have your request"
    assert "We added your request to it. Its dates stay as they are" in page.main
    assert "day 0" not in page.main
    assert await fetch("SELECT id, received_on, stage, next_deadline FROM ehc_case ORDER BY id") == before
    (request,) = await fetch("SELECT c.id FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case"
                             " JOIN child c ON c.id = k.child")  # fmt: skip
    assert request["id"] == cast.priya.id


async def test_the_last_look_says_what_will_happen_with_this_request(client: Client, cast: Cast) -> None:
    weeks, added, access = (
        "The 20 weeks of the law count",
        "A case is open already. We add",
        "Before you can see the record",
    )
    for child, ended, told in (
        (priya(cast), False, [added]),
        (priya(cast), True, [weeks]),
        ({"which": "another"}, True, [weeks, access]),
    ):
        if ended:
            await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
        page = await fill_as_parent(client, **child)
        assert [words for words in (weeks, added, access) if words in page.main] == told


async def test_with_a_plan_it_is_another_assessment_that_is_asked_for(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE ehc_case SET stage = 'in_place' WHERE child = {}", cast.priya.id)
    page = await ask_as_parent(client, **priya(cast))
    assert "Within 15 days we tell you whether we will assess again." in page.main


async def test_the_other_parent_hears_of_it_without_who_asked_and_whoever_works_with_the_child_does_not(
    client: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    await give_access(await person("Ann Lee", clock.now), cast.priya, clock.now, "professional")
    await ask_as_parent(client, **priya(cast))
    mails = {mail.to: mail for mail in await deliver_all(settings, clock)}
    assert set(mails) == {"ben@example.com", "amal@example.com", "dee@example.com"}
    assert mails["amal@example.com"].subject == NEW_REQUEST
    told = mails["amal@example.com"].text + mails["amal@example.com"].html
    assert "Its dates stay as they are" in told
    assert not [word for word in ("Ben", "Priya", "parent", "school") if word in told]
    assert "no date moves" in mails["dee@example.com"].text
    assert "Its dates stay as they are" in mails["ben@example.com"].text


async def test_whoever_covers_for_the_caseworker_hears_of_it(
    client: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    today = clock.now.date()
    away = Absence(public_id=public_id(), account=cast.dee.account, cover=cast.ed.account, recorded_at=clock.now)
    away.from_day, away.to_day = today, today + timedelta(days=5)
    await away.save()
    await ask_as_parent(client, **priya(cast))
    told = {mail.to for mail in await deliver_all(settings, clock) if mail.subject == NEW_REQUEST}
    assert told == {"amal@example.com", "dee@example.com", "ed@example.com"}


async def test_a_new_case_of_a_known_child_is_told_to_the_other_parent_with_its_date(
    client: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
    await ask_as_parent(client, **priya(cast))
    (mail,) = [mail for mail in await deliver_all(settings, clock) if mail.to == "amal@example.com"]
    assert "We tell you by Monday 20 April 2026 whether we will carry out an assessment" in mail.text


async def test_a_stranger_who_names_the_same_child_is_news_for_the_caseworker_alone(
    app: ASGIApp, cast: Cast, settings: Settings, clock: Clock
) -> None:
    async with await sign_in(Client(app), cast.carol, clock.now) as carol:
        await ask_as_parent(carol, forename="priya", surname="KHAN", **PRIYAS_BIRTHDAY)
    mails = {mail.to: mail for mail in await deliver_all(settings, clock)}
    assert set(mails) == {"carol@example.com", "north@westmere.example", "dee@example.com"}
    assert mails["dee@example.com"].subject == "Perhaps a second request for one child: case PRI42"
    assert "PRI42" not in mails["carol@example.com"].text


async def test_a_carer_who_says_that_they_have_parental_responsibility_is_for_the_team_to_check(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE relationship SET basis = 'carer' WHERE account = {}", cast.ben.account)
    await ask_as_parent(client, **priya(cast))
    async with await sign_in(Client(app), cast.dee, clock.now) as dee:
        url = f"/staff/children/{cast.priya.public_id}/request"
        page = await dee.get(url)
        assert "Check this They ask as: parental responsibility. On record is: carer." in page.main
        await fetch("UPDATE relationship SET basis = 'parental_responsibility' WHERE account = {}", cast.ben.account)
        assert "Check this" not in (await dee.get(url)).main


async def test_the_team_reads_every_request_with_its_outcome(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE ehc_case SET branch = 'not_assessing' WHERE child = {}", cast.priya.id)
    await ask_as_parent(client, **priya(cast))
    clock.pass_time(days=2)
    async with await sign_in(Client(app), cast.amal, clock.now) as amal:
        await ask_as_parent(amal, **priya(cast))
    async with await sign_in(Client(app), cast.dee, clock.now) as dee:
        page = await dee.get(f"/staff/children/{cast.priya.public_id}/request")
        assert "added to the case of Monday 9 March 2026" in page.main
        rows = [" ".join(row.text_content().split()) for row in page.all("//main//tbody/tr")]
        assert [row for row in rows if "Amal Khan" in row and "This one." in row]
        assert [row for row in rows if "A parent or carer" in row and "We will not assess" in row]
        earlier = await dee.get(page.link("Read it: the request of 9 March 2026"))
        assert "Day 0 is Monday 9 March 2026." in earlier.main
        assert "Ben Khan" in earlier.main
        omar = f"/staff/children/{cast.omar.public_id}/request?request={earlier.url.partition('=')[2]}"
    async with await sign_in(Client(app), cast.ed, clock.now) as ed:
        assert (await ed.get(omar)).status == 404


async def test_a_known_child_who_has_turned_25_is_refused_with_the_law(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE child SET date_of_birth = '2001-03-09' WHERE id = {}", cast.priya.id)
    await answer(client, "who", asker="parent")
    page = await answer(client, "child", which=cast.priya.public_id, postcode="WM1 1AA")
    assert page.status == 422
    assert "sections 36 and 83" in page.problems[0]


async def test_access_that_ends_while_the_request_is_written_ends_the_request(
    client: Client, cast: Cast, clock: Clock
) -> None:
    page = await fill_as_parent(client, **priya(cast))
    await fetch("UPDATE relationship SET state = 'ended', ended_at = now() WHERE account = {}", cast.ben.account)
    page = await client.press(page, "Send the request")
    assert page.url == f"{START}/check"
    assert page.status == 422
    assert not await fetch("SELECT id FROM assessment_request")


async def test_for_most_it_is_another_child(client: Client, cast: Cast, clock: Clock) -> None:
    assert (await ask_as_parent(client)).heading == "We have your request"
    assert len(await fetch("SELECT id FROM ehc_case")) == 3
