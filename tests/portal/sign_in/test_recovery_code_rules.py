"""Recovery codes, for the day the authenticator app is lost."""

import re

from portal.sign_in import rules


def test_ten_different_codes_without_look_alikes_are_made() -> None:
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", code) for code in codes)


def test_a_code_is_read_however_it_was_typed() -> None:
    for code in rules.new_recovery_codes():
        assert rules.normalise_recovery_code(code) == code
        assert rules.normalise_recovery_code(f" {code.lower().replace('-', ' ')} ") == code
        assert rules.normalise_recovery_code(code.replace("-", "–")) == code


def test_something_else_is_not_the_code() -> None:
    code = rules.new_recovery_codes()[0]
    assert rules.normalise_recovery_code(code[:-1]) != code
    assert rules.normalise_recovery_code("") != code
