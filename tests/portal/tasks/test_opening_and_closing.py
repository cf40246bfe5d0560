"""A task opens once for each reason, and goes by itself when the reason has gone."""

from datetime import date, datetime, timedelta

import pytest

from db.engine import fetch
from db.tables import Document, DocumentRecipient, Invitation, StoredFile
from portal.ids import public_id
from portal.tasks.opening import open_and_close
from portal.tasks.queries import open_for
from tests.conftest import Clock
from tests.people import Cast, give_access, person

pytestmark = pytest.mark.anyio

WEEK = timedelta(days=7)


async def opened(clock: Clock) -> list[str]:
    """The kinds that are open after the run of this moment; a second run changes nothing."""
    await open_and_close(now=clock.now)
    assert await open_and_close(now=clock.now) == (0, 0)
    return [row["kind"] for row in await fetch("SELECT kind FROM task WHERE done_at IS NULL ORDER BY id")]


async def served(cast: Cast, at: datetime, scan_state: str = "clean") -> Document:
    file = StoredFile(public_id=public_id(), child=cast.priya.id, uploaded_by=cast.dee.account, name="plan.pdf",
                      media_type="application/pdf", size=1, sha256="", stored_as="", scan_state=scan_state,
                      scan_detail="", created_at=at)  # fmt: skip
    await file.save()
    made = Document(public_id=public_id(), child=cast.priya.id, file=file.id, description="Draft plan",
                    document_date=at.date(), uploaded_by=cast.dee.account, uploaded_at=at, published_at=at,
                    published_by=cast.dee.account, recall_reason="")  # fmt: skip
    await made.save()
    for adult in (cast.amal, cast.ben):
        await DocumentRecipient(document=made.id, account=adult.account, served_at=at).save()
    return made


async def invited(cast: Cast, clock: Clock, state: str = "code_sent") -> Invitation:
    made = Invitation(public_id=public_id(), child=cast.priya.id, email="gran@example.com",
                      email_key="gran@example.com",
                      adult_name="Rosa Khan", basis="carer", state=state,
                      code_expires_at=clock.now + timedelta(days=28), identity_method="", link_hash="",
                      created_at=clock.now)  # fmt: skip
    await made.save()
    return made


async def test_nothing_opens_while_all_is_well(cast: Cast, clock: Clock) -> None:
    assert await opened(clock) == []


async def test_each_recipient_who_has_not_opened_a_document_has_a_task(cast: Cast, clock: Clock) -> None:
    document = await served(cast, clock.now)
    clock.pass_time(days=6)
    assert await opened(clock) == []
    clock.pass_time(days=1)
    assert await opened(clock) == ["unopened", "unopened"]
    await fetch("UPDATE document_recipient SET first_opened_at = {} WHERE account = {}", clock.now, cast.ben.account)
    assert await opened(clock) == ["unopened"]
    await fetch("UPDATE document SET recalled_at = {} WHERE id = {}", clock.now, document.id)
    assert await opened(clock) == []


@pytest.mark.parametrize("scan_state", ["pending", "infected"])
async def test_what_cannot_be_opened_is_not_waited_for(cast: Cast, clock: Clock, scan_state: str) -> None:
    await served(cast, clock.now - WEEK, scan_state)
    assert await opened(clock) == []


async def test_who_has_no_access_any_more_is_not_waited_for(cast: Cast, clock: Clock) -> None:
    await served(cast, clock.now - WEEK)
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.amal.account)
    assert await opened(clock) == ["unopened"]


async def test_years_of_old_documents_open_nothing_but_an_open_task_stays(cast: Cast, clock: Clock) -> None:
    await served(cast, clock.now - timedelta(days=200))
    assert await opened(clock) == []
    await served(cast, clock.now - timedelta(days=170))
    assert len(await opened(clock)) == 2
    clock.pass_time(days=60)
    assert len(await opened(clock)) == 2


@pytest.mark.parametrize("state", ["code_sent", "locked", "verified", "invited"])
async def test_an_invitation_is_stuck_after_a_week_until_it_moves_on(cast: Cast, clock: Clock, state: str) -> None:
    await invited(cast, clock, state)
    clock.pass_time(days=6)
    assert await opened(clock) == []
    clock.pass_time(days=1)
    assert await opened(clock) == ["stuck_invitation"]
    await fetch("UPDATE invitation SET state = 'accepted'")
    assert await opened(clock) == []


async def test_sending_it_again_gives_another_week(cast: Cast, clock: Clock) -> None:
    await invited(cast, clock)
    clock.pass_time(days=8)
    assert await opened(clock) == ["stuck_invitation"]
    await fetch("UPDATE invitation SET code_expires_at = {}", clock.now + timedelta(days=28))
    assert await opened(clock) == []
    clock.pass_time(days=7)
    assert await opened(clock) == ["stuck_invitation"]


async def test_a_case_without_caseworker_until_somebody_has_it(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET caseworker = NULL WHERE id = {}", cast.priya.id)
    assert await opened(clock) == ["plan_without_caseworker"]
    await fetch("UPDATE child SET caseworker = {}", cast.dee.account)
    assert await opened(clock) == []
    await fetch("UPDATE account SET disabled_at = {} WHERE id = {}", clock.now, cast.dee.account)
    assert len(await opened(clock)) == 2


async def test_an_ended_case_needs_nobody(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET caseworker = NULL, date_of_birth = {}", date(2008, 10, 2))
    await fetch("UPDATE ehc_case SET branch = 'ceased'")
    assert await opened(clock) == []


async def test_soon_gives_way_to_the_rights_having_passed(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET date_of_birth = {} WHERE id = {}", date(2010, 3, 15), cast.priya.id)
    clock.now = datetime.fromisoformat("2026-03-26T10:00+00:00")
    assert await opened(clock) == ["young_person_soon"]
    clock.now = datetime.fromisoformat("2026-06-26T22:30+00:00")
    assert await opened(clock) == ["young_person_soon"]
    clock.pass_time(hours=1)
    assert await opened(clock) == ["young_person"]


async def test_the_rights_are_settled_when_no_parent_s_own_ground_is_left(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET date_of_birth = {} WHERE id = {}", date(2008, 10, 2), cast.priya.id)
    own = await person("Priyanka Khan", clock.now)
    await give_access(own, cast.priya, clock.now, "young_person")
    assert await opened(clock) == ["young_person"]
    await fetch("UPDATE relationship SET basis = 'agreed' WHERE account = {}", cast.amal.account)
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.ben.account)
    await fetch("UPDATE relationship SET state = 'waiting' WHERE account = {}", own.account)
    assert await opened(clock) == ["young_person"], "their own access has still to be checked"
    await fetch("UPDATE relationship SET state = 'active' WHERE account = {}", own.account)
    assert await opened(clock) == []


async def test_what_was_done_by_hand_opens_anew_only_for_a_new_reason(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET caseworker = NULL WHERE id = {}", cast.priya.id)
    await opened(clock)
    await fetch("UPDATE task SET done_at = {}, done_by = {}, done_how = 'Asked Mo'", clock.now, cast.dee.account)
    assert await opened(clock) == []
    await fetch("UPDATE child SET caseworker = {}", cast.dee.account)
    await opened(clock)
    assert [row["done_how"] for row in await fetch("SELECT done_how FROM task")] == ["Asked Mo"]
    await fetch("UPDATE child SET caseworker = NULL WHERE id = {}", cast.priya.id)
    assert await opened(clock) == ["plan_without_caseworker"]


async def test_today_has_one_s_own_and_for_a_manager_those_of_nobody(cast: Cast, clock: Clock) -> None:
    await served(cast, clock.now - WEEK)
    await fetch("UPDATE child SET caseworker = NULL, team = {} WHERE id = {}", cast.north.id, cast.omar.id)
    await opened(clock)
    assert (await open_for(cast.dee, now=clock.now, limit=1)).total == 2
    assert len((await open_for(cast.dee, now=clock.now, limit=1)).rows) == 1
    assert [row.kind for row in (await open_for(cast.mo, now=clock.now)).rows] == ["plan_without_caseworker"]
    assert (await open_for(cast.ed, now=clock.now)).total == 0
