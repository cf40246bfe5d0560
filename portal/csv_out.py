"""CSV that a spreadsheet opens without running anything that somebody typed.

A cell that begins with `=`, `+`, `-`, `@` (also in full width), a tab or a line end would be taken for a formula;
it gets a single quote before it (OWASP, "CSV Injection"). A negative number stays a number.
"""

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """`value` as the text of one cell: None is empty, and nothing that a spreadsheet would run."""
    if value is None:
        return ""
    text = str(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) and not is_number else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header and rows as CSV (RFC 4180: commas, CRLF), each cell made safe by `safe_cell`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """`csv_text` as UTF-8 with the byte order mark that Excel needs to read it as such."""
    return csv_text(header, rows).encode("utf-8-sig")
