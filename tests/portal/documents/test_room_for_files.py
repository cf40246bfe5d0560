"""What the team adds to one record has a limit that uploads at once cannot pass together, and is its own."""

import asyncio

import pytest

from db.engine import fetch
from portal.files import rules
from portal.files.check import FileRefused
from tests.portal.documents.desk import PAPER, Desk, one

pytestmark = pytest.mark.anyio


async def fill(room_left: int) -> None:
    """One more file, so large that only `room_left` bytes are left."""
    await fetch(
        "UPDATE stored_file SET size = {} WHERE id = (SELECT min(id) FROM stored_file)", rules.TEAM_QUOTA - room_left
    )


async def files_on_disk(desk: Desk) -> int:
    return sum(1 for path in desk.store.root.rglob("*") if path.is_file())


async def test_the_last_bytes_can_be_used(desk: Desk) -> None:
    await desk.prepare()
    await fill(PAPER.size)
    await desk.prepare()
    with pytest.raises(FileRefused, match="as much as it takes"):
        await desk.prepare()


async def test_eight_at_once_cannot_pass_it_together_and_leave_nothing_behind(desk: Desk) -> None:
    await desk.prepare()
    await fill(PAPER.size * 2)
    answers = await asyncio.gather(*(desk.prepare() for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(answer, FileRefused) for answer in answers) == 6
    assert (await one("SELECT count(*) AS n FROM document"))["n"] == 3
    assert await files_on_disk(desk) == 3


async def test_what_a_parent_added_leaves_the_team_its_room(desk: Desk) -> None:
    await desk.prepare()
    await fill(0)
    await fetch("UPDATE stored_file SET uploaded_by = {}", desk.cast.amal.account)
    assert await desk.prepare()


async def test_another_child_has_room_of_its_own(desk: Desk) -> None:
    await desk.prepare()
    await fill(0)
    await fetch("UPDATE stored_file SET child = {}", desk.cast.omar.id)
    assert await desk.prepare()
