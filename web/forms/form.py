"""Reading what a person typed: trim it, collect every error, keep it so that nothing is lost.

A journey's form is a subclass with a `read` method; each field is read by one call:

    class ReplyForm(Form):
        def read(self) -> None:
            self.body = self.text("body", missing="Enter your message", limit=10_000)
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Self, cast

from litestar.datastructures import FormMultiDict, UploadFile

from portal.personal import rules as personal

MONTHS = "january february march april may june july august september october november december".split()


class Form:
    """What was typed into one form, and what is wrong with it."""

    def __init__(self, typed: Mapping[str, Sequence[str]] | None = None, files: Sequence[UploadFile] = ()) -> None:
        self.typed = {name: [_clean(value) for value in values] for name, values in (typed or {}).items()}
        self.files = list(files)
        self.uploads: dict[str, list[UploadFile]] = {}
        self.errors: list[tuple[str, str]] = []
        self._secret: set[str] = set()

    @classmethod
    async def of(cls, request: Any, **facts: Any) -> Self:
        """The form that `request` posted, read and checked. `facts` are set before reading."""
        data = cast(FormMultiDict, await request.form())
        typed: dict[str, list[str]] = {}
        files: list[UploadFile] = []
        uploads: dict[str, list[UploadFile]] = {}
        for name, value in data.multi_items():
            if isinstance(value, UploadFile):
                files.append(value)
                uploads.setdefault(name, []).append(value)
            else:
                typed.setdefault(name, []).append(str(value))
        form = cls(typed, files)
        form.uploads = {name: [one for one in given if one.filename] for name, given in uploads.items()}
        for name, fact in facts.items():
            setattr(form, name, fact)
        form.read()
        return form

    @classmethod
    def showing(cls, **values: str | Sequence[str]) -> Self:
        """A form that shows `values` and has not been checked."""
        return cls({name: [value] if isinstance(value, str) else value for name, value in values.items()})

    def read(self) -> None:
        """Read every field. Subclasses do; the plain form has none."""

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def once(self) -> str:
        """The idempotency key that the form carried."""
        return self.value("once")[:100]

    @property
    def all_typed(self) -> tuple[str, ...]:
        """All that was typed but secrets, for telling presses apart that carry one key and ask for different things."""
        hidden = {"once", "csrf_token", *self._secret}
        return tuple(f"{name}={one}" for name in sorted(self.typed.keys() - hidden) for one in self.typed[name])

    def value(self, name: str) -> str:
        """What was typed, to be shown again; secrets are not."""
        return "" if name in self._secret else self._raw(name)

    def values(self, name: str) -> list[str]:
        """Everything chosen under one name."""
        return self.typed.get(name, [])

    def error(self, name: str) -> str | None:
        """The message for one field, if any."""
        return next((message for field, message in self.errors if field == name), None)

    def refuse(self, name: str, message: str) -> None:
        """Add an error to a field; only the first of each field is shown."""
        if self.error(name) is None:
            self.errors.append((name, message))

    def text(self, name: str, *, missing: str = "", limit: int = 200, what: str = "This") -> str:
        """One trimmed text of at most `limit` characters; `missing` is the error when it is empty."""
        text = self._raw(name).strip()
        if missing and not text:
            self.refuse(name, missing)
        elif len(text) > limit:
            self.refuse(name, f"{what} must be {limit:,} characters or fewer")
        return text

    def secret(self, name: str, *, missing: str = "") -> str:
        """A password or code, exactly as typed; never shown again."""
        self._secret.add(name)
        value = self._raw(name)
        if missing and not value:
            self.refuse(name, missing)
        return value

    def email_address(self, name: str, *, missing: str = "Enter your email address") -> str:
        """An email address, checked for its form only."""
        text = self.text(name, missing=missing, limit=1000)
        if self.error(name):
            return text
        try:
            return personal.check_email(text)
        except ValueError as error:
            self.refuse(name, str(error))
            return text

    def choice(self, name: str, allowed: Collection[str], *, missing: str) -> str:
        """One of `allowed`, or an error."""
        chosen = self._raw(name)
        if chosen not in allowed:
            self.refuse(name, missing)
        return chosen

    def ticked(self, name: str) -> bool:
        """Whether a checkbox is ticked."""
        return bool(self._raw(name))

    def day(self, name: str, *, missing: str = "", what: str = "The date") -> date | None:
        """A date typed as day, month and year (`name-day`, `name-month`, `name-year`)."""
        parts = [self._raw(f"{name}-{part}").strip() for part in ("day", "month", "year")]
        if not any(parts):
            if missing:
                self.refuse(name, missing)
            return None
        found = _date(*parts)
        if found is None:
            self.refuse(name, f"{what} must be a real date, like 27 3 2026")
        return found

    def _raw(self, name: str) -> str:
        values = self.typed.get(name)
        return values[0] if values else ""


def _clean(value: str) -> str:
    """PostgreSQL refuses NUL, HTML the other control characters; none of them comes from a person."""
    text = value.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    return "".join(char for char in text if char in "\n\t" or not _is_control(char))


def _is_control(char: str) -> bool:
    code = ord(char)
    return code < 0x20 or 0x7F <= code <= 0x9F or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _date(day: str, month: str, year: str) -> date | None:
    names = [number for number, name in enumerate(MONTHS, 1) if len(month) > 2 and name.startswith(month.lower())]
    month = str(names[0]) if names else month
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in (day, month, year)):
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None
