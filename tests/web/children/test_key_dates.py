"""Key Dates: past and coming, and calendar files that name the case and never the child."""

from datetime import date

import pytest

from portal.access.queries import child_of
from portal.cases import commands
from portal.cases.rules import Decision
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio


async def with_meeting(client: Client, clock: Clock) -> tuple[Cast, str]:
    """Amal is signed in, and Priya has a meeting on 12 March."""
    cast = await gather(clock.now)
    child = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    on, today = date(2026, 3, 12), clock.now.date()
    await commands.add_key_date(cast.dee, child, on, "Meeting; at school, 2pm", today=today, now=clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast, f"/children/{cast.priya.public_id}/key-dates"


def lines(file: str) -> list[str]:
    return file.replace("\r\n ", "").split("\r\n")


async def test_what_is_coming_stands_before_what_is_past(client: Client, clock: Clock) -> None:
    _, url = await with_meeting(client, clock)
    text = (await client.get(url)).main
    coming, past = text.split("Past")
    assert "Thursday 12 March 2026 Meeting; at school, 2pm, in 3 days" in coming
    assert "Monday 25 May 2026 The final plan is due, in 77 days" in coming
    assert "Monday 5 January 2026 We received the request, 63 days ago" in past


async def test_all_coming_dates_are_one_calendar_file(client: Client, clock: Clock) -> None:
    _, url = await with_meeting(client, clock)
    page = await client.get(url)
    file = await client.get(page.link("Add all of them to my calendar"))
    assert file.response.headers["content-type"].startswith("text/calendar")
    assert file.response.headers["content-disposition"] == 'attachment; filename="PRI42-key-dates.ics"'
    found = lines(file.text)
    assert (found[0], found[1], found[-2]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == len(page.all("//main//ul[1]/li"))
    assert r"SUMMARY:Meeting\; at school\, 2pm (case PRI42)" in found
    assert "Priya" not in file.text
    assert max(len(line.encode()) for line in file.text.split("\r\n")) <= 75


async def test_a_last_day_to_appeal_on_a_saturday_says_until_when_it_is_taken_and_so_does_its_file(
    client: Client, clock: Clock
) -> None:
    cast, url = await with_meeting(client, clock)
    child = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    no = Decision("decided_not_to_assess", date(2026, 1, 14), "Because of the reports")
    await commands.record_decision(cast.dee, child, no, today=clock.now.date(), now=clock.now)
    page = await client.get(url)
    taken = "The Tribunal still takes it on Monday 16 March 2026, because the last day is not a working day."
    assert f"Saturday 14 March 2026 Last day to appeal, in 5 days. {taken} Add to my calendar" in page.main
    file = await client.get(page.link("Add to my calendar: Last day to appeal"))
    assert "SUMMARY:Last day to appeal (case PRI42)" in lines(file.text)
    assert any(
        line.startswith(r"DESCRIPTION:The Tribunal still takes it on Monday 16 March") for line in lines(file.text)
    )


async def test_each_date_has_its_own_file(client: Client, clock: Clock) -> None:
    _, url = await with_meeting(client, clock)
    page = await client.get(url)
    file = await client.get(page.link("Add to my calendar: Meeting; at school, 2pm"))
    found = lines(file.text)
    assert found.count("BEGIN:VEVENT") == 1
    assert {"DTSTART;VALUE=DATE:20260312", "DTEND;VALUE=DATE:20260313"} <= set(found)


async def test_a_date_that_is_not_there_is_not_found(client: Client, clock: Clock) -> None:
    _, url = await with_meeting(client, clock)
    assert (await client.get(f"{url}/nothing.ics")).status == 404
    assert (await client.get(f"{url}/considering")).status == 404
