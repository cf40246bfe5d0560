"""A caseworker adds a document: what cannot be taken is refused with what to do, and what was typed stays."""

import asyncio

import pytest

from db.engine import fetch
from tests.client import Page
from tests.portal.files.samples import docx, pdf
from tests.web.documents.scene import DATE, PDF, Scene, audited

pytestmark = pytest.mark.anyio

MB = 1024 * 1024
CHOOSE_AGAIN = "Choose the file again: it cannot be kept while something else has to be mended"


def what_was_typed(page: Page) -> tuple[str, str]:
    return page.field("description"), page.field("document_date-day")


async def test_a_document_is_kept_and_nobody_in_the_family_sees_it(scene: Scene) -> None:
    page = await scene.prepared()
    assert page.heading == "Publish: Draft EHC plan"
    assert await audited("staff:document:prepared") == 1
    page = await scene.dee.get(scene.staff_url)
    assert "Prepared Document date 2 March 2026. plan.pdf" in page.main
    assert "It is being checked for viruses." in page.main
    async with scene.signed_in(scene.cast.amal) as amal:
        assert "There are no documents yet" in (await amal.get(scene.family_url)).main


async def test_what_is_missing_is_said_and_what_was_typed_stays(scene: Scene) -> None:
    page = await scene.dee.get(f"{scene.staff_url}/new")
    page = await scene.dee.press(page, "Continue", description="Draft EHC plan")
    assert page.status == 422
    assert page.problems == ["Choose the file", "Enter the date on the document"]
    assert page.field("description") == "Draft EHC plan"


async def test_a_good_file_has_to_be_chosen_again_and_the_page_says_so(scene: Scene) -> None:
    page = await scene.dee.get(f"{scene.staff_url}/new")
    page = await scene.dee.press(page, "Continue", files={"file": PDF}, **DATE)
    assert page.problems == ["Enter a description that the family understands", CHOOSE_AGAIN]
    assert page.field("document_date-day") == "2"
    assert await fetch("SELECT id FROM stored_file") == []


@pytest.mark.parametrize("size", [10 * MB + 1, 15 * MB])
async def test_a_file_that_is_too_large_is_refused_beside_its_field(scene: Scene, size: int) -> None:
    page = await scene.prepared(file=("plan.pdf", PDF[1].ljust(size, b"\n"), "application/pdf"))
    assert page.status == 422
    assert page.problems == ["This file is larger than 10 MB. Make it smaller, or send it in parts"]
    assert what_was_typed(page) == ("Draft EHC plan", "2")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.doc", b"old", "We cannot take this kind of document. Save it as a PDF or .docx and try again"),
        ("plan.exe", b"MZ", "Choose a PDF, a Word document (.docx) or a picture (.jpg or .png)"),
        ("plan.pdf", docx(), "This file is not what its name says. Choose a PDF"),
        ("plan.pdf", b"", "This file is empty. Choose another one"),
        ("plan.pdf", pdf(catalog=b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>"), "This PDF"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    scene: Scene, name: str, content: bytes, said: str
) -> None:
    page = await scene.prepared(file=(name, content, "application/pdf"))
    assert page.status == 422
    assert page.problems[0].startswith(said)
    assert what_was_typed(page) == ("Draft EHC plan", "2")
    assert await fetch("SELECT id FROM stored_file") == []


async def test_a_slip_of_the_finger_in_the_year_is_noticed(scene: Scene) -> None:
    page = await scene.dee.get(f"{scene.staff_url}/new")
    typed = {**DATE, "document_date-year": "2062"}
    page = await scene.dee.press(page, "Continue", files={"file": PDF}, description="Plan", **typed)
    assert page.problems[0] == "The document date must not be more than a year ahead"


async def test_pressing_twice_adds_it_once(scene: Scene) -> None:
    page = await scene.dee.get(f"{scene.staff_url}/new")
    typed = {"files": {"file": PDF}, "description": "Draft EHC plan", **DATE}
    pages = await asyncio.gather(*(scene.dee.press(page, "Continue", **typed) for _ in range(3)))
    assert len({page.url for page in pages}) == 1
    assert len(await fetch("SELECT id FROM document")) == 1
    assert len(await fetch("SELECT id FROM stored_file")) == 1


async def test_the_team_reads_older_documents_on_the_next_page(scene: Scene) -> None:
    for number in range(26):
        scene.clock.pass_time(seconds=1)
        await scene.prepared(f"Letter {number:02}")
    page = await scene.dee.get(scene.staff_url)
    assert "Letter 25" in page.main
    assert "Letter 00" not in page.main
    older = await scene.dee.get(page.link("Older documents →"))
    assert "Letter 00" in older.main
    assert "Letter 01" not in older.main
    assert older.link("← Newest documents") == scene.staff_url


async def test_another_team_finds_nothing(scene: Scene) -> None:
    await scene.prepared()
    row = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    async with scene.signed_in(scene.cast.ed) as ed:
        for path in ("", "/new", f"/{row}", f"/{row}/publish", f"/{row}/recall"):
            assert (await ed.get(f"{scene.staff_url}{path}")).status == 404
