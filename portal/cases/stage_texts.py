"""The council's own words for the stages, over the standard ones of stages.toml.

Rights and law are not among them. Each process reads the words again at most once in `KEEP` seconds, in the
course of a page that shows stages, so that a change is seen everywhere in that time without a query a page.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from db.engine import DB, fetch
from portal import audit
from portal.actor import Actor
from portal.cases import stages
from portal.cases.facts import STAGES
from portal.errors import RuleBroken

KEEP = 5.0
PARTS: Mapping[str, str] = {
    "name": "Name of the stage",
    "now": "What happens now",
    "who": "Who does it",
    "you_can": "What you can do",
}
"""What a council may say in its own words."""

MAX_NAME, MAX_TEXT = 40, 1_000

_NEWEST = """
SELECT DISTINCT ON (stage, part) stage, part, text FROM stage_text ORDER BY stage, part, id DESC
"""

_HISTORY = """
SELECT s.part, s.text, s.changed_at, coalesce(a.forename || ' ' || a.surname, '') AS changed_by
FROM stage_text s LEFT JOIN account a ON a.id = s.changed_by WHERE s.stage = {} ORDER BY s.id DESC LIMIT 50
"""

_read_at = 0.0


@dataclass(frozen=True)
class TextChange:
    """One change of one part, newest first; an empty text went back to the standard one."""

    part: str
    text: str
    changed_at: datetime
    changed_by: str

    @property
    def part_in_words(self) -> str:
        return PARTS[self.part]


async def refresh(*, at_once: bool = False) -> None:
    """Read the council's words again when they were read too long ago."""
    global _read_at
    if at_once or not _read_at or time.monotonic() - _read_at > KEEP:
        _read_at = time.monotonic()
        stages.say({(row["stage"], row["part"]): row["text"] for row in await fetch(_NEWEST) if row["text"]})


def forget() -> None:
    """Read them again the next time; for tests, which change databases."""
    global _read_at
    _read_at = 0.0
    stages.say({})


async def history(stage: str) -> tuple[TextChange, ...]:
    """What was said about a stage before, newest first."""
    return tuple(TextChange(**row) for row in await fetch(_HISTORY, stage))


async def save(actor: Actor, stage: str, texts: Mapping[str, str], *, now: datetime) -> str:
    """Keep the council's words for one stage; an empty part goes back to the standard one. Gives the stage.

    Raises RuleBroken on the part that is too long, or on `stage`.
    """
    if stage not in STAGES:
        raise RuleBroken("stage", "Choose a stage")
    said = {part: " ".join(texts.get(part, "").split()) for part in PARTS}
    for part, text in said.items():
        limit = MAX_NAME if part == "name" else MAX_TEXT
        if len(text) > limit:
            raise RuleBroken(part, f"{PARTS[part]} must be {limit:,} characters or fewer")
        if part == "name" and set("{}") & set(text):
            raise RuleBroken(
                part, "The name of a stage stands in lists too, so it cannot hold {child} or other curly brackets"
            )
        if set("{}") & set(text.replace("{child}", "")):
            raise RuleBroken(part, "Write {child} for the child’s forename, and no other curly brackets")
    async with DB.transaction():
        present = {row["part"]: row["text"] for row in await fetch(_NEWEST) if row["stage"] == stage}
        for part, text in said.items():
            kept = "" if text == getattr(stages.standard().stages[stage], part) else text
            if kept != present.get(part, ""):
                await _keep(actor, stage, part, kept, now)
    await refresh(at_once=True)
    return stage


async def _keep(actor: Actor, stage: str, part: str, text: str, now: datetime) -> None:
    await fetch(
        "INSERT INTO stage_text (stage, part, text, changed_at, changed_by) VALUES ({}, {}, {}, {}, {})",
        stage,
        part,
        text,
        now,
        actor.account,
    )
    await audit.record("staff:stage_text:changed", now=now, actor=actor, detail={"stage": stage, "part": part})


def preview(stage: str, texts: Mapping[str, str], child: str) -> stages.StageTexts:
    """How a family of `child` would read the stage with these words."""
    standard = stages.standard().stages[stage]
    own = {part: text for part, text in texts.items() if part in PARTS and text}
    return replace(standard, **own).about(child)
