"""Where the bytes of files lie: under random names, outside the web root, never under a person's name for them."""

import asyncio
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class FileStore(Protocol):
    """Keeps bytes under a random name."""

    async def keep(self, content: bytes) -> str: ...
    async def read(self, stored_as: str) -> bytes: ...
    async def forget(self, stored_as: str) -> None: ...


@dataclass(frozen=True)
class DiskStore:
    """Files in a folder, spread over subfolders; written whole or not at all, for this user's eyes only."""

    root: Path

    async def keep(self, content: bytes) -> str:
        """Keep `content` for good and give the name to ask for it by (64 hexadecimal characters)."""
        name = secrets.token_hex(32)
        await asyncio.to_thread(self._write, self._path(name), content)
        return name

    async def read(self, stored_as: str) -> bytes:
        """What was kept, at most 10 MB. Raises FileNotFoundError."""
        return await asyncio.to_thread(self._path(stored_as).read_bytes)

    async def forget(self, stored_as: str) -> None:
        """Remove a file; it may be gone already. Raises FileNotFoundError for a name that we never gave."""
        await asyncio.to_thread(self._path(stored_as).unlink, True)

    def _path(self, name: str) -> Path:
        if len(name) != 64 or set(name) - set("0123456789abcdef"):
            raise FileNotFoundError(name[:8])
        return self.root / name[:2] / name[2:4] / name

    def _write(self, path: Path, content: bytes) -> None:
        self._make_folders(path)
        unfinished = path.with_suffix(".part")
        try:
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def _make_folders(self, path: Path) -> None:
        """Each new folder is written to the disk with the one that holds it, so that a power cut loses no file."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (path.parent.parent, path.parent):
            if not folder.exists():
                folder.mkdir(exist_ok=True, mode=0o700)
                _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
