"""The messages beside a field when something has to be mended, in plain English.

A definition may word any of them itself: `errors = {missing = "Tell us which school you want"}`.
"""

from portal.forms.definition import CHOOSING, Field, Kind

PROBLEMS = frozenset({"missing", "too_long", "format", "too_early", "too_late", "too_small", "too_big", "too_many"})
"""What can be wrong with an answer."""


def message(field: Field, problem: str, **facts: str) -> str:
    """What to tell the person about `problem`, one of PROBLEMS. `facts` fill the standard sentence."""
    return field.errors.get(problem) or _standard(field, problem).format(
        it=_it(field), It=_start_of_sentence(field), example=_EXAMPLES.get(field.kind, ""), **facts
    )


def _standard(field: Field, problem: str) -> str:
    if problem == "missing":
        return _missing(field)
    if problem == "format" and field.kind in CHOOSING:
        return "Select {it} from the list"
    return _SENTENCES[problem]


def _missing(field: Field) -> str:
    if field.kind is Kind.DECLARATION:
        return "Tick the box to show that you agree"
    if field.kind is Kind.FILE:
        return "Choose a file to add"
    return "Select {it}" if field.kind in CHOOSING else "Enter {it}"


_SENTENCES = {
    "too_long": "{It} must be {limit} characters or fewer. It has {length} now",
    "format": "{It} must be {example}",
    "too_early": "{It} must be {day} or later",
    "too_late": "{It} must be {day} or earlier",
    "too_small": "{It} must be {limit} or more",
    "too_big": "{It} must be {limit} or less",
    "too_many": "Choose {limit} files or fewer",
}

_EXAMPLES = {
    Kind.DATE: "a real date, like 27 3 2026",
    Kind.NUMBER: "a whole number, like 12",
    Kind.EMAIL: "an email address, like name@example.com",
    Kind.PHONE: "a phone number, like 01632 960 001 or +44 808 157 0192",
    Kind.POSTCODE: "a full UK postcode, like SW1A 1AA",
    Kind.FILE: "a file that you have added to this form",
}


def _it(field: Field) -> str:
    return field.short_name or f"an answer to “{field.label.strip()}”"


def _start_of_sentence(field: Field) -> str:
    name = field.short_name or "your answer"
    return name[:1].upper() + name[1:]
