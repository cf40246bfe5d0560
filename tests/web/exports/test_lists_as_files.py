"""Every list of the SEND team can be taken along as a CSV file; the audit trail says by whom."""

import csv

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

OF_CHILD = {
    "people": "people",
    "timeline": "timeline",
    "advice": "advice",
    "messages": "messages",
    "documents": "documents",
    "actions": "actions",
    "notes": "notes",
    "draft-plan": "draft_plan",
    "organisations": "places",
}
"""The end of each address, and how the audit trail calls the list."""


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def table(client: Client, url: str) -> list[list[str]]:
    answer = await client.http.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))


async def test_each_list_of_a_child_is_linked_and_taken_note_of(client: Client, cast: Cast) -> None:
    record = f"/staff/children/{cast.priya.public_id}"
    for place, name in OF_CHILD.items():
        await table(client, f"{record}/{place}.csv")
        events = await fetch("SELECT child FROM audit_entry WHERE event = {}", f"staff:{name}:exported")
        assert [one["child"] for one in events] == [cast.priya.id]
    page = await client.get(record)
    assert page.link("Download people and invitations for a spreadsheet") == f"{record}/people.csv"
    page = await client.get(f"{record}/timeline")
    assert page.link("Download this timeline for a spreadsheet") == f"{record}/timeline.csv"


async def test_who_has_access_and_who_had_it(client: Client, cast: Cast, clock: Clock) -> None:
    end = "UPDATE relationship SET state = 'ended', ended_at = {}, end_reason = 'Moved away' WHERE account = {}"
    await fetch(end, clock.now, cast.ben.account)
    rows = await table(client, f"/staff/children/{cast.priya.public_id}/people.csv")
    assert ["Amal Khan", "amal@example.com", "Parental responsibility", "Has access"] in [row[:4] for row in rows]
    assert [row[6] for row in rows if row[3] == "Had access"] == ["Moved away"]


async def test_the_timeline_names_each_stage_and_what_was_recorded(client: Client, cast: Cast) -> None:
    page = await client.get(f"/staff/children/{cast.priya.public_id}/timeline/key-date")
    typed = {"on-day": "1", "on-month": "12", "on-year": "2030", "title": "=Meeting()"}
    await client.press(page, "Add", **typed)
    rows = await table(client, f"/staff/children/{cast.priya.public_id}/timeline.csv")
    assert ["2030-12-01", "'=Meeting()", "", "", "Key date"] in rows
    assert "Stage" in [row[4] for row in rows]


async def test_conversations_have_who_answers(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        page = await parent.get(f"/children/{cast.priya.public_id}/messages/new")
        await parent.press(page, "Send", message_type="Annual Review", subject="The bus", message="When?")
    (row,) = (await table(client, f"/staff/children/{cast.priya.public_id}/messages.csv"))[1:]
    assert row[1:5] == ["Amal Khan", "Annual Review", "The bus", "Dee Shaw"]


async def test_organisations_are_those_that_were_searched_for(client: Client, cast: Cast) -> None:
    for name in ("Lakeside School", "Hill College"):
        await client.press(await client.get("/staff/organisations/new"), "Add", name=name, kind="school")
    assert (await client.get("/staff/organisations?search=lake")).link("Download this list for a spreadsheet") == (
        "/staff/organisations.csv?search=lake"
    )
    rows = await table(client, "/staff/organisations.csv?search=lake")
    assert rows[1:] == [["Lakeside School", "School", "0", "0"]]


async def test_who_waits_for_access_is_only_of_ones_own_children(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE relationship SET state = 'waiting' WHERE account = {}", cast.ben.account)
    rows = await table(client, "/staff/access.csv")
    assert [row[2] for row in rows[1:]] == [cast.ben.name]
    await sign_in(client, cast.ed, clock.now)
    assert len(await table(client, "/staff/access.csv")) == 1


async def test_another_team_gets_no_list_of_a_child(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.ed, clock.now)
    for name in OF_CHILD:
        assert (await client.http.get(f"/staff/children/{cast.priya.public_id}/{name}.csv")).status_code == 404


async def test_notes_and_forms_of_a_child(client: Client, cast: Cast, clock: Clock) -> None:
    record = f"/staff/children/{cast.priya.public_id}"
    page = await client.press(await client.get(f"{record}/notes"), "Add note", body="=Phoned the school")
    (row,) = (await table(client, page.link("Download this list for a spreadsheet")))[1:]
    assert row[1:3] == ["Dee Shaw", "'=Phoned the school"]
    page = await client.get(f"{record}/actions/new")
    form = page.all("//select[@name='form']/option")[1].get("value")
    page = await client.press(page, "Send request", recipient=cast.amal.public_id, form=form)
    (row,) = (await table(client, page.link("Download this list for a spreadsheet")))[1:]
    assert row[1:3] == ["Amal Khan", "Dee Shaw"]
    assert row[5] == "Not started"


async def test_an_organisation_with_its_people_and_ones_own_children(client: Client, cast: Cast, clock: Clock) -> None:
    school = await client.press(await client.get("/staff/organisations/new"), "Add", name="Hill School", kind="school")
    place = (
        "INSERT INTO organisation_child (organisation, child, since) SELECT o.id, c.id, {} FROM organisation o, child c"
    )
    await fetch(place, clock.now)
    children = await table(client, (await client.get(school.url)).link("Download these children for a spreadsheet"))
    assert [row[0] for row in children[1:]] == ["Priya Khan"]
    assert len(await table(client, f"{school.url}/people.csv")) == 1
    places = await table(client, f"/staff/children/{cast.priya.public_id}/organisations.csv")
    assert places[1][:2] == ["Hill School", "School"]


async def test_the_work_of_the_day_and_the_teams(client: Client, cast: Cast, clock: Clock) -> None:
    rows = await table(client, (await client.get("/staff/today")).link("Download this list for a spreadsheet"))
    assert ["Requests to decide", "Priya Khan", "PRI42"] in [row[:3] for row in rows]
    await sign_in(client, cast.mo, clock.now)
    teams = await table(client, "/staff/manage/teams.csv")
    assert [row[0] for row in teams[1:]] == ["North", "South"]
