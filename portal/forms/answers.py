"""From what was typed to an answer that can be kept, and from an answer back to what was typed and to words.

Nothing here raises, whatever comes in: browsers, robots and old records send everything.
Every answer is made of JSON's own types and bounded by its field.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from portal.dates import day_in_words
from portal.forms.definition import YES_OR_NO, Field, Kind, Option
from portal.forms.wording import message
from portal.personal import rules as personal
from portal.words import counted

Answer = str | int | list[str] | dict[str, str] | None
"""A kept answer; None when nothing was answered. `Kind` says which kind keeps what."""

Typed = Mapping[str, Sequence[str]]
"""What was typed, by the name of the control."""

LONGEST_TYPED = 100_000
"""Characters kept of one control to be shown again, so that a text that is too long can be shortened."""
MOST_VALUES, LONGEST_VALUE = 50, 200
"""How many choices or files are read of one control, and how much of each."""
NOT_ANSWERED = "Not answered"

_MONTHS = "january february march april may june july august september october november december".split()
_DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ORDINAL = re.compile(r"(?<=[0-9])(st|nd|rd|th)\Z")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of characters: PostgreSQL refuses NUL and lone surrogates, people type neither."""
_SEVERAL = {Kind.CHECKBOXES, Kind.FILE}


class _Wrong(Exception):
    """`problem` (see `wording.PROBLEMS`) is wrong with an answer. Never leaves this module."""

    def __init__(self, problem: str, **facts: str) -> None:
        self.problem, self.facts = problem, facts


def clean(text: str) -> str:
    """`text` without control characters other than line breaks and tabs, which are LF and HT alone."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def typed_into(field: Field, submitted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What `submitted` has for the controls of `field`, cleaned and bounded, to be read or shown again."""
    count, longest = (MOST_VALUES, LONGEST_VALUE) if field.kind in _SEVERAL else (1, LONGEST_TYPED)
    return {name: [clean(value[:longest]) for value in submitted.get(name, ())[:count]] for name in field.inputs}


def read(field: Field, typed: Typed) -> tuple[Answer, list[tuple[str, str]]]:
    """The answer in `typed`, cleaned before by `typed_into`, and what is wrong: (control, message) pairs."""
    if field.kind is Kind.SCHOOL:
        return _school(field, typed)
    try:
        answer = _READERS[field.kind](field, typed)
        if answer is None and field.required:
            raise _Wrong("missing")
    except _Wrong as wrong:
        return None, [(field.key, message(field, wrong.problem, **wrong.facts))]
    return answer, []


def retyped(field: Field, answer: object) -> dict[str, list[str]]:
    """What would have to be typed to give `answer`. What is no answer to `field` counts as nothing typed."""
    if field.kind is Kind.DATE:
        day = _kept_day(answer)
        parts = (str(day.day), str(day.month), str(day.year)) if day else ()
        return {name: [part] for name, part in zip(field.inputs, parts, strict=False)}
    if field.kind is Kind.SCHOOL:
        kept = answer if isinstance(answer, dict) else {}
        return {f"{field.key}-{part}": _texts(kept.get(part)) for part in ("name", "address")}
    return {field.key: _texts(answer)}


def in_words(field: Field, answer: object) -> str:
    """How `answer` is read back to a person; several things stand on lines of their own."""
    kept, _ = read(field, typed_into(field, retyped(field, answer)))
    if kept is None:
        return NOT_ANSWERED
    return _WORDS.get(field.kind, _as_it_is)(field, kept)


def _texts(answer: object) -> list[str]:
    if isinstance(answer, bool):
        return []
    if isinstance(answer, int):
        return [f"{answer:d}"] if abs(answer) < 10**15 else []
    values = answer if isinstance(answer, list) else [answer]
    return [value for value in values if isinstance(value, str)]


def _kept_day(answer: object) -> date | None:
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None


def _one(field: Field, typed: Typed) -> str:
    values = typed.get(field.key)
    return values[0].strip() if values else ""


def _one_line(field: Field, typed: Typed) -> str:
    return " ".join(_one(field, typed).split())


def _within(field: Field, text: str) -> str:
    if len(text) > field.max_length:
        raise _Wrong("too_long", limit=f"{field.max_length:,}", length=f"{len(text):,}")
    return text


def _text(field: Field, typed: Typed) -> Answer:
    return _within(field, _one_line(field, typed)) or None


def _long_text(field: Field, typed: Typed) -> Answer:
    return _within(field, _one(field, typed)) or None


def _checked(check: Callable[[str], str]) -> Callable[[Field, Typed], Answer]:
    """A reader for what one of the account's own rules tidies and checks."""

    def reader(field: Field, typed: Typed) -> Answer:
        text = _within(field, _one_line(field, typed))
        try:
            return check(text) if text else None
        except ValueError:
            raise _Wrong("format") from None

    return reader


def _number(field: Field, typed: Typed) -> Answer:
    text = unicodedata.normalize("NFKC", _one_line(field, typed)).replace(",", "").replace(" ", "")
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise _Wrong("format")
    number = int(text)
    if number < field.minimum:
        raise _Wrong("too_small", limit=f"{field.minimum:,}")
    if number > field.maximum:
        raise _Wrong("too_big", limit=f"{field.maximum:,}")
    return number


def _choice(field: Field, typed: Typed) -> Answer:
    value = _one(field, typed)
    if value and value not in {option.value for option in _options(field)}:
        raise _Wrong("format")
    return value or None


def _choices(field: Field, typed: Typed) -> Answer:
    chosen = {value.strip() for value in typed.get(field.key, ())} - {""}
    known = [option.value for option in field.options if option.value in chosen]
    if len(known) < len(chosen):
        raise _Wrong("format")
    return known or None


def _declaration(field: Field, typed: Typed) -> Answer:
    if _one(field, typed) != "yes":
        raise _Wrong("missing")
    return "yes"


def _files(field: Field, typed: Typed) -> Answer:
    ids = list(dict.fromkeys(value.strip() for value in typed.get(field.key, ()) if value.strip()))
    if not all(map(_DOCUMENT_ID.fullmatch, ids)):
        raise _Wrong("format")
    if len(ids) > field.max_files:
        raise _Wrong("too_many", limit=str(field.max_files))
    return ids or None


def _date(field: Field, typed: Typed) -> Answer:
    day, month, year = (_date_part(typed, name) for name in field.inputs)
    if not (day or month or year):
        return None
    found = _real_day(day, _month_number(month), year)
    if found is None:
        raise _Wrong("format")
    if found < field.earliest:
        raise _Wrong("too_early", day=day_in_words(field.earliest))
    if found > field.latest:
        raise _Wrong("too_late", day=day_in_words(field.latest))
    return found.isoformat()


def _date_part(typed: Typed, name: str) -> str:
    values = typed.get(name)
    text = unicodedata.normalize("NFKC", values[0][:100]).strip(" .,/-\n\t").lower() if values else ""
    return _ORDINAL.sub("", text)


def _month_number(month: str) -> str:
    """`3` for `3`, `mar`, `march`; `sept` is September too."""
    named = [str(number) for number, name in enumerate(_MONTHS, 1) if len(month) > 2 and name.startswith(month)]
    return named[0] if named else month


def _real_day(day: str, month: str, year: str) -> date | None:
    """A year has four digits: nobody can tell which century `12` means."""
    if not re.fullmatch(r"[0-9]{1,2} [0-9]{1,2} [0-9]{4}", f"{day} {month} {year}"):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _school(field: Field, typed: Typed) -> tuple[Answer, list[tuple[str, str]]]:
    name_part, address_part = field.parts
    name, wrong_name = read(name_part, typed)
    address, wrong_address = read(address_part, typed)
    if address and not name and not wrong_name:
        wrong_name = [(name_part.key, message(name_part, "missing"))]
    if wrong := wrong_name + wrong_address:
        return None, wrong
    return ({"name": str(name), "address": str(address or "")} if name else None), []


def _options(field: Field) -> tuple[Option, ...]:
    return YES_OR_NO if field.kind is Kind.YES_NO else field.options


_READERS: Mapping[Kind, Callable[[Field, Typed], Answer]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.RADIOS: _choice,
    Kind.CHECKBOXES: _choices,
    Kind.YES_NO: _choice,
    Kind.SELECT: _choice,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.EMAIL: _checked(personal.check_email),
    Kind.PHONE: _checked(personal.check_phone),
    Kind.POSTCODE: _checked(personal.check_postcode),
    Kind.FILE: _files,
    Kind.DECLARATION: _declaration,
}


def _as_it_is(field: Field, answer: Answer) -> str:
    return str(answer)


def _labels(field: Field, answer: Answer) -> str:
    chosen = answer if isinstance(answer, list) else [answer]
    return "\n".join(option.label for option in _options(field) if option.value in chosen)


def _day(field: Field, answer: Answer) -> str:
    day = _kept_day(answer)
    return day_in_words(day) if day else NOT_ANSWERED


def _count(field: Field, answer: Answer) -> str:
    return f"{answer:,}" if isinstance(answer, int) else NOT_ANSWERED


def _name_and_address(field: Field, answer: Answer) -> str:
    return "\n".join(filter(None, answer.values())) if isinstance(answer, dict) else NOT_ANSWERED


def _how_many_files(field: Field, answer: Answer) -> str:
    count = len(answer) if isinstance(answer, list) else 0
    return counted(count, "file")


def _agreed(field: Field, answer: Answer) -> str:
    return "Yes"


_WORDS: Mapping[Kind, Callable[[Field, Answer], str]] = {
    Kind.RADIOS: _labels,
    Kind.CHECKBOXES: _labels,
    Kind.YES_NO: _labels,
    Kind.SELECT: _labels,
    Kind.DATE: _day,
    Kind.NUMBER: _count,
    Kind.SCHOOL: _name_and_address,
    Kind.FILE: _how_many_files,
    Kind.DECLARATION: _agreed,
}
