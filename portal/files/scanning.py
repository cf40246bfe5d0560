"""Scanning what was uploaded, in the worker: pending, then clean, infected, failed or not scanned."""

from datetime import datetime, timedelta

import structlog

from db.engine import fetch, fetch_one
from portal import audit, jobs
from portal.files.scan import Scanner, ScannerAway
from portal.files.store import FileStore

log = structlog.get_logger()

SCAN = "scan_file"
TRY_AGAIN = timedelta(minutes=1)
OPENABLE = ("clean", "not_scanned")
"""States in which a file may be opened. `not_scanned` says honestly that no scanner is configured."""


async def scan(file_id: int, store: FileStore, scanner: Scanner, *, now: datetime) -> None:
    """Scan one pending file and keep what came of it; while the scanner is away, try again later."""
    row = await fetch_one("SELECT * FROM stored_file WHERE id = {} AND scan_state = 'pending'", file_id)
    if row is None:
        return
    try:
        result = await scanner.scan(await store.read(row["stored_as"]))
    except ScannerAway as error:
        log.warning("scanner_away", file=file_id, error=str(error))
        await jobs.enqueue(SCAN, str(file_id), after=TRY_AGAIN)
        return
    await fetch(
        "UPDATE stored_file SET scan_state = {}, scan_detail = {} WHERE id = {} AND scan_state = 'pending'",
        result.state,
        result.detail,
        file_id,
    )
    if result.state not in OPENABLE:
        await audit.record(
            f"files:file:{result.state}",
            now=now,
            child=row["child"],
            subject=row["public_id"],
            detail={"found": result.detail},
        )
