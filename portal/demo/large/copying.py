"""Writes many rows at once, in the transaction that is open."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from db.engine import DB, fetch


class Numbered(Protocol):
    """Something that becomes a row with an id."""

    id: int


async def number(table: str, things: Sequence[Numbered]) -> None:
    """Give each of `things` the next id of `table`, which nobody else will get."""
    rows = await fetch(f"SELECT nextval('{table}_id_seq') AS id FROM generate_series(1, {{}}) ORDER BY 1", len(things))
    for thing, row in zip(things, rows, strict=True):
        thing.id = row["id"]


async def copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put `rows` into `table`; `columns` are their names, with spaces between."""
    transaction = DB.current_transaction.get()
    assert transaction is not None, "copy needs an open transaction"
    await transaction.connection.copy_records_to_table(table, records=list(rows), columns=columns.split(), timeout=120)
