"""Whoever closes their account must be written to by post: a task for each child whose case is open."""

import pytest

from db.engine import fetch
from portal.access.queries import child_of
from portal.accounts import closing
from portal.actor import Actor
from portal.evidence.queries import by_post_only
from portal.tasks.opening import open_and_close
from tests.conftest import Clock
from tests.people import HASHER, PASSWORD, Cast, child, give_access, person

pytestmark = pytest.mark.anyio


async def close(who: Actor, clock: Clock) -> None:
    await closing.close(who, PASSWORD, HASHER, now=clock.now)


async def tasks(clock: Clock) -> list[tuple[int, int]]:
    """The child and the adult of each task that is open about a closed account."""
    await open_and_close(now=clock.now)
    assert await open_and_close(now=clock.now) == (0, 0)
    rows = await fetch(
        "SELECT child, recipient FROM task WHERE kind = 'closed_account' AND done_at IS NULL ORDER BY child"
    )
    return [(row["child"], row["recipient"]) for row in rows]


async def test_there_is_one_for_each_child_with_an_open_case(cast: Cast, clock: Clock) -> None:
    sister = await child("Zara Khan", cast.north, cast.dee, clock.now)
    await give_access(cast.ben, sister, clock.now)
    await give_access(cast.ben, cast.omar, clock.now, "carer")
    await fetch("UPDATE ehc_case SET branch = 'refused' WHERE child = {}", cast.omar.id)
    await close(cast.ben, clock)
    assert await tasks(clock) == [(cast.priya.id, cast.ben.account), (sister.id, cast.ben.account)]


async def test_nothing_opens_for_whose_access_had_ended_before_or_who_only_works_with_the_child(
    cast: Cast, clock: Clock
) -> None:
    ann = await person("Ann Lee", clock.now)
    await give_access(ann, cast.priya, clock.now, "professional")
    await fetch(
        "UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}", clock.now, cast.ben.account
    )
    clock.pass_time(days=1)
    await close(ann, clock)
    await close(cast.ben, clock)
    assert await tasks(clock) == []


async def test_it_goes_when_they_are_back_or_the_case_ends(cast: Cast, clock: Clock) -> None:
    await close(cast.ben, clock)
    await close(cast.amal, clock)
    assert len(await tasks(clock)) == 2
    again = await person("Ben Khan", clock.now)
    await give_access(again, cast.priya, clock.now)
    assert await tasks(clock) == [(cast.priya.id, cast.amal.account)]
    await fetch("UPDATE ehc_case SET branch = 'refused' WHERE child = {}", cast.priya.id)
    assert await tasks(clock) == []


async def test_it_stays_done_while_its_reason_lasts_and_open_for_longer_than_half_a_year(
    cast: Cast, clock: Clock
) -> None:
    await close(cast.ben, clock)
    assert len(await tasks(clock)) == 1
    clock.pass_time(days=200)
    assert len(await tasks(clock)) == 1
    await fetch("UPDATE task SET done_at = {}, done_how = 'Posted'", clock.now)
    assert await tasks(clock) == []


async def test_the_pages_say_how_to_reach_them(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE account SET house = '1', street = 'High Street', postcode = 'WM1 1AA'")
    await close(cast.ben, clock)
    record = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    (ben,) = await by_post_only(record)
    assert ben.in_words == "Ben Khan closed their portal account. Write to: 1, High Street, WM1 1AA"
    again = await person("Ben Khan", clock.now)
    await give_access(again, cast.priya, clock.now)
    assert await by_post_only(record) == ()
