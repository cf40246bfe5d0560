"""A small load generator for loopback: a few connections that ask for one page again and again."""

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What came of one run: pages a second, and the slowest hundredth in milliseconds."""

    per_second: float
    p99_ms: float
    bytes_each: int


async def load(port: int, path: str, cookie: str, *, seconds: float = 3.0, connections: int = 8) -> Measured:
    """Ask for `path` on 127.0.0.1 for `seconds`. Raises RuntimeError when an answer is not 200."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nAccept-Encoding: br\r\n\r\n"
    ).encode()
    times: list[float] = []
    sizes: list[int] = []
    end = time.perf_counter() + seconds
    begun = time.perf_counter()
    await asyncio.gather(*(_one(port, request, end, times, sizes) for _ in range(connections)))
    took = time.perf_counter() - begun
    times.sort()
    return Measured(len(times) / took, times[int(len(times) * 0.99) - 1] * 1000, max(sizes))


async def _one(port: int, request: bytes, end: float, times: list[float], sizes: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        begun = time.perf_counter()
        writer.write(request)
        sizes.append(await _answer(reader))
        times.append(time.perf_counter() - begun)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read one answer; gives its size in bytes, headers and all."""
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode("latin-1"))
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    body = await reader.readexactly(int(length.split(b":")[1]))
    return len(head) + len(body)
