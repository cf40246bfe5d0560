"""Filling a form: which pages are shown, what a page's answers are, what is missing, how it reads back.

Pure, and nothing raises, whatever was submitted or stored. `answers` are what was kept before, by
field. A field that is in them as None was seen and left empty; one that is not in them was not reached.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.forms.answers import Answer, in_words, read, retyped, typed_into
from portal.forms.definition import Condition, Field, FormDefinition, Page

Answers = Mapping[str, object]


@dataclass(frozen=True)
class FormError:
    """What has to be mended: on which `page`, at which control (`field`, the name to link to), and how."""

    page: str
    field: str
    message: str


@dataclass(frozen=True)
class CheckedPage:
    """A page that was submitted: the answers that can be kept, the errors, and what was typed."""

    answers: dict[str, Answer]
    errors: tuple[FormError, ...]
    typed: dict[str, list[str]]

    @property
    def ok(self) -> bool:
        """Whether the page can be left."""
        return not self.errors


@dataclass(frozen=True)
class Progress:
    """Where a page stands among those that are shown now."""

    step: int
    steps: int

    @property
    def in_words(self) -> str:
        """`Page 3 of 9`."""
        return f"Page {self.step} of {self.steps}"


@dataclass(frozen=True)
class AnswerRow:
    """One line of "check your answers"; `page` is where Change goes. `answer` may have several lines."""

    section: str
    label: str
    answer: str
    page: str
    field: str


def pages_shown(form: FormDefinition, answers: Answers) -> tuple[Page, ...]:
    """The pages that the answers so far lead through, in order."""
    return tuple(page for page, _ in _shown(form, answers))


def fields_offered(form: FormDefinition, page: Page, answers: Answers) -> tuple[Field, ...]:
    """The fields to put on `page`. One that hangs on an answer of the same page is among them:
    without JavaScript the person sees it beside the question that it belongs to.
    """
    known = _known_before(form, page, answers)
    own = {field.key for field in page.fields}
    return tuple(
        field for field in page.fields if (field.show_if and field.show_if.field in own) or _holds(field.show_if, known)
    )


def typed_before(page: Page, answers: Answers) -> dict[str, list[str]]:
    """What to show in the controls of `page` for the answers that were kept, by the name of the control."""
    return {name: texts for field in page.fields for name, texts in retyped(field, answers.get(field.key)).items()}


def check_page(
    form: FormDefinition, page: Page, submitted: Mapping[str, Sequence[str]], answers: Answers | None = None
) -> CheckedPage:
    """Read what was submitted for `page`: trimmed, tidied, every error collected, what was typed kept.

    `answers` of earlier pages decide which fields are asked. The answers given back are those of
    the fields that are asked and have no error; nothing typed is None. Of FILE fields only the
    form of the ids is checked: the caller must know that the person may use them.
    """
    known = _known_before(form, page, answers or {})
    found: dict[str, Answer] = {}
    errors: list[FormError] = []
    typed: dict[str, list[str]] = {}
    for field in page.fields:
        typed |= typed_into(field, submitted)
        if not _holds(field.show_if, known):
            continue
        answer, wrong = read(field, typed)
        known[field.key] = answer
        errors += [FormError(page.key, control, message) for control, message in wrong]
        if not wrong:
            found[field.key] = answer
    return CheckedPage(found, tuple(errors), typed)


def check_all(form: FormDefinition, answers: Answers) -> list[FormError]:
    """Everything to mend before the form can be sent, page by page. Pages no longer shown do not count."""
    return [error for page in pages_shown(form, answers) for error in _recheck(form, page, answers).errors]


def answers_shown(form: FormDefinition, answers: Answers) -> dict[str, Answer]:
    """What is sent: the answers to the questions that are still asked, tidied; empty ones are left out."""
    return {
        key: answer
        for page in pages_shown(form, answers)
        for key, answer in _recheck(form, page, answers).answers.items()
        if answer is not None
    }


def check_your_answers(form: FormDefinition, answers: Answers) -> tuple[AnswerRow, ...]:
    """Every question that is asked, with its answer in words, in the order of the form."""
    return tuple(
        AnswerRow(page.section or page.title, field.label, in_words(field, answers.get(field.key)), page.key, field.key)
        for page, fields in _shown(form, answers)
        for field in fields
    )


def next_page(form: FormDefinition, answers: Answers, page: Page) -> Page | None:
    """The page after `page`; None when "check your answers" comes next."""
    here = _position(form, page)
    return next((shown for shown in pages_shown(form, answers) if _position(form, shown) > here), None)


def previous_page(form: FormDefinition, answers: Answers, page: Page) -> Page | None:
    """The page before `page`; None when it is the first."""
    here = _position(form, page)
    return next((shown for shown in reversed(pages_shown(form, answers)) if _position(form, shown) < here), None)


def first_unanswered_page(form: FormDefinition, answers: Answers) -> Page | None:
    """Where to go on: the first page that was not reached or has something to mend; None when there is none."""
    for page, fields in _shown(form, answers):
        if any(field.key not in answers for field in fields) or not _recheck(form, page, answers).ok:
            return page
    return None


def progress(form: FormDefinition, answers: Answers, page: Page) -> Progress:
    """Which of the pages shown now `page` is, counted from 1."""
    shown = pages_shown(form, answers)
    step = sum(_position(form, other) <= _position(form, page) for other in shown)
    return Progress(max(1, step), len(shown))


def _shown(form: FormDefinition, answers: Answers) -> Iterator[tuple[Page, tuple[Field, ...]]]:
    """The pages and fields that are asked. Only answers to questions that are asked open further ones."""
    known: dict[str, object] = {}
    for page in form.pages:
        if not _holds(page.show_if, known):
            continue
        fields = []
        for field in page.fields:
            if _holds(field.show_if, known):
                fields.append(field)
                known[field.key] = answers.get(field.key)
        yield page, tuple(fields)


def _known_before(form: FormDefinition, page: Page, answers: Answers) -> dict[str, object]:
    position = _position(form, page)
    return {
        field.key: answers.get(field.key)
        for shown, fields in _shown(form, answers)
        if _position(form, shown) < position
        for field in fields
    }


def _holds(condition: Condition | None, known: Answers) -> bool:
    if condition is None:
        return True
    answer = known.get(condition.field)
    chosen = answer if isinstance(answer, list) else [answer]
    return any(value in chosen for value in condition.values)


def _recheck(form: FormDefinition, page: Page, answers: Answers) -> CheckedPage:
    """`page` as if the kept answers had been typed again: one way of checking, now and at the end."""
    return check_page(form, page, typed_before(page, answers), answers)


def _position(form: FormDefinition, page: Page) -> int:
    return next((number for number, other in enumerate(form.pages) if other.key == page.key), 0)
