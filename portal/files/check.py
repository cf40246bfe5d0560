"""Checks a file before it is kept: its kind by name, by content and by structure. docs/decisions/files.md says why."""

import asyncio
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import filetype
import pypdf
from PIL import Image, ImageOps
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.errors import PortalError
from portal.files import rules

_TURNS = asyncio.Semaphore(2)
_FORBIDDEN_IN_PDF = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"}
_MOST_OBJECTS = 200_000
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = ("vbaproject", "vbadata", "activex", "embeddings/", "oleobject")

BROKEN = "We could not open this file. Save it again and choose it, or send it as a PDF"


class FileRefused(PortalError):
    """The file cannot be taken; `message` tells the person what to do."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: pictures made anew without location data, the rest as it came."""

    name: str
    media_type: str
    content: bytes
    size: int
    sha256: str


async def check(filename: str, content: bytes) -> CheckedFile:
    """`check_upload` in a thread, at most two at once, so that it holds nobody else up."""
    async with _TURNS:
        return await asyncio.to_thread(check_upload, filename, content)


def check_upload(filename: str, content: bytes) -> CheckedFile:
    """Check one file. Raises FileRefused with what the person can do about it."""
    extension = rules.extension_of(filename)
    if extension not in rules.MEDIA_TYPES:
        raise FileRefused(rules.wrong_kind(extension))
    if not content:
        raise FileRefused("This file is empty. Choose another one")
    if len(content) > rules.MAX_SIZE:
        raise FileRefused("This file is larger than 10 MB. Make it smaller, or send it in parts")
    _check_content(extension, content)
    checked = _CHECKS[extension](content)
    return CheckedFile(
        name=rules.safe_download_name(filename, extension),
        media_type=rules.MEDIA_TYPES[extension],
        content=checked,
        size=len(checked),
        sha256=hashlib.sha256(checked).hexdigest(),
    )


def _check_content(extension: str, content: bytes) -> None:
    """The first bytes must say what the name says."""
    kind = filetype.guess(content[:8192])
    found = kind.extension if kind else ""
    allowed = {"docx": {"docx", "zip"}}.get(extension, {extension})
    if found not in allowed:
        raise FileRefused(f"This file is not what its name says. Choose {rules.KINDS}")


def _pdf(content: bytes) -> bytes:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused("This PDF has a password. Save it without one and choose it again")
        if not reader.pages:
            raise FileRefused("This PDF has no pages. Choose another one")
        dangerous = any(_FORBIDDEN_IN_PDF & names for names in _names_in(reader))
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused(BROKEN) from error
    if dangerous:
        raise FileRefused("This PDF holds a program or another file. Print it to a new PDF and choose that one")
    return content


def _names_in(reader: pypdf.PdfReader) -> Iterator[set[str]]:
    """The keys, and the names among the values, of every dictionary that the PDF reaches."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        count += 1
        if count > _MOST_OBJECTS:
            raise FileRefused("This PDF is too complicated to check. Print it to a new PDF and choose that one")
        if isinstance(thing, DictionaryObject):
            values = list(thing.values())
            yield {str(key) for key in thing} | {str(value) for value in values if isinstance(value, str)}
            waiting += [dict.__getitem__(thing, key) for key in thing]
        elif isinstance(thing, ArrayObject):
            waiting += list.__iter__(thing)


def _docx(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
            types = ElementTree.fromstring(_read(archive, "[Content_Types].xml"))  # noqa: S314 - no entities, see _read
            main = [one.get("PartName") for one in types if one.get("ContentType") == _WORD_MAIN]
            relations = [name for name in archive.namelist() if name.endswith(".rels")]
            outside = any(_opens_elsewhere(_read(archive, name)) for name in relations)
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused(BROKEN) from error
    if main != ["/word/document.xml"]:
        raise FileRefused(f"This is not a Word document. Choose {rules.KINDS}")
    if outside:
        raise FileRefused("This document opens something from elsewhere. Save it as a PDF and choose that one")
    return content


def _check_members(archive: zipfile.ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    if len(names) > rules.MAX_MEMBERS:
        raise FileRefused("This document has too many parts. Save it as a PDF and choose that one")
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise FileRefused(BROKEN)
    if any(macro in name for name in names for macro in _MACROS):
        raise FileRefused("This document holds a program or another file. Save it as a PDF and choose that one")
    left = rules.MAX_UNPACKED
    for name in archive.namelist():
        with archive.open(name) as member:
            # What is really unpacked counts: sizes in the headers may lie.
            while part := member.read(65536):
                left -= len(part)
                if left < 0:
                    raise FileRefused("This document is too large when unpacked. Save it as a PDF and choose that one")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileRefused(BROKEN)
    return content


def _opens_elsewhere(relations: bytes) -> bool:
    """A template or frame that Word would fetch; ordinary links are only opened by a click."""
    root = ElementTree.fromstring(relations)  # noqa: S314 - no entities, see _read
    return any(one.get("TargetMode") == "External" and not str(one.get("Type")).endswith("/hyperlink") for one in root)


def _picture(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            kind = picture.format or "PNG"
            if picture.width * picture.height > rules.MAX_PIXELS:
                raise FileRefused("This picture is too large. Make it smaller and choose it again")
            upright = ImageOps.exif_transpose(picture)
            return _saved_anew(upright, kind)
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused("We could not open this picture. Save it again as .jpg or .png and choose it") from error


def _saved_anew(picture: Image.Image, kind: str) -> bytes:
    """The pixels only: where and with what it was taken is gone."""
    plain = picture.convert("RGB" if kind == "JPEG" else "RGBA" if "A" in picture.getbands() else "RGB")
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, kind, **({"quality": 90} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue()


_CHECKS = {"pdf": _pdf, "docx": _docx, "jpg": _picture, "png": _picture}
