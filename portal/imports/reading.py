"""From the bytes of a file to its cells: encoding, separator, quotation marks, limits. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from portal.imports.columns import REQUIRED, heading_problems, key_of

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
QUOTES = "A quotation mark in this line is missing or too many"
QUOTES_ON = "A quotation mark in or before this line is missing or too many. We could not read on from here"
LONG_CELL = f"A cell in this line has more than {csv.field_size_limit():,} letters. Shorten it"
BAD_BYTE = "Line {} has a letter that is not UTF-8, and the rest of the file is. Save the sheet again as “CSV UTF-8”"
SPOILED = "Line {} has spoiled letters: “{}”. Open the list where it came from, and save it as “CSV UTF-8”"
ABOVE = "The headings are on line {}. Delete the lines above them and upload the file again"

_SEP = re.compile(r"sep=(.)", re.IGNORECASE)
"""A first line by which Excel is told the separator."""
_TITLE_LINES = 10
"""So far down a list may begin under its title."""

_TWICE = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MANGLED = re.compile(f"[ÂÃ][{_TWICE}]|â€")
"""What UTF-8 becomes when it is read as Windows-1252 and saved once more: é is Ã©, and ’ begins with â€."""

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
    """What is wrong with the headings, which stand on `line`; `rows` is empty when something is."""

    problems: tuple[tuple[str, str], ...]
    rows: tuple[RawRow, ...]
    line: int = 1


def table_of(content: bytes) -> Table:
    """The rows of a file. Raises CannotRead when it is no CSV file, is too large, or has no row."""
    text = decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    headings = _headings(reader)
    if problems := heading_problems(headings):
        return Table(tuple(problems), (), reader.line_num)
    rows = tuple(_rows(reader, [key_of(heading) for heading in headings]))
    if not rows:
        raise CannotRead(NO_ROWS)
    return Table((), rows)


def decoded(content: bytes) -> str:
    """The text of the file: UTF-8 with or without its mark, or else Windows-1252.

    Raises CannotRead, also for letters that would come in spoiled.
    """
    if len(content) > MAX_SIZE:
        raise CannotRead(TOO_LARGE)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CannotRead(WORKBOOK)
    text = _text(content)
    if "\x00" in text:
        raise CannotRead(NOT_TEXT)
    if not text.strip(_BLANK):
        raise CannotRead(EMPTY)
    if spoiled := _MANGLED.search(text):
        shown = "".join(filter(str.isprintable, spoiled[0]))
        raise CannotRead(SPOILED.format(_line_of(text[: spoiled.start()]), shown))
    return text


def separator_of(text: str) -> str:
    """Comma, semicolon or tab: what the first line says, or else the one that gives the most headings that we know."""
    lines = text[:20_000].lstrip("\r\n").splitlines() or [""]
    if said := _SEP.fullmatch(lines[0].strip(' "')):
        return said[1] if said[1] in SEPARATORS else ","
    return max(SEPARATORS, key=lambda mark: max(_known(line.split(mark)) for line in lines[:_TITLE_LINES]))


def _known(cells: list[str]) -> int:
    """How many of the cells are headings that we know."""
    return sum(key_of(cell) is not None for cell in cells)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_meant_as_utf8(content):
            raise CannotRead(BAD_BYTE.format(_line_of(content[: error.start].decode(errors="replace")))) from None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise CannotRead(NOT_TEXT) from None


def _is_meant_as_utf8(content: bytes) -> bool:
    """With its mark, or with as many letters that only UTF-8 writes so as bytes that it never has."""
    if content.startswith(codecs.BOM_UTF8):
        return True
    letters = content.decode("utf-8", "replace")
    wrong = letters.count("\ufffd")
    return sum(not char.isascii() for char in letters) - wrong >= wrong


def _line_of(before: str) -> int:
    """The line of the file that comes after the text `before`."""
    return len(re.findall(r"\r\n|\r|\n", before)) + 1


def _headings(reader: Lines) -> list[str]:
    try:
        found = next(
            (cells for cells in reader if any(cell.strip(_BLANK) for cell in cells) and not _is_sep(cells)), []
        )
        if not _known(found):
            _look_further_down(reader)
    except csv.Error:
        raise CannotRead(NOT_TEXT) from None
    while found and not found[-1].strip(_BLANK):
        found.pop()
    if len(found) > MAX_COLUMNS:
        raise CannotRead(NOT_TEXT)
    return found


def _is_sep(cells: list[str]) -> bool:
    return cells[0].strip(_BLANK).casefold() in {"sep=", *(f"sep={mark}" for mark in SEPARATORS)}


def _look_further_down(reader: Lines) -> None:
    """A list may have a title over its headings. Raises CannotRead, with the line on which they stand."""
    for cells in islice(reader, _TITLE_LINES):
        if {key_of(cell) for cell in cells} >= REQUIRED:
            raise CannotRead(ABOVE.format(reader.line_num))


def _rows(reader: Lines, keys: list[str | None]) -> Iterator[RawRow]:
    """Rows without a single filled cell are passed over, as spreadsheets leave many."""
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            is_long, goes_on = "field larger" in str(error), reader.line_num == line
            yield RawRow(line, {}, LONG_CELL if is_long else QUOTES if goes_on else QUOTES_ON)
            if not goes_on:
                return
            continue
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
