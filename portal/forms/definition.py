"""What a form is: its pages and their fields, as frozen data. Nothing here reads or decides anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

AUDIENCES = ("parent", "young_person", "professional")
"""Who a form may be for. A form may be for several."""


class Kind(StrEnum):
    """What a field asks for, and so which control a page shows and what an answer is kept as.

    The answer is a text, but for CHECKBOXES and FILE a list of texts (chosen values, document
    ids), for NUMBER a whole number, for SCHOOL {"name", "address"}. A DATE is kept as its ISO
    text, YES_NO as "yes" or "no", DECLARATION as "yes". No answer is None, whatever the kind.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    YES_NO = "yes_no"
    SELECT = "select"
    DATE = "date"
    NUMBER = "number"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    SCHOOL = "school"
    FILE = "file"
    DECLARATION = "declaration"


WITH_OPTIONS = frozenset({Kind.RADIOS, Kind.CHECKBOXES, Kind.SELECT})
CHOOSING = WITH_OPTIONS | {Kind.YES_NO, Kind.DECLARATION}
"""Kinds whose answers are among a few known values, so that a condition can look at them."""

MAX_LENGTH: Mapping[Kind, int] = {
    Kind.TEXT: 200,
    Kind.LONG_TEXT: 5_000,
    Kind.EMAIL: 254,
    Kind.PHONE: 40,
    Kind.POSTCODE: 12,
}
"""Characters that an answer may have when its definition says nothing."""

LONGEST_ANSWER = 20_000
"""Characters; the most that a definition may allow."""

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
BIGGEST = 10**12
USUAL_FILES, MOST_FILES = 5, 10


@dataclass(frozen=True)
class Block:
    """A paragraph (`text`), or a list (`items`), of what stands above a question."""

    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One thing to choose: the `value` that is kept, the `label` that is read."""

    value: str
    label: str
    hint: str = ""


YES_OR_NO = (Option("yes", "Yes"), Option("no", "No"))


@dataclass(frozen=True)
class Condition:
    """Holds when the answer to the earlier field `field` is, or has among it, one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One question. `short_name` finishes the sentence "Enter …"; `errors` are the council's own messages.

    `parts` are the two inputs of a SCHOOL, each a field of its own.
    """

    key: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    short_name: str = ""
    max_length: int = 0
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    autocomplete: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    earliest: date = EARLIEST
    latest: date = LATEST
    minimum: int = 0
    maximum: int = BIGGEST
    max_files: int = USUAL_FILES

    @property
    def parts(self) -> tuple["Field", ...]:
        """The inputs of a SCHOOL: its name and its address. Other kinds have none."""
        if self.kind is not Kind.SCHOOL:
            return ()
        name = Field(
            key=f"{self.key}-name",
            kind=Kind.TEXT,
            label="Name of the school or college",
            required=self.required,
            short_name="the name of the school or college",
            max_length=200,
            errors=self.errors,
        )
        address = Field(
            key=f"{self.key}-address",
            kind=Kind.LONG_TEXT,
            label="Address, or the town it is in",
            hint="Leave this empty if you do not know.",
            short_name="the address",
            max_length=500,
        )
        return name, address

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the controls that a page has for this field."""
        if self.kind is Kind.DATE:
            return tuple(f"{self.key}-{part}" for part in ("day", "month", "year"))
        return tuple(part.key for part in self.parts) or (self.key,)


@dataclass(frozen=True)
class Page:
    """One question or one group of questions, with an address of its own."""

    key: str
    title: str
    fields: tuple[Field, ...]
    section: str = ""
    guidance: tuple[Block, ...] = ()
    law: str = ""
    show_if: Condition | None = None

    @property
    def is_one_question(self) -> bool:
        """Whether the page's title is the label of its only field, so that it is said once."""
        return len(self.fields) == 1 and self.fields[0].label == self.title

    @property
    def skip_note(self) -> str:
        """What tells the person that nothing here has to be answered; empty when something has."""
        if any(asked.required for asked in self.fields):
            return ""
        return "You can skip this question." if len(self.fields) == 1 else "You can skip any of these questions."


@dataclass(frozen=True)
class FormDefinition:
    """One version of a form. `minutes` is about how long it takes; `what_next` is said once it is sent."""

    key: str
    version: int
    title: str
    audiences: tuple[str, ...]
    minutes: int
    intro: tuple[Block, ...]
    what_next: tuple[Block, ...]
    pages: tuple[Page, ...]
    law: str = ""

    def page(self, key: str) -> Page | None:
        """The page with this key, shown or not."""
        return next((page for page in self.pages if page.key == key), None)


class FormDefinitionError(Exception):
    """A definition that cannot be used. The text names the file, the page, the field and what to mend."""
