"""A form goes only to those it is meant for."""

import pytest

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    made = await gather(clock.now)
    await sign_in(client, made.dee, clock.now)
    return made


async def ask_amal(client: Client, cast: Cast, basis: str, form: str) -> Page:
    """Dee asks Amal, who sees the record on this ground."""
    await fetch("UPDATE relationship SET basis = {} WHERE account = {}", basis, cast.amal.account)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/actions/new")
    return await client.press(page, "Send request", recipient=cast.amal.public_id, form=form)


async def test_a_young_person_is_not_asked_for_the_parents_form(client: Client, cast: Cast) -> None:
    page = await ask_amal(client, cast, "young_person", "parent_views")
    assert page.problems == ["This form is for parents and carers. Choose another form, or another person"]
    assert await fetch("SELECT id FROM action") == []


async def test_a_professional_is_asked_for_no_family_form(client: Client, cast: Cast) -> None:
    page = await ask_amal(client, cast, "professional", "consent")
    said = "This form is for parents and carers, and for young people. Choose another form, or another person"
    assert page.problems == [said]


@pytest.mark.parametrize(
    ("basis", "form"),
    [
        ("young_person", "young_person_views"),
        ("agreed", "young_person_views"),
        ("representative", "parent_views"),
        ("carer", "consent"),
    ],
)
async def test_whoever_it_is_meant_for_is_asked(client: Client, cast: Cast, basis: str, form: str) -> None:
    assert "is on its way" in (await ask_amal(client, cast, basis, form)).text
    assert len(await fetch("SELECT id FROM action")) == 1
