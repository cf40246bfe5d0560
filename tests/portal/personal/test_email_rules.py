"""Email addresses: how they are tidied, compared and checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.personal import rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Sarah.Jones@Example.ORG ", "Sarah.Jones@example.org"),
        ("\u200bsarah@example.org\ufeff", "sarah@example.org"),
        ("o'neill+send@mail.example.co.uk", "o'neill+send@mail.example.co.uk"),
        ("s@xn--bcher-kva.example", "s@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_trimmed_and_its_domain_put_in_lower_case(typed: str, kept: str) -> None:
    assert rules.check_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sarah",
        "sarah@",
        "@example.org",
        "sarah@example",
        "sarah@@example.org",
        "sarah jones@example.org",
        ".sarah@example.org",
        "sarah.@example.org",
        "sa..rah@example.org",
        "sarah@-example.org",
        "sarah@example..org",
        "sarah@example.org.",
        "sarah@192.168.0.1",
        "sarah@example.c",
        "sarah@example.org\nBcc: all@example.org",
        "Sarah <sarah@example.org>",
        "sárah@example.org",
        "sarah@\u0435xample.org",
        "a" * 65 + "@example.org",
        "sarah@" + "a" * 64 + ".org",
        "sarah@" + "a." * 125 + "org",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Enter your email address in the correct format, like name@example\.com$"):
        rules.check_email(typed)


def test_an_address_of_254_characters_is_the_longest() -> None:
    domain = "@" + ".".join(["a" * 60] * 3) + ".org"
    longest = "b" * 64 + "@" + "c" * (254 - 64 - len(domain) - 1) + "." + domain[1:]
    assert len(longest) == 254
    assert rules.check_email(longest) == longest
    with pytest.raises(ValueError):
        rules.check_email(longest.replace("c.", "cc.", 1))


def test_addresses_are_compared_whatever_their_case() -> None:
    assert rules.email_key("Sarah@Example.org ") == rules.email_key("sarah@example.ORG")


@given(st.text(max_size=80))
def test_tidying_an_address_twice_changes_nothing_more(typed: str) -> None:
    once = rules.normalise_email(typed)
    assert rules.normalise_email(once) == once


@given(st.emails())
def test_a_checked_address_is_tidy_and_passes_again(typed: str) -> None:
    try:
        email = rules.check_email(typed)
    except ValueError:
        return
    assert email == rules.normalise_email(email) == rules.check_email(email)
