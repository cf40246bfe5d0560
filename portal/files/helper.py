"""The process that checks files: `python -m portal.files.helper`, started by `portal/files/apart.py`.

Files come in on its standard input, and what is kept of them, or why they are refused, goes out on its
standard output. Each file is checked in a fork of its own, which ends with the file.
"""

import logging
import os
import resource
import sys

from portal.files import rules
from portal.files.apart import receive, send
from portal.files.check import check_upload

_SECONDS_TO_ANSWER = 10


def main() -> None:
    """Check files until the other side is gone."""
    # A hostile PDF makes pypdf write millions of lines.
    logging.disable()
    while True:
        try:
            head, content = receive(sys.stdin.buffer)
        except EOFError:
            return
        fork = os.fork()
        if fork == 0:
            _answer_and_end(head["name"], content, head["seconds"], head["memory"])
        _, status = os.waitpid(fork, 0)
        if status:
            send(sys.stdout.buffer, {"refused": rules.TOO_HARD}, b"")


def _answer_and_end(filename: str, content: bytes, seconds: int, memory: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        _allow_cpu(seconds, at_most=seconds + _SECONDS_TO_ANSWER)
        head, kept = _checked(filename, content)
        # Whoever has finished may also answer: half an answer would spoil the next one.
        _allow_cpu(seconds + _SECONDS_TO_ANSWER, at_most=seconds + _SECONDS_TO_ANSWER)
        send(sys.stdout.buffer, head, kept)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _allow_cpu(seconds: int, *, at_most: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, at_most))


def _checked(filename: str, content: bytes) -> tuple[dict[str, str], bytes]:
    try:
        return {}, check_upload(filename, content).content
    except rules.FileRefused as refusal:
        return {"refused": refusal.message}, b""


if __name__ == "__main__":
    main()
