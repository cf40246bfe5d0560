"""The real clamd, with a signature of our own for the EICAR test string, since no test may fetch the real database."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.files.scan import ScannerAway, scanner_for
from tests.portal.files.samples import docx, pdf

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(CLAMD is None, reason="clamd is not installed (on Debian: apt-get install clamav-daemon)"),
]

# In two parts, so that no scanner takes this file for the test virus itself.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CONFIG = """
Foreground yes
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
LocalSocket {folder}/clamd.ctl
StreamMaxLength {limit}
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a clamd that takes at most 12 MB."""
    # The path of a socket may have some 100 characters, which pytest's own folders can pass.
    folder = Path(f"/tmp/portal-clamd-{os.getpid()}")
    (folder / "signatures").mkdir(parents=True)
    (folder / "signatures" / "eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIG.format(folder=folder, limit="12M"))
    assert CLAMD
    with (folder / "log").open("wb") as log:
        clamd = subprocess.Popen([CLAMD, "--config-file", folder / "clamd.conf"], stdout=log, stderr=log)
    try:
        _wait_for(folder / "clamd.ctl", clamd, folder / "log")
        yield f"unix://{folder}/clamd.ctl"
    finally:
        clamd.kill()
        clamd.wait()
        shutil.rmtree(folder)


def _wait_for(ready: Path, clamd: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if ready.exists():
            return
        assert clamd.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


async def test_the_test_virus_is_found(url: str) -> None:
    result = await scanner_for(url).scan(EICAR)
    assert (result.state, result.detail) == ("infected", "Eicar-Test.UNOFFICIAL")


async def test_it_is_found_inside_a_word_document(url: str) -> None:
    result = await scanner_for(url).scan(docx({"word/media/image1.png": EICAR}))
    assert result.state == "infected"


async def test_ordinary_files_are_clean(url: str) -> None:
    for content in (pdf(), docx()):
        assert (await scanner_for(url).scan(content)).state == "clean"


async def test_the_largest_file_that_we_take_is_scanned_to_its_end(url: str) -> None:
    content = bytes(10 * 1024 * 1024 - len(EICAR)) + EICAR
    assert (await scanner_for(url).scan(content)).state == "infected"


async def test_a_file_that_is_too_large_for_the_scanner_is_never_called_clean(url: str) -> None:
    try:
        result = await scanner_for(url).scan(bytes(13 * 1024 * 1024))
    except ScannerAway:
        return
    assert result.state == "failed"
