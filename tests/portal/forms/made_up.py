"""A small form with every kind of field, for tests that are not about a council's own forms."""

from collections.abc import Mapping

from portal.forms.definition import Field, FormDefinition, Kind
from portal.forms.engine import CheckedPage, check_page
from portal.forms.parsing import parse_form

Entries = dict[str, object]


def options(*values: str) -> list[Entries]:
    return [{"value": value, "label": value.capitalize()} for value in values]


def field(key: str, kind: str = "text", **more: object) -> Entries:
    return {"key": key, "kind": kind, "label": f"The {key}", **more}


def page(key: str, *fields: Entries, **more: object) -> Entries:
    return {"key": key, "title": f"Page {key}", "fields": list(fields), **more}


def form(*pages: Entries, **more: object) -> FormDefinition:
    return parse_form(entries(*pages, **more), "made_up_v1.toml")


def entries(*pages: Entries, **more: object) -> Entries:
    """What a definition's file says, with `more` in place of the usual."""
    usual: Entries = {
        "key": "made_up",
        "version": 1,
        "title": "Made up",
        "audience": "parent",
        "minutes": 5,
        "intro": "Hello.",
        "what_next": "We read it.",
        "pages": list(pages),
    }
    return usual | more


def one_question(kind: str, **more: object) -> FormDefinition:
    """A form with one page `only` that has one field `it`."""
    return form(page("only", field("it", kind, short_name="the thing", **more)))


def answer_to(kind: str, submitted: Mapping[str, list[str]], **more: object) -> CheckedPage:
    """What comes of submitting the page of `one_question`."""
    asked = one_question(kind, **more)
    return check_page(asked, asked.pages[0], submitted)


def messages(checked: CheckedPage) -> list[str]:
    return [error.message for error in checked.errors]


def every_kind() -> FormDefinition:
    """Two pages with a field of every kind, and a third that hangs on an answer."""
    kinds = [field(str(kind), str(kind)) for kind in Kind if kind not in ("radios", "checkboxes", "select")]
    choices = [field(kind, kind, options=options("one", "two")) for kind in ("radios", "checkboxes", "select")]
    return form(
        page("choices", *choices),
        page("kinds", *kinds),
        page("more", field("more", "long_text"), show_if={"field": "radios", "is": "two"}),
    )


def fields_of(asked: FormDefinition) -> list[Field]:
    return [each for page in asked.pages for each in page.fields]
