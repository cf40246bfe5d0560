"""A parent who phones is found by their own name or address, or by the child's name in either order and birthday."""

from datetime import UTC, date, datetime

import pytest

from db.engine import fetch
from db.tables import Action, Conversation
from portal.ids import public_id
from portal.staff.queries import Wanted, caseload
from portal.staff.search import day_of
from tests.people import Cast, child, gather

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
async def cast(db: object) -> Cast:
    cast = await gather(NOW)
    made = await child("Zoe Pope", cast.north, cast.dee, NOW)
    await fetch("UPDATE child SET date_of_birth = {} WHERE id = {}", date(2012, 11, 3), made.id)
    await fetch(
        "INSERT INTO invitation (public_id, child, email, email_key, adult_name, basis, state, code_expires_at,"
        " identity_method, link_hash, created_at) VALUES ('i', {}, 'Gus@home.example', 'gus@home.example',"
        " 'Gus van Dyk', 'carer', 'code_sent', {}, '', '', {})",
        made.id, NOW, NOW,
    )  # fmt: skip
    return cast


async def seen(cast: Cast, **wanted: str) -> list[str]:
    return [one.name for one in (await caseload(cast.dee, Wanted(**wanted), today=TODAY)).lines]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("Khan, Priya", ["Priya Khan"]),
        ("khan priya", ["Priya Khan"]),
        ("khan,", ["Priya Khan"]),
        ("Khan, Omar", []),
        ("amal", ["Priya Khan"]),
        ("Ben Khan", ["Priya Khan"]),
        ("Khan, Amal", ["Priya Khan"]),
        ("AMAL@example", ["Priya Khan"]),
        ("gus@", ["Zoe Pope"]),
        ("gus van", ["Zoe Pope"]),
        ("Dyk", ["Zoe Pope"]),
        ("Dyk, Gus", ["Zoe Pope"]),
        ("3/11/2012", ["Zoe Pope"]),
        ("3 November 2012", ["Zoe Pope"]),
        ("2012-11-03", ["Zoe Pope"]),
        ("carol", []),
        ("dee", []),
        (",", ["Priya Khan", "Zoe Pope"]),
    ],
)
async def test_it_finds(cast: Cast, search: str, found: list[str]) -> None:
    assert sorted(await seen(cast, search=search)) == found


@pytest.mark.parametrize("typed", ["khan", "31 2 2012", "PRI42", "12"])
def test_what_is_no_day_is_looked_for_as_a_name(typed: str) -> None:
    assert day_of(typed) is None


async def test_it_stands_by_what_waits_longest(cast: Cast) -> None:
    await Conversation(public_id=public_id(), child=cast.priya.id, account=cast.amal.account, message_type="Other",
                       subject="Hello", started_at=NOW, last_message_at=NOW, waiting_since=NOW).save()  # fmt: skip
    await Action(public_id=public_id(), child=cast.priya.id, account=cast.amal.account, form_key="parent_views",
                 form_version=1, state="submitted", assigned_by=cast.dee.account, assigned_at=NOW,
                 submitted_at=NOW).save()  # fmt: skip
    await fetch("UPDATE ehc_case SET next_deadline = NULL, stage = 'draft' WHERE child = {}", cast.priya.id)
    for order in ("waiting", "returned"):
        assert await seen(cast, order=order) == ["Priya Khan", "Zoe Pope"]
    assert await seen(cast, order="stage") == ["Zoe Pope", "Priya Khan"]
    assert await seen(cast, only="answer") == ["Priya Khan"]
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.amal.account)
    assert await seen(cast, only="answer") == []


async def test_pages_of_every_order_go_on(cast: Cast) -> None:
    for order in ("", "name", "stage", "waiting", "returned", "newest", "youngest"):
        first = await caseload(cast.dee, Wanted(order=order), today=TODAY, limit=1)
        rest = await caseload(cast.dee, Wanted(order=order, after=first.next), today=TODAY, limit=1)
        names = [line.name for line in (*first.lines, *rest.lines)]
        assert sorted(names) == ["Priya Khan", "Zoe Pope"]
        assert (first.total, rest.total, rest.next) == (2, 2, "")


async def test_a_manager_looks_at_one_colleagues_cases(cast: Cast) -> None:
    found = await caseload(cast.mo, Wanted(whose="all", colleague=cast.ed.public_id), today=TODAY)
    assert [line.name for line in found.lines] == ["Omar Jones"]
    assert not (await caseload(cast.dee, Wanted(colleague=cast.ed.public_id), today=TODAY)).wanted.colleague


async def test_a_view_follows_a_team_that_is_renamed_and_says_when_it_fits_no_more(cast: Cast) -> None:
    wanted = Wanted(whose=str(cast.south.id))
    await fetch("UPDATE team SET name = 'South and West' WHERE id = {}", cast.south.id)
    found = await caseload(cast.mo, wanted, today=TODAY)
    assert [line.name for line in found.lines] == ["Omar Jones"]
    assert not found.misfit
    assert (await caseload(cast.dee, wanted, today=TODAY)).misfit
    assert (await caseload(cast.dee, Wanted(stage="gone"), today=TODAY)).misfit
    assert not (await caseload(cast.mo, Wanted(whose=""), today=TODAY)).misfit
