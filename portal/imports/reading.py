"""From the bytes of a file to its cells: encoding, separator, quotation marks, limits. Pure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from portal.imports.columns import heading_problems, key_of

MAX_SIZE = 10 * 1024 * 1024
"""Bytes."""
MAX_ROWS = 20_000
MAX_COLUMNS = 100

SEPARATORS = ",;\t"

EMPTY = "This file is empty. Choose another one"
TOO_LARGE = "This file is larger than 10 MB. Make two files of it"
TOO_MANY_ROWS = f"This file has more than {MAX_ROWS:,} rows. Make two files of it"
WORKBOOK = "This is an Excel workbook. Save it as “CSV UTF-8” and choose that file"
NOT_TEXT = "This file is not a CSV file. Save the sheet as “CSV UTF-8” and choose that file"
NO_ROWS = "This file has a first line with headings, and nothing under it"
QUOTES = "A quotation mark in or before this line is missing or too many. We could not read on from here"

_BLANK = " \t\r\n\u00a0\ufeff"


class Lines(Protocol):
    """What `csv.reader` gives: the cells of each row, and the line of the file that it has come to."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class CannotRead(ValueError):
    """The file as a whole cannot be read; the text is for the person."""


@dataclass(frozen=True)
class RawRow:
    """One row: the line of the file that it begins on (the headings are line 1), and its cells by column key.

    `problem` says why the cells could not be told apart.
    """

    line: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """The first line, and what is wrong with it; `rows` is empty when something is."""

    problems: tuple[tuple[str, str], ...]
    rows: tuple[RawRow, ...]


def table_of(content: bytes) -> Table:
    """The rows of a file. Raises CannotRead when it is no CSV file, is too large, or has no row."""
    text = decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    headings = _headings(reader)
    if problems := heading_problems(headings):
        return Table(tuple(problems), ())
    rows = tuple(_rows(reader, [key_of(heading) for heading in headings]))
    if not rows:
        raise CannotRead(NO_ROWS)
    return Table((), rows)


def decoded(content: bytes) -> str:
    """The text of the file: UTF-8 with or without its mark, or else Windows-1252. Raises CannotRead."""
    if len(content) > MAX_SIZE:
        raise CannotRead(TOO_LARGE)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CannotRead(WORKBOOK)
    text = _text(content)
    if "\x00" in text:
        raise CannotRead(NOT_TEXT)
    if not text.strip(_BLANK):
        raise CannotRead(EMPTY)
    return text


def separator_of(text: str) -> str:
    """Comma, semicolon or tab: the one that gives the most headings that we know."""
    first = text.lstrip("\r\n").split("\n", 1)[0][:10_000]
    return max(SEPARATORS, key=lambda mark: sum(key_of(name) is not None for name in first.split(mark)))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotRead(NOT_TEXT)


def _headings(reader: Lines) -> list[str]:
    try:
        found = next((cells for cells in reader if any(cell.strip(_BLANK) for cell in cells)), [])
    except csv.Error:
        raise CannotRead(NOT_TEXT) from None
    while found and not found[-1].strip(_BLANK):
        found.pop()
    if len(found) > MAX_COLUMNS:
        raise CannotRead(NOT_TEXT)
    return found


def _rows(reader: Lines, keys: list[str | None]) -> Iterator[RawRow]:
    """Rows without a single filled cell are passed over, as spreadsheets leave many."""
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield RawRow(line, {}, QUOTES)
            return
        cells = [cell.strip(_BLANK) for cell in cells]
        if not any(cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise CannotRead(TOO_MANY_ROWS)
        yield _row(line, cells, keys)


def _row(line: int, cells: list[str], keys: list[str | None]) -> RawRow:
    if any(cells[len(keys) :]):
        return RawRow(line, {}, f"This row has {len(cells)} cells, and the first line has {len(keys)}")
    return RawRow(line, {key: cell for key, cell in zip(keys, cells, strict=False) if key})
