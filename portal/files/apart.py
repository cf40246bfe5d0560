"""Runs the checks of files in a process apart, because a hostile file can cost minutes and gigabytes.

A helper (`portal/files/helper.py`) stands ready and forks for each file: the fork has limits on its time and
memory, knows no secret, and is gone afterwards. At most two files are checked at once.
"""

import asyncio
import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import IO, Any

from portal.errors import Busy
from portal.files.rules import TOO_HARD, FileRefused

CPU_SECONDS = 10
"""Of one core, for one file."""
MEMORY = 1024**3
"""Bytes of address space for one file."""
_WALL_SECONDS = 60
_AT_ONCE, _WAITING = 2, 20

_HEADER = struct.Struct(">II")
_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="files")
_places = threading.BoundedSemaphore(_AT_ONCE + _WAITING)
_idle: SimpleQueue["subprocess.Popen[bytes]"] = SimpleQueue()


async def run(filename: str, content: bytes, *, seconds: int = CPU_SECONDS, memory: int = MEMORY) -> bytes:
    """What `check_upload` would keep of the file, within so many `seconds` of a core and bytes of `memory`.

    Raises FileRefused, or Busy when 20 files are waiting already.
    """
    if not _places.acquire(blocking=False):
        raise Busy
    future = _threads.submit(_ask_helper, {"name": filename, "seconds": seconds, "memory": memory}, content)
    # Also called when the person went away and the wait was cancelled.
    future.add_done_callback(_give_up_place)
    return await asyncio.wrap_future(future)


def send(pipe: IO[bytes], head: dict[str, Any], body: bytes) -> None:
    """Write one message: a small JSON head, and bytes."""
    packed = json.dumps(head).encode()
    pipe.write(_HEADER.pack(len(packed), len(body)) + packed + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read one message. Raises EOFError when the other side is gone."""
    head_size, body_size = _HEADER.unpack(_exactly(pipe, _HEADER.size))
    return json.loads(_exactly(pipe, head_size)), _exactly(pipe, body_size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _ask_helper(asked: dict[str, Any], content: bytes) -> bytes:
    helper = _take_helper()
    assert helper.stdin is not None
    assert helper.stdout is not None
    too_late = threading.Timer(_WALL_SECONDS, helper.kill)
    too_late.start()
    try:
        send(helper.stdin, asked, content)
        head, kept = receive(helper.stdout)
    except (OSError, EOFError, ValueError) as error:
        _end(helper)
        raise FileRefused(TOO_HARD) from error
    finally:
        too_late.cancel()
    _idle.put(helper)
    if "refused" in head:
        raise FileRefused(head["refused"])
    return kept


def _take_helper() -> "subprocess.Popen[bytes]":
    """A helper that waits for work, or a new one."""
    while True:
        try:
            helper = _idle.get_nowait()
        except Empty:
            return _new_helper()
        if helper.poll() is None:
            return helper
        _end(helper)


def _new_helper() -> "subprocess.Popen[bytes]":
    """It finds our code, and nothing else of our environment: no secret, no address of a database."""
    return subprocess.Popen(
        [sys.executable, "-m", "portal.files.helper"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
    )


def _end(helper: "subprocess.Popen[bytes]") -> None:
    helper.kill()
    helper.wait()
    for pipe in (helper.stdin, helper.stdout):
        if pipe:
            pipe.close()


def _end_idle_helpers() -> None:
    while not _idle.empty():
        _end(_idle.get())


def _give_up_place(_: Future[bytes]) -> None:
    _places.release()


atexit.register(_end_idle_helpers)
