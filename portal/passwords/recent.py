"""The last eight passwords and the current one are not taken again."""

from datetime import datetime

from db.engine import fetch, fetch_one
from portal.errors import RuleBroken
from portal.passwords.hashing import PasswordHasher

KEPT = 8


async def refuse_recent(account: int, password: str, hasher: PasswordHasher) -> None:
    """Raise RuleBroken on `password` when the account uses it now or used it lately."""
    current = await fetch_one("SELECT password_hash FROM account WHERE id = {}", account)
    assert current is not None
    if await hasher.verify(current["password_hash"], password):
        raise RuleBroken("password", "Choose a password that is different from your current password")
    for row in await _previous(account):
        if await hasher.verify(row["password_hash"], password):
            raise RuleBroken("password", "Choose a password that is different from your previous 8 passwords")


async def replace_password(account: int, hashed: str, *, now: datetime) -> None:
    """Put `hashed` in place of the current password, which joins the previous ones."""
    await fetch(
        "INSERT INTO previous_password (account, password_hash, replaced_at)"
        " SELECT id, password_hash, {} FROM account WHERE id = {}",
        now,
        account,
    )
    await fetch("UPDATE account SET password_hash = {}, password_changed_at = {} WHERE id = {}", hashed, now, account)
    await fetch(
        "DELETE FROM previous_password WHERE account = {} AND id NOT IN"
        " (SELECT id FROM previous_password WHERE account = {} ORDER BY replaced_at DESC, id DESC LIMIT {})",
        account,
        account,
        KEPT,
    )


async def _previous(account: int) -> list[dict[str, str]]:
    return await fetch(
        "SELECT password_hash FROM previous_password WHERE account = {} ORDER BY replaced_at DESC, id DESC LIMIT {}",
        account,
        KEPT,
    )
