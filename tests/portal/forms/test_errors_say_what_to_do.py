"""Every error is collected, names its control and says what to do; a council may word it itself."""

import pytest

from portal.forms.engine import FormError, check_page
from portal.forms.wording import PROBLEMS
from tests.portal.forms.made_up import answer_to, field, form, messages, options, page

CHOICES = {"options": options("one", "two")}


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("text", {}, "Enter the thing"),
        ("long_text", {}, "Enter the thing"),
        ("date", {}, "Enter the thing"),
        ("email", {}, "Enter the thing"),
        ("radios", CHOICES, "Select the thing"),
        ("checkboxes", CHOICES, "Select the thing"),
        ("select", CHOICES, "Select the thing"),
        ("yes_no", {}, "Select the thing"),
        ("school", {}, "Enter the name of the school or college"),
        ("file", {}, "Choose a file to add"),
    ],
)
def test_a_required_answer_is_asked_for(kind: str, more: dict[str, object], said: str) -> None:
    assert messages(answer_to(kind, {}, required=True, **more)) == [said]


def test_a_declaration_must_be_ticked() -> None:
    assert messages(answer_to("declaration", {"it": ["no"]})) == ["Tick the box to show that you agree"]


@pytest.mark.parametrize(
    ("kind", "typed", "more", "said"),
    [
        ("text", "abcdef", {"max_length": 5}, "The thing must be 5 characters or fewer. It has 6 now"),
        ("email", "ann", {}, "The thing must be an email address, like name@example.com"),
        ("postcode", "W", {}, "The thing must be a full UK postcode, like SW1A 1AA"),
        ("phone", "12", {}, "The thing must be a phone number, like 01632 960 001 or +44 808 157 0192"),
        ("number", "two", {}, "The thing must be a whole number, like 12"),
        ("number", "2.5", {}, "The thing must be a whole number, like 12"),
        ("number", "-1", {"minimum": 0}, "The thing must be 0 or more"),
        ("number", "1001", {"maximum": 1000}, "The thing must be 1,000 or less"),
        ("radios", "three", CHOICES, "Select the thing from the list"),
        ("checkboxes", "three", CHOICES, "Select the thing from the list"),
        ("yes_no", "maybe", {}, "Select the thing from the list"),
        ("file", "../etc/passwd", {}, "The thing must be a file that you have added to this form"),
    ],
)
def test_an_answer_that_cannot_be_used_says_how_it_should_be(
    kind: str, typed: str, more: dict[str, object], said: str
) -> None:
    checked = answer_to(kind, {"it": [typed]}, **more)
    assert (messages(checked), checked.answers) == ([said], {})


def test_too_many_files_are_refused() -> None:
    checked = answer_to("file", {"it": ["a", "b", "c"]}, max_files=2)
    assert messages(checked) == ["Choose 2 files or fewer"]


def test_an_address_without_a_name_asks_for_the_name_beside_its_own_box() -> None:
    assert answer_to("school", {"it-address": ["Westmere"]}).errors == (
        FormError("only", "it-name", "Enter the name of the school or college"),
    )


def test_all_errors_of_a_page_are_collected_and_good_answers_kept() -> None:
    asked = form(page("a", field("one", required=True), field("two", "email"), field("three"), field("four", "school")))
    submitted = {"two": ["x"], "three": ["good"], "four-address": ["y" * 501]}
    checked = check_page(asked, asked.pages[0], submitted)
    assert [error.field for error in checked.errors] == ["one", "two", "four-address"]
    assert checked.answers == {"three": "good"}


def test_a_council_may_word_its_own_message() -> None:
    checked = answer_to("text", {}, required=True, errors={"missing": "Tell us {it}, please"})
    assert messages(checked) == ["Tell us {it}, please"]


def test_without_a_short_name_the_question_itself_is_quoted() -> None:
    asked = form(page("a", {"key": "it", "kind": "text", "label": "What {now}?", "required": True}))
    assert messages(check_page(asked, asked.pages[0], {})) == ["Enter an answer to “What {now}?”"]


def test_there_are_words_for_every_problem() -> None:
    assert sorted(PROBLEMS) == [
        "format", "missing", "too_big", "too_early", "too_late", "too_long", "too_many", "too_small",
    ]  # fmt: skip
