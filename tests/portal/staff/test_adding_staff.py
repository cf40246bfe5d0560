"""Adding people to the SEND team, by hand on the command line."""

from datetime import UTC, datetime
from typing import Any

import pytest

from db.engine import fetch, fetch_one
from portal.errors import RuleBroken
from portal.passwords.hashing import PasswordHasher
from portal.staff.commands import NewStaff, add_first_manager, add_staff, team_called

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
PASSWORD = "Seven grey herons 7"
MO: dict[str, Any] = {
    "forename": "Mo",
    "surname": "Bell",
    "email": "Mo.Bell@Westmere.example",
    "team_name": "North",
    "password": PASSWORD,
    "now": NOW,
}


async def test_it_adds_a_manager_and_their_team() -> None:
    await add_first_manager(**MO)
    row = await fetch_one(
        "SELECT a.role, a.email, a.email_key, a.password_hash, a.totp_secret, t.name AS team"
        " FROM account a JOIN team t ON t.id = a.team"
    )
    assert row is not None
    found = dict(row)
    assert await PasswordHasher(threads=1).verify(found.pop("password_hash"), PASSWORD)
    assert found == {
        "role": "manager",
        "email": "Mo.Bell@westmere.example",
        "email_key": "mo.bell@westmere.example",
        "totp_secret": "",
        "team": "North",
    }
    assert [row["event"] for row in await fetch("SELECT event FROM audit_entry")] == ["staff:account:added"]


async def test_a_team_of_that_name_is_used_as_it_is() -> None:
    team = await team_called("North", phone="01632 960150", email="north@westmere.example")
    await add_first_manager(**MO)
    assert [tuple(row.values()) for row in await fetch("SELECT id, phone FROM team")] == [(team, "01632 960150")]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("password", "Too short 1", "at least 15 characters"),
        ("password", "mo.bell@westmere.example1A", "not made of your name"),
        ("password", "Qwertyuiop123456789", "not commonly used"),
        ("email", "mo", "correct format"),
        ("forename", "www.example.com", "forename must only"),
        ("surname", " ", "Enter your surname"),
    ],
)
async def test_what_breaks_a_rule_is_refused_and_nothing_is_kept(field: str, value: str, message: str) -> None:
    with pytest.raises(RuleBroken, match=message) as refused:
        await add_first_manager(**{**MO, field: value})
    assert refused.value.field == field
    assert await fetch("SELECT id FROM account UNION ALL SELECT id FROM team") == []


async def test_an_address_that_has_an_account_is_refused() -> None:
    await add_first_manager(**MO)
    with pytest.raises(RuleBroken, match="has an account already"):
        await add_first_manager(**{**MO, "email": "mo.bell@WESTMERE.example"})


async def test_a_caseworker_is_added_by_a_manager() -> None:
    hasher = PasswordHasher(threads=1)
    team = await team_called("North")
    manager = await add_staff(None, NewStaff("Mo", "Bell", "mo@x.example", "manager", team, PASSWORD), hasher, now=NOW)
    dee = await add_staff(
        manager, NewStaff("Dee", "Shaw", "dee@x.example", "caseworker", team, PASSWORD), hasher, now=NOW
    )
    entry = await fetch_one("SELECT actor, subject FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert entry is not None
    assert (entry["actor"], entry["subject"]) == (manager.account, dee.public_id)
