"""Whether a PDF is whole and holds nothing that runs: no script, no launch, no other file."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from portal.files import rules
from portal.files.rules import FileRefused

_RUNS = ("/JavaScript", "/JS", "/Launch", "/ImportData", "/RichMedia", "/XFA")
_HOLDS_A_FILE = ("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/GoToE")
_FORBIDDEN = frozenset((*_RUNS, *_HOLDS_A_FILE))
_END = b"%%EOF"
_MOST_AFTER_END = 1024
"""Bytes: Acrobat looks for the end of a PDF in its last 1,024 bytes. Whatever is longer is another file."""

_LOCKED = "This PDF is locked. Open it, print it to a new PDF and choose that one"
_NO_PAGES = "This PDF has no pages. Choose another one"
_DANGEROUS = "This PDF holds a program or another file. Print it to a new PDF and choose that one"


def check_pdf(content: bytes) -> bytes:
    """The same PDF. Raises FileRefused when it is broken or locked, or when something in it could run."""
    try:
        _check(content)
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused(rules.BROKEN) from error
    return content


def _check(content: bytes) -> None:
    end = content.rfind(_END)
    if end < 0:
        raise FileRefused(rules.BROKEN)
    if len(content) - end - len(_END) > _MOST_AFTER_END:
        raise FileRefused(_DANGEROUS)
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise FileRefused(_LOCKED)
    if not reader.pages:
        raise FileRefused(_NO_PAGES)
    if any(not _FORBIDDEN.isdisjoint(names) for names in _names_in(reader)):
        raise FileRefused(_DANGEROUS)


def _names_in(reader: pypdf.PdfReader) -> Iterator[set[str]]:
    """The keys, and the names among the values, of every dictionary that the PDF lists or reaches."""
    waiting: list[Any] = [*_listed(reader), reader.trailer]
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
        if count > rules.MAX_PDF_OBJECTS:
            raise FileRefused(rules.TOO_HARD)
        if isinstance(thing, DictionaryObject):
            # Past pypdf's own methods, which would follow each reference at once.
            values = list(dict.values(thing))
            yield {*map(str, thing), *(str(value) for value in values if isinstance(value, NameObject))}
            waiting += values
        elif isinstance(thing, ArrayObject):
            waiting += list.__iter__(thing)


def _listed(reader: pypdf.PdfReader) -> Iterator[IndirectObject]:
    """Every object of the PDF's own list, because another reader may reach what pypdf does not."""
    for generation, objects in reader.xref.items():
        yield from (IndirectObject(number, generation, reader) for number in objects)
    yield from (IndirectObject(number, 0, reader) for number in reader.xref_objStm)
