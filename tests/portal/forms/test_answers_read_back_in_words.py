"""Check your answers: each question asked, its answer in words, and where Change goes."""

import pytest

from portal.forms import engine
from portal.forms.engine import AnswerRow
from tests.portal.forms.made_up import field, form, one_question, options, page


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("text", "Oak Lane", "Oak Lane"),
        ("long_text", "one\ntwo", "one\ntwo"),
        ("radios", "two", "Two"),
        ("checkboxes", ["one", "two"], "One\nTwo"),
        ("yes_no", "no", "No"),
        ("date", "2026-01-05", "Monday 5 January 2026"),
        ("number", 1200, "1,200"),
        ("school", {"name": "Oak Lane", "address": "1 Oak Lane\nWestmere"}, "Oak Lane\n1 Oak Lane\nWestmere"),
        ("school", {"name": "Oak Lane", "address": ""}, "Oak Lane"),
        ("file", ["a"], "1 file"),
        ("file", ["a", "b"], "2 files"),
        ("declaration", "yes", "Yes"),
        ("text", None, "Not answered"),
        ("radios", "gone", "Not answered"),
        ("date", "yesterday", "Not answered"),
        ("school", "Oak Lane", "Not answered"),
        ("number", True, "Not answered"),
    ],
)
def test_an_answer_is_read_back_in_words(kind: str, answer: object, words: str) -> None:
    more = {"options": options("one", "two")} if kind in ("radios", "checkboxes") else {}
    assert engine.check_your_answers(one_question(kind, **more), {"it": answer})[0].answer == words


def test_each_row_says_where_it_is_changed() -> None:
    asked = form(page("a", field("one"), section="First part"), page("b", field("two", "yes_no")))
    assert engine.check_your_answers(asked, {"one": "x"}) == (
        AnswerRow("First part", "The one", "x", "a", "one"),
        AnswerRow("Page b", "The two", "Not answered", "b", "two"),
    )


def test_questions_that_are_not_asked_are_not_read_back() -> None:
    asked = form(
        page("a", field("one", "yes_no")),
        page("b", field("two"), show_if={"field": "one", "is": "yes"}),
        page("c", field("three", show_if={"field": "one", "is": "yes"}), field("four")),
    )
    assert [row.field for row in engine.check_your_answers(asked, {"one": "no", "two": "x"})] == ["one", "four"]


def test_kept_answers_are_shown_in_their_controls() -> None:
    asked = form(page("a", field("day", "date"), field("school", "school"), field("none"), field("count", "number")))
    kept = {"day": "2026-03-27", "school": {"name": "Oak", "address": "Lane"}, "count": 12}
    assert engine.typed_before(asked.pages[0], kept) == {
        "day-day": ["27"],
        "day-month": ["3"],
        "day-year": ["2026"],
        "school-name": ["Oak"],
        "school-address": ["Lane"],
        "none": [],
        "count": ["12"],
    }
