"""Hashing: right and wrong passwords, old hashes, and what happens when too many come at once."""

import asyncio
import threading
import time
import unicodedata
from collections.abc import Iterator

import argon2
import pytest

from portal.errors import Busy, RuleBroken
from portal.passwords.hashing import PasswordHasher

PASSWORD = "Seven ötters swim up 7"


@pytest.fixture
def hasher() -> Iterator[PasswordHasher]:
    one = PasswordHasher(threads=1, queue_limit=2)
    yield one
    one.close()


def test_the_right_password_matches_and_a_wrong_one_does_not(hasher: PasswordHasher) -> None:
    async def sign_in() -> tuple[bool, bool]:
        hashed = await hasher.hash(PASSWORD)
        return await hasher.verify(hashed, PASSWORD), await hasher.verify(hashed, PASSWORD + " ")

    assert asyncio.run(sign_in()) == (True, False)


def test_it_is_argon2id_with_the_parameters_of_the_decision_and_a_new_salt(hasher: PasswordHasher) -> None:
    one, other = asyncio.run(hasher.hash(PASSWORD)), asyncio.run(hasher.hash(PASSWORD))
    assert one.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert one != other


def test_the_same_password_typed_on_another_keyboard_matches(hasher: PasswordHasher) -> None:
    hashed = asyncio.run(hasher.hash(unicodedata.normalize("NFC", PASSWORD)))
    assert asyncio.run(hasher.verify(hashed, unicodedata.normalize("NFD", PASSWORD)))


def test_a_hash_made_with_other_parameters_is_to_be_made_again(hasher: PasswordHasher) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    assert asyncio.run(hasher.verify(weak, PASSWORD))
    assert hasher.needs_rehash(weak)
    assert not hasher.needs_rehash(asyncio.run(hasher.hash(PASSWORD)))


def test_over_256_characters_are_refused_before_any_work(hasher: PasswordHasher) -> None:
    with pytest.raises(RuleBroken, match="256 characters or fewer") as refused:
        asyncio.run(hasher.hash("x" * 257))
    assert refused.value.field == "password"
    hashed = asyncio.run(hasher.hash("x" * 256))
    assert asyncio.run(hasher.verify(hashed, "x" * 256))
    hasher.close()
    assert asyncio.run(hasher.verify(hashed, "x" * 257)) is False


def test_an_account_without_a_password_matches_nothing(hasher: PasswordHasher) -> None:
    assert asyncio.run(hasher.verify("", "")) is False
    assert asyncio.run(hasher.verify("", PASSWORD)) is False


def test_a_character_that_cannot_be_written_is_only_wrong(hasher: PasswordHasher) -> None:
    hashed = asyncio.run(hasher.hash(PASSWORD))
    assert asyncio.run(hasher.verify(hashed, "\ud800" + PASSWORD)) is False


def test_an_unknown_address_takes_as_long_as_a_wrong_password(hasher: PasswordHasher) -> None:
    hashed = asyncio.run(hasher.hash(PASSWORD))

    async def fastest(dummy: bool) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            await (hasher.verify_dummy("wrong") if dummy else hasher.verify(hashed, "wrong"))
            times.append(time.perf_counter() - start)
        return min(times)

    known, unknown = asyncio.run(fastest(False)), asyncio.run(fastest(True))
    assert known / 2 < unknown < known * 2


def test_when_the_queue_is_full_the_next_is_told_at_once_and_the_others_are_served(
    hasher: PasswordHasher,
) -> None:
    async def storm() -> list[str | BaseException]:
        return await asyncio.gather(*(hasher.hash(PASSWORD) for _ in range(5)), return_exceptions=True)

    answers = asyncio.run(storm())
    assert [type(answer) for answer in answers] == [str, str, str, Busy, Busy]
    assert isinstance(asyncio.run(hasher.hash(PASSWORD)), str)


def test_somebody_who_goes_away_gives_up_their_place(hasher: PasswordHasher) -> None:
    async def come_and_go() -> None:
        waiting = [asyncio.create_task(hasher.hash(PASSWORD)) for _ in range(3)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
        # The first was at work and cannot be stopped; the two that waited have gone.
        await asyncio.gather(*(hasher.hash(PASSWORD) for _ in range(2)))
        await asyncio.gather(*(hasher.hash(PASSWORD) for _ in range(3)))

    asyncio.run(come_and_go())


def test_the_event_loop_goes_on_while_passwords_are_hashed(hasher: PasswordHasher) -> None:
    async def count_while_hashing() -> int:
        work = asyncio.gather(*(hasher.hash(PASSWORD) for _ in range(3)))
        turns = 0
        while not work.done():
            await asyncio.sleep(0.001)
            turns += 1
        return turns

    assert asyncio.run(count_while_hashing()) > 5


def test_one_hasher_serves_two_event_loops_at_once(hasher: PasswordHasher) -> None:
    hashed = asyncio.run(hasher.hash(PASSWORD))
    matched: list[bool] = []
    threads = [
        threading.Thread(target=lambda: matched.append(asyncio.run(hasher.verify(hashed, PASSWORD)))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert matched == [True, True]
