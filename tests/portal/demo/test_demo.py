"""The demo's people and their stories: at every stage, relative to today, and sent to nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.engine import fetch, fetch_one
from portal import audit
from portal.cases.appeals import appeal_by
from portal.cases.rules import STAGES
from portal.dates import LONDON
from portal.demo.build import fill
from portal.demo.listing import listed
from portal.demo.people import ADULTS, INVITED, STAFF
from portal.files.check import check
from portal.files.store import DiskStore
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import one_time_codes

pytestmark = pytest.mark.anyio

TYPES = ("Draft plan", "Annual Review", "Complaint")


@pytest.fixture
async def people(db: object, tmp_path: Path) -> list[dict[str, Any]]:
    """The demo, made today."""
    await fill(TYPES, DiskStore(tmp_path), now=datetime.now(UTC))
    return await listed()


async def column(sql: str, *values: object) -> list[Any]:
    return [row["it"] for row in await fetch(sql, *values)]


def of_role(people: Sequence[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    return [person for person in people if person["role"] == role]


async def test_everybody_is_listed_with_what_they_need_to_sign_in(people: list[dict[str, Any]]) -> None:
    assert len(people) == len(ADULTS) + len(STAFF) + len(INVITED)
    hasher = PasswordHasher(threads=1)
    for person in people:
        row = await fetch_one("SELECT password_hash, totp_secret FROM account WHERE email = {}", person["email"])
        if person["role"] == "invited parent":
            assert (row, person["password"]) == (None, None)
            continue
        assert row is not None
        assert await hasher.verify(row["password_hash"], person["password"])
        assert bool(row["totp_secret"]) == (person["role"] in {"caseworker", "manager"})


async def test_staff_have_an_authenticator_whose_codes_work(people: list[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    for person in [*of_role(people, "caseworker"), *of_role(people, "manager")]:
        code = one_time_codes.code_at(person["totp_secret"], int(now.timestamp()) // 30)
        assert one_time_codes.matching_step(person["totp_secret"], code, at=now) is not None


async def test_there_is_a_child_at_every_stage_and_one_that_ended(people: list[dict[str, Any]]) -> None:
    assert set(await column("SELECT stage AS it FROM ehc_case")) == set(STAGES)
    assert set(await column("SELECT branch AS it FROM ehc_case WHERE branch <> ''")) == {"not_assessing"}


async def test_a_family_has_asked_again_while_its_earlier_right_to_appeal_runs(people: list[dict[str, Any]]) -> None:
    asked = await column("SELECT child AS it FROM ehc_case GROUP BY child HAVING count(*) > 1")
    (refused,) = await column(
        "SELECT d.happened_on AS it FROM case_decision d JOIN ehc_case k ON k.id = d.ehc_case"
        " WHERE k.child = {} AND d.kind = 'decided_not_to_assess'",
        *asked,
    )
    assert datetime.now(LONDON).date() <= appeal_by(refused)


async def test_the_first_parent_has_something_of_everything(people: list[dict[str, Any]]) -> None:
    first = of_role(people, "parent")[0]
    account = await fetch_one("SELECT id FROM account WHERE email = {}", first["email"])
    assert account is not None
    assert first["children"]
    for table in ("conversation", "document_recipient", "action"):
        assert await column(f"SELECT 1 AS it FROM {table} WHERE account = {{}}", account["id"]), table


async def test_everybody_is_listed_with_each_child_once(people: list[dict[str, Any]]) -> None:
    for person in people:
        children = [child["public_id"] for child in person["children"] + person["waiting"]]
        assert len(set(children)) == len(children), person["name"]


async def test_families_are_as_different_as_in_life(people: list[dict[str, Any]]) -> None:
    parents = of_role(people, "parent")
    assert any(len(person["children"]) == 2 for person in parents), "two children in one account"
    assert any(person["waiting"] and not person["children"] for person in parents), "accepted, waiting for access"
    children = [child["public_id"] for person in parents for child in person["children"]]
    assert len(set(children)) < len(children), "two adults for one child"
    assert of_role(people, "young person")[0]["children"]
    assert of_role(people, "professional")[0]["children"]


async def test_one_case_is_late_with_an_exception_and_a_new_target_to_come(people: list[dict[str, Any]]) -> None:
    today = datetime.now(UTC).date()
    row = await fetch_one(
        "SELECT k.next_deadline, e.revised_target FROM case_exception e JOIN ehc_case k ON k.id = e.ehc_case"
    )
    assert row is not None
    assert row["next_deadline"] < today < row["revised_target"]


async def test_messages_go_both_ways_read_unread_and_waiting(people: list[dict[str, Any]]) -> None:
    kinds = await fetch("SELECT DISTINCT from_staff, read_at IS NULL AS unread FROM message")
    assert {(row["from_staff"], row["unread"]) for row in kinds} == {
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    }
    waiting = await column("SELECT waiting_since AS it FROM conversation WHERE waiting_since IS NOT NULL")
    assert min(waiting) < datetime.now(UTC) - timedelta(days=3)


async def test_actions_are_to_do_in_progress_and_submitted(people: list[dict[str, Any]]) -> None:
    assert set(await column("SELECT state AS it FROM action")) == {"to_do", "in_progress", "submitted"}


async def test_every_document_is_a_real_pdf_that_we_would_take(people: list[dict[str, Any]], tmp_path: Path) -> None:
    files = await fetch("SELECT name, stored_as, size FROM stored_file")
    assert len(files) > 5
    for file in files:
        content = await DiskStore(tmp_path).read(file["stored_as"])
        assert len(content) == file["size"]
        await check(file["name"], content)
    assert await column("SELECT count(*) AS it FROM document_recipient WHERE first_opened_at IS NULL") != [0]


async def test_only_the_just_invited_are_owed_an_email(people: list[dict[str, Any]]) -> None:
    owed = set(await column("SELECT email AS it FROM notice WHERE result = ''"))
    assert owed == {adult.email for adult in INVITED}


async def test_nothing_lies_in_the_future_but_what_is_planned(people: list[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    assert not await column("SELECT id AS it FROM audit_entry WHERE at > {}", now)
    assert not await column("SELECT id AS it FROM message WHERE sent_at > {} OR read_at > {}", now, now)


async def test_every_case_has_a_deadline_for_the_caseload(people: list[dict[str, Any]]) -> None:
    assert not await column("SELECT id AS it FROM ehc_case WHERE next_deadline IS NULL AND branch = ''")


async def test_the_audit_trail_is_whole(people: list[dict[str, Any]]) -> None:
    assert await audit.first_broken_entry() is None


async def test_a_draft_plan_is_open_with_one_comment_answered_and_one_not(people: list[dict[str, Any]]) -> None:
    answers = await fetch(
        "SELECT s.part, s.sent_at IS NOT NULL AS sent, w.id IS NOT NULL AS answered FROM draft_plan_response s"
        " LEFT JOIN draft_plan_answer w ON w.response = s.id ORDER BY s.part"
    )
    assert [(row["part"], row["sent"], row["answered"]) for row in answers] == [
        ("B", True, False),
        ("E", False, False),
        ("F", True, True),
    ]
    today = datetime.now(LONDON).date()
    assert await column("SELECT served_on AS it FROM draft_plan_recipient") == [today - timedelta(days=6)]


async def test_the_team_has_notes_of_its_own_and_a_message_is_with_a_colleague(people: list[dict[str, Any]]) -> None:
    assert len(await fetch("SELECT 1 FROM case_note")) == 4
    given = await column(
        "SELECT v.subject AS it FROM conversation v JOIN child c ON c.id = v.child WHERE v.assigned_to <> c.caseworker"
    )
    assert given == ["Letters to my address"]
    assert len(await fetch("SELECT 1 FROM answer_template WHERE active")) >= 5
