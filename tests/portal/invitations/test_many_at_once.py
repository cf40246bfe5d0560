"""What is pressed many times at once happens once, and wrong codes are all counted."""

import asyncio
from datetime import date

import pytest

from db.engine import fetch, fetch_one
from portal import notices
from portal.access.queries import ChildRecord, child_of
from portal.children.commands import NewChild, add_child
from portal.errors import PortalError, Refused
from portal.invitations import answering, commands
from portal.invitations.codes import unique_code
from portal.invitations.commands import Invitee
from portal.relationships import commands as access
from portal.relationships.waiting import access_request
from tests.conftest import Clock
from tests.people import Cast, person

pytestmark = pytest.mark.anyio
NOOR = NewChild("Noor", "Aziz", date(2019, 5, 2), date(2026, 3, 5), "parent")
ANNA = Invitee("Anna@example.com", "Anna Aziz", "parental_responsibility")


async def invitation_of(cast: Cast, clock: Clock) -> tuple[ChildRecord, str, str]:
    """A child with one invitation: the child, the invitation's public id and its code."""
    noor = await child_of(
        cast.dee, await add_child(cast.dee, NOOR, ANNA, is_another_child=False, now=clock.now), now=clock.now
    )
    row = await fetch_one("SELECT id, public_id FROM invitation WHERE child = {}", noor.id)
    assert row is not None
    return noor, row["public_id"], unique_code(row["id"], 1)


async def test_eight_submits_at_once_have_one_winner(cast: Cast, clock: Clock) -> None:
    noor, invitation, code = await invitation_of(cast, clock)
    assert not await commands.verify(cast.dee, noor, invitation, code, identity_method="record", now=clock.now)
    anna = await person("Anna Aziz", clock.now)
    queued = len(await notices.waiting())
    await asyncio.gather(*(answering.accept(anna, [invitation], now=clock.now) for _ in range(8)))
    assert len(await fetch("SELECT id FROM relationship WHERE account = {}", anna.account)) == 1
    assert len(await notices.waiting()) == queued + 1
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:invitation:accepted'")) == 1


async def test_yes_and_no_at_once_leave_one_answer(cast: Cast, clock: Clock) -> None:
    noor, invitation, code = await invitation_of(cast, clock)
    await commands.verify(cast.dee, noor, invitation, code, identity_method="record", now=clock.now)
    anna = await person("Anna Aziz", clock.now)
    answers = [answering.accept, answering.decline] * 4
    found = await asyncio.gather(
        *(answer(anna, [invitation], now=clock.now) for answer in answers), return_exceptions=True
    )
    assert sum(isinstance(result, Refused) for result in found) == 4
    row = await fetch_one("SELECT state FROM invitation WHERE public_id = {}", invitation)
    waits = await fetch("SELECT id FROM relationship WHERE account = {}", anna.account)
    assert row is not None
    assert (row["state"] == "accepted") == (len(waits) == 1)


async def test_eight_activations_at_once_send_one_email(cast: Cast, clock: Clock) -> None:
    noor, invitation, code = await invitation_of(cast, clock)
    await commands.verify(cast.dee, noor, invitation, code, identity_method="record", now=clock.now)
    await answering.accept(await person("Anna Aziz", clock.now), [invitation], now=clock.now)
    row = await fetch_one("SELECT public_id FROM relationship WHERE child = {}", noor.id)
    assert row is not None
    request = await access_request(cast.dee, row["public_id"], now=clock.now)
    found = await asyncio.gather(
        *(access.activate(cast.dee, request, now=clock.now) for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(result, Refused) for result in found) == 7
    assert len(await fetch("SELECT id FROM notice WHERE kind = 'portal_access'")) == 1


async def test_twenty_wrong_codes_at_once_get_five_tries(cast: Cast, clock: Clock) -> None:
    noor, invitation, code = await invitation_of(cast, clock)

    async def wrong() -> str:
        return await commands.verify(cast.dee, noor, invitation, "2222-2222", identity_method="record", now=clock.now)

    found = await asyncio.gather(*(wrong() for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(result, str) for result in found) == 5
    assert all(isinstance(result, (str, Refused)) for result in found)
    with pytest.raises(Refused):
        await commands.verify(cast.dee, noor, invitation, code, identity_method="record", now=clock.now)


async def test_an_address_is_invited_once_for_a_child(cast: Cast, clock: Clock) -> None:
    noor, _, _ = await invitation_of(cast, clock)
    ben = Invitee("ben2@example.com", "Ben Aziz", "carer")
    found = await asyncio.gather(
        *(commands.invite(cast.dee, noor, ben, now=clock.now) for _ in range(6)), return_exceptions=True
    )
    assert sum(isinstance(result, str) for result in found) == 1
    assert all(isinstance(result, (str, PortalError)) for result in found)


async def test_all_invitations_are_answered_or_none(cast: Cast, clock: Clock) -> None:
    noor, invitation, code = await invitation_of(cast, clock)
    await commands.verify(cast.dee, noor, invitation, code, identity_method="record", now=clock.now)
    anna = await person("Anna Aziz", clock.now)
    with pytest.raises(Refused):
        await answering.accept(anna, [invitation, "somebody-elses-0"], now=clock.now)
    row = await fetch_one("SELECT state FROM invitation WHERE public_id = {}", invitation)
    assert row is not None
    assert row["state"] == "invited"
