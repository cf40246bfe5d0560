"""A file is read and shown before anything happens: what is new, who is here already, what must be mended."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from litestar.types import ASGIApp

from db.engine import fetch
from portal.imports.columns import COLUMNS
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather
from tests.web.imports.files import NOOR, PRIYA, csv_of, upload
from tests.web.invitations.steps import browser_of

pytestmark = pytest.mark.anyio

HEADINGS = ",".join(column.title for column in COLUMNS)


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


async def test_the_template_can_be_downloaded_and_imported(staff: Client) -> None:
    page = await staff.get((await staff.get("/staff/imports")).link("Download a template"))
    assert page.text.startswith("\ufeffChild forename,Child surname,Date of birth")
    page = await upload(staff, page.text.encode())
    assert page.form("Take in 1 child") is not None
    assert "New children 1" in page.main


async def test_the_page_says_what_would_happen_and_changes_nothing(staff: Client) -> None:
    page = await upload(staff, csv_of(NOOR, {**NOOR, "adult_name": "Bo Aziz", "adult_email": "bo@example.com"}, PRIYA))
    assert page.heading == "Import: children.csv"
    for words in ("Rows 3", "New children 1", "here already 1", "“Your unique code” 3", "Rows to mend 0"):
        assert words in page.main, words
    page = await staff.get(page.url + "?kind=matched")
    assert "Will be joined to" in page.main
    assert page.link("Priya Khan, case PRI42").startswith("/staff/children/")
    assert len(await fetch("SELECT id FROM child")) == 2
    assert await fetch("SELECT id FROM invitation") == []
    assert await fetch("SELECT id FROM notice") == []


async def test_every_bad_row_is_named_and_nothing_can_be_taken_in(staff: Client) -> None:
    bad = {**NOOR, "date_of_birth": "31/02/2019", "source": "=cmd()", "adult_email": "anna"}
    page = await upload(staff, csv_of(NOOR, bad, {**NOOR, "surname": ""}))
    assert "Rows to mend 2" in page.main
    for words in (
        "3 Date of birth Enter a real date, like 2026-01-05, 5 January 2026 or 05/01/2026 31/02/2019",
        "3 Source Enter who asked: parent, young person, school or other =cmd()",
        "3 Adult email Enter an email address in the correct format, like name@example.com anna",
        "4 Child surname Enter the child’s surname Nothing",
    ):
        assert words in page.main, words
    assert "Take in" not in page.main
    downloaded = await staff.get(page.link("Download this list"))
    cells = list(csv.reader(io.StringIO(downloaded.text.removeprefix("\ufeff"), newline="")))
    assert len(cells) == 5
    assert ["3", "Source", "Enter who asked: parent, young person, school or other", "'=cmd()"] in cells


async def test_a_file_that_is_no_csv_file_is_refused_beside_the_field(staff: Client) -> None:
    for content, problem in (
        (b"", "This file is empty. Choose another one"),
        (b"PK\x03\x04rest", "This is an Excel workbook. Save it as “CSV UTF-8” and choose that file"),
        (b"\xff\xfeC\x00h\x00", "This file is not a CSV file. Save the sheet as “CSV UTF-8” and choose that file"),
        (HEADINGS.encode(), "This file has a first line with headings, and nothing under it"),
        (HEADINGS.encode() + b"\n" + b"x\n" * 20_001, "This file has more than 20,000 rows. Make two files of it"),
        (b"a" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB. Make two files of it"),
    ):
        page = await upload(staff, content)
        assert (page.status, page.problems) == (422, [problem])
    page = await staff.press(await staff.get("/staff/imports"), "Check the file")
    assert page.problems == ["Choose the file"]


async def test_headings_that_are_wrong_are_named(staff: Client) -> None:
    page = await upload(staff, b"Child forename,Shoe size,child FORENAME\nNoor,3,x\n")
    for words in (
        "1 Shoe size We do not know this column",
        "1 Child forename This column is there twice",
        "1 Child surname This column is missing",
        "1 Date of birth This column is missing",
    ):
        assert words in page.main, words


async def test_only_the_team_and_managers_see_an_import(app: ASGIApp, cast: Cast, staff: Client, clock: Clock) -> None:
    page = await upload(staff, csv_of(NOOR))
    ed, mo = await browser_of(app, cast.ed, clock), await browser_of(app, cast.mo, clock)
    for url in (page.url, page.url + "/problems.csv", page.url + "/panels/progress"):
        assert (await ed.get(url)).status == 404
        assert (await mo.get(url)).status == 200
    assert "children.csv" not in (await ed.get("/staff/imports")).main
    assert "children.csv" in (await mo.get("/staff/imports")).main
    assert (await ed.post(page.url + "/cancel")).status in {403, 404}


async def test_a_caseworker_may_not_import_into_another_team(app: ASGIApp, cast: Cast, staff: Client) -> None:
    page = await upload(staff, csv_of({**NOOR, "team": "South"}))
    assert "Only managers may give another team" in page.main
    page = await upload(staff, csv_of({**NOOR, "team": "north"}))
    assert "New children 1" in page.main


async def test_a_managers_file_for_another_team_is_for_managers_only(
    app: ASGIApp, cast: Cast, staff: Client, clock: Clock
) -> None:
    mo = await browser_of(app, cast.mo, clock)
    page = await upload(mo, csv_of({**NOOR, "team": "South", "caseworker": "ed@example.com"}))
    assert "New children 1" in page.main
    assert (await staff.get(page.url)).status == 404


async def test_long_lists_are_shown_a_page_at_a_time(staff: Client) -> None:
    names = [f"{one}{two}a" for one in "ABCDEF" for two in "abcdef"]
    rows = [{**NOOR, "forename": name, "adult_email": f"{name}@example.com"} for name in names]
    page = await upload(staff, csv_of(*rows))
    assert len(page.all("//main//tbody/tr")) == 25
    page = await staff.get(page.link("More rows →") if "More rows →" in page.main else page.link("→ More rows"))
    assert len(page.all("//main//tbody/tr")) == 11
    page = await upload(staff, csv_of(*({**row, "source": ""} for row in rows)))
    assert len(page.all("//main//tbody/tr")) == 25


@hypothesis_settings(max_examples=40)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"{HEADINGS}\n{text}".encode()))
async def test_no_bytes_give_a_500(app: ASGIApp, clock: Clock, content: bytes) -> None:
    if not _STAFF:
        _STAFF.append(await browser_of(app, (await gather(clock.now)).dee, clock))
    page = await upload(_STAFF[0], content)
    assert page.status in {200, 422}


_STAFF: list[Client] = []
