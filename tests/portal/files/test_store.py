"""Files lie under random names, whole or not at all, for nobody else's eyes."""

import os
import stat
from pathlib import Path

import pytest

from portal.files.store import DiskStore

pytestmark = pytest.mark.anyio

STRANGE_NAMES = ["", "../../etc/passwd", "a" * 63, "A" * 64, "/" * 64, "g" * 64, "0" * 65]


def everything_in(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


async def test_what_is_kept_can_be_read(tmp_path: Path) -> None:
    store, content = DiskStore(tmp_path / "files"), os.urandom(2 * 1024 * 1024 + 5)
    assert await store.read(await store.keep(content)) == content


async def test_names_are_random_and_say_nothing(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    names = {await store.keep(b"the same") for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {64}


async def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        name = await DiskStore(tmp_path / "files").keep(b"private")
    finally:
        os.umask(before)
    found = [tmp_path / "files", *everything_in(tmp_path / "files")]
    modes = {path: path.stat().st_mode & 0o777 for path in found}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {path.name: mode for path, mode in modes.items() if path.is_file()} == {name: 0o600}


async def test_a_file_that_is_forgotten_is_gone_and_may_be_forgotten_twice(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    name = await store.keep(b"x")
    await store.forget(name)
    await store.forget(name)
    with pytest.raises(FileNotFoundError):
        await store.read(name)
    assert not [path for path in everything_in(tmp_path) if path.is_file()]


@pytest.mark.parametrize("name", STRANGE_NAMES)
async def test_a_name_that_we_never_gave_leads_nowhere(tmp_path: Path, name: str) -> None:
    store = DiskStore(tmp_path)
    for ask in (store.read, store.forget):
        with pytest.raises(FileNotFoundError):
            await ask(name)


async def test_nothing_is_left_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            await DiskStore(tmp_path).keep(b"x")
    assert not [path for path in everything_in(tmp_path) if path.is_file()]
