"""The cookie and the person behind it.

A visitor carries a signed random token that no table knows; a row is made only when there is
something to remember. CSRF tokens are made from the token, so one person's never fits another.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import CookieError, SimpleCookie

from litestar.types import Scope

from portal import keys
from portal.actor import Actor
from portal.sign_in import sessions
from portal.sign_in.sessions import Session


@dataclass
class Browser:
    """The browser behind one request. `token` is what its cookie will hold after the answer."""

    token: str
    session: Session | None = None
    lapsed_token: str = ""
    user_agent: str = ""
    address: str = ""
    cookie_is_new: bool = False
    forget_everything: bool = False
    is_unknown: bool = False
    taken_flash: str = field(default="", init=False)

    @property
    def csrf_token(self) -> str:
        """What every form posted from this browser must carry; written differently each time."""
        return mask(_csrf(self.token))

    def made(self, csrf_token: str) -> bool:
        """Whether a form with this token came from a page that we gave to this browser.

        A form that was open when the session ran out still counts as its own.
        """
        tokens = [self.token, self.lapsed_token] if self.lapsed_token else [self.token]
        return any(keys.same(unmask(csrf_token), _csrf(token)) for token in tokens)

    @property
    def actor(self) -> Actor | None:
        """Who is signed in, with both steps done."""
        return self.session.actor if self.session and self.session.stage == "full" else None

    def take(self, token: str) -> None:
        """Use `token` from now on: the session it belongs to has just been opened."""
        self.token, self.cookie_is_new, self.lapsed_token = token, True, ""

    async def renew(self) -> None:
        """A new token for the same session: the person has just proved once more who they are."""
        self.take(await sessions.renew(self.token))

    async def row(self, now: datetime) -> int:
        """The id of this browser's session row, made now if there was none."""
        if self.session is None:
            self.take(await sessions.open_session("visitor", None, now=now, user_agent=self.user_agent))
            self.session = await sessions.find(self.token, now=now)
            assert self.session is not None
        return self.session.id

    async def say(self, sentence: str, now: datetime) -> None:
        """Show `sentence` once, in the status line of the next page."""
        await sessions.remember(await self.row(now), flash=sentence)

    async def sign_out(self) -> None:
        """End the session on the server and clear what the browser kept."""
        if self.session:
            await sessions.end(self.session.id)
        self.session, self.forget_everything = None, True
        self.take(visitor_token())


def mask(secret: bytes) -> str:
    """`secret` in a form that never looks the same twice, so that compression cannot betray it (BREACH)."""
    noise = secrets.token_bytes(len(secret))
    return urlsafe_b64encode(noise + _mix(noise, secret)).decode()


def unmask(masked: str) -> bytes:
    """What `mask` was given; nothing that fits, for anything else."""
    try:
        raw = urlsafe_b64decode(masked.encode())
    except (ValueError, UnicodeError):
        return b""
    half = len(raw) // 2
    return _mix(raw[:half], raw[half:])


def visitor_token() -> str:
    """A token for a browser we have not met; signed, so that nobody can choose their own."""
    name = secrets.token_urlsafe(24)
    return f"v.{name}.{keys.token('visitor', name)[:22]}"


async def meet(scope: Scope, cookie_name: str, *, now: datetime, address: str) -> Browser:
    """Who is asking: the session of the cookie, or a visitor."""
    token, agent = _cookie(scope, cookie_name), _header(scope, b"user-agent")
    if token.startswith("v.") and _is_ours(token):
        return Browser(token, user_agent=agent, address=address)
    session = await sessions.find(token, now=now) if token else None
    if session:
        return Browser(token, session, user_agent=agent, address=address)
    return Browser(visitor_token(), lapsed_token=token, user_agent=agent, address=address, cookie_is_new=True)


def set_cookie(name: str, token: str, *, https: bool) -> bytes:
    """The `Set-Cookie` line; it lasts as long as the browser is open."""
    return f"{name}={token}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if https else ''}".encode()


def cookie_name(*, https: bool) -> str:
    """`__Host-` binds the cookie to this host (RFC 6265bis); plain http, in the demo, cannot have it."""
    return "__Host-portal" if https else "portal"


def _csrf(token: str) -> bytes:
    """A visitor's token stands for one page view or more and never changes; a session's is made anew now and then."""
    return keys.mac("csrf", token if token.startswith("v.") else sessions.that_stays(token))


def _mix(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def _is_ours(token: str) -> bool:
    _, name, signature = (*token.split("."), "", "")[:3]
    return keys.same(signature.encode(), keys.token("visitor", name)[:22].encode())


def _cookie(scope: Scope, name: str) -> str:
    try:
        found = SimpleCookie(_header(scope, b"cookie")).get(name)
    except CookieError:
        return ""
    return found.value[:200] if found else ""


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
