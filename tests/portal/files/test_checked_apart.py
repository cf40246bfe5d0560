"""The service checks each file in a process apart: hostile files end there, and nobody else notices."""

import asyncio
import resource
from pathlib import Path

import pytest
from PIL import Image

from portal.errors import Busy
from portal.files import apart, rules
from portal.files.check import FileRefused, check, check_upload
from tests.portal.files.samples import docx, pdf, photo, png, slow_pdf

pytestmark = pytest.mark.anyio

HOSTILE = slow_pdf(1_900_000)
"""Seven kilobytes that take a dozen seconds of a core, when nothing stops them."""


async def test_it_keeps_what_the_check_here_would_keep() -> None:
    for name, content in (("a.pdf", pdf()), ("b.docx", docx()), ("c.jpg", photo())):
        assert await check(name, content) == check_upload(name, content)


async def test_it_refuses_in_the_same_words() -> None:
    with pytest.raises(FileRefused, match="program"):
        await check("a.pdf", pdf(catalog=b"/OpenAction <</S /Launch>>"))
    with pytest.raises(FileRefused, match=r"PDF or \.docx"):
        await check("a.doc", b"anything")


async def test_a_file_that_takes_too_long_is_refused_while_others_go_on() -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slow = asyncio.create_task(apart.run("slow.pdf", HOSTILE, seconds=3))
    await asyncio.sleep(0)  # Now it is on its way, before the next one comes.
    assert (await check("a.pdf", pdf())).size
    assert not slow.done()
    with pytest.raises(FileRefused, match="too complicated"):
        await slow
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 50_000  # kilobytes
    assert (await check("a.pdf", pdf())).size


async def test_the_largest_picture_fits_into_the_limit_of_memory() -> None:
    largest = Image.new("RGBA", (10_000, rules.MAX_PIXELS // 10_000), (1, 2, 3, 4))
    assert (await check("a.png", png(largest, compress_level=1))).media_type == "image/png"


async def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    large = png(Image.new("RGBA", (10_000, 5_000)), compress_level=1)
    with pytest.raises(FileRefused):
        await apart.run("a.png", large, memory=128 * 1024**2)
    assert (await check("a.png", png(Image.new("RGBA", (100, 50))))).size


async def test_a_helper_that_died_is_replaced() -> None:
    await check("a.pdf", pdf())
    helper = apart._idle.get_nowait()
    helper.kill()
    helper.wait()
    apart._idle.put(helper)
    assert (await check("a.pdf", pdf())).size


async def test_whoever_comes_when_too_many_wait_is_asked_to_come_back() -> None:
    answers = await asyncio.gather(*(check("a.pdf", pdf()) for _ in range(40)), return_exceptions=True)
    busy = [answer for answer in answers if isinstance(answer, Busy)]
    assert 0 < len(busy) < 40
    assert len(busy) + sum(not isinstance(answer, BaseException) for answer in answers) == 40
    assert (await check("a.pdf", pdf())).size


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows what a process knows")
async def test_the_helper_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret of the service")
    helper = apart._new_helper()
    try:
        apart.send(helper.stdin, {"name": "a.pdf", "seconds": 5, "memory": apart.MEMORY}, pdf())  # type: ignore[arg-type]
        apart.receive(helper.stdout)  # type: ignore[arg-type]
        assert [line.partition(b"=")[0] for line in known(helper.pid)] == [b"PYTHONPATH"]
    finally:
        apart._end(helper)


def known(pid: int) -> list[bytes]:
    return [line for line in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if line]
