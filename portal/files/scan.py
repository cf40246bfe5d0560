"""The virus scanner: ClamAV through its daemon, or honestly none."""

import asyncio
import io
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import clamd

CLEAN, INFECTED, FAILED, NOT_SCANNED = "clean", "infected", "failed", "not_scanned"
TIMEOUT = 60
"""Seconds for one file, from the first byte sent to the last byte of the answer."""


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
    """clamd at an address of `socket`: host and port, or a path. `timeout` in seconds, for one file."""

    address: tuple[str, int] | str
    timeout: float = TIMEOUT

    async def scan(self, content: bytes) -> ScanResult:
        """Send `content` to clamd (INSTREAM). Raises ScannerAway when it gives no answer that can be understood."""
        line = _Line(self.address, self.timeout)
        try:
            async with asyncio.timeout(self.timeout):
                return await asyncio.to_thread(_ask, line, content)
        except TimeoutError as error:
            line.hang_up()
            raise ScannerAway("too slow") from error


def scanner_for(url: str) -> Scanner:
    """The scanner at `url` (`CLAMD_URL`), or none when it is empty. Raises ValueError when it is no such address."""
    parts = urlsplit(url)
    if not url:
        return NoScanner()
    if parts.scheme == "tcp" and parts.hostname:
        return ClamAv((parts.hostname, parts.port or 3310))
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return ClamAv(parts.path)
    raise ValueError("CLAMD_URL must look like tcp://127.0.0.1:3310 or unix:///run/clamd.ctl")


def _ask(line: "_Line", content: bytes) -> ScanResult:
    try:
        answer = line.instream(io.BytesIO(content))
    except clamd.BufferTooLongError:
        return ScanResult(FAILED, "larger than the scanner takes")
    except (clamd.ClamdError, OSError, ValueError) as error:
        raise ScannerAway(type(error).__name__) from error
    status, detail = (answer or {}).get("stream", ("", ""))
    match status:
        case "OK":
            return ScanResult(CLEAN)
        case "FOUND":
            return ScanResult(INFECTED, detail or "no name")
        case "ERROR":
            return ScanResult(FAILED, detail or "no reason")
    raise ScannerAway("no answer")


class _Socket(socket.socket):
    """Sends all of what it is given: `clamd` does not look how much went, and the rest would be lost."""

    def send(self, data: Any, flags: int = 0, /) -> int:
        self.sendall(data, flags)
        return len(data)


class _Line(clamd.ClamdNetworkSocket):  # type: ignore[misc]  # clamd has no types
    """One connection to clamd. Unlike clamd's own, it also limits the time to connect, and speaks IPv6."""

    def __init__(self, address: tuple[str, int] | str, timeout: float) -> None:
        self._address, self._timeout = address, timeout
        self.clamd_socket: socket.socket | None = None

    def hang_up(self) -> None:
        """End the connection from another thread, so that nobody waits on it any more."""
        with suppress(OSError):
            if self.clamd_socket:
                self.clamd_socket.shutdown(socket.SHUT_RDWR)

    def _init_socket(self) -> None:
        family, address = _resolved(self._address)
        self.clamd_socket = _Socket(family, socket.SOCK_STREAM)
        self.clamd_socket.settimeout(self._timeout)
        self.clamd_socket.connect(address)

    def _close_socket(self) -> None:
        if self.clamd_socket:
            self.clamd_socket.close()


def _resolved(address: tuple[str, int] | str) -> tuple[int, Any]:
    if isinstance(address, str):
        return socket.AF_UNIX, address
    family, _, _, _, found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0]
    return family, found
