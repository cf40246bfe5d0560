"""A mistake in a definition is found when it is loaded, and the message says where it is and what to mend."""

from datetime import date
from pathlib import Path

import pytest

from portal.forms.definition import FormDefinitionError
from portal.forms.library import DEFINITIONS, load_forms
from portal.forms.parsing import parse_form
from tests.portal.forms.made_up import Entries, entries, field, options, page

ONE = page("a", field("one"))
ASKED = field("asked", "yes_no")
EARLIER, LATER = date(2026, 1, 1), date(2026, 2, 1)


def refusal(read: Entries) -> str:
    with pytest.raises(FormDefinitionError) as refused:
        parse_form(read, "x_v1.toml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": " "}, 'x_v1.toml: add title = "…", it must not be empty'),
        ({"title": 5}, 'x_v1.toml: "title" must be a text in quotation marks'),
        ({"title": "x" * 101}, 'x_v1.toml: shorten "title" to 100 characters'),
        (
            {"key": "Two Words"},
            'x_v1.toml: key = "Two Words" must be small letters, digits and _ and begin with a letter',
        ),
        ({"version": 0}, 'x_v1.toml: "version" must be a whole number from 1 to 9,999'),
        ({"version": True}, 'x_v1.toml: "version" must be a whole number from 1 to 9,999'),
        ({"minutes": "ten"}, 'x_v1.toml: "minutes" must be a whole number from 1 to 240'),
        ({"audience": "cat"}, 'x_v1.toml: "audience" must be one or more of parent, young_person, professional'),
        ({"audience": 1}, 'x_v1.toml: "audience" must be a text, or a list of texts like ["yes", "no"]'),
        ({"titel": "x"}, 'x_v1.toml: "titel" is not known here; did you mean "title"?'),
        ({"pages": []}, "x_v1.toml: add at least one page with [[pages]]"),
        ({"pages": ["a"]}, 'x_v1.toml: "pages" must be a list of tables'),
        ({"pages": [ONE] * 61}, 'x_v1.toml: "pages" may have 60 entries at most, there are 61'),
    ],
)
def test_the_form_itself(more: Entries, said: str) -> None:
    assert refusal(entries(ONE, **more)) == said


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"key": "", "title": "A"}, 'page 2: add key = "…", it must not be empty'),
        (page("a", field("two")), 'page "a": key = "a" is taken already; choose another'),
        (page("check", field("two")), 'page "check": key = "check" is taken already; choose another'),
        (page("b"), 'page "b": add at least one field with [[pages.fields]]'),
        (page("b", field("two"), field("three"), title=""), 'page "b": add title = "…": a page with several fields '),
        (page("b", field("one")), 'page "b", field "one": key = "one" is taken already; choose another'),
        (page("b", field("once")), 'page "b", field "once": key = "once" is taken already; choose another'),
    ],
)  # fmt: skip
def test_a_page(broken: Entries, said: str) -> None:
    assert refusal(entries(ONE, broken)).startswith(f"x_v1.toml, {said}")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"kind": "txt"}, 'kind = "txt" is not known; the kinds are text, long_text, '),
        ({"label": ""}, 'add label = "…", it must not be empty'),
        ({"required": "yes"}, '"required" must be true or false, without quotation marks'),
        ({"max_length": 0}, '"max_length" must be a whole number from 1 to 20,000'),
        ({"max_length": 20_001}, '"max_length" must be a whole number from 1 to 20,000'),
        ({"options": options("a")}, '"options" is not known here; what can stand here is key, kind, label, '),
        ({"kind": "yes_no", "max_length": 5}, '"max_length" is not known here; what can stand here is key, kind, '),
        ({"kind": "declaration", "required": False}, '"required" is not known here'),
        ({"kind": "radios"}, 'add options = [{value = "…", label = "…"}, …]'),
        ({"kind": "date", "earliest": "2026-01-01"}, '"earliest" must be a date like 2026-03-27, without quotation'),
        ({"kind": "date", "earliest": LATER, "latest": EARLIER}, '"earliest" must not be after "latest"'),
        ({"kind": "number", "minimum": 5, "maximum": 4}, '"maximum" must be a whole number from 5 to '),
        ({"kind": "file", "max_files": 11}, '"max_files" must be a whole number from 1 to 10'),
    ],
)  # fmt: skip
def test_a_field(broken: Entries, said: str) -> None:
    assert refusal(entries(page("a", field("one") | broken))).startswith(f'x_v1.toml, page "a", field "one": {said}')


def test_options_need_different_values_and_labels() -> None:
    twice = page("a", field("one", "radios", options=options("a", "a")))
    assert refusal(entries(twice)).endswith('field "one", option 2: value = "a" is taken already; choose another')
    nameless = page("a", field("one", "radios", options=[{"value": "a"}]))
    assert refusal(entries(nameless)).endswith('field "one", option 1: add label = "…", it must not be empty')


def test_a_message_must_be_for_something_that_can_be_wrong() -> None:
    broken = page("a", field("one", errors={"mising": "x"}))
    assert refusal(entries(broken)).endswith('field "one", errors: "mising" is not known here; did you mean "missing"?')


@pytest.mark.parametrize(
    ("show_if", "said"),
    [
        ({"field": "two", "is": "yes"}, 'show_if: field = "two" must be an earlier field that is chosen from options'),
        (
            {"field": "free", "is": "yes"},
            'show_if: field = "free" must be an earlier field that is chosen from options',
        ),
        ({"field": "asked", "is": "maybe"}, 'show_if: "is" must be one or more of no, yes'),
        ({"field": "asked"}, 'show_if: "is" must be one or more of no, yes'),
        (
            {"field": "asked", "is": "yes", "not": "no"},
            'show_if: "not" is not known here; what can stand here is field, is',
        ),
        ("asked", '"show_if" must be a table in curly brackets'),
    ],
)
def test_a_condition_looks_back_at_a_choice(show_if: object, said: str) -> None:
    earlier = page("a", ASKED, field("free"))
    assert refusal(entries(earlier, page("b", field("two"), show_if=show_if))).endswith(said)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken_v1.toml").write_text("key = ")
    with pytest.raises(FormDefinitionError, match=r"^broken_v1\.toml: this is not TOML: "):
        load_forms(tmp_path)


def test_a_file_is_named_after_its_key_and_version(tmp_path: Path) -> None:
    text = (DEFINITIONS / "consent_v1.toml").read_text(encoding="utf-8")
    (tmp_path / "consent.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormDefinitionError, match=r"^consent\.toml: the file must be named consent_v1\.toml"):
        load_forms(tmp_path)
