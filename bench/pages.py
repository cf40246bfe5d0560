"""A signed-in parent of the demo, and the pages that this parent opens."""

import re
from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch
from portal import keys
from portal.sign_in import sessions
from web.session import cookie_name
from web.settings import Settings

RANDOM_ID = re.compile(r"(?<=/)[A-Za-z0-9_-]{16}(?=/|$)")


@dataclass(frozen=True)
class Browser:
    """A browser that is signed in, and the child whose pages it opens."""

    cookie: str
    child: str
    message: str

    def anonymous(self, path: str) -> str:
        """The path without the random ids."""
        return RANDOM_ID.sub("…", path)


async def open_browser(settings: Settings, now: datetime) -> Browser:
    """Sign in the demo's parent with the most messages."""
    keys.install(settings.secret_key)
    found = await fetch(
        "SELECT v.account, c.public_id AS child, max(m.public_id) AS message FROM conversation v"
        " JOIN child c ON c.id = v.child JOIN message m ON m.conversation = v.id"
        " JOIN relationship r ON r.child = c.id AND r.account = v.account AND r.state = 'active'"
        " GROUP BY v.account, c.public_id ORDER BY count(*) DESC LIMIT 1"
    )
    token = await sessions.open_session("full", found[0]["account"], now=now)
    return Browser(f"{cookie_name(https=False)}={token}", found[0]["child"], found[0]["message"])


async def pages_of(browser: Browser) -> list[str]:
    """Every page that a parent opens, the hot ones first."""
    child = f"/children/{browser.child}"
    return [
        child,
        f"{child}/panels/messages",
        f"{child}/messages",
        "/children",
        f"{child}/timescale",
        f"{child}/key-dates",
        f"{child}/messages/sent",
        f"{child}/messages/new",
        f"{child}/messages/{browser.message}",
        f"{child}/documents",
        f"{child}/actions",
        "/invitations",
        "/account",
    ]
