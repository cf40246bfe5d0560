"""A zip that is handed over while it is made, so that it never lies in memory or on a disk."""

import io
import zipfile
from datetime import datetime


class Packing:
    """The zip so far. After each file, `take` what is to be sent; at the end `close`."""

    def __init__(self) -> None:
        self._held = _Held()
        self._zip = zipfile.ZipFile(self._held, "w", zipfile.ZIP_STORED)

    def add(self, name: str, content: bytes, *, at: datetime, squeeze: bool = False) -> bytes:
        """Put a file in and give the bytes that can go out. `squeeze` is for texts; most files are small already."""
        entry = zipfile.ZipInfo(name, at.timetuple()[:6])
        entry.external_attr = 0o600 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
        self._zip.writestr(entry, content)
        return self._held.take()

    def close(self) -> bytes:
        """The end of the zip: its table of contents."""
        self._zip.close()
        return self._held.take()


class _Held(io.RawIOBase):
    """What `zipfile` has written and nobody has taken yet.

    It can seek within that, so that sizes stand before each file: some programs cannot read a zip
    that says them afterwards.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pieces, self._taken = io.BytesIO(), 0

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile gives bytes only
        return self._pieces.write(data)

    def tell(self) -> int:
        return self._taken + self._pieces.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._taken + self._pieces.seek(offset - self._taken if whence == io.SEEK_SET else offset, whence)

    def take(self) -> bytes:
        """Everything since the last time."""
        pieces = self._pieces.getvalue()
        self._pieces, self._taken = io.BytesIO(), self._taken + len(pieces)
        return pieces
