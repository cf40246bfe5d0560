"""The caseload narrowed to what one looks for, in the order one wants."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.engine import fetch
from portal.staff.filters import ONLY, ORDERS, transfer_year
from portal.staff.queries import Wanted, caseload
from tests import people
from tests.people import Cast, gather

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
async def cast(db: object) -> Cast:
    """Priya is late, Nia is due this week, Zed has no caseworker and no date."""
    cast = await gather(NOW)
    nia, zed = (
        await people.child("Nia Adams", cast.north, cast.dee, NOW),
        await people.child("Zed Young", cast.north, cast.dee, NOW),
    )
    for child, deadline in ((cast.priya, TODAY - timedelta(days=1)), (nia, TODAY + timedelta(days=7)), (zed, None)):
        await fetch("UPDATE ehc_case SET next_deadline = {} WHERE child = {}", deadline, child.id)
    await fetch("UPDATE child SET caseworker = NULL, date_of_birth = '2014-09-01' WHERE id = {}", zed.id)
    await fetch("UPDATE ehc_case SET stage = 'in_place', received_on = '2026-02-01' WHERE child = {}", zed.id)
    return cast


async def seen(cast: Cast, **wanted: str) -> list[str]:
    return [line.name.split()[0] for line in (await caseload(cast.dee, Wanted(**wanted), today=TODAY)).lines]


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("", ["Priya", "Nia", "Zed"]),
        ("late", ["Priya"]),
        ("week", ["Nia"]),
        ("nobody", ["Zed"]),
        ("unread", []),
        ("returned", []),
        ("transfer", ["Zed"]),
        ("made up", ["Priya", "Nia", "Zed"]),
    ],
)
async def test_it_shows_only_what_was_asked_for(cast: Cast, only: str, names: list[str]) -> None:
    assert await seen(cast, only=only) == names


@pytest.mark.parametrize(
    ("order", "names"),
    [("name", ["Nia", "Priya", "Zed"]), ("newest", ["Zed", "Priya", "Nia"]), ("youngest", ["Priya", "Nia", "Zed"])],
)
async def test_it_stands_in_the_order_that_was_asked_for(cast: Cast, order: str, names: list[str]) -> None:
    assert await seen(cast, order=order) == names


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("only", ONLY)
async def test_pages_of_every_view_join_up(cast: Cast, order: str, only: str) -> None:
    whole = await caseload(cast.dee, Wanted(only=only, order=order), today=TODAY)
    names, after = [], ""
    for _ in whole.lines:
        part = await caseload(cast.dee, Wanted(only=only, order=order, after=after), today=TODAY, limit=1)
        names += [line.name for line in part.lines]
        after = part.next
    assert names == [line.name for line in whole.lines]
    assert after == ""


async def test_who_has_a_place_for_september_is_not_shown_any_more(cast: Cast) -> None:
    await fetch(
        "INSERT INTO case_decision (ehc_case, kind, happened_on, note, recorded_at)"
        " SELECT k.id, 'transfer_named', '2026-02-10', '', {} FROM ehc_case k JOIN child c ON c.id = k.child"
        " WHERE c.forename = 'Zed'",
        NOW,
    )
    assert await seen(cast, only="transfer") == []


async def test_a_manager_may_look_at_all_teams_together(cast: Cast) -> None:
    found = await caseload(cast.mo, Wanted(whose="all"), today=TODAY)
    assert sorted(line.name.split()[0] for line in found.lines) == ["Nia", "Omar", "Priya", "Zed"]
    assert "Omar" not in await seen(cast, whose="all")


def test_the_year_of_the_next_september_begins_in_september() -> None:
    assert (transfer_year(date(2026, 8, 31)), transfer_year(date(2026, 9, 1))) == (2026, 2027)
