"""Whatever is typed into the team's forms, the answer is a page that can be mended, never an error."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.ids import public_id
from tests.client import Page
from tests.web.documents.scene import PDF, Scene, is_published

pytestmark = pytest.mark.anyio

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=250)
number = st.one_of(st.integers(-1, 3000).map(str), anything)


def a_day(name: str) -> dict[str, st.SearchStrategy[str]]:
    return {f"{name}-{part}": number for part in ("day", "month", "year")}


files = st.one_of(st.just(PDF), st.tuples(anything, st.binary(max_size=100), st.just("application/pdf")))
documents = st.fixed_dictionaries({"description": anything, **a_day("document_date")})
choices = st.fixed_dictionaries(
    {"recipient": st.lists(anything, max_size=3), "when": st.one_of(st.sampled_from(["now", "later"]), anything)}
    | {"seal": anything, **a_day("on")}
)


async def post(scene: Scene, page: Page, typed: dict[str, Any], **options: Any) -> Page:
    token = page.form("Continue").xpath(".//input[@name='csrf_token']")[0].get("value")
    return await scene.dee.post(page.url, {**typed, "csrf_token": token, "once": public_id()}, **options)


@settings(max_examples=25)
@given(typed=documents, file=files)
async def test_preparing_answers_with_a_page(scene: Scene, typed: dict[str, str], file: tuple[str, bytes, str]) -> None:
    page = await scene.dee.get(f"{scene.staff_url}/new")
    answer = await post(scene, page, typed, files={"file": file})
    assert answer.status in {200, 400, 422}
    assert bool(answer.problems) == (answer.status == 422)


@settings(max_examples=25)
@given(typed=choices)
async def test_publishing_answers_with_a_page_and_publishes_nothing(scene: Scene, typed: dict[str, Any]) -> None:
    answer = await post(scene, await scene.prepared(), typed)
    assert answer.status == 422
    assert answer.problems
    assert not await is_published()
