"""How long somebody has to wait after wrong passwords, and how much is allowed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sign_in import rules


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (9, 480),
        (10, 900),
        (19, 900),
        (10_000, 900),
    ],
)
def test_the_wait_grows_from_half_a_minute_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert rules.delay_after(failures) == timedelta(seconds=seconds)


@given(st.integers(0, 1000))
def test_one_more_failure_never_shortens_the_wait(failures: int) -> None:
    assert rules.delay_after(failures) <= rules.delay_after(failures + 1) <= rules.LONGEST_DELAY


def test_the_limit_for_an_account_waits_as_the_rule_says() -> None:
    limit = rules.PASSWORD_TRIES
    assert (limit.tries, limit.window) == (20, timedelta(days=1))
    assert limit.delays[:7] == (0, 0, 0, 0, 30, 60, 120)
    assert len(limit.delays) == limit.tries


def test_the_words_name_the_longest_wait_of_their_limit() -> None:
    assert rules.PASSWORD_TRIES.window == timedelta(days=1)
    assert "at most a day" in rules.TOO_MANY_PASSWORDS
    assert rules.PASSWORD_TRIES_BY_ADDRESS.window == timedelta(minutes=5)
    assert "5 minutes" in rules.TOO_MANY_SIGN_INS


def test_half_signed_in_and_idle_sessions_end_before_the_absolute_end() -> None:
    idle = {rules.FAMILY_IDLE, rules.STAFF_IDLE, rules.HALF_SIGNED_IN_LIFETIME}
    assert max(idle) < rules.SESSION_LIFETIME
    assert rules.STAFF_IDLE < rules.FAMILY_IDLE


def test_every_limit_has_its_own_name() -> None:
    limits = [
        rules.CODES_SENT, rules.WRONG_CODES, rules.PASSWORD_TRIES, rules.PASSWORD_TRIES_BY_ADDRESS,
        rules.BLOCKED_NOTICES,
    ]  # fmt: skip
    assert len({limit.name for limit in limits}) == len(limits)
