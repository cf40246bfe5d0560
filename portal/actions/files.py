"""Files that somebody adds while filling a form; they hang on the form, and go in with it."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actions.queries import ActionRecord
from portal.actor import Actor
from portal.files.commands import check_chosen, keep_checked
from portal.files.queries import FileLine
from portal.files.store import FileStore


async def attach(
    actor: Actor,
    child: ChildRecord,
    action: ActionRecord,
    filename: str,
    content: bytes,
    store: FileStore,
    *,
    now: datetime,
) -> str:
    """Add one file to a form. Gives the file's id. Raises FileRefused."""
    checked = await check_chosen(actor, filename, content, now=now)
    file = await keep_checked(actor, child.id, checked, store, now=now)
    await fetch("INSERT INTO action_file (action, file) VALUES ({}, {})", action.id, file.id)
    return str(file.public_id)


async def files_of(action: ActionRecord) -> dict[str, FileLine]:
    """The files of a form by their ids; only these may stand among its answers."""
    rows = await fetch(
        "SELECT f.public_id, f.name, f.size, f.scan_state FROM action_file x JOIN stored_file f ON f.id = x.file"
        " WHERE x.action = {} ORDER BY f.id",
        action.id,
    )
    return {row["public_id"]: FileLine(**row) for row in rows}


def kept_files(action: ActionRecord, field: str, own: Sequence[str], removed: str) -> list[str]:
    """The files that a field holds already, without the one that was just removed."""
    held = action.answers.get(field)
    return [one for one in held if one in own and one != removed] if isinstance(held, list) else []
