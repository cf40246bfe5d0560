"""What the scanner answers is understood; when it answers nothing, the file waits."""

import asyncio
import os
import time

import pytest

from portal.files.scan import ClamAv, NoScanner, ScannerAway, ScanResult, scanner_for
from tests.portal.files.clamd_double import clamd_double

pytestmark = pytest.mark.anyio

UNDERSTOOD = {
    b"stream: OK\n": ScanResult("clean"),
    b"stream: Win.Test.EICAR_HDB-1 FOUND\n": ScanResult("infected", "Win.Test.EICAR_HDB-1"),
    b"stream: Can't allocate memory ERROR\n": ScanResult("failed", "Can't allocate memory"),
    b"INSTREAM size limit exceeded. ERROR\n": ScanResult("failed", "larger than the scanner takes"),
}


@pytest.mark.parametrize("answer", UNDERSTOOD)
async def test_answers_are_understood(answer: bytes) -> None:
    with clamd_double(answer) as clamd:
        assert await scanner_for(clamd.url).scan(b"content") == UNDERSTOOD[answer]
        assert clamd.received == [b"content"]


async def test_ten_megabytes_arrive_whole_at_a_scanner_that_reads_slowly() -> None:
    content = os.urandom(10 * 1024 * 1024)
    with clamd_double(b"stream: OK\n", slow_reader=True) as clamd:
        assert (await scanner_for(clamd.url).scan(content)).state == "clean"
        assert clamd.received == [content]


@pytest.mark.parametrize(
    "answer", [None, b"", b"\n", b"rubbish\n", b"\xff\xfe\xfa\n", b"other: OK\n", b"HTTP/1.1 200 OK\r\n"]
)
async def test_an_answer_that_cannot_be_understood_lets_the_file_wait(answer: bytes | None) -> None:
    with clamd_double(answer) as clamd, pytest.raises(ScannerAway):
        await scanner_for(clamd.url).scan(b"content")


async def test_a_scanner_that_is_down_lets_the_file_wait() -> None:
    with clamd_double(b"") as clamd:
        url = clamd.url
    for gone in (url, "unix:///tmp/no-such-clamd.ctl"):
        with pytest.raises(ScannerAway):
            await scanner_for(gone).scan(b"content")


async def test_a_scanner_that_keeps_silent_is_left_in_good_time() -> None:
    with clamd_double(b"stream: OK\n", silent=True) as clamd:
        began = time.monotonic()
        with pytest.raises(ScannerAway):
            await ClamAv(clamd.address, timeout=0.4).scan(b"content")
        assert time.monotonic() - began < 2


async def test_a_scanner_that_never_comes_to_an_end_is_hung_up_on() -> None:
    with clamd_double(b"", drips=True) as clamd:
        with pytest.raises(ScannerAway, match="too slow"):
            await ClamAv(clamd.address, timeout=0.4).scan(b"content")
        assert await asyncio.to_thread(clamd.hung_up.wait, 2)


async def test_without_a_scanner_every_file_says_so() -> None:
    scanner = scanner_for("")
    assert isinstance(scanner, NoScanner)
    assert await scanner.scan(b"content") == ScanResult("not_scanned", "no scanner is configured")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("tcp://127.0.0.1:3311", ("127.0.0.1", 3311)),
        ("tcp://scanner", ("scanner", 3310)),
        ("tcp://[::1]:3310", ("::1", 3310)),
        ("unix:///run/clamd.ctl", "/run/clamd.ctl"),
    ],
)
def test_addresses_are_read(url: str, address: object) -> None:
    assert scanner_for(url) == ClamAv(address)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["localhost:3310", "127.0.0.1:3310", "http://x", "tcp://", "unix://run/clamd.ctl", "on"]
)
def test_an_address_that_is_none_is_told_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="CLAMD_URL must look like"):
        scanner_for(url)
