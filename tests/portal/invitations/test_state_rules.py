"""The states of an invitation, and what may happen in each."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import Refused
from portal.invitations.rules import IDENTITY_CHECKS, Event, State, after, may, state_at, states_before

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


def follow(*events: Event, start: State = State.CODE_SENT) -> State:
    state = start
    for event in events:
        state = after(state, event)
    return state


def test_a_family_that_says_yes_is_given_access() -> None:
    assert follow(Event.VERIFY, Event.SEND_LINK, Event.ACCEPT, Event.ACTIVATE) == State.ACTIVE


def test_a_family_that_says_no_has_declined_and_may_be_sent_the_link_again() -> None:
    assert follow(Event.VERIFY, Event.SEND_LINK, Event.DECLINE) == State.DECLINED
    assert follow(Event.SEND_LINK, Event.ACCEPT, start=State.DECLINED) == State.ACCEPTED


def test_after_too_many_wrong_codes_only_a_new_code_helps() -> None:
    locked = follow(Event.LOCK)
    assert not may(locked, Event.VERIFY)
    assert follow(Event.SEND_CODE, Event.VERIFY, start=locked) == State.VERIFIED


def test_an_expired_invitation_starts_again_with_a_new_code() -> None:
    assert not may(State.EXPIRED, Event.ACCEPT)
    assert not may(State.EXPIRED, Event.SEND_LINK)
    assert after(State.EXPIRED, Event.SEND_CODE) == State.CODE_SENT


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (Event.SEND_LINK, State.CODE_SENT),
        (Event.ACCEPT, State.CODE_SENT),
        (Event.ACCEPT, State.VERIFIED),
        (Event.ACTIVATE, State.INVITED),
        (Event.ACTIVATE, State.DECLINED),
        (Event.ACCEPT, State.ACCEPTED),
        (Event.DECLINE, State.ACCEPTED),
        (Event.EXPIRE, State.ACTIVE),
    ],
)
def test_no_step_can_be_left_out_or_taken_twice(event: Event, state: State) -> None:
    with pytest.raises(Refused, match="moved on"):
        after(state, event)


@pytest.mark.parametrize("state", sorted(set(State) - {State.WITHDRAWN}))
def test_access_can_be_withdrawn_at_any_point(state: State) -> None:
    assert after(state, Event.WITHDRAW) == State.WITHDRAWN


@pytest.mark.parametrize("event", Event)
def test_nothing_happens_after_withdrawing(event: Event) -> None:
    assert State.WITHDRAWN not in states_before(event)


@given(st.lists(st.sampled_from(Event), max_size=12))
def test_nobody_gets_access_without_verifying_and_accepting_first(events: list[Event]) -> None:
    state, happened = State.CODE_SENT, []
    for event in events:
        if may(state, event):
            state = after(state, event)
            happened.append(event)
    if state == State.ACTIVE:
        order = [event for event in happened if event in (Event.VERIFY, Event.ACCEPT, Event.ACTIVATE)]
        assert order[-2:] == [Event.ACCEPT, Event.ACTIVATE]
        assert Event.VERIFY in order


@pytest.mark.parametrize("state", [State.CODE_SENT, State.LOCKED, State.VERIFIED, State.INVITED])
def test_an_unanswered_invitation_expires_at_its_time(state: State) -> None:
    assert state_at(state, expires_at=NOW, now=NOW) == State.EXPIRED
    assert state_at(state, expires_at=NOW, now=NOW - timedelta(seconds=1)) == state
    assert state_at(state, expires_at=None, now=NOW) == state


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DECLINED, State.ACTIVE, State.WITHDRAWN])
def test_an_answered_invitation_does_not_expire(state: State) -> None:
    assert state_at(state, expires_at=NOW - timedelta(days=400), now=NOW) == state


def test_each_way_to_check_identity_has_a_label_of_its_own() -> None:
    assert len(set(IDENTITY_CHECKS.values())) == len(IDENTITY_CHECKS) >= 3
