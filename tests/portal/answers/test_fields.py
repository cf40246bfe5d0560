"""Fields in answer templates: known ones are filled, unknown ones refused, and nothing typed is ever run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.rules import FIELDS, FIRST, check, fill, unfilled
from portal.errors import RuleBroken

VALUES = {name: f"<{name}>" for name in FIELDS}


def test_each_field_is_replaced_however_it_is_written() -> None:
    assert fill("Dear {adult}, about { Child }: {TEAM PHONE}", VALUES) == "Dear <adult>, about <child>: <team phone>"


def test_a_field_without_a_value_stays_to_be_seen() -> None:
    assert fill("It is {next date}.", {**VALUES, "next date": ""}) == "It is {next date}."


def test_an_unknown_field_is_refused_with_those_that_exist() -> None:
    with pytest.raises(RuleBroken, match=r"There is no field \{mother\}. The fields are \{child\}, \{adult\}"):
        check("Name", "Dear {mother}")


@pytest.mark.parametrize("body", ["Dear {adult, about {child}", "Dear {{adult}}", "Dear } you", "{"])
def test_a_bracket_that_stands_alone_is_refused(body: str) -> None:
    with pytest.raises(RuleBroken, match=r"curly brackets|no field"):
        check("Name", body)


def test_a_field_that_still_stands_in_a_text_is_found() -> None:
    assert unfilled("It is { Next date }, {adult}. See {other}.") == ["{ Next date }", "{adult}"]
    assert unfilled("It is Monday {or so}.") == []


@pytest.mark.parametrize("name", FIRST)
def test_the_first_templates_can_be_kept_and_filled(name: str) -> None:
    _, body = check(name, FIRST[name])
    assert "{" not in fill(body, VALUES)


@given(st.text(max_size=200), st.text(max_size=30))
def test_what_a_field_is_filled_with_is_not_filled_again(body: str, value: str) -> None:
    assert fill("{child}", {"child": "{adult}", "adult": value or "x"}) == "{adult}"
    assert isinstance(fill(body, VALUES), str)
