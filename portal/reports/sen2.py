"""One year in the shape of the SEN2 return: a row for each request, with its plan, last review and phase transfer.

The Department for Education asks councils for these facts each January; the codes of its own file
differ from year to year, so outcomes stand here in words. As things stood at the end of the year, or as they stand
today while it lasts.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Any

from db.engine import fetch
from portal.cases.facts import CaseFacts, Decision
from portal.cases.reviews import NAMES_A_PLACE, meetings_of, transfers
from portal.csv_out import csv_text
from portal.reports.queries import Scope

BATCH = 1_000
"""Rows that are in memory at once."""

HEADER = (
    "case_reference",
    "request_received",
    "request_source",
    "request_outcome",
    "request_outcome_date",
    "assessment_outcome",
    "assessment_outcome_date",
    "exception_to_20_weeks",
    "mediation",
    "tribunal",
    "plan_start",
    "plan_end",
    "review_meeting",
    "review_outcome",
    "review_decision_date",
    "phase_transfer_due",
    "phase_transfer_final",
)

_ROWS = """
SELECT k.id, k.received_on, k.source, c.case_reference, c.date_of_birth AS born,
    x.ehc_case IS NOT NULL AS excused, d.kinds, d.days, m.met_on, m.met_recorded_at
FROM ehc_case k JOIN child c ON c.id = k.child
CROSS JOIN LATERAL (
    SELECT array_agg(kind ORDER BY happened_on, id) AS kinds, array_agg(happened_on ORDER BY happened_on, id) AS days,
        min(happened_on) FILTER (WHERE kind IN ('final_issued', 'plan_taken_over')) AS issued,
        max(happened_on) FILTER (WHERE kind IN ('ceased', 'moved_out')) AS ended,
        max(happened_on) FILTER (WHERE kind = 'plan_goes_on') AS went_on
    FROM case_decision WHERE ehc_case = k.id AND struck_at IS NULL AND kind <> 'review_meeting' AND happened_on <= {}
) d
CROSS JOIN LATERAL (
    SELECT array_agg(happened_on ORDER BY id) AS met_on, array_agg(recorded_at ORDER BY id) AS met_recorded_at
    FROM case_decision WHERE ehc_case = k.id AND struck_at IS NULL AND kind = 'review_meeting'
) m
LEFT JOIN (
    SELECT DISTINCT ehc_case FROM case_exception WHERE duty = 'final' AND struck_at IS NULL
        AND (recorded_at AT TIME ZONE 'Europe/London')::date <= {}
) x ON x.ehc_case = k.id
WHERE k.id > {} AND ({}::bigint IS NULL OR c.team = {}) AND k.received_on <= {}
    AND (k.received_on >= {} OR (d.issued IS NOT NULL AND (d.ended IS NULL OR d.ended >= {} OR d.went_on >= d.ended)))
ORDER BY k.id LIMIT {}
"""

_REQUEST_OUTCOMES = {
    "decided_to_assess": "will assess",
    "decided_not_to_assess": "will not assess",
    "withdrawn": "withdrawn",
    "moved_out": "moved",
}
_ASSESSMENT_OUTCOMES = {
    "decided_to_issue": "plan",
    "decided_not_to_issue": "no plan",
    "final_issued": "plan",
    "withdrawn": "withdrawn",
    "moved_out": "moved",
}
_BEGINS = {"decided_to_assess", "ordered_to_assess"}
_ASSESSED = {"decided_to_issue", "decided_not_to_issue", "draft_served", "final_issued"}
"""What shows that there was an assessment, also where the decision to assess came in without its day."""
_REVIEW_OUTCOMES = {
    "plan_kept": "keep the plan",
    "changes_proposed": "change the plan",
    "ceasing_proposed": "cease the plan",
}

Dated = tuple[str, date]


async def sen2_csv(scope: Scope, year: int, *, today: date, batch: int = BATCH) -> AsyncIterator[bytes]:
    """The file, `batch` lines at a time: every request received in `year`, and every plan in force on a day of it.

    Nothing that lies after `today`, the day in London, is in it: a review that is planned has not been held.
    """
    yield csv_text(HEADER, []).encode("utf-8-sig")
    begins, ends = date(year, 1, 1), min(date(year, 12, 31), today)
    last = 0
    while rows := await fetch(_ROWS, ends, ends, last, scope.team, scope.team, ends, begins, begins, batch):
        yield csv_text(("",), [row_of(row, ends) for row in rows]).split("\r\n", 1)[1].encode()
        last = rows[-1]["id"]


def row_of(row: Mapping[str, Any], ends: date) -> tuple[object, ...]:
    """One request in the order of HEADER, as things stood on the day `ends`. `row` has what `_ROWS` selects."""
    happened: list[Dated] = list(zip(row["kinds"] or [], row["days"] or [], strict=True))
    issued = _first(happened, "final_issued") or _first(happened, "plan_taken_over")
    ended = _ended(happened) if issued else None
    return (
        row["case_reference"],
        row["received_on"],
        row["source"],
        *_request(happened),
        *_assessment(happened),
        _flag(row["excused"]),
        _flag(_first(happened, "mediation_asked") or _first(happened, "mediation_certificate")),
        _flag(_first(happened, "appeal_made")),
        issued,
        ended,
        *_review(happened, _last_meeting(row, ends)),
        *_transfer(happened, row["born"], issued, ended, ends.year),
    )


def _outcome(happened: list[Dated], outcomes: Mapping[str, str]) -> tuple[str, date | None]:
    """What was decided first, and when."""
    for kind, on in happened:
        if kind in outcomes:
            return outcomes[kind], on
    return "", None


def _request(happened: list[Dated]) -> tuple[str, date | None]:
    """What was decided about the request. What came after the assessment had begun is no answer to it."""
    before = takewhile(lambda one: one[0] not in _ASSESSED | {"plan_taken_over"}, happened)
    return _outcome(list(before), _REQUEST_OUTCOMES)


def _assessment(happened: list[Dated]) -> tuple[str, date | None]:
    """Nothing before it was decided, or ordered, that there would be an assessment, or before one shows."""
    begun = any(kind in _BEGINS or kind in _ASSESSED for kind, _ in happened)
    return _outcome(happened, _ASSESSMENT_OUTCOMES) if begun else ("", None)


def _last_meeting(row: Mapping[str, Any], ends: date) -> date | None:
    """The last meeting by that day that took place: one that was moved while it lay ahead did not, wherever it went."""
    recorded = zip(row["met_on"] or [], row["met_recorded_at"] or [], strict=True)
    met = (Decision("review_meeting", on, number=number, recorded_at=at) for number, (on, at) in enumerate(recorded, 1))
    held = meetings_of(CaseFacts(row["received_on"], decisions=tuple(met)))
    return max((on for on in held if on <= ends), default=None)


def _review(happened: list[Dated], meeting: date | None) -> tuple[date | None, str, date | None]:
    """The last meeting of the year or before, and what came of it; of a review before this portal, only its end."""
    if meeting is None:
        decided = _first(happened, "review_taken_over")
        return None, "not known" if decided else "", decided
    return meeting, *_outcome([(kind, on) for kind, on in happened if on >= meeting], _REVIEW_OUTCOMES)


def _transfer(
    happened: list[Dated], born: date, issued: date | None, ended: date | None, year: int
) -> tuple[date | None, date | None]:
    """The phase transfer of this year (reg 18): the day before which the place must be named, and when it was.

    None of a plan that began only then, or had ended by then.
    """
    due = next((one for one in transfers(born) if one.before.year == year), None)
    if due is None or issued is None or issued >= due.before or (ended and ended < due.before):
        return None, None
    named = [on for kind, on in happened if kind in NAMES_A_PLACE and due.named_from <= on <= due.year_ends]
    return due.before, min(named, default=None)


def _ended(happened: list[Dated]) -> date | None:
    """The day on which the plan ended, unless it went on after all."""
    endings = [(kind, on) for kind, on in happened if kind in {"ceased", "moved_out", "plan_goes_on"}]
    return endings[-1][1] if endings and endings[-1][0] != "plan_goes_on" else None


def _first(happened: list[Dated], kind: str) -> date | None:
    return next((on for one, on in happened if one == kind), None)


def _flag(value: object) -> str:
    return "yes" if value else "no"
