"""Answer templates: the fields that may stand in one, and filling them. Pure."""

import re
from collections.abc import Mapping

from portal.errors import RuleBroken

FIELDS: Mapping[str, str] = {
    "child": "The child’s forename",
    "adult": "The name of the adult who reads it",
    "caseworker": "Your own name: whoever writes the answer",
    "team phone": "The team’s phone number",
    "case reference": "The case reference",
    "next date": "The next date in law, in words",
}
"""Field: what is put in its place."""

MAX_NAME = 80
MAX_BODY = 5_000

_FIELD = re.compile(r"\{([^{}]*)\}")

FIRST: Mapping[str, str] = {
    "We have your message": "Dear {adult},\n\nThank you for your message. I will answer it within 5 working days."
    "\n\nIf it cannot wait, please phone us on {team phone}.\n\n{caseworker}",
    "We have your documents": "Dear {adult},\n\nThank you, what you sent about {child} has arrived. I have put it with"
    " the case, so that everybody who decides can read it.\n\n{caseworker}",
    "We are late": "Dear {adult},\n\nI am sorry. We have not kept the date that the law sets for {child}."
    " It was {next date}. Your dashboard says why and which day we aim for now. I will write again by then at the"
    " latest.\n\nYou can complain, and we tell you how: phone us on {team phone}.\n\n{caseworker}",
    "Let us talk": "Dear {adult},\n\nI would like to talk about {child} with you. When does it suit you? You can"
    " phone me on {team phone}. Please say the case reference {case reference}.\n\n{caseworker}",
    "What happens next": "Dear {adult},\n\nThe next date for {child} is {next date}. You do not need to do anything"
    " before that, unless a form is waiting on your dashboard.\n\n{caseworker}",
}
"""What an empty list of templates begins with: name and text."""


def check(name: str, body: str) -> tuple[str, str]:
    """Name and text as they are kept. Raises RuleBroken on `name` or `body`."""
    name, body = " ".join(name.split()), body.strip()
    if not name or len(name) > MAX_NAME:
        raise RuleBroken("name", "Enter a name" if not name else f"The name must be {MAX_NAME} characters or fewer")
    if not body or len(body) > MAX_BODY:
        raise RuleBroken("body", "Enter the text" if not body else f"The text must be {MAX_BODY:,} characters or fewer")
    unknown = [field for field in _FIELD.findall(body) if field.strip().lower() not in FIELDS]
    if unknown:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise RuleBroken("body", f"There is no field {{{unknown[0]}}}. The fields are {known}")
    if set("{}") & set(_FIELD.sub("", body)):
        raise RuleBroken("body", "Use curly brackets only around a field, like {child}. One stands alone now")
    return name, body


def unfilled(text: str) -> list[str]:
    """The fields that still stand in a text, as they are written there: it must not be sent so."""
    return [found[0] for found in _FIELD.finditer(text) if found[1].strip().lower() in FIELDS]


def fill(body: str, values: Mapping[str, str]) -> str:
    """The text with each field replaced by its value; one without a value stays to be seen."""
    return _FIELD.sub(lambda found: values.get(found[1].strip().lower()) or found[0], body)
