"""The county as rows: messages, documents with their evidence, forms."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.demo.forms import answer
from portal.demo.large.copying import copy
from portal.demo.large.papers import FORMS, TITLES
from portal.demo.large.record import Child, FormSent, Letters, Paper, Served, Told
from portal.demo.large.rows import Staff
from portal.demo.pdf import letter
from portal.files.check import CheckedFile, check
from portal.files.store import FileStore
from portal.forms import engine
from portal.forms.definition import FormDefinition
from portal.forms.library import load_forms

_ANY_DAY = date(2026, 1, 5)
"""What is answered to questions about a date."""


@dataclass(frozen=True)
class KeptFile:
    """One file in the store, which all documents of a kind share."""

    checked: CheckedFile
    stored_as: str


async def keep_files(store: FileStore) -> dict[str, KeptFile]:
    """One PDF for each kind of document."""
    kept = {}
    for kind, title in TITLES.items():
        lines = ["This letter stands for all letters of its kind in the large demo.", "Nobody in it is real."]
        checked = await check(f"{title}.pdf", letter(title, lines))
        kept[kind] = KeptFile(checked, await store.keep(checked.content))
    return kept


async def write_letters(children: Sequence[Child], staff: Staff) -> None:
    """The conversations and their messages."""
    of = [(one, child, staff[child.caseworker]) for child in children for one in child.letters]
    await copy(
        "conversation",
        "id public_id child account message_type subject started_at last_message_at waiting_since assigned_to",
        (
            (
                *(one.id, one.public_id, child.id, one.tie.person.id, one.message_type, one.subject),
                *(one.letters[0].sent, one.letters[-1].sent, one.waiting_since, worker),
            )
            for one, child, worker in of
        ),
    )
    await copy(
        "message",
        "public_id conversation sender from_staff body sent_at read_at read_by",
        (row for one, _, worker in of for row in _messages(one, worker)),
    )


def _messages(one: Letters, worker: int) -> Iterator[tuple[Any, ...]]:
    for said in one.letters:
        sender, reader = (worker, one.tie.person.id) if said.from_staff else (one.tie.person.id, worker)
        read_by = reader if said.read else None
        yield said.public_id, one.id, sender, said.from_staff, said.body, said.sent, said.read, read_by


async def write_papers(children: Sequence[Child], staff: Staff, files: Mapping[str, KeptFile]) -> None:
    """The documents, who they were served on, and the emails about them."""
    of = [(paper, child, staff[child.caseworker]) for child in children for paper in child.papers]
    await copy(
        "stored_file",
        "id public_id child uploaded_by name media_type size sha256 stored_as scan_state scan_detail created_at",
        (_file(paper, child, worker, files[paper.kind]) for paper, child, worker in of),
    )
    await copy(
        "document",
        "id public_id child file description document_date uploaded_by uploaded_at published_at published_by"
        " recalled_at recalled_by recall_reason",
        (_document(paper, child, worker) for paper, child, worker in of),
    )
    await copy(
        "notice",
        "id kind account email about queued_at sent_at result tries",
        (row for paper, child, _ in of for row in _notices(paper, child)),
    )
    await copy(
        "document_recipient",
        "document account served_at notice first_opened_at",
        (
            (paper.id, one.person.id, paper.published, one.notice.id, one.opened)
            for paper, _, _ in of
            for one in paper.served
        ),
    )


async def write_told(children: Sequence[Child]) -> None:
    """Who was told of each decision, with which email, and when they opened its letter."""
    of = [(told, child, one) for child in children for case in child.cases for told in case.told for one in told.served]
    await copy(
        "notice",
        "id kind account email about queued_at sent_at result tries",
        (_told_by(told, child, one) for told, child, one in of),
    )
    await copy(
        "letter_recipient",
        "child letter account served_at notice first_opened_at",
        ((child.id, told.public_id, one.person.id, told.sent, one.notice.id, one.opened) for told, child, one in of),
    )


def _told_by(told: Told, child: Child, one: Served) -> tuple[Any, ...]:
    about = json.dumps({"reference": child.reference, "child": child.public_id, "decision": told.public_id})
    who = (one.person.id, one.person.email)
    return (one.notice.id, "decision_recorded", *who, about, told.sent, told.sent, one.email, 1)


def _file(paper: Paper, child: Child, worker: int, kept: KeptFile) -> tuple[Any, ...]:
    checked = kept.checked
    about = (checked.name, checked.media_type, checked.size, checked.sha256, kept.stored_as)
    return (paper.file.id, paper.file_id, child.id, worker, *about, "not_scanned", "", paper.published)


def _document(paper: Paper, child: Child, worker: int) -> tuple[Any, ...]:
    title = f"{TITLES[paper.kind]}: {child.forename}"
    recalled = (paper.recalled, worker, "The wrong version was sent") if paper.recalled else (None, None, "")
    published = (paper.published, paper.published, worker)
    return (paper.id, paper.public_id, child.id, paper.file.id, title, paper.on, worker, *published, *recalled)


def _notices(paper: Paper, child: Child) -> Iterator[tuple[Any, ...]]:
    about = json.dumps({"document": paper.public_id, "child": child.public_id, "reference": child.reference})
    for one in paper.served:
        sent = (paper.published, paper.published, one.email, 1)
        yield (one.notice.id, "new_document", one.person.id, one.person.email, about, *sent)


async def write_forms(children: Sequence[Child], staff: Staff) -> None:
    """The forms that families were asked for."""
    filled = {key: _filled(key) for key, _ in FORMS.values()}
    await copy(
        "action",
        "public_id child account form_key form_version due_on state answers assigned_by assigned_at saved_at"
        " submitted_at reference read_at read_by",
        (
            _action(form, child, staff[child.caseworker], *filled[form.key])
            for child in children
            for form in child.forms
        ),
    )


def _action(form: FormSent, child: Child, worker: int, version: int, pages: Sequence[str]) -> tuple[Any, ...]:
    """`pages` are the answers after no page, after the first, and after all of them."""
    answers = pages[{"submitted": 2, "in_progress": 1}.get(form.state, 0)]
    saved = form.submitted or (form.assigned if form.state == "in_progress" else None)
    return (
        *(form.public_id, child.id, form.person.id, form.key, version, form.due, form.state, answers, worker),
        *(form.assigned, saved, form.submitted, form.reference, form.read, worker if form.read else None),
    )


def _filled(key: str) -> tuple[int, tuple[str, str, str]]:
    """The form's newest version, and answers that it takes: none, those of the first page, all."""
    form = load_forms().newest(key)
    assert form is not None, f"there is no form {key}"
    answers: dict[str, Any] = {}
    first = ""
    while (page := engine.first_unanswered_page(form, answers)) is not None:
        answers |= {field.key: answer(field, _ANY_DAY, "family@example.com") for field in page.fields}
        first = first or json.dumps(answers)
    return form.version, ("{}", first, json.dumps(_shown(form, answers)))


def _shown(form: FormDefinition, answers: dict[str, Any]) -> Mapping[str, Any]:
    assert not engine.check_all(form, answers), f"{form.key} cannot be sent in like this"
    return engine.answers_shown(form, answers)
