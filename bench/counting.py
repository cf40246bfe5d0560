"""How many statements a page takes, and whether a server answers yet."""

import time
from typing import Any

import httpx

from db.engine import connect
from web.app import create_app
from web.settings import Settings


async def queries_of(settings: Settings, cookie: str, path: str) -> int:
    """Statements sent to PostgreSQL for one view of the page, counted in this process."""
    async with connect(settings.database_url, pool_size=2) as engine:
        app = create_app(settings, own_pool=False)
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
            await client.get(path, headers={"Cookie": cookie})
            count, send = 0, engine.run_querystring

            async def counting(*args: Any, **options: Any) -> Any:
                nonlocal count
                count += 1
                return await send(*args, **options)

            engine.run_querystring = counting  # type: ignore[method-assign]
            try:
                await client.get(path, headers={"Cookie": cookie})
            finally:
                engine.run_querystring = send  # type: ignore[method-assign]
    return count


def wait_for(port: int) -> None:
    """Until something answers on `port` of this machine. Raises RuntimeError after half a minute."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")
