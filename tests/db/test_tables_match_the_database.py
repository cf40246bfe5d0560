"""The tables in Python and the statements in SQL say the same."""

import asyncpg
import pytest
from piccolo.columns import Boolean, Bytea, Date, ForeignKey, Integer, Text, Timestamptz
from piccolo.columns.column_types import JSONB, BigInt, BigSerial, Serial
from piccolo.table import Table

import db.tables as tables

pytestmark = pytest.mark.anyio

TYPES: list[tuple[type, str]] = [
    (ForeignKey, "bigint"),
    (BigSerial, "bigint"),
    (Serial, "integer"),
    (BigInt, "bigint"),
    (JSONB, "jsonb"),
    (Timestamptz, "timestamp with time zone"),
    (Date, "date"),
    (Boolean, "boolean"),
    (Bytea, "bytea"),
    (Integer, "integer"),
    (Text, "text"),
]


def said_in_python(table: type[Table]) -> dict[str, tuple[str, bool]]:
    return {
        column._meta.name: (next(name for kind, name in TYPES if isinstance(column, kind)), column._meta.null)
        for column in table._meta.columns
    }


async def said_in_sql(connection: asyncpg.Connection, name: str) -> dict[str, tuple[str, bool]]:
    rows = await connection.fetch(
        "SELECT column_name, data_type, is_nullable = 'YES' AS nullable FROM information_schema.columns"
        " WHERE table_name = $1",
        name,
    )
    return {row["column_name"]: (row["data_type"], row["nullable"]) for row in rows}


@pytest.mark.parametrize("name", tables.__all__)
async def test_the_table_has_the_same_columns_in_both(db: asyncpg.Connection, name: str) -> None:
    table: type[Table] = getattr(tables, name)
    assert said_in_python(table) == await said_in_sql(db, table._meta.tablename)


async def test_every_foreign_key_has_an_index(db: asyncpg.Connection) -> None:
    """Deleting or listing by owner must not read a whole table; staff columns are never looked up by."""
    bare = await db.fetch(
        """
        SELECT c.conrelid::regclass::text AS "table", a.attname AS "column"
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confdeltype = 'c'
          AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
        """
    )
    assert {f"{row['table']}.{row['column']}" for row in bare} == set()
