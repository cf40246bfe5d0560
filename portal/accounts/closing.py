"""Closing one's own account. What was said in a child's record stays: the law asks the council for it.

Who never had to do with a child's record leaves nothing but the fact that there was an account.
"""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.rules import AT_WORK
from portal.actor import Actor
from portal.errors import Refused
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.relationships import leaving
from portal.sign_in import sessions
from portal.sign_in.proving import prove

STAFF_CANNOT = "An account of the SEND team is closed by a manager."
REASON = "They closed their account"

_CLOSE = """
UPDATE account SET disabled_at = {}, email_key = 'closed:' || public_id, password_hash = '', totp_secret = ''
WHERE id = {} AND disabled_at IS NULL RETURNING id
"""
"""The address is set free, so that the same person may register again one day, as somebody new."""

_HAS_RECORD = """
SELECT EXISTS (SELECT FROM relationship WHERE account = a.id)
    OR EXISTS (SELECT FROM assessment_request WHERE account = a.id)
    OR EXISTS (SELECT FROM organisation_member WHERE account = a.id) AS has_record
FROM account a WHERE a.id = {}
"""

_BY_POST = """
SELECT EXISTS (
    SELECT FROM relationship WHERE account = {} AND state IN ('active', 'waiting') AND basis <> {}
) AS by_post
"""

_FORGET = """
UPDATE account SET forename = 'Closed', surname = 'account', email = '', is_professional = false, organisation = '',
    job_title = '', property_name = '', house = '', street = '', area = '', town = '', county = '', postcode = '',
    telephone = '', date_of_birth = NULL, is_young_person = false
WHERE id = {}
"""
"""`portal.tidying` deletes the emails to an account without an address, once the last one has gone out."""

_FORGET_CODES = "DELETE FROM notice WHERE account IS NULL AND lower(email) = {} AND kind = ANY({}::text[])"
_CODES = ["register_code", "register_known"]

_NOT_SENT = (
    "DELETE FROM attachment WHERE message IS NULL AND draft IN (SELECT id FROM message_draft WHERE account = {})",
    "DELETE FROM message_draft WHERE account = {}",
    "DELETE FROM assessment_draft WHERE account = {}",
    "DELETE FROM draft_plan_response WHERE account = {} AND sent_at IS NULL",
    "DELETE FROM action_file WHERE action IN (SELECT id FROM action WHERE account = {} AND state = 'in_progress')",
    "UPDATE action SET state = 'to_do', answers = jsonb_build_object(), saved_at = NULL"
    " WHERE account = {} AND state = 'in_progress'",
)
"""What was begun and not sent is nobody's record."""


async def close(actor: Actor, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """End the account: every session, every access to a child's record, every way to sign in. The owner is told.

    Name, address and what was sent stay beside a child's record. Everybody's secrets and what they did not send are
    deleted; of somebody who never had to do with a record, everything personal is (UK GDPR article 5(1)(c) and (e)).
    Raises Refused for the SEND team, RuleBroken on `current_password`, TooManyTries, or Busy.
    """
    if actor.is_staff:
        raise Refused(STAFF_CANNOT)
    await prove(actor, password, hasher, now=now)
    async with DB.transaction():
        if not await fetch(_CLOSE, now, actor.account):
            return
        by_post = await is_written_to(actor)
        await leaving.end_own_access(actor, REASON, now=now)
        await _delete_what_is_nobodys_record(actor)
        forgotten = not await has_record(actor)
        if forgotten:
            await fetch(_FORGET, actor.account)
            await fetch(_FORGET_CODES, actor.email.lower(), _CODES)
        await sessions.end_all(actor.account)
        await notices.queue(
            "account_closed", Recipient.of(actor), {"forgotten": forgotten, "by_post": by_post}, now=now
        )
        await audit.record("accounts:account:closed", now=now, actor=actor)


async def has_record(actor: Actor) -> bool:
    """Whether the account ever had access to a child's record, asked for an assessment or worked at an organisation."""
    row = await fetch_one(_HAS_RECORD, actor.account)
    return bool(row and row["has_record"])


async def is_written_to(actor: Actor) -> bool:
    """Whether the council owes the actor letters: as family or young person, not for their work (CFA 2014 s.19)."""
    row = await fetch_one(_BY_POST, actor.account, AT_WORK)
    return bool(row and row["by_post"])


async def _delete_what_is_nobodys_record(actor: Actor) -> None:
    for table in ("previous_password", "code_challenge", "account_wish"):
        await fetch(f"DELETE FROM {table} WHERE account = {{}}", actor.account)
    for statement in _NOT_SENT:
        await fetch(statement, actor.account)
