"""Whose tries are counted: the visitor's own address, past as many proxies as are trusted and no further."""

from typing import cast

import pytest
from litestar.types import Scope

from web.outer import visitor_address

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "lines", "expected"),
    [
        (0, ["6.6.6.6"], PROXY),
        (1, ["203.0.113.9"], "203.0.113.9"),
        (1, ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),
        (1, ["6.6.6.6", "203.0.113.9"], "203.0.113.9"),
        (2, ["6.6.6.6", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        (2, ["6.6.6.6", "203.0.113.9", "10.0.0.2"], "203.0.113.9"),
        (2, ["203.0.113.9"], "203.0.113.9"),
        (1, ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        (1, ["::ffff:203.0.113.9"], "203.0.113.9"),
        (1, ["unknown"], "unknown"),
    ],
)
def test_a_made_up_line_before_the_proxys_own_hides_nobody(proxies: int, lines: list[str], expected: str) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in lines]
    assert visitor_address(cast(Scope, {"client": (PROXY, 1), "headers": headers}), proxies) == expected
