"""What is kept as keys, said in words: states, results, answers. Pure."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from portal.access.rules import BASES_IN_SHORT
from portal.accounts.browsers import in_words as browser_in_words
from portal.cases.stages import read_stages
from portal.everything.asking import Cell, Row
from portal.forms import engine
from portal.forms.library import load_forms
from portal.invitations.rules import IDENTITY_CHECKS as CHECKED_BY_TEAM
from portal.organisations.rules import IDENTITY_CHECKS as CHECKED_AT_WORK
from portal.requests import rules as requests
from portal.staff.audit_words import in_words as event_in_words
from portal.wishes.rules import ONLINE, PAPER, TOPICS

_ACCESS = {"waiting": "Being checked", "active": "You can read the record", "ended": "Ended"}

_MEMBER = {"invited": "You were asked to join", "active": "You work there", "ended": "Ended"}

_FORM = {"to_do": "Not started", "in_progress": "Started, not sent", "submitted": "Sent", "withdrawn": "Taken back"}

INVITATION = {
    "code_sent": "A code was sent to you",
    "locked": "Wrong codes were told to us",
    "verified": "We checked who you are",
    "invited": "An invitation was sent to you",
    "accepted": "You said yes",
    "declined": "You said no",
    "active": "Access was given",
    "withdrawn": "Cancelled",
    "expired": "Ran out",
}

_RESULTS = {
    "": "Still to be sent",
    "sent": "Sent",
    "bounced": "There was no such address",
    "given_up": "It could not be sent",
    "turned_off": "Not sent: you had turned such emails off",
    "overtaken": "Not sent: it was not needed any more",
}

_REQUEST: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "asker": ("Who is asking", requests.ASKERS),
    "forename": ("Forename", {}),
    "surname": ("Surname", {}),
    "date_of_birth": ("Date of birth", {}),
    "date_of_birth-day": ("Day of birth", {}),
    "date_of_birth-month": ("Month of birth", {}),
    "date_of_birth-year": ("Year of birth", {}),
    "postcode": ("Home postcode", {}),
    "setting": ("School or setting", {}),
    "needs": ("What is difficult", {}),
    "tried": ("Help that has been tried", {}),
    "hopes": ("What is hoped for", {}),
    "consent": ("May we ask people for advice?", requests.CONSENT),
    "workplace": ("Where you work", requests.WORKPLACES),
    "organisation": ("Organisation", {}),
    "parents": ("Do the parents know?", requests.PARENTS_KNOW),
    "parent_name": ("Name of the parent", {}),
    "parent_email": ("Email of the parent", {}),
}
"""The questions of a request for an assessment, with what can be chosen. `again` names a record, not an answer."""


def wish(key: str) -> str:
    """One wish about emails or letters."""
    if key == PAPER:
        return "Letters on paper"
    if key == ONLINE:
        return "Formal letters through this website"
    return next((f"No emails about: {topic.text}" for topic in TOPICS if topic.wish == key), key)


def stage(key: str) -> str:
    """Where a case stands, by the council's own name of the stage."""
    texts = read_stages()
    found = texts.stages.get(key) or texts.branches.get(key)
    return found.name if found else key


def form(row: Mapping[str, Any]) -> Row:
    """A form with its title, and each question with its answer as the person chose it."""
    said = dict(row)
    key, version, answers = said.pop("form_key"), said.pop("form_version"), json.loads(said.pop("answers"))
    found = load_forms().forms.get((key, version))
    if found is None:
        return {**said, "form": key, "answers": _lines(answers.items())}
    rows = engine.check_your_answers(found, answers)
    return {**said, "form": found.title, "answers": _lines((one.label, one.answer) for one in rows)}


def request(answers: str) -> str:
    """A request for an assessment, sent or not: each question with its answer."""
    said = json.loads(answers)
    questions = ((question, said.get(key), choices) for key, (question, choices) in _REQUEST.items())
    return _lines((question, choices.get(answer, answer)) for question, answer, choices in questions if answer)


def _lines(pairs: Any) -> str:
    return "\n".join(f"{question}: {answer}" for question, answer in pairs)


def _key(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _of(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda key: words.get(key, key)


_WORDS: Mapping[str, Callable[[str], str]] = {
    "about": _key,
    "access": _of(_ACCESS),
    "basis": _of(BASES_IN_SHORT),
    "browser": browser_in_words,
    "how_we_knew_you": _of({**CHECKED_BY_TEAM, **CHECKED_AT_WORK}),
    "invitation": _of(INVITATION),
    "request": request,
    "result": _of(_RESULTS),
    "stage": stage,
    "state": _of(_FORM),
    "what": event_in_words,
    "wish": wish,
    "work": _of(_MEMBER),
}
"""How the text of a column is said, by the column's name."""


def cell(column: str, value: Any) -> Cell:
    """One cell: keys in words; days and moments stay what they are."""
    if isinstance(value, str) and column in _WORDS:
        return _WORDS[column](value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value if not isinstance(value, list) else "\n".join(str(one) for one in value)
