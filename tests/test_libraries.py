"""Every library that we name has its reason written down, and the project its version."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def names(listed: list[str]) -> set[str]:
    """The libraries of a list of pyproject.toml, without versions and extras."""
    return {re.split(r"[^\w-]", one, maxsplit=1)[0] for one in listed}


def test_each_library_stands_with_its_reason_in_the_decisions() -> None:
    rows = re.findall(r"^\| ([a-z][^|]*) \|", (ROOT / "docs" / "decisions" / "libraries.md").read_text(), re.MULTILINE)
    written = {name for row in rows for name in row.split(", ")} - {"library"}
    assert written == names(PROJECT["project"]["dependencies"]) | names(PROJECT["dependency-groups"]["dev"])


def test_the_version_is_the_newest_of_the_changes() -> None:
    newest = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest
    assert PROJECT["project"]["version"] == newest[1]
