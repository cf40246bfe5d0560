"""Account Setup: what must be answered, and that the answer counts once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, form_values
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import gather, person
from tests.web.invitations.steps import ANNA, answer, browser_of, emails_to, invited
from web.forms.invitations import AnswerForm
from web.settings import Settings

CHOOSE_CHILD = "Tick the name of each child whose invitation you want to answer"
CHOOSE_ANSWER = "Choose Yes if you wish to continue with setting up your account, otherwise No"


@pytest.fixture
async def anna(app: ASGIApp, settings: Settings, clock: Clock) -> Client:
    """Anna's browser; she has been invited to Noor."""
    cast = await gather(clock.now)
    await invited(await browser_of(app, cast.dee, clock), settings, clock)
    return await browser_of(app, await person("Anna Aziz", clock.now), clock)


@pytest.mark.anyio
async def test_both_questions_must_be_answered(anna: Client) -> None:
    page = await anna.press(await anna.get("/invitations"), "Confirm")
    assert page.status == 422
    assert page.title.startswith("Error: Account Setup")
    assert page.problems == [CHOOSE_CHILD, CHOOSE_ANSWER]
    page = await anna.press(page, "Confirm", answer="yes")
    assert page.problems == [CHOOSE_CHILD]
    assert page.one("//input[@value='yes']").get("checked") is not None


@pytest.mark.anyio
async def test_nothing_is_answered_before_submit(anna: Client) -> None:
    page = await anna.get("/invitations")
    noor = page.one("//input[@type='checkbox']").get("value")
    page = await anna.press(page, "Confirm", invitation=noor, answer="yes")
    assert page.link("Back") == "/invitations"
    assert "1 Invitations awaiting approval" in (await anna.get("/invitations")).main
    assert await fetch("SELECT id FROM relationship r WHERE state = 'waiting'") == []


@pytest.mark.anyio
@pytest.mark.parametrize("query", ["", "?answer=yes", "?answer=perhaps&invitation=x", "?invitation=x&answer=yes"])
async def test_the_second_step_needs_the_first(anna: Client, query: str) -> None:
    assert (await anna.get(f"/invitations/confirm{query}")).heading == "Account Setup"


@pytest.mark.anyio
async def test_submit_twice_counts_once(anna: Client, settings: Settings, clock: Clock) -> None:
    page = await anna.get("/invitations")
    noor = page.one("//input[@type='checkbox']").get("value")
    page = await anna.press(page, "Confirm", invitation=noor, answer="yes")
    for _ in range(2):
        assert (await anna.press(page, "Submit")).url == "/children"
    assert len(await emails_to(ANNA, settings, clock)) == 1
    assert len(await fetch("SELECT id FROM relationship WHERE state = 'waiting'")) == 1


@pytest.mark.anyio
async def test_nobody_answers_for_somebody_else(app: ASGIApp, anna: Client, settings: Settings, clock: Clock) -> None:
    page = await anna.get("/invitations")
    noor = page.one("//input[@type='checkbox']").get("value")
    page = await anna.press(page, "Confirm", invitation=noor, answer="yes")
    chosen: dict[str, Any] = form_values(page.form("Submit"))
    stranger = await browser_of(app, await person("Zoe Hill", clock.now), clock)
    zoes = (await stranger.get("/invitations")).all("//input[@name='csrf_token']")[0].get("value")
    refused = await stranger.post("/invitations/confirm", {**chosen, "csrf_token": zoes})
    assert refused.status == 422
    assert "answered or has run out" in refused.main
    assert await fetch("SELECT id FROM relationship WHERE state = 'waiting'") == []
    assert await deliver_all(settings, clock) == []


@pytest.mark.anyio
async def test_after_a_no_a_stale_yes_is_refused(anna: Client) -> None:
    page = await anna.get("/invitations")
    noor = page.one("//input[@type='checkbox']").get("value")
    stale = await anna.press(page, "Confirm", invitation=noor, answer="yes")
    await answer(anna, "no")
    assert (await anna.press(stale, "Submit")).status == 422
    assert await fetch("SELECT id FROM relationship WHERE state = 'waiting'") == []


@pytest.mark.anyio
async def test_with_nothing_to_answer_it_says_what_to_do(app: ASGIApp, clock: Clock) -> None:
    await gather(clock.now)
    page = await (await browser_of(app, await person("Zoe Hill", clock.now), clock)).get("/invitations")
    assert "No invitation is waiting for your answer" in page.main
    assert "zoe@example.com" in page.main


@given(
    typed=st.dictionaries(
        st.sampled_from(["invitation", "answer", "once"]), st.lists(st.text(max_size=20), max_size=4)
    ),
    awaiting=st.lists(st.text(min_size=1, max_size=16), max_size=3, unique=True),
)
def test_only_what_waits_can_be_chosen(typed: dict[str, list[str]], awaiting: list[str]) -> None:
    form = AnswerForm(typed)
    form.awaiting = awaiting
    form.read()
    assert set(form.invitations) <= set(awaiting)
    assert form.ok == (bool(form.invitations) and form.answer in {"yes", "no"})
