"""Checks a file before it is kept: its kind by name, by content and by structure. docs/decisions/files.md says why."""

import hashlib
from dataclasses import dataclass

import filetype

from portal.files import apart, rules
from portal.files.docx import check_docx
from portal.files.pdf import check_pdf
from portal.files.picture import check_jpg, check_png
from portal.files.rules import FileRefused

__all__ = ["CheckedFile", "FileRefused", "check", "check_upload"]

_CHECKS = {"pdf": check_pdf, "docx": check_docx, "jpg": check_jpg, "png": check_png}
_OPENING = 8192
"""Bytes that tell what a file is."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: pictures made anew without location data, the rest as it came.

    `size` is in bytes and `sha256` in hexadecimal, both of `content`.
    """

    name: str
    media_type: str
    content: bytes
    size: int
    sha256: str


async def check(filename: str, content: bytes) -> CheckedFile:
    """`check_upload` in a process apart, with a limit on its time and memory. Raises FileRefused, or Busy."""
    extension = _refuse_at_once(filename, content)
    return _checked(filename, extension, await apart.run(filename, content))


def check_upload(filename: str, content: bytes) -> CheckedFile:
    """Check one file, here and now. Raises FileRefused with what the person can do about it.

    Hostile files can cost minutes and gigabytes here. The service calls `check`, which has limits.
    """
    extension = _refuse_at_once(filename, content)
    return _checked(filename, extension, _CHECKS[extension](content))


def _refuse_at_once(filename: str, content: bytes) -> str:
    """The extension, unless the name, the size or the first bytes already tell that the file is not taken."""
    extension = rules.extension_of(filename)
    if extension not in rules.MEDIA_TYPES:
        raise FileRefused(rules.wrong_kind(extension))
    if not content:
        raise FileRefused(rules.EMPTY)
    if len(content) > rules.MAX_SIZE:
        raise FileRefused(rules.TOO_LARGE)
    # A docx whose parts stand in an unusual order looks like any zip; its structure is checked next.
    allowed = {"docx": {"docx", "zip"}}.get(extension, {extension})
    if _kind_of(content) not in allowed:
        raise FileRefused(rules.NOT_AS_NAMED)
    return extension


def _kind_of(content: bytes) -> str:
    kind = filetype.guess(content[:_OPENING])
    return kind.extension if kind else ""


def _checked(filename: str, extension: str, content: bytes) -> CheckedFile:
    return CheckedFile(
        name=rules.safe_download_name(filename, extension),
        media_type=rules.MEDIA_TYPES[extension],
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
