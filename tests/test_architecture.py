"""The house stays easy to live in: small files, small functions, names that say where things are."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
CODE = [
    path
    for folder in ("db", "portal", "web", "tests", "e2e", "bench")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def functions() -> list[int]:
    """How many lines each function of the service has, without its docstring."""
    lengths = []
    for path in CODE:
        if path.relative_to(ROOT).parts[0] in {"db", "portal", "web"}:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    said = ast.get_docstring(node)
                    lengths.append((node.end_lineno or 0) - node.lineno + 1 - (len(said.splitlines()) if said else 0))
    return lengths


WRITTEN_BY_HAND = [
    path
    for kind in ("py", "html", "txt", "toml", "scss", "js", "sql", "md")
    for folder in ("bench", "db", "docs", "e2e", "portal", "static", "styles", "tests", "web")
    for path in sorted((ROOT / folder).rglob(f"*.{kind}"))
    if "node_modules" not in path.parts and not path.name.endswith(".min.js")
] + sorted(ROOT.glob("*.md"))

LONGER = {"draft_plan_response_v1.toml": 520}
"""A form is one file for each version, which a council reads from top to bottom as the family does. This one asks about
each of the eleven sections of a plan; taken apart, nobody would see the form."""


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_has_more_than_four_hundred_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGER.get(path.name, 400)


def test_the_median_function_has_fewer_than_ten_lines() -> None:
    assert median(functions()) < 10


def test_templates_have_nothing_inline_and_never_boost() -> None:
    for path in (ROOT / "web").rglob("*.html"):
        if "emails" not in path.parts:
            text = path.read_text()
            for unwanted in ("hx-boost", "<style", " style=", "onclick=", "javascript:", "//cdn"):
                assert unwanted not in text, f"{path.name}: {unwanted}"


def test_every_class_of_our_own_in_the_styles_is_on_some_page() -> None:
    pages = "".join(path.read_text() for kind in ("*.html", "*.py") for path in sorted((ROOT / "web").rglob(kind)))
    styled = set(re.findall(r"\.(portal-[\w-]*\w)", (ROOT / "static" / "portal.css").read_text()))
    assert [name for name in sorted(styled) if not is_written(name, pages)] == []


def is_written(name: str, pages: str) -> bool:
    """Whether a class stands there, whole or put together: `portal-timeline__stage--{{ … }}`."""
    begins = re.match(r"(.*?)(?:--|__)[\w-]+$", name)
    parts = [name[: found.end()] for found in re.finditer("--|__", name)] if begins else []
    return bool(re.search(rf"\b{name}(?![\w-])", pages)) or any(f"{part}{{" in pages for part in parts)


ONLY_LOOKS = [
    path
    for path in CODE
    if path.relative_to(ROOT).parts[0] == "web"
    or (path.relative_to(ROOT).parts[0] == "portal" and (path.stem == "rules" or path.stem.endswith("queries")))
]
WRITES = re.compile(r"\b(INSERT INTO|DELETE FROM|UPDATE \w+( \w+)? SET)\b")


@pytest.mark.parametrize("path", ONLY_LOOKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_queries_and_pages_write_nothing(path: Path) -> None:
    said = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    assert not [text for text in said if isinstance(text, str) and WRITES.search(text)]


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX")
    for path in CODE:
        assert not [mark for mark in marks if mark in path.read_text()], path
