"""Where the team sends something to a family, it reads whom the portal does not reach."""

from datetime import date, timedelta

import pytest
from litestar.types import ASGIApp

from db.tables import Invitation
from portal.accounts import closing
from portal.ids import public_id
from tests.client import Client
from tests.conftest import Clock
from tests.people import HASHER, PASSWORD, gather, give_access, person, sign_in
from tests.web.draft_plan.scene import DraftScene
from tests.web.timeline.scene import decide, timeline_of
from web.settings import Settings

pytestmark = pytest.mark.anyio

ROSA = "Rosa Khan has no access to the portal yet"
BEN = "Ben Khan closed their portal account. Write to: no address is kept here"


@pytest.fixture
async def scene(app: ASGIApp, client: Client, settings: Settings, clock: Clock) -> DraftScene:
    cast = await gather(clock.now)
    return DraftScene(app, await sign_in(client, cast.dee, clock.now), cast, settings, clock)


async def known(scene: DraftScene, state: str = "kept", basis: str = "carer", name: str = "Rosa Khan") -> None:
    """An adult from an import, or one who was invited."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    await Invitation(public_id=public_id(), child=scene.cast.priya.id, email=email, email_key=email, adult_name=name,
                     basis=basis, state=state, code_expires_at=scene.clock.now + timedelta(days=28),
                     created_at=scene.clock.now).save()  # fmt: skip


async def close_bens(scene: DraftScene) -> None:
    await closing.close(scene.cast.ben, PASSWORD, HASHER, now=scene.clock.now)


async def listed(scene: DraftScene) -> str:
    return (await scene.dee.get(scene.staff_url)).main


async def test_publishing_a_document_names_them_twice(scene: DraftScene) -> None:
    await known(scene)
    await close_bens(scene)
    choosing = await scene.prepared()
    confirming = await scene.dee.press(choosing, "Continue", when="now", recipient=[scene.cast.amal.public_id])
    for page in (choosing, confirming):
        assert "Some adults cannot read it here" in page.main
        assert ROSA in page.main
        assert BEN in page.main


async def test_serving_a_draft_names_them(scene: DraftScene) -> None:
    await scene.decide_to_assess()
    await known(scene)
    page = await scene.before_serving([scene.cast.amal], await scene.published([scene.cast.amal]))
    assert "One adult cannot read it here" in page.main
    assert ROSA in page.main


async def test_a_draft_that_could_not_be_served_on_a_closed_account_is_named(scene: DraftScene) -> None:
    await scene.decide_to_assess()
    await close_bens(scene)
    await scene.serve([scene.cast.amal])
    assert (
        "Ben Khan, parental responsibility, closed their account: send it on paper"
        in (await scene.dee.get(scene.staff_draft_url)).main
    )


async def test_a_decision_and_its_letter_name_them(scene: DraftScene) -> None:
    await known(scene)
    form = await scene.dee.get(f"{timeline_of(scene.cast)}/decision")
    assert ROSA in form.main
    page = await decide(scene.dee, scene.cast, "decided_to_assess", date(2026, 2, 2))
    (letter,) = page.all("//a[contains(@href, '/timeline/letters/')]/@href")
    assert ROSA in (await scene.dee.get(letter)).main


@pytest.mark.parametrize("state", ["code_sent", "declined", "expired", "invited", "kept", "locked", "verified"])
async def test_whoever_did_not_come_to_access_is_named(scene: DraftScene, state: str) -> None:
    await known(scene, state)
    words = "Rosa Khan said no to the portal" if state == "declined" else ROSA
    assert words in await listed(scene)


@pytest.mark.parametrize("state", ["accepted", "active", "withdrawn"])
async def test_whoever_has_or_gets_access_or_was_cancelled_is_not(scene: DraftScene, state: str) -> None:
    await known(scene, state)
    assert "cannot read it here" not in await listed(scene)


async def test_professionals_and_those_who_see_it_with_another_invitation_are_not_named(scene: DraftScene) -> None:
    await known(scene, basis="professional")
    await known(scene, "declined", name="Amal Khan")
    assert "cannot read it here" not in await listed(scene)


async def test_whoever_closed_the_account_and_is_invited_again_is_named_once(scene: DraftScene) -> None:
    await close_bens(scene)
    await known(scene, "invited", name="Ben Khan")
    page = await listed(scene)
    assert BEN in page
    assert page.count("Ben Khan") == 1
    await give_access(await person("Ben Khan", scene.clock.now), scene.cast.priya, scene.clock.now)
    assert "cannot read it here" not in await listed(scene)


async def test_no_family_reads_it(scene: DraftScene) -> None:
    await close_bens(scene)
    async with scene.signed_in(scene.cast.amal) as amal:
        for url in (f"/children/{scene.cast.priya.public_id}", scene.family_url):
            assert "Ben" not in (await amal.get(url)).main
