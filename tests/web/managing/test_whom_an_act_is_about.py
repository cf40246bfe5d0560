"""The audit trail says whom an act was about, what was and what is, and finds a person by the name that it shows."""

import pytest

from portal.staff import people
from portal.staff.people import Details
from tests.client import Client, words
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in

pytestmark = pytest.mark.anyio
TRAIL = "/staff/manage/audit"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def rows(client: Client, query: str = "") -> list[str]:
    return [words(row) for row in (await client.get(f"{TRAIL}?{query}")).all("//tbody/tr")]


async def test_ending_a_sign_in_names_who_and_why(client: Client, cast: Cast, clock: Clock) -> None:
    pat = await person("Pat Reed", clock.now, "caseworker", cast.north)
    await people.disable(cast.mo, await people.colleague(pat.public_id), "Went to Devon", now=clock.now)
    said = (await rows(client, "group=staff:account:"))[0]
    for text in ("Mo Bell", "Disabled a colleague’s account", "Pat Reed", "reason: Went to Devon"):
        assert text in said


async def test_a_change_says_what_was_and_what_is(client: Client, cast: Cast, clock: Clock) -> None:
    pat = await person("Pat Reed", clock.now, "caseworker", cast.north)
    details = Details("Pat", "Shaw", pat.email, "manager", cast.south.id)
    await people.change(cast.mo, await people.colleague(pat.public_id), details, now=clock.now)
    said = (await rows(client, "group=staff:account:"))[0]
    for text in ("team was: North", "team is: South", "role was: caseworker", "role is: manager", "surname was: Reed"):
        assert text in said
    assert "forename" not in said


async def test_a_refusal_is_found_by_the_case(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.dee, clock.now)
    assert (await client.get(f"/staff/children/{cast.omar.public_id}")).status == 404
    await sign_in(client, cast.mo, clock.now)
    (said,) = await rows(client, "reference=OMA42&group=access:")
    assert "Dee Shaw" in said
    assert "Asked for a child’s record without access" in said


@pytest.mark.parametrize("typed", ["Dee+Shaw", "dee+sh", "SHAW", "dee@"])
async def test_a_person_is_found_by_what_they_did_and_what_was_done_about_them(
    client: Client, cast: Cast, clock: Clock, typed: str
) -> None:
    details = Details("Dee", "Shaw", cast.dee.email, "manager", cast.north.id)
    await people.change(cast.mo, await people.colleague(cast.dee.public_id), details, now=clock.now)
    await client.press(
        await client.get("/staff?whose=all"), "Assign", child=[cast.omar.public_id], caseworker=cast.dee.public_id
    )
    said = await rows(client, f"person={typed}")
    assert ["Gave a case to a caseworker" in said[0], "Changed a colleague" in said[1]] == [True, True]
    assert not await rows(client, "person=Dee+Bell")


async def test_lists_taken_as_files_are_a_group_and_tell_the_two_lists_of_people_apart(
    client: Client, cast: Cast
) -> None:
    await client.http.get("/staff/manage/people.csv")
    await client.http.get(f"/staff/children/{cast.priya.public_id}/people.csv")
    said = await rows(client, "group=:exported")
    assert ["Downloaded who has access to a child" in said[0], "people of the SEND team" in said[1]] == [True, True]
