"""The parts of children's records that the person may read now, and what they wrote and were sent there."""

from collections.abc import Mapping
from typing import Any

from portal.access.rules import Part as Shown
from portal.advice import rules as advice
from portal.advice.queries import kind_for
from portal.drafts import rules as drafts
from portal.everything.asking import CHILD, MAY_READ, Part, Row, asked, may_see
from portal.everything.words import form


def _asked_adviser(row: Mapping[str, Any]) -> Row:
    kind = advice.ADVISERS[row["kind"]].who
    late = advice.LATE_REASONS.get(row["why_it_may_be_late"], "")
    answer_by = advice.due_on(row["asked_on"])
    return {**row, "kind": kind, "answer_by": answer_by, "why_it_may_be_late": late}


def _wish(row: Mapping[str, Any]) -> Row:
    return {**row, "answer": advice.ANSWERS.get(row["answer"], "Waiting for an answer")}


def _days(row: Mapping[str, Any]) -> Row:
    return {**row, "last_day": drafts.last_day(row["served_on"], row["more_time_until"])}


def _said(row: Mapping[str, Any]) -> Row:
    words = drafts.outcomes(row["part"])
    said = {"part": drafts.title_of(row["part"]), "kind_of_school": drafts.SCHOOL_KINDS.get(row["kind_of_school"], "")}
    return {**row, **said, "outcome": "\n".join(words[outcome] for outcome in row["outcome"])}


RECORDS = (
    Part(
        "children",
        "Children whose record you can see",
        asked(f"""
            SELECT c.id AS "#", {CHILD}, c.case_reference, c.date_of_birth, t.name AS team,
                coalesce(w.forename || ' ' || w.surname, '') AS caseworker
            FROM me JOIN child c ON true {MAY_READ}
            JOIN team t ON t.id = c.team LEFT JOIN account w ON w.id = c.caseworker"""),
    ),
    Part(
        "advice",
        "Who was asked for advice",
        asked(
            f"""
            SELECT v.id AS "#", {CHILD}, {kind_for("me.account")}, v.name, v.organisation, v.asked_on, v.reminded_on,
                v.returned_on AS answered_on, v.exception_kind AS why_it_may_be_late, v.exception_target AS new_target
            FROM me JOIN child c ON true {may_see(Shown.ADVICE)} JOIN ehc_case k ON k.child = c.id
            JOIN adviser v ON v.ehc_case = k.id""",
            _asked_adviser,
        ),
    ),
    Part(
        "advisers",
        "Advisers that you asked for",
        asked(
            f"""
            SELECT w.id AS "#", w.asked_at, {CHILD}, w.name, w.organisation, w.why, w.answer, w.reason, w.answered_at
            FROM me JOIN adviser_wish w ON w.account = me.account
            JOIN ehc_case k ON k.id = w.ehc_case JOIN child c ON c.id = k.child {may_see(Shown.ADVICE)}""",
            _wish,
        ),
    ),
    Part(
        "messages",
        "Messages",
        asked(f"""
            SELECT m.id AS "#", m.sent_at, {CHILD}, v.subject, v.message_type, CASE WHEN m.from_staff
                THEN s.forename || ' ' || s.surname || ', SEND team' ELSE 'You' END AS "from", m.body AS message,
                array(SELECT f.name FROM attachment x JOIN stored_file f ON f.id = x.file
                    WHERE x.message = m.id ORDER BY f.id) AS files, m.read_at AS first_read_at
            FROM me JOIN conversation v ON v.account = me.account JOIN child c ON c.id = v.child {MAY_READ}
            JOIN message m ON m.conversation = v.id JOIN account s ON s.id = m.sender"""),
    ),
    Part(
        "message-drafts",
        "Messages that you began",
        asked(f"""
            SELECT d.id AS "#", d.updated_at AS kept_at, {CHILD}, d.message_type, d.subject, d.body AS message,
                array(SELECT f.name FROM attachment x JOIN stored_file f ON f.id = x.file
                    WHERE x.draft = d.id ORDER BY f.id) AS files
            FROM me JOIN message_draft d ON d.account = me.account JOIN child c ON c.id = d.child {MAY_READ}"""),
    ),
    Part(
        "forms",
        "Forms",
        asked(
            f"""
            SELECT o.id AS "#", {CHILD}, o.form_key, o.form_version, o.state, o.assigned_at AS asked_at, o.due_on,
                o.submitted_at AS sent_at, o.reference, o.answers
            FROM me JOIN action o ON o.account = me.account JOIN child c ON c.id = o.child {MAY_READ}
            WHERE o.state <> 'withdrawn'""",
            form,
        ),
    ),
    Part(
        "documents",
        "Documents",
        asked(f"""
            SELECT d.id AS "#", {CHILD}, d.description, d.document_date, n.served_at AS sent_at, n.first_opened_at,
                n.posted_on, f.name AS file
            FROM me JOIN document_recipient n ON n.account = me.account AND n.recalled_at IS NULL
            JOIN document d ON d.id = n.document
            JOIN stored_file f ON f.id = d.file JOIN child c ON c.id = d.child {MAY_READ}
            WHERE d.published_at <= me.now AND d.recalled_at IS NULL"""),
    ),
    Part(
        "letters",
        "When you got each letter about a decision",
        asked(f"""
            SELECT n.id AS "#", {CHILD}, n.served_at AS sent_at, n.first_opened_at, n.posted_on
            FROM me JOIN letter_recipient n ON n.account = me.account
            JOIN child c ON c.id = n.child {may_see(Shown.LETTERS)}"""),
    ),
    Part(
        "draft-plan-days",
        "Your days to comment on a draft plan",
        asked(
            f"""
            SELECT x.id AS "#", {CHILD}, d.description AS draft_plan, x.served_on, x.on_paper,
                x.struck_at AS struck_out_as_a_mistake,
                array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = x.id ORDER BY e.id)
                    AS more_time_until,
                array(SELECT e.reason FROM draft_plan_extension e WHERE e.recipient = x.id ORDER BY e.id)
                    AS why_more_time
            FROM me JOIN draft_plan_recipient x ON x.account = me.account JOIN draft_plan p ON p.id = x.draft_plan
            JOIN document d ON d.id = p.document JOIN child c ON c.id = p.child {may_see(Shown.DRAFT_PLAN)}""",
            _days,
        ),
    ),
    Part(
        "draft-plan",
        "What you said about a draft plan",
        asked(
            f"""
            SELECT s.id AS "#", {CHILD}, s.part, s.agrees, s.body AS comment, s.school_name AS school,
                s.school_kind AS kind_of_school, s.saved_at AS kept_at, s.sent_at, s.is_late AS after_the_last_day,
                s.reference,
                array(SELECT w.outcome FROM draft_plan_answer w WHERE w.response = s.id ORDER BY w.id) AS outcome,
                array(SELECT w.body FROM draft_plan_answer w WHERE w.response = s.id ORDER BY w.id) AS answer
            FROM me JOIN draft_plan_response s ON s.account = me.account JOIN draft_plan p ON p.id = s.draft_plan
            JOIN child c ON c.id = p.child {may_see(Shown.DRAFT_PLAN)}""",
            _said,
        ),
    ),
    Part(
        "requests",
        "Assessments that you asked for",
        asked(f"""
            SELECT q.id AS "#", q.sent_at, {CHILD}, c.case_reference, q.answers AS request
            FROM me JOIN assessment_request q ON q.account = me.account
            JOIN ehc_case k ON k.id = q.ehc_case JOIN child c ON c.id = k.child
            WHERE EXISTS (SELECT FROM relationship r
                WHERE r.child = c.id AND r.account = me.account AND r.state <> 'ended')"""),
    ),
)
"""In the order of the zip's first page. What the person asked for is theirs while access is being checked, too."""
