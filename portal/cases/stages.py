"""Reads the council's names and texts for the stages, from stages.toml. Pure but for reading the file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from portal.cases import facts

DEFAULT = Path(__file__).with_name("stages.toml")


class StagesError(Exception):
    """The council's file of stages lacks something; the message says what."""


@dataclass(frozen=True)
class StageTexts:
    """What the family reads about one stage. `{child}` stands for the child's forename."""

    name: str
    now: str
    who: str
    you_can: str
    rights: str
    law: str

    def about(self, child: str) -> "StageTexts":
        """The same texts with the child's name in them."""
        filled = {item.name: getattr(self, item.name).replace("{child}", child) for item in fields(self)}
        return StageTexts(**filled)


@dataclass(frozen=True)
class BranchTexts:
    """What the family reads when an assessment ends on a side branch, or while a dispute is open."""

    name: str
    meaning: str
    rights: str
    law: str


@dataclass(frozen=True)
class StageSet:
    """One version of the council's stages.

    `not_served` is read in place of the stage of the draft by who has none; `without_plan` is for branches that then
    mean something else.
    """

    version: int
    stages: Mapping[str, StageTexts]
    not_served: StageTexts
    branches: Mapping[str, BranchTexts]
    without_plan: Mapping[str, BranchTexts]
    disputes: Mapping[str, BranchTexts]

    def branch_of(self, case: facts.CaseFacts) -> BranchTexts | None:
        """The texts of the branch on which a case has ended; None on the main line."""
        if not case.branch:
            return None
        texts = self.branches if case.has_plan else {**self.branches, **self.without_plan}
        return texts[case.branch]


_said: StageSet | None = None


def read_stages() -> StageSet:
    """The stages in the council's own words, as `stage_texts.refresh` has found them last."""
    return _said or standard()


def say(words: Mapping[tuple[str, str], str]) -> None:
    """Use these words, by stage and part, over the standard ones from now on."""
    global _said
    told = {key: {part: text for (stage, part), text in words.items() if stage == key} for key in facts.STAGES}
    base = standard()
    _said = replace(base, stages={key: replace(texts, **told[key]) for key, texts in base.stages.items()})


@cache
def standard(path: Path = DEFAULT) -> StageSet:
    """The stages of one file. Raises StagesError naming what is missing or unknown."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return StageSet(
        version=raw.get("version", 1),
        stages=_texts(raw.get("stages", {}), facts.STAGES, StageTexts, path),
        not_served=_texts({"not_served": raw.get("not_served", {})}, ("not_served",), StageTexts, path)["not_served"],
        branches=_texts(raw.get("branches", {}), facts.BRANCHES, BranchTexts, path),
        without_plan=_texts(raw.get("without_plan", {}), ("moved",), BranchTexts, path),
        disputes=_texts(raw.get("disputes", {}), tuple(facts.DISPUTES), BranchTexts, path),
    )


def _texts(raw: dict[str, Any], wanted: tuple[str, ...], kind: type[Any], path: Path) -> dict[str, Any]:
    if set(raw) != set(wanted):
        raise StagesError(f"{path}: these must be there and no others: {', '.join(wanted)}")
    names = {item.name for item in fields(kind)}
    for key, texts in raw.items():
        if set(texts) != names:
            raise StagesError(f"{path}: {key} needs these lines and no others: {', '.join(sorted(names))}")
    return {key: kind(**{name: " ".join(text.split()) for name, text in raw[key].items()}) for key in wanted}
