"""Which pages and fields are asked hangs on earlier answers; what is no longer asked is not sent."""

from portal.forms import engine
from tests.portal.forms.made_up import field, form, options, page

FORM = form(
    page("help", field("help", "yes_no", required=True)),
    page(
        "who",
        field("who", "checkboxes", options=options("aunt", "friend"), required=True),
        field("name", show_if={"field": "who", "is": "friend"}, required=True),
        show_if={"field": "help", "is": "yes"},
    ),
    page("friend", field("friend", "long_text", required=True), show_if={"field": "who", "is": ["friend"]}),
    page("end", field("end"), field("thanks", show_if={"field": "help", "is": "yes"})),
)
HELP, WHO, FRIEND, END = FORM.pages
WITH_FRIEND = {"help": "yes", "who": ["aunt", "friend"], "name": "Bo", "friend": "Kind", "end": "Bye", "thanks": "Ta"}


def test_a_page_is_shown_when_its_condition_holds() -> None:
    assert engine.pages_shown(FORM, {}) == (HELP, END)
    assert engine.pages_shown(FORM, {"help": "yes"}) == (HELP, WHO, END)
    assert engine.pages_shown(FORM, WITH_FRIEND) == (HELP, WHO, FRIEND, END)


def test_an_answer_that_is_no_longer_asked_opens_no_page() -> None:
    assert engine.pages_shown(FORM, WITH_FRIEND | {"help": "no"}) == (HELP, END)


def test_answers_of_pages_no_longer_shown_are_not_sent() -> None:
    assert engine.answers_shown(FORM, WITH_FRIEND | {"help": "no"}) == {"help": "no", "end": "Bye"}
    assert engine.answers_shown(FORM, WITH_FRIEND) == WITH_FRIEND


def test_answers_nobody_asked_for_are_not_sent() -> None:
    assert engine.answers_shown(FORM, {"help": "no", "other": "x", "end": None}) == {"help": "no"}


def test_a_field_is_asked_only_when_its_condition_holds() -> None:
    alone = engine.check_page(FORM, WHO, {"who": ["aunt"], "name": ["Bo"]}, {"help": "yes"})
    assert (alone.answers, alone.ok) == ({"who": ["aunt"]}, True)
    both = engine.check_page(FORM, WHO, {"who": ["friend"]}, {"help": "yes"})
    assert [error.field for error in both.errors] == ["name"]


def test_a_field_may_hang_on_an_earlier_page() -> None:
    asked = {"end": ["Bye"], "thanks": ["Ta"]}
    assert engine.check_page(FORM, END, asked, {"help": "yes"}).answers == {"end": "Bye", "thanks": "Ta"}
    assert engine.check_page(FORM, END, asked, {"help": "no"}).answers == {"end": "Bye"}


def test_a_page_offers_fields_that_hang_on_itself_but_not_on_other_answers_elsewhere() -> None:
    assert [field.key for field in engine.fields_offered(FORM, WHO, {"help": "yes"})] == ["who", "name"]
    assert [field.key for field in engine.fields_offered(FORM, END, {"help": "no"})] == ["end"]
    assert [field.key for field in engine.fields_offered(FORM, END, {"help": "yes"})] == ["end", "thanks"]


def test_next_and_previous_leave_out_pages_that_are_not_shown() -> None:
    assert engine.next_page(FORM, {"help": "no"}, HELP) == END
    assert engine.next_page(FORM, {"help": "yes"}, HELP) == WHO
    assert engine.previous_page(FORM, {"help": "no"}, END) == HELP
    assert engine.previous_page(FORM, WITH_FRIEND, END) == FRIEND


def test_before_the_first_and_after_the_last_page_there_is_none() -> None:
    assert engine.previous_page(FORM, {}, HELP) is None
    assert engine.next_page(FORM, {}, END) is None


def test_progress_counts_the_pages_that_are_shown() -> None:
    assert engine.progress(FORM, {}, HELP).in_words == "Page 1 of 2"
    assert engine.progress(FORM, WITH_FRIEND, FRIEND).in_words == "Page 3 of 4"
    assert engine.progress(FORM, {}, END).in_words == "Page 2 of 2"


def test_going_on_begins_at_the_first_page_that_was_not_reached() -> None:
    assert engine.first_unanswered_page(FORM, {}) == HELP
    assert engine.first_unanswered_page(FORM, {"help": "no"}) == END
    assert engine.first_unanswered_page(FORM, {"help": "yes"}) == WHO


def test_a_page_that_was_left_empty_on_purpose_counts_as_reached() -> None:
    assert engine.first_unanswered_page(FORM, {"help": "no", "end": None}) is None


def test_going_on_begins_at_a_page_that_has_something_to_mend() -> None:
    assert engine.first_unanswered_page(FORM, WITH_FRIEND | {"friend": None}) == FRIEND


def test_everything_missing_is_found_page_by_page() -> None:
    assert [(error.page, error.field) for error in engine.check_all(FORM, {"help": "yes", "who": ["friend"]})] == [
        ("who", "name"),
        ("friend", "friend"),
    ]
    assert engine.check_all(FORM, WITH_FRIEND) == []


def test_optional_pages_need_not_be_reached() -> None:
    assert engine.check_all(FORM, {"help": "no"}) == []
