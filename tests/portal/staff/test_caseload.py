"""The caseload: who sees which children, in which order, found by what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from db.engine import DB, fetch
from db.tables import Action, Child, Conversation, Message
from portal.actor import Actor
from portal.ids import public_id
from portal.staff.queries import Caseload, Wanted, caseload
from tests import people
from tests.people import Cast, gather

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
async def cast(db: object) -> Cast:
    return await gather(NOW)


async def due(child: Child, deadline: date | None) -> None:
    await fetch("UPDATE ehc_case SET next_deadline = {} WHERE child = {}", deadline, child.id)


async def add(cast: Cast, name: str, deadline: date | None = None, who: Actor | None = None) -> Child:
    """A child of the North team, Dee's unless another caseworker is given."""
    made = await people.child(name, cast.north, who or cast.dee, NOW)
    await due(made, deadline)
    return made


def numbered(number: int) -> str:
    """A name whose first letters differ, since the case reference is made of them."""
    return f"{chr(65 + number // 26)}{chr(65 + number % 26)}i Case"


async def seen(actor: Actor, **wanted: str) -> list[str]:
    return [line.name for line in (await caseload(actor, Wanted(**wanted), today=TODAY)).lines]


async def test_a_caseworker_sees_the_team_and_no_other(cast: Cast) -> None:
    await add(cast, "Nia North", who=cast.mo)
    assert sorted(await seen(cast.dee)) == ["Nia North", "Priya Khan"]
    assert await seen(cast.ed) == ["Omar Jones"]


async def test_a_caseworker_cannot_ask_for_another_team_by_name(cast: Cast) -> None:
    assert await seen(cast.dee, whose="South") == ["Priya Khan"]


async def test_my_cases_are_those_that_i_work_on_in_any_team(cast: Cast) -> None:
    await add(cast, "Nia North", who=cast.mo)
    await add(cast, "Ola North", who=cast.ed)
    assert await seen(cast.dee, whose="mine") == ["Priya Khan"]
    assert sorted(await seen(cast.ed, whose="mine")) == ["Ola North", "Omar Jones"]


async def test_a_manager_chooses_any_team_and_begins_with_their_own(cast: Cast) -> None:
    assert await seen(cast.mo) == ["Priya Khan"]
    assert await seen(cast.mo, whose=str(cast.south.id)) == ["Omar Jones"]
    assert await seen(cast.mo, whose="South") == ["Omar Jones"]
    view = await caseload(cast.mo, Wanted(), today=TODAY)
    assert view.choices == (
        ("mine", "My cases"),
        ("all", "All teams"),
        (str(cast.south.id), "Team: South"),
        (str(cast.north.id), "Team: North"),
    )


async def test_staff_without_a_team_see_no_team(cast: Cast) -> None:
    assert await seen(replace(cast.dee, team=None)) == []


async def test_late_cases_come_first_and_those_without_a_date_last(cast: Cast) -> None:
    await due(cast.priya, None)
    await add(cast, "Soon Case", TODAY + timedelta(days=3))
    await add(cast, "Late Case", TODAY - timedelta(days=12))
    await add(cast, "Today Case", TODAY)
    lines = (await caseload(cast.dee, Wanted(), today=TODAY)).lines
    assert [(line.name, line.days_left, line.is_late) for line in lines] == [
        ("Late Case", "late by 12 days", True),
        ("Today Case", "due today", False),
        ("Soon Case", "3 days left", False),
        ("Priya Khan", "", False),
    ]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("pri", ["Priya Khan"]),
        ("KHAN", ["Priya Khan"]),
        ("Priya Kh", ["Priya Khan"]),
        ("Priya Jones", []),
        ("priya  khan", ["Priya Khan"]),
        ("anna maria v", ["Anna Maria Van Dyk"]),
        ("pri42", ["Priya Khan"]),
        ("van dyk", ["Anna Maria Van Dyk"]),
        ("anna", ["Anna Maria Van Dyk"]),
        ("riya", []),
        ("%", []),
        ("_ri", []),
        ("\\", []),
        ("Omar", []),
    ],
)
async def test_it_finds_by_the_beginning_of_a_name_or_reference(cast: Cast, search: str, found: list[str]) -> None:
    child = await add(cast, "Anna Dyk")
    await fetch("UPDATE child SET forename = 'Anna Maria', surname = 'Van Dyk' WHERE id = {}", child.id)
    assert await seen(cast.dee, search=search) == found


async def test_it_shows_one_stage_or_side_branch(cast: Cast) -> None:
    ended = await add(cast, "Nia North")
    await fetch("UPDATE ehc_case SET branch = 'not_assessing' WHERE child = {}", ended.id)
    assert await seen(cast.dee, stage="request") == ["Priya Khan"]
    assert await seen(cast.dee, stage="not_assessing") == ["Nia North"]
    assert await seen(cast.dee, stage="draft") == []


async def test_the_stage_is_said_in_the_council_s_words(cast: Cast) -> None:
    (line,) = (await caseload(cast.dee, Wanted(), today=TODAY)).lines
    assert line.stage == "Request received"


async def test_the_newest_case_counts(cast: Cast) -> None:
    await due(cast.priya, TODAY - timedelta(days=300))
    await fetch(
        "INSERT INTO ehc_case (child, received_on, source, stage, branch, next_deadline, opened_at, updated_at)"
        " VALUES ({}, {}, 'parent', 'considering', '', {}, {}, {})",
        cast.priya.id,
        TODAY,
        TODAY + timedelta(days=42),
        NOW,
        NOW,
    )
    (line,) = (await caseload(cast.dee, Wanted(), today=TODAY)).lines
    assert line.next_deadline == TODAY + timedelta(days=42)


async def test_it_counts_messages_that_the_team_has_not_read(cast: Cast) -> None:
    await write(cast, cast.amal, from_staff=False)
    await write(cast, cast.ben, from_staff=False)
    await write(cast, cast.ben, from_staff=False, read_at=NOW)
    await write(cast, cast.amal, from_staff=True)
    (line,) = (await caseload(cast.dee, Wanted(), today=TODAY)).lines
    assert line.unread == 2


async def test_it_counts_actions_that_wait_and_that_came_back(cast: Cast) -> None:
    for state, read_at in (("to_do", None), ("in_progress", None), ("submitted", None), ("submitted", NOW)):
        await ask(cast, state, read_at)
    await ask(cast, "withdrawn", None)
    (line,) = (await caseload(cast.dee, Wanted(), today=TODAY)).lines
    assert (line.waiting, line.returned) == (2, 1)
    assert line.actions_in_words == "1 came back, 2 with the family"


async def test_further_pages_go_on_where_the_one_before_ended(cast: Cast) -> None:
    await due(cast.priya, TODAY)
    for number in range(6):
        await add(cast, numbered(number), [None, TODAY][number % 2])
    names, after = [], ""
    while True:
        view = await caseload(cast.dee, Wanted(after=after), today=TODAY, limit=3)
        names.append([line.name for line in view.lines])
        assert view.is_first == (not after)
        if not (after := view.next):
            break
    assert [len(part) for part in names] == [3, 3, 1]
    assert [name for part in names for name in part] == (everybody := await seen(cast.dee))
    assert len(set(everybody)) == 7


@asynccontextmanager
async def counted_queries(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    asked: list[str] = []
    real = DB.run_querystring

    async def counting(query: Any, *more: Any, **options: Any) -> Any:
        asked.append(str(query)[:60])
        return await real(query, *more, **options)

    with monkeypatch.context() as patched:
        patched.setattr(DB, "run_querystring", counting)
        yield asked


async def test_the_number_of_queries_does_not_grow_with_the_children(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await caseload(cast.dee, Wanted(), today=TODAY)
    async with counted_queries(monkeypatch) as few:
        await caseload(cast.dee, Wanted(), today=TODAY)
    for number in range(30):
        await add(cast, numbered(number), TODAY)
    async with counted_queries(monkeypatch) as many:
        view: Caseload = await caseload(cast.dee, Wanted(), today=TODAY)
    assert len(view.lines) == 25
    assert len(few) == len(many) == 1


async def write(cast: Cast, family: Actor, *, from_staff: bool, read_at: datetime | None = None) -> None:
    conversation = Conversation(
        public_id=public_id(),
        child=cast.priya.id,
        account=family.account,
        message_type="Annual Review",
        subject="Hello",
        started_at=NOW,
        last_message_at=NOW,
    )
    await conversation.save()
    await Message(
        public_id=public_id(),
        conversation=conversation.id,
        sender=cast.dee.account if from_staff else family.account,
        from_staff=from_staff,
        body="Hello",
        sent_at=NOW,
        read_at=read_at,
    ).save()


async def ask(cast: Cast, state: str, read_at: datetime | None) -> None:
    await Action(
        public_id=public_id(),
        child=cast.priya.id,
        account=cast.amal.account,
        form_key="parental_preference",
        form_version=1,
        state=state,
        assigned_by=cast.dee.account,
        assigned_at=NOW,
        read_at=read_at,
    ).save()
