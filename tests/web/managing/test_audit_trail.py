"""A manager reads who did what, narrowed by day, person, case and kind; taking it as a file stands in it too."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

import portal
from portal import audit
from portal.staff.audit_words import GROUPS, WORDS, events_of
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio
TRAIL = "/staff/manage/audit"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    child = cast.priya.id
    await audit.record("family:message:sent", now=clock.now - timedelta(3), actor=cast.amal, child=child)
    await audit.record("staff:message:sent", now=clock.now, actor=cast.dee, child=child, detail={"parts": 2})
    await audit.record("sign_in:password:wrong", now=clock.now, subject="x")
    return cast


async def test_newest_first_in_words_with_details(client: Client, cast: Cast) -> None:
    page = await client.get(TRAIL)
    rows = [row.text_content() for row in page.all("//tbody/tr")]
    assert ["Typed a wrong password" in rows[0], "Dee Shaw" in rows[1], "Amal Khan" in rows[2]] == [True] * 3
    assert "parts: 2" in rows[1]


@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ("person=SHA", ["Dee Shaw"]),
        ("person=amal@", ["Amal Khan"]),
        ("reference=pri42", ["Dee Shaw", "Amal Khan"]),
        ("reference=PRI42&group=family:", ["Amal Khan"]),
        ("group=sign_in:", ["The portal, or a visitor"]),
        ("person=%25", []),
    ],
)
async def test_it_is_narrowed(client: Client, cast: Cast, query: str, whom: list[str]) -> None:
    page = await client.get(f"{TRAIL}?{query}")
    assert [next(name for name in whom if name in row.text_content()) for row in page.all("//tbody/tr")] == whom


async def test_days_are_those_of_london(client: Client, cast: Cast, clock: Clock) -> None:
    day = clock.now - timedelta(3)
    asked = "&".join(
        f"{name}-{part}={getattr(day, part)}" for name in ("since", "until") for part in ("day", "month", "year")
    )
    page = await client.get(f"{TRAIL}?{asked}")
    assert len(page.all("//tbody/tr")) == 1
    page = await client.get(f"{TRAIL}?since-day=31&since-month=2&since-year=2026")
    assert page.status == 422
    assert page.problems == ["The first day must be a real date, like 27 3 2026"]


async def test_pages_follow_each_other_and_keep_what_was_asked(client: Client, cast: Cast, clock: Clock) -> None:
    for _ in range(60):
        await audit.record("staff:note:written", now=clock.now, actor=cast.dee, child=cast.priya.id)
    page = await client.get(f"{TRAIL}?person=dee")
    assert len(page.all("//tbody/tr")) == 50
    page = await client.get(page.link("Older →"))
    assert len(page.all("//tbody/tr")) == 11


async def test_the_file_is_safe_and_is_noted(client: Client, cast: Cast, clock: Clock) -> None:
    await audit.record("staff:note:written", now=clock.now, actor=cast.dee, detail={"=cmd": "=1+1"})
    file = await client.http.get(f"{TRAIL}.csv?person=dee")
    assert "Wrote a note" in file.text
    assert "Typed a wrong password" not in file.text
    assert ",=cmd" not in file.text
    assert "Downloaded the audit trail" in (await client.get(TRAIL)).main


def test_every_group_has_words() -> None:
    assert all(events_of(group) for group in GROUPS)


async def test_numbers_of_people_teams_and_organisations_read_as_names(
    client: Client, cast: Cast, clock: Clock
) -> None:
    detail = {"from": cast.dee.account, "to": [cast.ed.account, cast.mo.account], "team": cast.north.id, "rows": 3}
    await audit.record("staff:child:assigned", now=clock.now, actor=cast.mo, detail=detail)
    said = (await client.get(TRAIL)).all("//tbody/tr")[0].text_content()
    for text in ("from: Dee Shaw", "to: Ed ", ", Mo Bell", f"team: {cast.north.name}", "rows: 3"):
        assert text in said


def test_everything_that_the_code_records_has_words() -> None:
    root = Path(portal.__file__).parent.parent
    found = {
        event
        for folder in ("portal", "web")
        for path in (root / folder).rglob("*.py")
        for event in re.findall(r'"([a-z_]+:[a-z_]+:[a-z_]+)"', path.read_text())
    }
    assert len(found) > 80
    assert found <= set(WORDS)
