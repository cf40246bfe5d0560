"""How PostgreSQL reads for a page: which indexes it takes, and which whole tables it goes through."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from db.engine import connect
from web.app import create_app
from web.settings import Settings

BIG = 5_000
"""Rows from which on a table should not be read from one end to the other for a page."""


@dataclass(frozen=True)
class Statement:
    """One statement of a page. `whole` are the big tables that it read from one end to the other, with their rows."""

    begins: str
    ms: float
    indexes: tuple[str, ...]
    whole: tuple[str, ...]


async def plans_of(settings: Settings, cookie: str, path: str) -> list[Statement]:
    """Every reading statement of one view of the page, slowest first, explained after it has run."""
    async with connect(settings.database_url, pool_size=2) as engine:
        app = create_app(settings, own_pool=False)
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
            seen, send = [], engine.run_querystring

            async def noting(query: Any, *args: Any, **options: Any) -> Any:
                seen.append(query.compile_string())
                return await send(query, *args, **options)

            engine.run_querystring = noting  # type: ignore[method-assign, assignment]
            try:
                await client.get(path, headers={"Cookie": cookie})
            finally:
                engine.run_querystring = send  # type: ignore[method-assign]
        found = [await _explained(engine, sql, values) for sql, values in seen if _reads(sql)]
    return sorted(found, key=lambda one: -one.ms)


def _reads(sql: str) -> bool:
    words = sql.upper()
    return words.lstrip().startswith(("SELECT", "WITH")) and not any(
        one in words for one in ("INSERT INTO", "UPDATE ", "DELETE FROM")
    )


async def _explained(engine: Any, sql: str, values: list[Any]) -> Statement:
    rows = await engine._run_in_pool(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
    plan = json.loads(rows[0]["QUERY PLAN"])[0]
    nodes = list(_nodes(plan["Plan"]))
    indexes = sorted({node["Index Name"] for node in nodes if "Index Name" in node})
    whole = sorted({text for node in nodes if (text := _whole(node))})
    return Statement(" ".join(sql.split())[:60], plan["Execution Time"], tuple(indexes), tuple(whole))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _whole(node: dict[str, Any]) -> str:
    """The table and its rows when the node goes through a big one, otherwise nothing."""
    if node["Node Type"] != "Seq Scan":
        return ""
    rows = int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
    return f"{node['Relation Name']} ({rows:,} rows)" if rows >= BIG else ""
