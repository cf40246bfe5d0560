"""What is typed is trimmed and tidied into the form in which it is kept."""

import pytest

from portal.forms.answers import Answer
from tests.portal.forms.made_up import answer_to, options


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Oak   Lane\tSchool ", "Oak Lane School"),
        ("text", "Ann\x00 \x1bLee\x85\ud800", "Ann Lee"),
        ("text", "   ", None),
        ("long_text", " one \r\n\r\ntwo\rthree\x07 ", "one \n\ntwo\nthree"),
        ("long_text", "<b>plain</b> & text", "<b>plain</b> & text"),
        ("number", " 1,200 ", 1200),
        ("number", "１２", 12),
        ("number", "0", 0),
        ("email", " ann@Example.COM ", "ann@example.com"),
        ("phone", "01632  960 001", "01632 960 001"),
        ("postcode", "wr12ab", "WR1 2AB"),
        ("yes_no", "no", "no"),
        ("declaration", "yes", "yes"),
    ],
)
def test_a_text_is_tidied_for_its_kind(kind: str, typed: str, kept: Answer) -> None:
    checked = answer_to(kind, {"it": [typed]})
    assert (checked.answers, checked.errors) == ({"it": kept}, ())


def test_nothing_submitted_is_kept_as_no_answer() -> None:
    assert answer_to("text", {}).answers == {"it": None}
    assert answer_to("text", {"it": []}).answers == {"it": None}


def test_choices_are_kept_in_the_order_of_the_form() -> None:
    checked = answer_to("checkboxes", {"it": ["two", "one", "two", ""]}, options=options("one", "two", "three"))
    assert checked.answers == {"it": ["one", "two"]}


def test_one_choice_is_kept_by_its_value() -> None:
    for kind in ("radios", "select"):
        assert answer_to(kind, {"it": ["two"]}, options=options("one", "two")).answers == {"it": "two"}


def test_a_school_is_a_name_and_an_address() -> None:
    checked = answer_to("school", {"it-name": [" Oak Lane "], "it-address": ["1 Oak Lane\r\nWestmere"]})
    assert checked.answers == {"it": {"name": "Oak Lane", "address": "1 Oak Lane\nWestmere"}}


def test_a_school_may_have_no_address() -> None:
    assert answer_to("school", {"it-name": ["Oak Lane"]}).answers == {"it": {"name": "Oak Lane", "address": ""}}


def test_files_are_document_ids_each_once() -> None:
    checked = answer_to("file", {"it": ["-aB3_x", "", "-aB3_x", "other"]})
    assert checked.answers == {"it": ["-aB3_x", "other"]}


def test_what_was_typed_is_kept_to_be_shown_again() -> None:
    checked = answer_to("email", {"it": [" not an address "], "unknown": ["x"]})
    assert (checked.typed, checked.answers, checked.ok) == ({"it": [" not an address "]}, {}, False)
