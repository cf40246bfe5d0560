"""Opens the tasks whose reason has come, and closes those whose reason has gone: two statements for each kind.

A row of `task` stands for one reason. While the reason lasts there is one row, whether somebody has done
the task or not, so running this again changes nothing. When the reason comes back there is a new row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal.access.queries import CLOSED, IS_BACK
from portal.access.rules import AT_WORK, PARENTS
from portal.dates import london_day
from portal.invitations.rules import CODE_LIFETIME, LINK_LIFETIME
from portal.tasks import rules

assert CODE_LIFETIME == LINK_LIFETIME, "a time to answer tells when the last email of an invitation went out"


_RUNNING = """
JOIN LATERAL (
    SELECT id, branch FROM ehc_case WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON k.branch = ''
"""
"""The newest case of a child `c`, when it has not ended on a side branch."""

_CAN_OPEN = """a.disabled_at IS NULL AND EXISTS (
    SELECT FROM relationship l WHERE l.child = %s AND l.account = a.id AND l.state = 'active')"""

_COMING_OF_AGE = f"""
SELECT c.id AS child, k.id AS ehc_case, c.public_id AS subject, NULL::bigint AS recipient, y.ends AS last_day
FROM unnest({{}}::date[], {{}}::date[], {{}}::date[]) y (first, last, ends)
JOIN child c ON c.date_of_birth BETWEEN y.first AND y.last AND c.date_of_birth > {{}} {_RUNNING}
"""

_STILL_THE_PARENTS = """
WHERE EXISTS (SELECT FROM relationship r WHERE r.child = c.id AND r.state = 'active' AND r.basis = ANY({}::text[]))
OR NOT EXISTS (SELECT FROM relationship r WHERE r.child = c.id AND r.state = 'active' AND r.basis = ANY({}::text[]))
"""

_OF_DOCUMENT = """
SELECT d.child, p.ehc_case, d.public_id AS subject, r.account AS recipient, NULL::date AS last_day
FROM document_recipient r JOIN document d ON d.id = r.document AND d.recalled_at IS NULL AND d.published_at <= {}
JOIN stored_file f ON f.id = d.file AND f.scan_state IN ('clean', 'not_scanned')
JOIN account a ON a.id = r.account LEFT JOIN draft_plan p ON p.document = d.id
"""

_OF_LETTER = """
SELECT r.child, coalesce(e.ehc_case, x.ehc_case) AS ehc_case, r.letter AS subject, r.account AS recipient,
    NULL::date AS last_day
FROM letter_recipient r JOIN account a ON a.id = r.account
LEFT JOIN case_decision e ON e.public_id = r.letter AND e.struck_at IS NULL
LEFT JOIN case_exception x ON x.public_id = r.letter AND x.struck_at IS NULL
"""

_WANTED_PAPER = "w.account = a.id AND w.wish = 'paper' AND r.served_at >= w.since"
"""Whether it was sent to somebody who wanted paper by then. What was sent before is waited for here."""

_IS_UNOPENED = f"""
r.first_opened_at IS NULL AND r.posted_on IS NULL AND r.served_at >= {{}} AND r.served_at < {{}}
AND NOT EXISTS (SELECT FROM account_wish w WHERE {_WANTED_PAPER})
"""

_UNOPENED = f"""
{_OF_DOCUMENT} WHERE {_IS_UNOPENED} AND r.recalled_at IS NULL AND {_CAN_OPEN % "d.child"}
"""

_UNOPENED_LETTER = f"""
{_OF_LETTER} WHERE {_IS_UNOPENED} AND coalesce(e.id, x.id) IS NOT NULL AND {_CAN_OPEN % "r.child"}
"""

_ON_PAPER = f"JOIN account_wish w ON {_WANTED_PAPER}"

_TO_POST = f"""
{_OF_DOCUMENT} {_ON_PAPER}
WHERE r.posted_on IS NULL AND r.served_at >= {{}} AND r.recalled_at IS NULL AND {_CAN_OPEN % "d.child"}
UNION ALL
{_OF_LETTER} {_ON_PAPER}
WHERE r.posted_on IS NULL AND r.served_at >= {{}} AND coalesce(e.id, x.id) IS NOT NULL AND {_CAN_OPEN % "r.child"}
"""

_KNOWN = "coalesce(n.came_back_at, n.sent_at, n.queued_at)"
"""Since when an email is known not to have arrived: what was before is no sign that the person is reached."""

_HERE_SINCE = f"""
EXISTS (SELECT FROM audit_entry y WHERE y.actor = a.id AND y.event = 'sign_in:session:opened' AND y.at > {_KNOWN})
OR EXISTS (SELECT FROM document_recipient y WHERE y.account = a.id AND y.first_opened_at > {_KNOWN})
OR EXISTS (SELECT FROM letter_recipient y WHERE y.account = a.id AND y.first_opened_at > {_KNOWN})
"""
"""Whether somebody has been in the portal since. That a mail server took a later email proves no arrival."""

_BOUNCED = f"""
SELECT c.id AS child, NULL::bigint AS ehc_case, c.public_id AS subject, a.id AS recipient, NULL::date AS last_day
FROM notice n JOIN child c ON c.public_id = n.about->>'child' JOIN account a ON a.id = n.account AND a.email = n.email
WHERE n.result IN ('bounced', 'given_up') AND n.queued_at >= {{}} AND {_CAN_OPEN % "c.id"}
AND NOT ({_HERE_SINCE})
GROUP BY c.id, a.id
UNION ALL
SELECT i.child, NULL, i.public_id, NULL, NULL
FROM notice n JOIN invitation i ON i.public_id = n.about->>'invitation' AND i.email = n.email
WHERE n.account IS NULL AND n.result IN ('bounced', 'given_up') AND n.queued_at >= {{}}
AND i.state IN ('code_sent', 'locked', 'verified', 'invited')
AND NOT EXISTS (SELECT FROM notice m WHERE m.account IS NULL AND m.about->>'invitation' = i.public_id
    AND m.queued_at > {_KNOWN} AND m.result = 'sent')
GROUP BY i.id
"""
"""Of an invitation a later email counts: somebody of the team has sent it anew, and if that comes back it says so."""

_BOUNCED_AGAIN = """
UPDATE task t SET gone_at = {} WHERE t.kind = {} AND t.gone_at IS NULL AND t.done_at IS NOT NULL AND EXISTS (
    SELECT FROM notice n WHERE n.result IN ('bounced', 'given_up') AND n.queued_at > t.done_at
    AND ((n.account = t.recipient AND n.about->>'child' = t.subject)
        OR (t.recipient IS NULL AND n.account IS NULL AND n.about->>'invitation' = t.subject)))
"""
"""What was done about one email is not done about a later one that did not arrive either."""

_STUCK = f"""
SELECT c.id AS child, k.id AS ehc_case, i.public_id AS subject, NULL::bigint AS recipient, NULL::date AS last_day
FROM invitation i JOIN child c ON c.id = i.child {_RUNNING}
WHERE i.state IN ('code_sent', 'locked', 'verified', 'invited')
AND greatest(i.code_expires_at, i.link_expires_at) - {{}}::interval BETWEEN {{}} AND {{}}
"""

_CLOSED_ACCOUNT = f"""
SELECT c.id AS child, k.id AS ehc_case, c.public_id AS subject, a.id AS recipient, NULL::date AS last_day
FROM account a JOIN relationship r ON r.account = a.id AND {CLOSED}
JOIN child c ON c.id = r.child {_RUNNING}
WHERE a.disabled_at >= {{}} AND r.activated_at IS NOT NULL AND r.basis <> {{}} AND NOT {IS_BACK}
GROUP BY c.id, k.id, a.id
"""

_NO_CASEWORKER = f"""
SELECT c.id AS child, k.id AS ehc_case, c.public_id AS subject, NULL::bigint AS recipient, NULL::date AS last_day
FROM child c LEFT JOIN account a ON a.id = c.caseworker {_RUNNING}
WHERE c.caseworker IS NULL OR a.disabled_at IS NOT NULL
"""

_WORK_ENDED = """
SELECT DISTINCT r.child, NULL::bigint AS ehc_case, r.public_id AS subject, r.account AS recipient,
    NULL::date AS last_day
FROM organisation_member m JOIN account a ON a.id = m.account AND a.disabled_at IS NULL
JOIN relationship r ON r.account = m.account AND r.state = 'active' AND r.organisation IS NULL
    AND r.activated_at < m.ended_at
WHERE m.state = 'ended' AND m.ended_at >= {} AND r.basis = {} AND NOT EXISTS (SELECT FROM organisation_member n
    WHERE n.account = m.account AND n.organisation = m.organisation AND n.state = 'active')
"""

_OPEN = """
WITH w AS MATERIALIZED (%s)
INSERT INTO task (kind, child, ehc_case, subject, recipient, opened_at, due_on)
SELECT {}, w.child, w.ehc_case, w.subject, w.recipient, {}, greatest(w.last_day, {}) FROM w
WHERE NOT EXISTS (SELECT FROM task t WHERE t.kind = {} AND t.subject = w.subject
    AND coalesce(t.recipient, 0) = coalesce(w.recipient, 0) AND t.gone_at IS NULL)
ON CONFLICT DO NOTHING RETURNING id
"""

_CLOSE = """
WITH w AS MATERIALIZED (%s)
UPDATE task t SET gone_at = {}, done_at = coalesce(t.done_at, {}),
    done_how = CASE WHEN t.done_at IS NULL THEN {} ELSE t.done_how END
WHERE t.kind = {} AND t.gone_at IS NULL AND NOT EXISTS (SELECT FROM w WHERE w.subject = t.subject
    AND coalesce(w.recipient, 0) = coalesce(t.recipient, 0))
RETURNING t.id
"""
"""The reasons are found once, before they are held against the tasks: the planner must not find them for each task."""


@dataclass(frozen=True)
class Reason:
    """The statement that finds what a kind of task is about, with its values.

    `last_day` is a day set by law until which it is to be done, where there is one.
    """

    sql: str
    values: Sequence[Any]


async def open_and_close(*, now: datetime) -> tuple[int, int]:
    """Open and close tasks of every kind as things stand at `now`. Gives how many were opened and closed."""
    opened = closed = 0
    fresh, ever = _reasons(now, now - rules.LOOK_BACK), _reasons(now, await _oldest(now))
    for kind in rules.KINDS:
        async with DB.transaction():
            if kind == rules.BOUNCED:
                await fetch(_BOUNCED_AGAIN, now, kind)
            closed += await _close(kind, ever[kind], now)
            opened += await _open(kind, fresh[kind], now)
    return opened, closed


async def _oldest(now: datetime) -> datetime:
    """From when on something may have happened that a task is still about."""
    row = await fetch_one(
        "SELECT min(opened_at) AS opened FROM task WHERE gone_at IS NULL AND kind = ANY({}::text[])",
        list(rules.LOOKED_BACK_FOR),
    )
    opened: datetime = (row and row["opened"]) or now
    return opened - rules.LOOK_BACK


async def _open(kind: str, reason: Reason, now: datetime) -> int:
    due = rules.due_on(kind, london_day(now))
    return len(await fetch(_OPEN % reason.sql, *reason.values, kind, now, due, kind))


async def _close(kind: str, reason: Reason, now: datetime) -> int:
    return len(await fetch(_CLOSE % reason.sql, *reason.values, now, now, rules.BY_ITSELF, kind))


def _reasons(now: datetime, since: datetime) -> Mapping[str, Reason]:
    """Every kind's statement at `now`, for what happened after `since`."""
    today, lifetime = london_day(now), LINK_LIFETIME
    waited = now - rules.STUCK_AFTER
    return {
        rules.YOUNG_PERSON: Reason(
            _COMING_OF_AGE + _STILL_THE_PARENTS,
            (*_ages(rules.passed_to_young_people(today), today), list(PARENTS), list(rules.OWN_BASES)),
        ),
        rules.YOUNG_PERSON_SOON: Reason(_COMING_OF_AGE, _ages(rules.passing_soon(today), today)),
        rules.UNOPENED: Reason(_UNOPENED, (now, since, rules.unopened_before(today))),
        rules.UNOPENED_LETTER: Reason(_UNOPENED_LETTER, (since, rules.unopened_before(today))),
        rules.TO_POST: Reason(_TO_POST, (now, since, since)),
        rules.BOUNCED: Reason(_BOUNCED, (since, since)),
        rules.STUCK_INVITATION: Reason(_STUCK, (lifetime, since, waited)),
        rules.CLOSED_ACCOUNT: Reason(_CLOSED_ACCOUNT, (since, AT_WORK)),
        rules.NO_CASEWORKER: Reason(_NO_CASEWORKER, ()),
        rules.WORK_ENDED: Reason(_WORK_ENDED, (since, AT_WORK)),
    }


def _ages(years: Sequence[rules.SchoolYear], today: date) -> tuple[Any, ...]:
    return (*rules.columns(years), rules.youngest_adult_born(today))
