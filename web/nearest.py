"""Where to go on after a press that came too late: its own page, or for an address without one the nearest above."""

import re
from collections.abc import Iterable

from litestar.handlers import HTTPRouteHandler

_PARAMETER = re.compile(r"\{[^}]*\}")


def shown_addresses(handlers: Iterable[HTTPRouteHandler]) -> frozenset[str]:
    """The addresses of whole pages, their parameters without names: neither files to keep nor parts of a page."""
    return frozenset(
        _plain(path)
        for handler in handlers
        if "GET" in handler.http_methods
        and not handler.opt.get("is_download")
        and handler.opt.get("touches_session", True)
        for path in handler.paths
    )


def nearest_page(template: str, path: str, shown: frozenset[str]) -> str:
    """The part of `path` that shows a page, as much of it as there is; empty when only the first page is left.

    `template` is the route's own address, so that a word in it is never taken for somebody's id.
    """
    parts, real = _plain(template).split("/"), path.split("/")
    while len(parts) > 1 and "/".join(parts) not in shown:
        parts.pop()
    return "/".join(real[: len(parts)]) if len(parts) > 1 else ""


def _plain(template: str) -> str:
    return _PARAMETER.sub("{}", template)
