"""The password policy as it stands beside the field, ticked off by the service's own rules."""

import string
from collections.abc import Iterable
from dataclasses import dataclass

from portal.actor import Actor
from portal.passwords import rules
from portal.passwords.policy import check
from portal.passwords.rules import PolicyResult
from web.council import Council

LATER = frozenset({"not_current", "not_previous"})
LATER_OF_A_STRANGER = LATER | {rules.NOT_OWN_WORDS.key}
"""What cannot be told before a code has shown who somebody is."""


@dataclass(frozen=True)
class PolicyLine:
    """One line: its text, how it looks (`met`, `open` or `later`) and what is said of it."""

    text: str
    state: str
    said: str


@dataclass(frozen=True)
class PolicyView:
    """The whole list."""

    items: tuple[PolicyLine, ...]
    special_characters: str = " ".join(string.punctuation)


def council_words(council: Council) -> list[str]:
    """How the council calls itself, which may not make up a password."""
    return [council.name, council.portal_name]


def words_of(person: Actor, council: Council) -> list[str]:
    """What may not make up the password of somebody who is signed in."""
    return [person.forename, person.surname, person.email, *council_words(council)]


def policy_view(password: str, own_words: Iterable[str], *, later: frozenset[str] = LATER) -> PolicyView:
    """The list for the page; nothing is ticked before something was typed, nor what is only known `later`."""
    return PolicyView(tuple(_line(result, bool(password), later) for result in check(password, own_words)))


def _line(result: PolicyResult, typed: bool, later: frozenset[str]) -> PolicyLine:
    if not typed:
        return PolicyLine(result.item.text, "open", "")
    if result.item.key in later and result.met is not False:
        return PolicyLine(result.item.text, "later", "checked when you press the button")
    if result.met:
        return PolicyLine(result.item.text, "met", "done")
    return PolicyLine(result.item.text, "open", "still to do")
