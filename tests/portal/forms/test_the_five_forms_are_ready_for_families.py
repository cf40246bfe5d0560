"""The forms that the portal comes with: complete, plain and kind, and possible to fill from end to end."""

import re
import tomllib
from pathlib import Path

import pytest

from portal.forms import __main__ as command
from portal.forms import engine
from portal.forms.answers import Answer
from portal.forms.definition import Block, Field, FormDefinition, Kind
from portal.forms.library import load_forms
from portal.forms.parsing import parse_form
from portal.forms.wording import PROBLEMS
from tests.portal.forms.made_up import fields_of

FORMS = load_forms().latest
GUIDE = Path(__file__).parents[3] / "docs" / "rules" / "forms.md"
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
LONGEST_SENTENCE = 20
"""Words, as STYLE.md has it."""


def texts(form: FormDefinition) -> list[str]:
    """Everything that a family reads, lists item by item."""
    blocks: list[Block] = [*form.intro, *form.what_next, *(block for page in form.pages for block in page.guidance)]
    written = [text for block in blocks for text in (block.text, *block.items)]
    for field in fields_of(form):
        written += [field.label, field.hint, *field.errors.values()]
        written += [text for option in field.options for text in (option.label, option.hint)]
    return [text for text in written if text]


def plain_answer(field: Field) -> Answer:
    """An answer that fits, the first option where there are options."""
    if field.options:
        first = field.options[0].value
        return [first] if field.kind is Kind.CHECKBOXES else first
    special: dict[Kind, Answer] = {
        Kind.SCHOOL: {"name": "Oak Lane", "address": ""},
        Kind.FILE: ["document"],
        Kind.PHONE: "01632 960 001",
    }
    return special.get(field.kind, "yes" if field.kind in (Kind.YES_NO, Kind.DECLARATION) else "Some words")


def test_they_have_the_titles_that_families_are_told() -> None:
    assert [form.title for form in FORMS] == [
        "Child's or young person's views",
        "Consent to share information",
        "Parent's or carer's views",
        "Parental Preference Form",
        "Response to the draft plan",
    ]


@each_form
def test_it_can_be_filled_from_the_first_page_to_the_last(form: FormDefinition) -> None:
    answers: dict[str, object] = {}
    page = engine.first_unanswered_page(form, answers)
    while page is not None:
        kept = {field.key: plain_answer(field) for field in engine.fields_offered(form, page, answers)}
        typed = {name: value for field in page.fields for name, value in engine.typed_before(page, kept).items()}
        checked = engine.check_page(form, page, typed, answers)
        assert checked.ok, checked.errors
        answers |= checked.answers
        page = engine.next_page(form, answers, page)
    assert engine.check_all(form, answers) == []
    assert engine.first_unanswered_page(form, answers) is None
    assert all(row.answer != "Not answered" for row in engine.check_your_answers(form, answers))


@each_form
def test_every_page_is_reached_by_some_answer(form: FormDefinition) -> None:
    reached = set()
    for choice in range(7):
        answers: dict[str, object] = {
            field.key: field.options[choice % len(field.options)].value if field.options else plain_answer(field)
            for field in fields_of(form)
        }
        reached |= {page.key for page in engine.pages_shown(form, answers)}
        reached |= {page.key for page in engine.pages_shown(form, answers | {"decided": "not_yet", "type": "not_sure"})}
    assert reached == {page.key for page in form.pages}


@each_form
def test_its_words_are_plain(form: FormDefinition) -> None:
    for text in texts(form):
        assert "invalid" not in text.lower()
        assert "—" not in text
        for sentence in re.split(r"(?<=[.?!:])\s", text):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@each_form
def test_its_questions_have_names_that_errors_can_use(form: FormDefinition) -> None:
    for field in fields_of(form):
        if field.required and field.kind not in (Kind.SCHOOL, Kind.DECLARATION, Kind.FILE):
            assert field.short_name, field.key


@each_form
def test_it_names_the_law_and_tells_what_happens_next(form: FormDefinition) -> None:
    assert "Act 2014" in form.law
    assert form.intro
    assert form.what_next


def test_only_one_question_of_the_childs_form_must_be_answered_by_a_child_alone() -> None:
    form = load_forms().newest("young_person_views")
    assert form is not None
    assert engine.check_all(form, {"who": "me"}) == []
    assert [page.key for page in form.pages if not page.skip_note] == ["who", "helper"]


def test_the_response_asks_about_every_section_of_the_plan() -> None:
    form = load_forms().newest("draft_plan_response")
    assert form is not None
    changed = engine.pages_shown(form, {"overall": "changes"})
    assert [page.key for page in changed if page.key.startswith("section_")] == [f"section_{x}" for x in "abcdefghijk"]
    agreed = engine.pages_shown(form, {"overall": "agree"})
    assert [page.key for page in agreed if page.key.startswith("section_")] == ["section_i"]


def test_a_parent_need_only_name_a_first_choice() -> None:
    form = load_forms().newest("parental_preference")
    assert form is not None
    first = {"name": "Oak Lane", "address": ""}
    answers = {
        "stay": "no",
        "type": "special",
        "decided": "yes",
        "first_school": first,
        "first_listed": "yes",
        "agree": "yes",
    }
    assert engine.check_all(form, answers) == []


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main() == 0
    assert "Consent to share information (consent, version 1): " in capsys.readouterr().out


def test_the_example_in_the_guide_for_councils_works() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]
    form = parse_form(tomllib.loads(example), "docs/rules/forms.md")
    assert engine.pages_shown(form, {"by": "other"}) == form.pages


def test_the_guide_for_councils_knows_every_kind_and_every_message() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [word for word in [*Kind, *sorted(PROBLEMS)] if f"`{word}`" not in guide] == []
