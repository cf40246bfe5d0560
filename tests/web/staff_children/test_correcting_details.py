"""The team puts a name or a date of birth right: who is told, what follows, what stays on record."""

import json
from datetime import date
from typing import Any

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Account, Child
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in

pytestmark = pytest.mark.anyio
BORN = {"date_of_birth-day": "3", "date_of_birth-month": "5", "date_of_birth-year": "2011"}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


def base(cast: Cast) -> str:
    return f"/staff/children/{cast.priya.public_id}"


async def form_for_priya(client: Client, cast: Cast) -> Page:
    return await client.get((await client.get(base(cast))).link("Correct the name or date of birth"))


async def detail_of(event: str) -> dict[str, Any]:
    (row,) = await fetch(
        "SELECT detail FROM audit_detail d JOIN audit_entry e ON e.id = d.entry WHERE event = {}", event
    )
    found: dict[str, Any] = json.loads(row["detail"])
    return found


async def test_a_childs_details_are_corrected_and_the_family_is_told(client: Client, cast: Cast) -> None:
    page = await form_for_priya(client, cast)
    assert [page.field(f"date_of_birth-{part}") for part in ("day", "month", "year")] == ["2", "4", "2018"]
    page = await client.press(page, "Correct the details", forename="Prya", reason="The birth certificate", **BORN)
    assert page.heading == "Prya Khan"
    assert "3 May 2011" in page.main
    notices = await fetch("SELECT email, about FROM notice WHERE kind = 'record_corrected' ORDER BY email")
    assert [one["email"] for one in notices] == ["amal@example.com", "ben@example.com"]
    assert "Prya" not in notices[0]["about"]
    assert await detail_of("staff:child:corrected") == {
        "forename_was": "Priya",
        "forename_is": "Prya",
        "date_of_birth_was": "2018-04-02",
        "date_of_birth_is": "2011-05-03",
        "reason": "The birth certificate",
    }


async def test_what_follows_from_the_day_of_birth_follows_it(client: Client, cast: Cast, clock: Clock) -> None:
    task = "The rights are now the young person’s"
    page = await form_for_priya(client, cast)
    sixteen = BORN | {"date_of_birth-year": "2009"}
    await client.press(page, "Correct the details", reason="A wrong year", **sixteen)
    await open_and_close(now=clock.now)
    assert task in (await client.get(base(cast))).main
    await client.press(await form_for_priya(client, cast), "Correct the details", reason="It was right", **BORN)
    await open_and_close(now=clock.now)
    assert task not in (await client.get(base(cast))).main


async def test_what_is_missing_or_the_same_is_said(client: Client, cast: Cast) -> None:
    page = await form_for_priya(client, cast)
    refused = await client.press(page, "Correct the details", surname="", **{"date_of_birth-year": "1990"})
    assert refused.problems == [
        "Enter the child’s surname",
        "The date of birth must be that of a child or young person up to 25 years old",
        "Enter the reason",
    ]
    refused = await client.press(page, "Correct the details", reason="None")
    assert refused.problems == ["Change at least one detail. These are the ones that we have"]


async def test_an_adults_name_is_corrected_and_its_owner_is_told(client: Client, cast: Cast) -> None:
    page = await client.get((await client.get(base(cast))).link("Correct details of Ben Khan"))
    page = await client.press(page, "Correct the details", surname="Kahn", reason="Their passport", **BORN)
    assert "Ben Kahn" in page.main
    account = await Account.objects().get(Account.id == cast.ben.account)
    assert account is not None
    assert account.date_of_birth == date(2011, 5, 3)
    notices = await fetch("SELECT email FROM notice WHERE kind = 'details_corrected'")
    assert [one["email"] for one in notices] == ["ben@example.com"]
    said = await detail_of("staff:access:corrected")
    assert (said["surname_was"], said["surname_is"], said["date_of_birth_was"]) == ("Khan", "Kahn", "")


async def test_who_says_they_are_the_young_person_keeps_an_age_for_it(client: Client, cast: Cast, clock: Clock) -> None:
    kim = await person("Kim Khan", clock.now)
    await give_access(kim, cast.priya, clock.now, "young_person")
    await fetch("UPDATE account SET is_young_person = true WHERE id = {}", kim.account)
    page = await client.get((await client.get(base(cast))).link("Correct details of Kim Khan"))
    refused = await client.press(page, "Correct the details", reason="Typed wrongly", **BORN)
    assert refused.problems == [
        "Their account says that they are the young person."
        " Enter a date of birth that puts them over compulsory school age and under 26"
    ]


async def test_another_team_corrects_nobody(app: ASGIApp, cast: Cast, clock: Clock) -> None:
    ed = await sign_in(Client(app), cast.ed, clock.now)
    assert (await ed.get(f"{base(cast)}/details")).status == 404
    omar = await Child.objects().get(Child.id == cast.omar.id)
    assert omar is not None
    (amals,) = await fetch("SELECT public_id FROM relationship WHERE account = {}", cast.amal.account)
    strange = f"/staff/children/{omar.public_id}/access/{amals['public_id']}/details"
    assert (await ed.get(strange)).status == 404
