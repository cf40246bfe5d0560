"""Lists that the SEND team takes along as CSV files; who took which is in the audit trail."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from litestar import Response

from portal import audit
from portal.access.queries import ChildRecord
from portal.csv_out import csv_bytes
from portal.dates import london_time
from web.respond import Request, download, now_of

MOST_ROWS = 50_000
"""Of a list that goes on over many pages: several counties' children. Ask for one more, so that a cut is seen."""


async def spreadsheet(
    request: Request,
    what: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    child: ChildRecord | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Response[bytes]:
    """`rows` as a file to keep, named `what`. The audit trail gets `staff:{what}:exported`, with `child` if it has one.

    `detail` is noted beside the number of rows. Moments stand there as the clocks in England show them:
    `2026-01-05 14:45`. A file that holds not all says so in its last line.
    """
    taken = cut([tuple(_cell(value) for value in row) for row in rows])
    await audit.record(
        f"staff:{what}:exported",
        now=now_of(request),
        actor=request.actor,
        child=child.id if child else None,
        subject=child.public_id if child else "",
        detail={"rows": len(taken), **(detail or {})},
    )
    disposition = f'attachment; filename="{what}.csv"'
    return download(csv_bytes(columns, taken), media_type="text/csv", disposition=disposition)


def cut(rows: list[tuple[object, ...]], most: int = MOST_ROWS) -> list[tuple[object, ...]]:
    """`rows`, or the first `most` of them and a line that says that there is more."""
    if len(rows) <= most:
        return rows
    return [*rows[:most], (f"There is more. A file holds {most:,} rows: narrow the list, and take it in parts",)]


def _cell(value: object) -> object:
    return f"{london_time(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
