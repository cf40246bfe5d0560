"""What the pages of Actions to Complete show, put together from an action and its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.access.queries import ChildRecord
from portal.actions import files
from portal.actions.queries import ActionRecord
from portal.dates import left_or_late
from portal.files.queries import FileLine
from portal.forms import engine
from portal.forms.definition import YES_OR_NO, Field, FormDefinition, Kind, Page
from portal.forms.engine import AnswerRow, Answers
from portal.forms.library import load_forms

STATES = {"to_do": "Not started", "in_progress": "Started, not sent", "submitted": "Sent", "withdrawn": "Withdrawn"}


@dataclass(frozen=True)
class ActionLine:
    """One form in a list. `urgency` is such as "3 days left", empty without a due date or once sent."""

    action: ActionRecord
    title: str
    state: str
    urgency: str
    is_late: bool


@dataclass(frozen=True)
class ActionsView:
    """Actions to Complete: what is open, and what has been sent."""

    child: ChildRecord
    open: tuple[ActionLine, ...]
    closed: tuple[ActionLine, ...]


@dataclass(frozen=True)
class StartView:
    """The first screen of a form."""

    child: ChildRecord
    action: ActionRecord
    form: FormDefinition
    go_on: str


@dataclass(frozen=True)
class Asked:
    """One question, with what can be chosen as (value, label, hint)."""

    field: Field
    options: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class QuestionView:
    """One page of a form."""

    child: ChildRecord
    action: ActionRecord
    form: FormDefinition
    page: Page
    asked: tuple[Asked, ...]
    progress: str
    back: str
    files: Mapping[str, tuple[FileLine, ...]]


@dataclass(frozen=True)
class AnswersView:
    """Every answer, by section, to check before sending or to read after. `missing`: (page, message)."""

    child: ChildRecord
    action: ActionRecord
    form: FormDefinition
    sections: tuple[tuple[str, tuple[AnswerRow, ...]], ...]
    missing: tuple[tuple[str, str], ...]
    files: Mapping[str, tuple[FileLine, ...]]


def form_of(action: ActionRecord) -> FormDefinition:
    """The version of the form that was asked for."""
    return load_forms().form(action.form_key, action.form_version)


def address(child: ChildRecord, action: ActionRecord, *rest: str) -> str:
    """An address below one action."""
    return "/".join((f"/children/{child.public_id}/actions/{action.public_id}", *rest))


def actions_view(child: ChildRecord, actions: tuple[ActionRecord, ...], today: date) -> ActionsView:
    """All forms, those still to do first."""
    lines = tuple(_line(action, today) for action in actions)
    return ActionsView(
        child,
        tuple(line for line in lines if line.action.is_open),
        tuple(line for line in lines if not line.action.is_open),
    )


def start_view(child: ChildRecord, action: ActionRecord) -> StartView:
    """Where a form begins, or goes on when it was begun."""
    form = form_of(action)
    page = engine.first_unanswered_page(form, action.answers)
    return StartView(child, action, form, address(child, action, page.key if page else "check"))


async def question_view(child: ChildRecord, action: ActionRecord, page: Page) -> QuestionView:
    """One page, with the way back to the one before."""
    form = form_of(action)
    before = engine.previous_page(form, action.answers, page)
    return QuestionView(
        child,
        action,
        form,
        page,
        tuple(_asked(field) for field in engine.fields_offered(form, page, action.answers)),
        engine.progress(form, action.answers, page).in_words,
        address(child, action, before.key) if before else address(child, action),
        await _files(action, page.fields),
    )


async def answers_view(child: ChildRecord, action: ActionRecord) -> AnswersView:
    """The answers so far, and what is still missing."""
    form = form_of(action)
    rows = engine.check_your_answers(form, action.answers)
    missing = (
        ()
        if action.state == "submitted"
        else tuple((error.page, error.message) for error in engine.check_all(form, action.answers))
    )
    fields = [field for page in form.pages for field in page.fields]
    return AnswersView(child, action, form, _by_section(rows), missing, await _files(action, fields))


def next_address(child: ChildRecord, action: ActionRecord, page: Page, answers: Answers) -> str:
    """Where Save and continue leads."""
    following = engine.next_page(form_of(action), answers, page)
    return address(child, action, following.key if following else "check")


async def _files(action: ActionRecord, fields: Iterable[Field]) -> dict[str, tuple[FileLine, ...]]:
    """The files of each file field, by the field's key."""
    keys = [field.key for field in fields if field.kind is Kind.FILE]
    own = await files.files_of(action) if keys else {}
    return {key: tuple(own[one] for one in files.kept_files(action, key, list(own), "")) for key in keys}


def _asked(field: Field) -> Asked:
    options = YES_OR_NO if field.kind is Kind.YES_NO else field.options
    return Asked(field, tuple((one.value, one.label, one.hint) for one in options))


def _line(action: ActionRecord, today: date) -> ActionLine:
    due = action.due_on if action.is_open else None
    return ActionLine(
        action,
        form_of(action).title,
        STATES[action.state],
        left_or_late(due, today) if due else "",
        bool(due and due < today),
    )


def _by_section(rows: tuple[AnswerRow, ...]) -> tuple[tuple[str, tuple[AnswerRow, ...]], ...]:
    sections: dict[str, list[AnswerRow]] = {}
    for row in rows:
        sections.setdefault(row.section, []).append(row)
    return tuple((section, tuple(found)) for section, found in sections.items())
