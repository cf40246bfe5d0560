"""The pages in the footer, and the answer for machines that ask whether the portal is well."""

from dataclasses import dataclass
from datetime import timedelta

from litestar import Response, get

from db.engine import fetch_one
from portal import tidying
from portal.cases.clock import COMMENTS_LAST_DAY
from portal.invitations import rules as invitations
from portal.sign_in import rules
from web.access import Access
from web.respond import Request, page
from web.session import cookie_name

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """What these pages say about times, in minutes, hours and days."""

    code_minutes: int
    session_minutes: int
    team_minutes: int
    second_step_minutes: int
    session_hours: int
    registration_hours: int
    unique_code_days: int
    session_note_days: int
    comment_days: int


@dataclass(frozen=True)
class CookiePage:
    """The one cookie: what it is called here, and when it stops working."""

    name: str
    limits: Limits


@get("/help", access=Access.PUBLIC)
async def help_page(request: Request) -> Response[str]:
    """How to register, sign in and get help."""
    return page(request, "pages/information/help.html", _limits())


@get("/accessibility", access=Access.PUBLIC)
async def accessibility(request: Request) -> Response[str]:
    """The accessibility statement (Public Sector Bodies Accessibility Regulations 2018, reg 8)."""
    return page(request, "pages/information/accessibility.html")


@get("/privacy", access=Access.PUBLIC)
async def privacy(request: Request) -> Response[str]:
    """The privacy notice (UK GDPR articles 13 and 14)."""
    return page(request, "pages/information/privacy.html", _limits())


@get("/cookies", access=Access.PUBLIC)
async def cookies(request: Request) -> Response[str]:
    """The one cookie (Privacy and Electronic Communications Regulations 2003, reg 6)."""
    name = cookie_name(https=request.app.state.settings.https)
    return page(request, "pages/information/cookies.html", CookiePage(name, _limits()))


@get("/healthz", access=Access.PUBLIC, touches_session=False)
async def health(request: Request) -> Response[str]:
    """`ok` when the database answers; a 503 page when it does not."""
    await fetch_one("SELECT 1")
    return Response("ok", media_type="text/plain")


def _limits() -> Limits:
    return Limits(
        code_minutes=rules.CODE_LIFETIME // MINUTE,
        session_minutes=rules.FAMILY_IDLE // MINUTE,
        team_minutes=rules.STAFF_IDLE // MINUTE,
        second_step_minutes=rules.HALF_SIGNED_IN_LIFETIME // MINUTE,
        session_hours=rules.SESSION_LIFETIME // HOUR,
        registration_hours=rules.VISITOR_LIFETIME // HOUR,
        unique_code_days=invitations.CODE_LIFETIME.days,
        comment_days=COMMENTS_LAST_DAY.days + 1,
        session_note_days=tidying.KEEP_SESSIONS.days,
    )
