"""The virus scanner: ClamAV through its daemon, or honestly none."""

import asyncio
import io
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import clamd

CLEAN, INFECTED, FAILED, NOT_SCANNED = "clean", "infected", "failed", "not_scanned"
TIMEOUT = 60
"""Seconds for one file."""


@dataclass(frozen=True)
class ScanResult:
    """`state` is clean, infected, failed or not_scanned; `detail` the signature or what went wrong."""

    state: str
    detail: str = ""


class Scanner(Protocol):
    """Says whether a file is clean. Raises ScannerAway when it cannot be asked now."""

    async def scan(self, content: bytes) -> ScanResult: ...


class ScannerAway(Exception):
    """The scanner does not answer; the file stays pending and is tried again."""


class NoScanner:
    """No scanner is configured, and every file says so."""

    async def scan(self, content: bytes) -> ScanResult:
        return ScanResult(NOT_SCANNED, "no scanner is configured")


@dataclass(frozen=True)
class ClamAv:
    """clamd at `tcp://host:port` or `unix:///path`."""

    url: str

    async def scan(self, content: bytes) -> ScanResult:
        """Send `content` to clamd (INSTREAM)."""
        return await asyncio.to_thread(self._scan, content)

    def _scan(self, content: bytes) -> ScanResult:
        try:
            answer = self._connection().instream(io.BytesIO(content))
        except clamd.BufferTooLongError:
            return ScanResult(FAILED, "larger than the scanner takes")
        except (clamd.ClamdError, OSError) as error:
            raise ScannerAway(type(error).__name__) from error
        status, detail = (answer or {}).get("stream", ("", "no answer"))
        if status == "OK":
            return ScanResult(CLEAN)
        return ScanResult(INFECTED if status == "FOUND" else FAILED, detail or "")

    def _connection(self) -> clamd.ClamdNetworkSocket:
        parts = urlsplit(self.url)
        if parts.scheme == "unix":
            return clamd.ClamdUnixSocket(parts.path, timeout=TIMEOUT)
        return clamd.ClamdNetworkSocket(parts.hostname, parts.port or 3310, timeout=TIMEOUT)


def scanner_for(url: str) -> Scanner:
    """The scanner at `url` (`CLAMD_URL`), or none when it is empty."""
    return ClamAv(url) if url else NoScanner()
