"""All documents come in one zip: only one's own, only those that may be opened, each noted."""

import io
import zipfile

import pytest

from db.engine import fetch
from portal.access.queries import child_of
from portal.documents import queries
from portal.documents.archive import archive
from tests.web.documents.scene import PDF, Scene, audited

pytestmark = pytest.mark.anyio


async def zip_of(scene: Scene) -> zipfile.ZipFile:
    async with scene.signed_in(scene.cast.amal) as amal:
        page = await amal.get(scene.family_url)
        answer = await amal.http.get(page.link("Download all as a zip file"))
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith('attachment; filename="Documents PRI42.zip"')
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_names_are_unique_and_the_newest_is_first(scene: Scene) -> None:
    await scene.published([scene.cast.amal])
    await scene.pass_time(days=1)
    await scene.published([scene.cast.amal])
    with await zip_of(scene) as found:
        assert found.namelist() == ["001 plan.pdf", "002 plan.pdf"]
        assert [one.date_time[:3] for one in found.infolist()] == [(2026, 3, 10), (2026, 3, 9)]
        assert found.testzip() is None
        assert found.read("002 plan.pdf") == PDF[1]


async def test_every_program_can_read_it(scene: Scene) -> None:
    """Sizes stand before each file; macOS and Java cannot read stored files whose size comes afterwards."""
    await scene.published([scene.cast.amal])
    with await zip_of(scene) as found:
        assert all(not one.flag_bits & 0x08 and one.file_size == len(PDF[1]) for one in found.infolist())


async def test_it_holds_only_what_may_be_opened(scene: Scene) -> None:
    await scene.published([scene.cast.amal], "Mine")
    await scene.published([scene.cast.ben], "Somebody else's")
    recalled = await scene.published([scene.cast.amal], "Recalled")
    page = await scene.dee.get(f"{scene.staff_url}/{recalled}/recall")
    await scene.dee.press(page, "Recall", reason="Too early")
    await scene.publish([scene.cast.amal], "Being checked")
    with await zip_of(scene) as found:
        assert found.namelist() == ["001 plan.pdf"]


async def test_each_one_counts_as_opened(scene: Scene) -> None:
    for _ in range(3):
        await scene.published([scene.cast.amal])
    await zip_of(scene)
    assert await audited("family:document:opened") == 3
    assert await fetch("SELECT id FROM document_recipient WHERE first_opened_at IS NULL") == []


async def test_what_is_recalled_while_it_is_packed_is_left_out(scene: Scene) -> None:
    for name in ("First", "Second", "Third"):
        await scene.published([scene.cast.amal], name)
    now, amal = scene.clock.now, scene.cast.amal
    child = await child_of(amal, scene.cast.priya.public_id, now=now)
    documents = await queries.all_for(amal, child, now=now)
    pieces = archive(amal, child, documents, scene.store, now=now)
    content = await anext(pieces)
    page = await scene.dee.get(f"{scene.staff_url}/{documents[1].public_id}/recall")
    await scene.dee.press(page, "Recall", reason="Wrong child")
    content += b"".join([piece async for piece in pieces])
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.namelist() == ["001 plan.pdf", "003 plan.pdf"]
        assert found.testzip() is None
    opened = await fetch(
        "SELECT d.description FROM document d JOIN document_recipient r ON r.document = d.id"
        " WHERE r.first_opened_at IS NOT NULL ORDER BY d.id"
    )
    assert [row["description"] for row in opened] == ["First", "Third"]


async def test_with_nothing_to_open_there_is_no_zip(scene: Scene) -> None:
    async with scene.signed_in(scene.cast.amal) as amal:
        assert (await amal.get(f"{scene.family_url}/all.zip")).status == 404
