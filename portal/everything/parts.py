"""What is held about one person, part by part: each a table that can be read and a file for a spreadsheet.

What belongs to a child's record is only there while the person may read it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from db.engine import fetch
from portal.access.rules import BASES_IN_SHORT
from portal.accounts.browsers import in_words as browser_in_words
from portal.actor import Actor
from portal.cases.stages import read_stages
from portal.files.scanning import OPENABLE
from portal.forms.library import load_forms
from portal.staff.audit_words import in_words

LONDON = ZoneInfo("Europe/London")
MOST_ROWS = 50_000
"""Of each part; the newest."""

_NOW = "JOIN relationship r ON r.child = c.id AND r.account = {} AND r.state = 'active'"
_CHILD = "c.forename || ' ' || c.surname AS child"

SQL: Mapping[str, tuple[str, str]] = {
    "your-details": (
        "Your details",
        """SELECT forename, surname, email, telephone, property_name, house, street, area, town, county, postcode,
            date_of_birth, organisation, job_title, totp_secret <> '' AS authenticator_app, password_changed_at,
            created_at AS registered_at FROM account WHERE id = {}""",
    ),
    "your-wishes": ("What you want otherwise than usual", "SELECT wish, since FROM account_wish WHERE account = {}"),
    "children": (
        "Children whose record you can see",
        f"""SELECT {_CHILD}, c.case_reference, c.date_of_birth, r.basis, r.activated_at AS since, k.received_on,
            k.stage, k.next_deadline FROM child c {_NOW}
            LEFT JOIN LATERAL (SELECT * FROM ehc_case WHERE child = c.id ORDER BY id DESC LIMIT 1) k ON true
            ORDER BY c.id""",
    ),
    "decisions": (
        "What was decided",
        f"""SELECT {_CHILD}, d.happened_on AS day, d.kind AS decision FROM case_decision d
            JOIN ehc_case k ON k.id = d.ehc_case JOIN child c ON c.id = k.child {_NOW}
            WHERE d.struck_at IS NULL AND r.basis <> 'professional' ORDER BY d.id DESC""",
    ),
    "messages": (
        "Messages",
        f"""SELECT m.sent_at, {_CHILD}, v.subject, v.message_type, CASE WHEN m.from_staff THEN s.forename || ' '
            || s.surname || ', SEND team' ELSE 'You' END AS "from", m.body AS message, m.read_at AS first_read_at
            FROM conversation v JOIN child c ON c.id = v.child {_NOW} AND v.account = r.account
            JOIN message m ON m.conversation = v.id JOIN account s ON s.id = m.sender ORDER BY m.id DESC""",
    ),
    "message-drafts": (
        "Messages that you began",
        f"""SELECT d.updated_at, {_CHILD}, d.subject, d.body AS message
            FROM message_draft d JOIN child c ON c.id = d.child {_NOW} AND d.account = r.account ORDER BY d.id""",
    ),
    "forms": (
        "Forms",
        f"""SELECT {_CHILD}, o.form_key AS form, o.state, o.assigned_at AS asked_at, o.due_on, o.submitted_at,
            o.reference, o.answers FROM action o JOIN child c ON c.id = o.child {_NOW} AND o.account = r.account
            ORDER BY o.id DESC""",
    ),
    "documents": (
        "Documents",
        f"""SELECT {_CHILD}, d.description, d.document_date, n.served_at AS sent_at, n.first_opened_at, f.name AS file
            FROM document d JOIN document_recipient n ON n.document = d.id JOIN stored_file f ON f.id = d.file
            JOIN child c ON c.id = d.child {_NOW} AND n.account = r.account
            WHERE d.published_at <= now() AND d.recalled_at IS NULL ORDER BY d.id DESC""",
    ),
    "draft-plan": (
        "What you said about a draft plan",
        f"""SELECT {_CHILD}, s.part, s.agrees, s.body AS comment, s.school_name AS school, s.saved_at, s.sent_at,
            s.reference, w.outcome, w.body AS answer FROM draft_plan_response s
            JOIN draft_plan p ON p.id = s.draft_plan JOIN child c ON c.id = p.child {_NOW} AND s.account = r.account
            LEFT JOIN LATERAL (SELECT * FROM draft_plan_answer WHERE response = s.id ORDER BY id DESC LIMIT 1) w ON true
            ORDER BY s.id DESC""",
    ),
    "requests": (
        "Assessments that you asked for",
        f"""SELECT q.sent_at, {_CHILD}, q.answers FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case
            JOIN child c ON c.id = k.child {_NOW} AND q.account = r.account ORDER BY q.id DESC""",
    ),
    "advisers": (
        "Advisers that you asked for",
        f"""SELECT w.asked_at, {_CHILD}, w.name, w.organisation, w.why, w.answer, w.reason FROM adviser_wish w
            JOIN ehc_case k ON k.id = w.ehc_case JOIN child c ON c.id = k.child {_NOW} AND w.account = r.account
            ORDER BY w.id DESC""",
    ),
    "organisations": (
        "Where you work",
        """SELECT o.name AS organisation, m.state, m.joined_at, m.ended_at FROM organisation_member m
            JOIN organisation o ON o.id = m.organisation WHERE m.account = {} ORDER BY m.id""",
    ),
    "emails": (
        "Emails that we sent you",
        "SELECT queued_at, sent_at, email AS to, kind AS about, result FROM notice WHERE account = {} ORDER BY id DESC",
    ),
    "signed-in": (
        "Where you are signed in",
        "SELECT created_at AS since, seen_at AS last_seen, user_agent AS browser FROM session"
        " WHERE account = {} AND stage = 'full' ORDER BY id DESC",
    ),
    "what-you-did": (
        "What you did",
        """SELECT e.at AS "when", e.event AS what, coalesce(c.case_reference, '') AS "case" FROM audit_entry e
            LEFT JOIN child c ON c.id = e.child WHERE e.actor = {} ORDER BY e.id DESC""",
    ),
}
"""Key of each part, its title and its query; the account is its one value."""

_FILES = f"""
SELECT f.name, f.stored_as, f.created_at FROM stored_file f JOIN child c ON c.id = f.child {_NOW}
WHERE f.scan_state = ANY({{}}::text[]) AND (
    EXISTS (SELECT FROM document d JOIN document_recipient n ON n.document = d.id WHERE d.file = f.id
        AND n.account = r.account AND d.published_at <= now() AND d.recalled_at IS NULL)
    OR EXISTS (SELECT FROM attachment t JOIN message m ON m.id = t.message JOIN conversation v ON v.id = m.conversation
        WHERE t.file = f.id AND v.account = r.account)
    OR EXISTS (SELECT FROM action_file x JOIN action o ON o.id = x.action WHERE x.file = f.id AND o.account = r.account)
) ORDER BY f.id
"""


@dataclass(frozen=True)
class Part:
    """One part: `columns` and `rows` as people read them, moments in London's time."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OwnFile:
    """A file that the person may open. `stored_as` is its name in the store."""

    name: str
    stored_as: str
    created_at: datetime


async def parts_of(actor: Actor) -> tuple[Part, ...]:
    """Every part, also those that are empty. As many queries as there are parts."""
    return tuple([await _part(actor, key, title, sql) for key, (title, sql) in SQL.items()])


async def files_of(actor: Actor) -> tuple[OwnFile, ...]:
    """The documents that were published to the person, and the files of their messages and forms; clean ones only."""
    return tuple(OwnFile(**row) for row in await fetch(_FILES, actor.account, list(OPENABLE)))


async def _part(actor: Actor, key: str, title: str, sql: str) -> Part:
    rows = await fetch(f"{sql} LIMIT {MOST_ROWS}", actor.account)
    columns = tuple(rows[0]) if rows else ()
    said = tuple(tuple(_said(name, row[name]) for name in columns) for row in rows)
    return Part(key, title, tuple(name.replace("_", " ").capitalize() for name in columns), said)


def _said(column: str, value: Any) -> str:
    """One cell in words."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%Y-%m-%d}"
    text = str(value)
    return _WORDS[column](text) if column in _WORDS else text


def _answers(text: str) -> str:
    """A form's answers as lines of question and answer."""
    found = json.loads(text)
    return "\n".join(f"{key.replace('_', ' ')}: {_joined(answer)}" for key, answer in found.items())


def _joined(answer: object) -> str:
    many = isinstance(answer, Sequence) and not isinstance(answer, str)
    return ", ".join(map(str, answer)) if many else str(answer)  # type: ignore[call-overload]


def _stage(key: str) -> str:
    texts = read_stages()
    found = texts.stages.get(key) or texts.branches.get(key)
    return found.name if found else key


def _form(key: str) -> str:
    form = load_forms().newest(key)
    return form.title if form else key


_WORDS: Mapping[str, Any] = {
    "answers": _answers,
    "basis": lambda basis: BASES_IN_SHORT.get(basis, basis),
    "browser": browser_in_words,
    "decision": lambda kind: kind.replace("_", " "),
    "about": lambda kind: kind.replace("_", " "),
    "form": _form,
    "stage": _stage,
    "what": in_words,
}
