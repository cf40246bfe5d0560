"""What surrounds every request and answer, found or not: who is asking, headers, HEAD, a request id."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

import structlog
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from db.engine import DATABASE_IS_AWAY
from portal.sign_in import sessions
from web.session import Browser, cookie_name, meet, set_cookie, visitor_token
from web.settings import Settings

log = structlog.get_logger()

STATIC = "/static/"

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


class Outer:
    """An ASGI application around the Litestar one."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.app, self.settings, self.clock = app, settings, clock
        self.cookie = cookie_name(https=settings.https)
        self.headers = {name.lower().encode(): value.encode() for name, value in SECURITY_HEADERS.items()}
        if settings.https:
            self.headers[b"strict-transport-security"] = b"max-age=63072000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        scope["user"], scope["auth"] = None, None
        if scope["path"].startswith(STATIC):
            await self._answer(scope, receive, send, None)
        else:
            await self._with_browser(scope, receive, send)

    async def _with_browser(self, scope: Scope, receive: Receive, send: Send) -> None:
        now = self.clock()
        reference = secrets.token_hex(4)
        structlog.contextvars.bind_contextvars(request=reference)
        scope["reference"] = reference  # type: ignore[typeddict-unknown-key]
        browser = await self._meet(scope, now)
        scope["user"], scope["auth"] = browser.actor, browser
        await self._answer(scope, receive, send, browser)
        if browser.session and browser.session.stage == "full" and _touches_session(scope):
            with suppress(*DATABASE_IS_AWAY):
                await sessions.touch(browser.session, now=now)
        structlog.contextvars.clear_contextvars()

    async def _meet(self, scope: Scope, now: datetime) -> Browser:
        """Who is asking; while the database is away we cannot know, and leave the cookie as it is."""
        try:
            return await meet(
                scope, self.cookie, now=now, address=visitor_address(scope, self.settings.trusted_proxies)
            )
        except DATABASE_IS_AWAY:
            return Browser(visitor_token(), is_unknown=True)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, browser: Any) -> None:
        is_head = scope.get("method") == "HEAD"
        if is_head:
            scope["is_head"] = True  # type: ignore[typeddict-unknown-key]
            scope.update(method=HttpMethod.GET)  # type: ignore[call-arg]

        async def send_ours(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._extra(message, browser)]
            elif is_head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self.app(scope, receive, send_ours)

    def _extra(self, message: Any, browser: Any) -> list[tuple[bytes, bytes]]:
        present = {name.lower() for name, _ in message["headers"]}
        extra = [(name, value) for name, value in self.headers.items() if name not in present]
        if browser is None:
            return extra
        if b"cache-control" not in present:
            extra.append((b"cache-control", b"no-store"))
        if browser.cookie_is_new:
            extra.append((b"set-cookie", set_cookie(self.cookie, browser.token, https=self.settings.https)))
        if browser.forget_everything:
            extra.append((b"clear-site-data", b'"cache", "storage"'))
        return extra


def visitor_address(scope: Scope, trusted_proxies: int) -> str:
    """Where a request came from, past as many proxies as we were told to trust; what stands before is hearsay.

    Lines of `X-Forwarded-For` are one list, in the order in which they stand (RFC 9110 section 5.3).
    """
    client = scope.get("client")
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    hops = [hop.strip() for line in lines for hop in line.split(",")] + [client[0] if client else ""]
    return _network(hops[-min(trusted_proxies + 1, len(hops))])


def _network(address: str) -> str:
    """An IPv6 address as its /64, which is what one household or office has (RFC 6177); any other as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def _touches_session(scope: Scope) -> bool:
    handler = scope.get("route_handler")
    return handler is not None and bool(handler.opt.get("touches_session", True))
