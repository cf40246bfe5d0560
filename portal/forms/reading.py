"""One table of a TOML definition, read entry by entry; whatever is wrong is said with its place."""

from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import NoReturn

from portal.forms.definition import Block, FormDefinitionError

LONGEST_TEXT = 5_000


class Table:
    """The entries of one table. `place` says where it stands; `finish` refuses what nobody asked for."""

    def __init__(self, entries: Mapping[str, object], place: str) -> None:
        self.entries, self.place = entries, place
        self._known: list[str] = []

    def refuse(self, mend: str) -> NoReturn:
        """Raises FormDefinitionError: where, and what to mend."""
        raise FormDefinitionError(f"{self.place}: {mend}")

    def text(self, name: str, *, needed: bool = False, longest: int = LONGEST_TEXT) -> str:
        """A text, trimmed; empty when it is left out and not needed."""
        value = self._get(name, "")
        if not isinstance(value, str):
            self.refuse(f'"{name}" must be a text in quotation marks')
        if needed and not value.strip():
            self.refuse(f'add {name} = "…", it must not be empty')
        if len(value) > longest:
            self.refuse(f'shorten "{name}" to {longest:,} characters')
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        value = self._get(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(text, str) and text for text in values):
            self.refuse(f'"{name}" must be a text, or a list of texts like ["yes", "no"]')
        return tuple(values)

    def whole(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        """A whole number between `lowest` and `highest`."""
        value = self._get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            self.refuse(f'"{name}" must be a whole number from {lowest:,} to {highest:,}')
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when left out."""
        value = self._get(name, False)
        if not isinstance(value, bool):
            self.refuse(f'"{name}" must be true or false, without quotation marks')
        return value

    def day(self, name: str, default: date) -> date:
        """A date written as TOML does: 2026-03-27, without quotation marks."""
        value = self._get(name, default)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(f'"{name}" must be a date like 2026-03-27, without quotation marks')
        return value

    def tables(self, name: str, *, most: int) -> list[Mapping[str, object]]:
        """The tables of a list, at most `most` of them."""
        value = self._get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.refuse(f'"{name}" must be a list of tables')
        if len(value) > most:
            self.refuse(f'"{name}" may have {most} entries at most, there are {len(value)}')
        return value

    def table(self, name: str) -> Mapping[str, object] | None:
        """A table within this one, None when it is left out."""
        value = self._get(name, None)
        if value is not None and not isinstance(value, dict):
            self.refuse(f'"{name}" must be a table in curly brackets')
        return value

    def blocks(self, name: str, *, needed: bool = False) -> tuple[Block, ...]:
        """A longer text: an empty line ends a paragraph, lines that begin with "- " make a list."""
        text = self.text(name, needed=needed)
        return tuple(map(_block, filter(str.strip, text.split("\n\n"))))

    def finish(self) -> None:
        """Raises FormDefinitionError when an entry is left over: a misspelt name would be ignored in silence."""
        for name in self.entries:
            if name not in self._known:
                near = get_close_matches(name, self._known, n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"what can stand here is {', '.join(self._known)}"
                self.refuse(f'"{name}" is not known here; {hint}')

    def _get(self, name: str, default: object) -> object:
        self._known.append(name)
        return self.entries.get(name, default)


def _block(text: str) -> Block:
    lines = [line.strip() for line in text.strip().splitlines()]
    if all(line.startswith("- ") for line in lines):
        return Block(items=tuple(line.removeprefix("- ") for line in lines))
    return Block(text=" ".join(lines))
