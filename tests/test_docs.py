"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
INVENTED = ("widgets", "<", "*", "…")
"""What a path holds that is an example."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    named = re.findall(r"`((?:bench|db|docs|e2e|portal|static|styles|tests|web)/[^`\s:]*)`", document.read_text())
    assert not [path for path in named if not any(mark in path for mark in INVENTED) and not (ROOT / path).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    linked = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text())
    assert not [path for path in linked if not (document.parent / path).exists()]
