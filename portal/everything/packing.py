"""The zip with everything, made while it goes out: a page and a table at a time, each written in a thread.

It holds one page of a part or one file (10 MB) in memory. The first page is written last, when it is known how much
there is and which files could not be found.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime

from portal.csv_out import csv_bytes
from portal.dates import london_time
from portal.everything.asking import Cell, Me
from portal.everything.parts import OwnFile, PartPage, files_of, pages_of, parts_for
from portal.files.packing import Packing
from portal.files.store import FileStore


@dataclass(frozen=True)
class PackedPart:
    """A part in the list of contents: how many rows it has, and the names of its pages."""

    title: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class PackedFile:
    """A file in the list of contents; `is_missing` when the store has it no more."""

    path: str
    name: str
    is_missing: bool


@dataclass(frozen=True)
class Contents:
    """What the first page says."""

    name: str
    made_at: datetime
    parts: tuple[PackedPart, ...]
    files: tuple[PackedFile, ...]


@dataclass(frozen=True)
class Pages:
    """How the pages to read are written, as HTML."""

    part: Callable[[PartPage], str]
    contents: Callable[[Contents], str]


async def pack(me: Me, store: FileStore, pages: Pages) -> AsyncIterator[bytes]:
    """The zip, piece by piece."""
    zip, parts, files = Packing(), list[PackedPart](), list[PackedFile]()
    for part in parts_for(me.actor):
        packed = PackedPart(part.title, 0, ())
        async for page in pages_of(part, me):
            yield await asyncio.to_thread(_add_page, zip, page, pages, me.now)
            packed = PackedPart(part.title, packed.count + len(page.rows), (*packed.names, page.name))
        parts.append(packed)
    for number, file in enumerate(await files_of(me), 1):
        path = f"files/{number:03} {file.name}"
        content = await _content(store, file)
        files.append(PackedFile(path, file.name, content is None))
        if content is not None:
            yield await asyncio.to_thread(zip.add, path, content, at=file.created_at)
    contents = Contents(me.actor.name, me.now, tuple(parts), tuple(files))
    yield await asyncio.to_thread(_add_contents, zip, contents, pages)


def _add_page(zip: Packing, page: PartPage, pages: Pages, now: datetime) -> bytes:
    table = csv_bytes(page.columns, [[_in_csv(cell) for cell in row] for row in page.rows])
    first = zip.add(f"tables/{page.name}.csv", table, at=now, squeeze=True)
    return first + zip.add(f"pages/{page.name}.html", pages.part(page).encode(), at=now, squeeze=True)


def _add_contents(zip: Packing, contents: Contents, pages: Pages) -> bytes:
    first = zip.add("Read me first.html", pages.contents(contents).encode(), at=contents.made_at, squeeze=True)
    return first + zip.close()


async def _content(store: FileStore, file: OwnFile) -> bytes | None:
    try:
        return await store.read(file.stored_as)
    except FileNotFoundError:
        return None


def _in_csv(cell: Cell) -> Cell:
    """Days and moments as programs read them, moments by the clocks of England."""
    match cell:
        case datetime():
            return f"{london_time(cell):%Y-%m-%d %H:%M}"
        case date():
            return f"{cell:%Y-%m-%d}"
    return cell
