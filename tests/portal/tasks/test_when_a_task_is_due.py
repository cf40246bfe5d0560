"""The time for a task begins when it opens: nobody finds work that is late before it could be seen."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import fetch
from portal.tasks import rules
from portal.tasks.opening import open_and_close
from tests.conftest import Clock
from tests.people import Cast
from tests.portal.tasks.test_emails_that_did_not_arrive import mailed
from tests.portal.tasks.test_opening_and_closing import served

pytestmark = pytest.mark.anyio


async def opened_and_due(clock: Clock, on: date) -> list[tuple[str, date]]:
    """What opens in a run early on that day, and by when it is to be done."""
    clock.now = datetime.combine(on, time(5), UTC)
    await open_and_close(now=clock.now)
    return [(row["kind"], row["due_on"]) for row in await fetch("SELECT DISTINCT kind, due_on FROM task")]


async def test_the_young_person_s_task_is_not_late_on_its_first_day(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET date_of_birth = {} WHERE id = {}", date(2010, 3, 15), cast.priya.id)
    assert await opened_and_due(clock, date(2026, 6, 27)) == [("young_person", date(2026, 7, 10))]


async def test_somebody_of_twenty_who_comes_with_an_import_is_not_years_late(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET date_of_birth = {} WHERE id = {}", date(2006, 1, 10), cast.priya.id)
    assert await opened_and_due(clock, date(2026, 3, 9)) == [("young_person", date(2026, 3, 23))]


async def test_before_the_rights_pass_the_law_s_own_day_is_the_day(cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET date_of_birth = {} WHERE id = {}", date(2010, 3, 15), cast.priya.id)
    assert await opened_and_due(clock, date(2026, 6, 25)) == [("young_person_soon", date(2026, 6, 26))]


@pytest.mark.parametrize(
    ("sent", "opens", "due"),
    [
        (date(2026, 4, 2), date(2026, 4, 13), date(2026, 4, 15)),
        (date(2026, 12, 23), date(2027, 1, 4), date(2027, 1, 6)),
    ],
)
async def test_holidays_between_serving_and_opening_make_nothing_late(
    cast: Cast, clock: Clock, sent: date, opens: date, due: date
) -> None:
    await served(cast, datetime.combine(sent, time(10), UTC))
    assert await opened_and_due(clock, opens - timedelta(days=1)) == []
    assert await opened_and_due(clock, opens) == [("unopened", due)]


async def test_an_email_that_was_given_up_after_days_is_due_after_it_is_known(cast: Cast, clock: Clock) -> None:
    await mailed(cast, clock, "given_up")
    assert await opened_and_due(clock, date(2026, 3, 12)) == [("bounced", date(2026, 3, 13))]


@given(kind=st.sampled_from(sorted(rules.KINDS)), today=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_no_task_is_due_before_it_opens(kind: str, today: date) -> None:
    assert rules.due_on(kind, today) >= today
