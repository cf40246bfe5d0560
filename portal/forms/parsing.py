"""From the tables of a TOML definition to a form, refusing everything that would not work on a page."""

import re
from collections.abc import Mapping
from datetime import date

from portal.forms.definition import (
    AUDIENCES,
    BIGGEST,
    CHOOSING,
    EARLIEST,
    LATEST,
    LONGEST_ANSWER,
    MAX_LENGTH,
    MOST_FILES,
    USUAL_FILES,
    WITH_OPTIONS,
    YES_OR_NO,
    Condition,
    Field,
    FormDefinition,
    Kind,
    Option,
    Page,
)
from portal.forms.reading import Table
from portal.forms.wording import PROBLEMS

MOST_PAGES, MOST_FIELDS, MOST_OPTIONS = 60, 20, 30

RESERVED_PAGES = frozenset({"check", "copy", "print", "sent", "start", "submit", "submitted"})
"""Addresses that the portal itself uses beside the pages of a form."""

_RESERVED_FIELDS = frozenset({"csrf_token", "once"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")

Values = dict[str, frozenset[str]]
"""What each field that a condition can look at may be answered with."""


def parse_form(entries: Mapping[str, object], place: str) -> FormDefinition:
    """The form that a definition's `entries` describe. Raises FormDefinitionError, which begins with `place`."""
    table = Table(entries, place)
    values: Values = {}
    form = FormDefinition(
        key=_key(table, set()),
        version=table.whole("version", 0, lowest=1, highest=9_999),
        title=table.text("title", needed=True, longest=100),
        audiences=_audiences(table),
        minutes=table.whole("minutes", 0, lowest=1, highest=240),
        intro=table.blocks("intro", needed=True),
        what_next=table.blocks("what_next", needed=True),
        law=table.text("law"),
        pages=_pages(table, values),
    )
    table.finish()
    return form


def _audiences(table: Table) -> tuple[str, ...]:
    audiences = table.texts("audience")
    if not audiences or not set(audiences) <= set(AUDIENCES):
        table.refuse(f'"audience" must be one or more of {", ".join(AUDIENCES)}')
    return audiences


def _pages(table: Table, values: Values) -> tuple[Page, ...]:
    entries = table.tables("pages", most=MOST_PAGES)
    if not entries:
        table.refuse("add at least one page with [[pages]]")
    taken: set[str] = set(RESERVED_PAGES)
    asked: set[str] = set(_RESERVED_FIELDS)
    return tuple(
        _page(Table(entry, f"{table.place}, {_named('page', entry, number)}"), taken, asked, values)
        for number, entry in enumerate(entries, 1)
    )


def _page(table: Table, taken: set[str], asked: set[str], values: Values) -> Page:
    key = _key(table, taken)
    show_if = _condition(table, values)
    fields = _fields(table, asked, values)
    title = table.text("title", longest=200) or (fields[0].label if len(fields) == 1 else "")
    if not title:
        table.refuse('add title = "…": a page with several fields needs one')
    page = Page(
        key=key,
        title=title,
        fields=fields,
        section=table.text("section", longest=100),
        guidance=table.blocks("guidance"),
        law=table.text("law"),
        show_if=show_if,
    )
    table.finish()
    return page


def _fields(table: Table, asked: set[str], values: Values) -> tuple[Field, ...]:
    entries = table.tables("fields", most=MOST_FIELDS)
    if not entries:
        table.refuse("add at least one field with [[pages.fields]]")
    return tuple(
        _field(Table(entry, f"{table.place}, {_named('field', entry, number)}"), asked, values)
        for number, entry in enumerate(entries, 1)
    )


def _field(table: Table, asked: set[str], values: Values) -> Field:
    key, kind = _key(table, asked), _kind(table)
    earliest, latest = _days(table, kind)
    minimum, maximum = _numbers(table, kind)
    field = Field(
        key=key,
        kind=kind,
        label=table.text("label", needed=True, longest=500),
        hint=table.text("hint", longest=1_000),
        short_name=table.text("short_name", longest=100),
        required=True if kind is Kind.DECLARATION else table.flag("required"),
        show_if=_condition(table, values),
        errors=_errors(table),
        max_length=_max_length(table, kind),
        options=_options(table) if kind in WITH_OPTIONS else (),
        autocomplete=table.text("autocomplete", longest=50) if kind in MAX_LENGTH else "",
        earliest=earliest,
        latest=latest,
        minimum=minimum,
        maximum=maximum,
        max_files=_max_files(table, kind),
    )
    table.finish()
    if kind in CHOOSING:
        values[key] = _possible(field)
    return field


def _kind(table: Table) -> Kind:
    kind = table.text("kind", needed=True)
    if kind not in list(Kind):
        table.refuse(f'kind = "{kind}" is not known; the kinds are {", ".join(Kind)}')
    return Kind(kind)


def _max_length(table: Table, kind: Kind) -> int:
    if kind not in MAX_LENGTH:
        return 0
    return table.whole("max_length", MAX_LENGTH[kind], lowest=1, highest=LONGEST_ANSWER)


def _days(table: Table, kind: Kind) -> tuple[date, date]:
    if kind is not Kind.DATE:
        return EARLIEST, LATEST
    earliest, latest = table.day("earliest", EARLIEST), table.day("latest", LATEST)
    if earliest > latest:
        table.refuse('"earliest" must not be after "latest"')
    return earliest, latest


def _numbers(table: Table, kind: Kind) -> tuple[int, int]:
    if kind is not Kind.NUMBER:
        return 0, 0
    minimum = table.whole("minimum", 0, lowest=-BIGGEST, highest=BIGGEST)
    return minimum, table.whole("maximum", BIGGEST, lowest=minimum, highest=BIGGEST)


def _max_files(table: Table, kind: Kind) -> int:
    return table.whole("max_files", USUAL_FILES, lowest=1, highest=MOST_FILES) if kind is Kind.FILE else 0


def _options(table: Table) -> tuple[Option, ...]:
    entries = table.tables("options", most=MOST_OPTIONS)
    if not entries:
        table.refuse('add options = [{value = "…", label = "…"}, …]')
    taken: set[str] = set()
    return tuple(
        _option(Table(entry, f"{table.place}, option {number}"), taken) for number, entry in enumerate(entries, 1)
    )


def _option(table: Table, taken: set[str]) -> Option:
    option = Option(
        _key(table, taken, name="value"),
        table.text("label", needed=True, longest=300),
        table.text("hint", longest=500),
    )
    table.finish()
    return option


def _possible(field: Field) -> frozenset[str]:
    options = YES_OR_NO[:1] if field.kind is Kind.DECLARATION else field.options or YES_OR_NO
    return frozenset(option.value for option in options)


def _errors(table: Table) -> Mapping[str, str]:
    entries = Table(table.table("errors") or {}, f"{table.place}, errors")
    errors = {problem: entries.text(problem, longest=200) for problem in sorted(PROBLEMS)}
    entries.finish()
    return {problem: text for problem, text in errors.items() if text}


def _condition(table: Table, values: Values) -> Condition | None:
    entries = table.table("show_if")
    if entries is None:
        return None
    inner = Table(entries, f"{table.place}, show_if")
    condition = Condition(inner.text("field", needed=True), inner.texts("is"))
    inner.finish()
    if condition.field not in values:
        inner.refuse(f'field = "{condition.field}" must be an earlier field that is chosen from options')
    possible = values[condition.field]
    if not condition.values or not set(condition.values) <= possible:
        inner.refuse(f'"is" must be one or more of {", ".join(sorted(possible))}')
    return condition


def _key(table: Table, taken: set[str], *, name: str = "key") -> str:
    key = table.text(name, needed=True)
    if not _KEY.fullmatch(key):
        table.refuse(f'{name} = "{key}" must be small letters, digits and _ and begin with a letter')
    if key in taken:
        table.refuse(f'{name} = "{key}" is taken already; choose another')
    taken.add(key)
    return key


def _named(what: str, entry: Mapping[str, object], number: int) -> str:
    key = entry.get("key")
    return f'{what} "{key}"' if isinstance(key, str) and key else f"{what} {number}"
