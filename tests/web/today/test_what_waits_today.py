"""Today shows each kind of work with its number, refreshes each panel alone, and asks no more for more cases."""

from datetime import timedelta

import pytest

from db.engine import fetch
from db.tables import Action, Conversation, Message
from portal.ids import public_id
from tests.client import Client, words
from tests.conftest import Clock
from tests.people import Cast, child, gather, sign_in
from tests.web.children.test_dashboard import counted

pytestmark = pytest.mark.anyio
PANELS = (
    "deadlines",
    "messages",
    "returned",
    "tasks",
    "comments",
    "advice",
    "wishes",
    "dates",
    "requests",
    "reviews",
    "unsent",
)


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def wrote(cast: Cast, clock: Clock, subject: str) -> str:
    """Amal writes about Priya; gives the message's public id."""
    place = Conversation(public_id=public_id(), child=cast.priya.id, account=cast.amal.account, message_type="Other",
                         subject=subject, started_at=clock.now, last_message_at=clock.now,
                         waiting_since=clock.now)  # fmt: skip
    await place.save()
    message = Message(public_id=public_id(), conversation=place.id, sender=cast.amal.account, body="Hello",
                      sent_at=clock.now)  # fmt: skip
    await message.save()
    return str(message.public_id)


async def sent_a_form(cast: Cast, clock: Clock) -> str:
    action = Action(public_id=public_id(), child=cast.priya.id, account=cast.amal.account, form_key="family_views",
                    form_version=1, state="submitted", assigned_by=cast.dee.account, assigned_at=clock.now,
                    submitted_at=clock.now, reference="ABC")  # fmt: skip
    await action.save()
    return str(action.public_id)


async def due(cast: Cast, on: timedelta, stage: str, clock: Clock) -> None:
    await fetch("UPDATE ehc_case SET next_deadline = {}, stage = {} WHERE child = {}",
                clock.now.date() + on, stage, cast.priya.id)  # fmt: skip


async def titles(client: Client) -> list[str]:
    return [words(title) for title in (await client.get("/staff/today")).all("//main//h2")]


async def test_a_day_without_work_is_said_in_plain_words(client: Client, cast: Cast, clock: Clock) -> None:
    await due(cast, timedelta(60), "draft", clock)
    page = await client.get("/staff/today")
    assert all(words(title).endswith("(0)") for title in page.all("//main//h2"))
    for sentence in ("Nothing is late", "Every message has an answer", "There is no task to do", "No review is late"):
        assert sentence in page.main


async def test_late_dates_and_those_of_the_week_stand_there(client: Client, cast: Cast, clock: Clock) -> None:
    for on, said in ((timedelta(-3), "Late by 3 days"), (timedelta(7), "7 days left")):
        await due(cast, on, "draft", clock)
        page = await client.get("/staff/today")
        assert "Late, or due in 7 days (1)" in page.main
        assert said in page.main
    await due(cast, timedelta(8), "draft", clock)
    assert "Late, or due in 7 days (0)" in await titles(client)


async def test_requests_and_reviews_have_panels_of_their_own(client: Client, cast: Cast, clock: Clock) -> None:
    await due(cast, timedelta(20), "considering", clock)
    assert {"Requests to decide (1)", "Reviews due this month (0)"} <= set(await titles(client))
    await due(cast, timedelta(20), "in_place", clock)
    assert {"Requests to decide (0)", "Reviews due this month (1)"} <= set(await titles(client))
    await due(cast, timedelta(23), "in_place", clock)
    assert "Reviews due this month (0)" in await titles(client)


async def test_messages_and_forms_lead_to_themselves(client: Client, cast: Cast, clock: Clock) -> None:
    message, action = await wrote(cast, clock, "A question"), await sent_a_form(cast, clock)
    page = await client.get("/staff/today")
    base = f"/staff/children/{cast.priya.public_id}"
    hrefs = {str(link) for link in page.all("//main//li/a/@href")}
    assert {f"{base}/messages/{message}", f"{base}/actions/{action}"} <= hrefs
    assert {"Messages to answer (1)", "Forms that came back (1)"} <= set(await titles(client))


async def test_the_work_of_others_stands_elsewhere(client: Client, cast: Cast, clock: Clock) -> None:
    await wrote(cast, clock, "A question")
    await due(cast, timedelta(-3), "draft", clock)
    for other in (cast.ed, cast.mo):
        await sign_in(client, other, clock.now)
        assert "Priya Khan" not in (await client.get("/staff/today")).main


async def test_more_than_eight_are_counted_and_not_shown(client: Client, cast: Cast, clock: Clock) -> None:
    for number in range(10):
        await wrote(cast, clock, f"Question {number}")
    page = await client.get("/staff/today")
    assert "Messages to answer (10)" in page.main
    assert len(page.all("//*[@id='panel-messages']//li")) == 8
    assert page.link("All messages for me to answer") == "/staff/inbox?show=mine"


@pytest.mark.parametrize("name", PANELS)
async def test_each_panel_refreshes_alone(client: Client, cast: Cast, name: str) -> None:
    path = f"/staff/today/panels/{name}"
    first = await client.http.get(path, headers={"HX-Request": "true"})
    assert first.status_code == 200
    assert f'id="panel-{name}"' in first.text
    again = await client.http.get(path, headers={"If-None-Match": first.headers["etag"], "HX-Request": "true"})
    assert again.status_code == 304


async def test_the_page_gives_the_panels_what_they_ask_with(client: Client, cast: Cast) -> None:
    page = await client.http.get("/staff/today")
    panel = await client.http.get("/staff/today/panels/deadlines", headers={"HX-Request": "true"})
    assert panel.headers["etag"].strip('"') in page.text
    assert (await client.http.get("/staff/today/panels/unknown")).status_code == 404


async def test_families_have_no_such_page(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get("/staff/today")).status == 404


async def test_more_cases_take_no_more_statements(
    client: Client, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.get("/staff/today")
    with counted(monkeypatch) as few:
        await client.get("/staff/today")
    for number in range(6):
        await child(f"K{number}t Poe", cast.north, cast.dee, clock.now)
        await wrote(cast, clock, "Again")
    with counted(monkeypatch) as many:
        await client.get("/staff/today")
    assert len(many) == len(few) <= 13
