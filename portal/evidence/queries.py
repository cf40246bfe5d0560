"""What is known of each recipient: served, emailed, came back, opened, posted."""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import fetch
from portal.access.queries import CLOSED, IS_BACK, POST_ADDRESS, WANTS_PAPER, ChildRecord
from portal.access.rules import AT_WORK

_COLUMNS = f"""
SELECT a.public_id AS account, a.forename || ' ' || a.surname AS name, r.served_at,
    CASE WHEN n.id IS NULL THEN 'none' WHEN n.result = '' THEN 'queued' ELSE n.result END AS email,
    n.sent_at AS emailed_at, n.came_back_at, r.first_opened_at, r.posted_on, {WANTS_PAPER} AS wants_paper,
    {POST_ADDRESS} AS address
"""

NOTICES = """
array(SELECT r.notice UNION ALL SELECT s.notice FROM draft_plan_recipient s JOIN draft_plan p ON p.id = s.draft_plan
    WHERE p.document = d.id AND s.account = r.account)
"""
"""The emails about a document `d` to its recipient `r`: that it is there, and that it is a draft to comment on."""

_OF_DOCUMENTS = f"""
{_COLUMNS}, r.recalled_at, r.recall_reason, d.public_id AS document
FROM document_recipient r JOIN document d ON d.id = r.document JOIN account a ON a.id = r.account
LEFT JOIN LATERAL (SELECT * FROM notice WHERE id = ANY({NOTICES})
    ORDER BY result IN ('turned_off', 'overtaken'), id DESC LIMIT 1) n ON true
WHERE d.public_id = ANY({{}}::text[]) ORDER BY a.surname, a.forename, a.id, r.id
"""
"""Of several emails the newest that was to go out counts."""

_OF_LETTER = f"""
{_COLUMNS}, NULL::timestamptz AS recalled_at, '' AS recall_reason
FROM letter_recipient r JOIN account a ON a.id = r.account LEFT JOIN notice n ON n.id = r.notice
WHERE r.child = {{}} AND r.letter = {{}} ORDER BY a.surname, a.forename, a.id
"""


_NOT_HERE = ("kept", "code_sent", "locked", "verified", "invited", "declined", "expired")
"""States of an invitation that has not led to access, and may not have been cancelled."""

_BY_POST = f"""
SELECT DISTINCT ON (address) name, why, write_to FROM (
    SELECT lower(a.email) AS address, a.forename || ' ' || a.surname AS name, 'closed' AS why,
        {POST_ADDRESS} AS write_to
    FROM relationship r JOIN account a ON a.id = r.account
    WHERE r.child = {{}} AND r.activated_at IS NOT NULL AND r.basis <> {{}} AND {CLOSED} AND NOT {IS_BACK}
    UNION ALL
    SELECT i.email_key, coalesce(nullif(i.adult_name, ''), i.email), i.state, '' FROM invitation i
    WHERE i.child = {{}} AND i.basis <> {{}} AND i.state = ANY({{}}) AND NOT EXISTS (SELECT FROM relationship y
        JOIN account z ON z.id = y.account WHERE y.child = i.child AND y.state = 'active' AND z.email_key = i.email_key)
) somebody ORDER BY address, why <> 'closed', name
"""
"""Of somebody who closed their account and is invited again, the address that is known counts."""


@dataclass(frozen=True)
class ByPost:
    """An adult of the family whom the portal does not reach. `write_to` is their postal address where one is kept."""

    name: str
    why: str
    write_to: str

    @property
    def in_words(self) -> str:
        """Who it is, why they cannot read it here, and where to write to."""
        if self.why == "closed":
            return f"{self.name} closed their portal account. Write to: {self.write_to or 'no address is kept here'}"
        said_no = "said no to the portal" if self.why == "declined" else "has no access to the portal yet"
        return f"{self.name} {said_no}"


@dataclass(frozen=True)
class RecipientLine:
    """The evidence for one recipient. `account` is the account's public id.

    `email` is what became of the email: `none` while none was made, `queued`, `sent`, `bounced`, `given_up`,
    `turned_off`, or `overtaken` when the document was recalled before it went out. `came_back_at` is when the
    team learned that it came back. `recalled_at` is set when the document was taken back from this person alone.
    """

    account: str
    name: str
    served_at: datetime
    email: str
    emailed_at: datetime | None
    came_back_at: datetime | None
    first_opened_at: datetime | None
    posted_on: date | None
    wants_paper: bool
    address: str
    recalled_at: datetime | None
    recall_reason: str

    @property
    def must_be_posted(self) -> bool:
        """They want letters on paper, and nobody has written down that this one was posted."""
        return self.wants_paper and self.posted_on is None and self.recalled_at is None


async def recipients_of_documents(documents: list[str]) -> dict[str, tuple[RecipientLine, ...]]:
    """The recipients of each of these documents (public ids), by name. One query."""
    found: dict[str, list[RecipientLine]] = {document: [] for document in documents}
    for row in await fetch(_OF_DOCUMENTS, documents):
        found[row.pop("document")].append(RecipientLine(**row))
    return {document: tuple(lines) for document, lines in found.items()}


async def recipients_of_letter(child: ChildRecord, letter: str) -> tuple[RecipientLine, ...]:
    """Who was told of a decision or an exception (its public id), or opened its letter, by name."""
    return tuple(RecipientLine(**row) for row in await fetch(_OF_LETTER, child.id, letter))


async def by_post_only(child: ChildRecord) -> tuple[ByPost, ...]:
    """The adults around a child who can read nothing here, by name: without an account, or with one that they closed.

    Professionals are left out. So is whoever's access the team ended or whose invitation it cancelled. One query.
    """
    rows = await fetch(_BY_POST, child.id, AT_WORK, child.id, AT_WORK, list(_NOT_HERE))
    return tuple(sorted((ByPost(**row) for row in rows), key=lambda one: one.name.casefold()))
