"""The SEND team sees on the draft plan's page who got the document and who has opened it."""

import pytest

from tests.client import Client
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio


async def test_the_page_says_who_has_opened_the_document(scene: DraftScene, amal: Client) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.dee.press(await scene.before_serving([scene.cast.amal], document), "Serve the draft")
    url = f"/staff/children/{scene.cast.priya.public_id}/draft-plan"
    assert "not opened" in (await scene.dee.get(url)).main
    await amal.http.get(f"/children/{scene.cast.priya.public_id}/documents/{document}")
    page = await scene.dee.get(url)
    assert "Amal Khan: served on 9 March 2026" in page.main
    assert "first opened on 9 March 2026" in page.main
