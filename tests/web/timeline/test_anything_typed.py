"""Whatever is typed into the team's forms, the answer is a page that can be mended, never an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.rules import DECISIONS, DUTIES, EXCEPTIONS, STAGES
from portal.ids import public_id
from tests.client import Client, Page
from tests.conftest import Clock
from tests.web.timeline.scene import at_timeline, timeline_of

pytestmark = pytest.mark.anyio

BUTTONS = {"stage": "Move", "decision": "Record", "exception": "Record", "key-date": "Add"}
TEXTS = "stage kind duty note reason approved_by title".split()
DAYS = "on starts ends revised_target".split()

anything = st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs"]), max_size=60)
known = st.sampled_from([*STAGES, *DECISIONS, *DUTIES, *EXCEPTIONS])
parts = {
    "day": st.one_of(st.integers(-1, 33).map(str), anything),
    "month": st.one_of(st.integers(-1, 14).map(str), st.sampled_from(["March", "ma", "Sept"]), anything),
    "year": st.one_of(st.integers(2024, 2028).map(str), anything),
}
typed = st.fixed_dictionaries(
    {name: st.one_of(known, anything) for name in TEXTS}
    | {f"{name}-{part}": values for name in DAYS for part, values in parts.items()}
)


@pytest.fixture
async def forms(client: Client, clock: Clock) -> dict[str, Page]:
    """Each form, opened by Dee."""
    cast, _ = await at_timeline(client, clock)
    return {name: await client.get(f"{timeline_of(cast)}/{name}") for name in BUTTONS}


@pytest.mark.parametrize("name", BUTTONS)
@settings(max_examples=20)
@given(typed=typed)
async def test_a_form_answers_with_a_page(
    client: Client, forms: dict[str, Page], name: str, typed: dict[str, str]
) -> None:
    own = set(forms[name].all("//main//form//@name")) & typed.keys()
    answer = await client.press(
        forms[name], BUTTONS[name], **{field: typed[field] for field in own} | {"once": public_id()}
    )
    assert answer.status in {200, 422}
    assert bool(answer.problems) == (answer.status == 422)
