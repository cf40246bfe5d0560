"""Scanning what was uploaded, in the worker: pending, then clean, infected, failed or not scanned."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from db.engine import DB, fetch, fetch_one
from portal import audit, jobs
from portal.files.scan import FAILED, Scanner, ScannerAway, ScanResult
from portal.files.store import FileStore

log = structlog.get_logger()

SCAN = "scan_file"
TRY_AGAIN = timedelta(minutes=1)
LOOK_AGAIN = timedelta(minutes=10)
MISSED_FOR = timedelta(days=1)
"""How long a file may be out of sight: the folder may be shared with another machine and not be there now."""
FORGOTTEN_AFTER = timedelta(hours=1)
OPENABLE = ("clean", "not_scanned")
"""States in which a file may be opened. `not_scanned` says honestly that no scanner is configured."""

_KEEP = "UPDATE stored_file SET scan_state = {}, scan_detail = {} WHERE id = {} AND scan_state = 'pending' RETURNING id"

_FORGOTTEN = """
SELECT f.id FROM stored_file f WHERE f.scan_state = 'pending' AND f.created_at < {}
AND NOT EXISTS (SELECT FROM pgqueuer q WHERE q.entrypoint = {} AND q.payload = convert_to(f.id::text, 'UTF8'))
"""


async def scan(file_id: int, store: FileStore, scanner: Scanner, *, now: datetime) -> None:
    """Scan one pending file and keep what came of it; while the scanner or the file is away, try again later.

    A file that this machine does not see for a day has failed.
    """
    row = await fetch_one("SELECT * FROM stored_file WHERE id = {} AND scan_state = 'pending'", file_id)
    if row is None:
        return
    try:
        result = await _scanned(row, store, scanner, now)
    except ScannerAway as error:
        log.warning("scanner_away", file=file_id, error=str(error))
        await jobs.enqueue(SCAN, str(file_id), after=TRY_AGAIN)
        return
    except FileNotFoundError:
        log.warning("file_not_seen_here", file=file_id)
        await jobs.enqueue(SCAN, str(file_id), after=LOOK_AGAIN)
        return
    await _keep(row, result, now)


async def _keep(row: Mapping[str, Any], result: ScanResult, now: datetime) -> None:
    """Both or neither: a file that nobody may open has its entry in the audit trail."""
    async with DB.transaction():
        kept = await fetch(_KEEP, result.state, result.detail, row["id"])
        if kept and result.state not in OPENABLE:
            event, detail = f"files:file:{result.state}", {"found": result.detail}
            await audit.record(event, now=now, child=row["child"], subject=row["public_id"], detail=detail)


async def scan_forgotten(*, now: datetime) -> None:
    """Queue again the files that have waited for an hour and whose job was lost."""
    for row in await fetch(_FORGOTTEN, now - FORGOTTEN_AFTER, SCAN):
        await jobs.enqueue(SCAN, str(row["id"]))


async def _scanned(row: Mapping[str, Any], store: FileStore, scanner: Scanner, now: datetime) -> ScanResult:
    """Raises ScannerAway, and FileNotFoundError while the file may still come into sight."""
    try:
        content = await store.read(row["stored_as"])
    except FileNotFoundError:
        if now - row["created_at"] < MISSED_FOR:
            raise
        return ScanResult(FAILED, "the file is not in the store")
    return await scanner.scan(content)
