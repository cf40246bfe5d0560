"""Authenticator apps: which time step a code belongs to, and how an app is set up."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dates import LONDON
from portal.sign_in import one_time_codes, rules
from portal.sign_in.one_time_codes import authenticator_address

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 3, 9, 10, 0, 5, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


def shown(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_now_or_one_step_either_side_gives_its_step(steps: int) -> None:
    code = shown(NOW + steps * one_time_codes.AUTHENTICATOR_STEP)
    assert one_time_codes.matching_step(SECRET, code, at=NOW) == STEP + steps


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_an_older_or_later_code_is_not_taken(steps: int) -> None:
    code = shown(NOW + steps * one_time_codes.AUTHENTICATOR_STEP)
    assert one_time_codes.matching_step(SECRET, code, at=NOW) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１", "\ud800"])
def test_what_is_no_code_matches_no_step(typed: str) -> None:
    assert one_time_codes.matching_step(SECRET, typed, at=NOW) is None


def test_spaces_in_the_code_do_not_matter() -> None:
    code = shown(NOW)
    assert one_time_codes.matching_step(SECRET, f" {code[:3]} {code[3:]} ", at=NOW) == STEP


def test_the_code_of_another_secret_is_not_taken() -> None:
    other = pyotp.TOTP("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU").at(NOW)
    assert one_time_codes.matching_step(SECRET, other, at=NOW) is None


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)))
def test_summer_time_does_not_matter(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    local = at.astimezone(LONDON)
    assert one_time_codes.matching_step(SECRET, shown(at), at=local) == int(at.timestamp()) // 30


def test_the_first_moments_of_1970_do_no_harm() -> None:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    assert one_time_codes.matching_step(SECRET, shown(start), at=start + timedelta(seconds=1)) == 0


def test_the_address_for_the_app_names_the_council_and_the_person() -> None:
    address = urlsplit(authenticator_address(SECRET, email="asha@westmere.example", issuer="Westmere Council"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/Westmere Council:asha@westmere.example"
    assert parse_qs(address.query) == {"secret": [SECRET], "issuer": ["Westmere Council"]}


def test_the_secret_is_shown_in_groups_of_four() -> None:
    assert rules.in_groups(SECRET) == "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"
