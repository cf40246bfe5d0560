"""The statutory board as a page: whose figures, which months, charts with words, and files."""

import csv
import io
from datetime import date

import pytest

from db.engine import fetch, fetch_one
from db.tables import Case, CaseDecision, Child
from tests.client import Client, words
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

JANUARY = {"from": "2026-01", "to": "2026-02"}


@pytest.fixture
async def cast(db: object, client: Client, clock: Clock) -> Cast:
    """Dee is signed in. Priya's request was decided in time, Omar's in the other team too late."""
    cast = await gather(clock.now)
    await decide(cast.priya, "decided_to_assess", date(2026, 2, 16), clock)
    await decide(cast.omar, "decided_to_assess", date(2026, 2, 17), clock)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def decide(child: Child, kind: str, on: date, clock: Clock) -> None:
    case = await Case.objects().get(Case.child == child.id)
    assert case is not None
    decision = CaseDecision(
        ehc_case=case.id, kind=kind, happened_on=on, recorded_at=clock.now, public_id=f"{kind}{on}{child.id}"
    )
    await decision.save()


def row_of(page: object, caption: str, name: str) -> list[str]:
    """The cells of one row of one table."""
    rows = page.all(f"//table[caption='{caption}']//tr[th[normalize-space()='{name}']]")  # type: ignore[attr-defined]
    assert len(rows) == 1, f"{name} in {caption}"
    return [words(cell) for cell in rows[0].xpath("td")]


SIX = "6 weeks: decided whether to assess, by the month in which it was due"
SIX_TEAMS = "6 weeks: decided whether to assess, by team"


async def test_a_caseworker_sees_the_own_team_alone(client: Client, cast: Cast) -> None:
    page = await client.get("/staff/board", params={"team": "South"})
    assert page.heading == "Statutory board"
    assert "North, April 2025 to March 2026" in page.main
    assert row_of(page, SIX, "February 2026") == ["1", "1", "0", "0", "100%", "100%", "0"]
    assert not page.all("//select[@name='team']")


async def test_a_manager_sees_every_team_and_chooses_one(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.mo, clock.now)
    page = await client.get("/staff/board")
    assert row_of(page, SIX, "February 2026") == ["2", "1", "0", "1", "50%", "50%", "0"]
    assert row_of(page, SIX_TEAMS, "South") == ["1", "0", "0", "1", "0%", "0%", "0"]
    page = await client.press(page, "Show", team="South", **{"from": "2026-02", "to": "2026-01"})
    assert "South, January 2026 to February 2026" in page.main
    assert row_of(page, SIX, "Together") == ["1", "0", "0", "1", "0%", "0%", "0"]
    assert page.field("team") == "" or page.all("//option[@selected and @value='South']")


async def test_late_with_a_lawful_exception_stands_apart(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO case_exception (ehc_case, kind, duty, starts_on, reason, approved_by, recorded_at)"
        " SELECT id, 'personal', 'considering', '2026-01-10', 'Ill', 'Mo', {} FROM ehc_case WHERE child = {}",
        clock.now,
        cast.omar.id,
    )
    await sign_in(client, cast.ed, clock.now)
    page = await client.get("/staff/board", params=JANUARY)
    assert row_of(page, SIX, "February 2026") == ["1", "0", "1", "0", "0%", "None", "0"]


async def test_a_review_meeting_counts_on_the_day_to_which_it_was_moved(
    client: Client, cast: Cast, clock: Clock
) -> None:
    clock.pass_time(days=-60)
    for on in (date(2026, 1, 20), date(2026, 2, 3)):
        await decide(cast.priya, "review_meeting", on, clock)
    clock.pass_time(days=60)
    await decide(cast.priya, "plan_kept", date(2026, 2, 20), clock)
    page = await client.get("/staff/board", params={"from": "2026-02", "to": "2026-03"})
    caption = "4 weeks: decided after a review meeting, by the month in which it was due"
    assert row_of(page, caption, "Together")[:4] == ["1", "1", "0", "0"]


async def test_each_chart_has_words_and_the_table_beside_it(client: Client, cast: Cast) -> None:
    page = await client.get("/staff/board")
    charts = page.all("//*[local-name()='svg' and @role='img']")
    assert len(charts) == 6
    ids = set(page.all("//@id"))
    for chart in charts:
        named = chart.get("aria-labelledby").split()
        assert set(named) <= ids
        assert all(words(one) for one in chart.xpath("./*[local-name()='title' or local-name()='desc']"))
        assert chart.xpath("ancestor::section//table")
    assert not page.all("//*[local-name()='svg']//@style")


async def test_a_table_comes_as_csv_and_that_is_written_down(client: Client, cast: Cast) -> None:
    page = await client.get("/staff/board", params=JANUARY)
    href = next(a.get("href") for a in page.all("//a") if "Download as CSV 6 weeks" in words(a))
    answer = await client.http.get(href)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Month", "Due", "On time"]
    assert rows[-1] == ["Together", "1", "1", "0", "0", "100%", "100%", "0"]
    told = await fetch_one("SELECT subject, actor FROM audit_entry WHERE event = 'staff:report:downloaded'")
    assert told == {"subject": "6-weeks", "actor": cast.dee.account}


@pytest.mark.parametrize("address", ["/staff/board.csv?table=names", "/staff/board/sen2.csv?year=1999",
                                     "/staff/board/sen2.csv?year=next", "/staff/board/sen2.csv?year=020260",
                                     "/staff/board/sen2.csv"])  # fmt: skip
async def test_what_there_is_not_is_not_found(client: Client, cast: Cast, address: str) -> None:
    assert (await client.http.get(address)).status_code == 404


@pytest.mark.parametrize("months", [{"from": "soon", "to": "2026-13"}, {"from": "0001-01"}, {"to": "9999-12"}])
async def test_odd_months_do_no_harm(client: Client, cast: Cast, months: dict[str, str]) -> None:
    assert (await client.get("/staff/board", params=months)).status == 200


async def test_the_sen2_file_has_the_own_team_and_one_row_for_a_request(client: Client, cast: Cast) -> None:
    answer = await client.http.get("/staff/board/sen2.csv?year=2026")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["case_reference"] for row in rows] == ["PRI42"]
    assert rows[0]["request_received"] == "2026-01-05"
    assert (rows[0]["request_outcome"], rows[0]["request_outcome_date"]) == ("will assess", "2026-02-16")
    assert await fetch("SELECT id FROM audit_entry WHERE event = 'staff:report:downloaded' AND subject = 'sen2'")


async def test_families_do_not_find_it(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    for address in ("/staff/board", "/staff/board.csv?table=stages", "/staff/board/sen2.csv?year=2026"):
        assert (await client.http.get(address)).status_code == 404
