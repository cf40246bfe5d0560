"""What the demo shows and production does not have: every email, and the staff's authenticator codes."""

from litestar import Response, get
from litestar.params import FromPath

from portal.demo import mailbox
from web.access import Access
from web.respond import Request, fragment, now_of, page

LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none';"
    " sandbox allow-popups allow-top-navigation-by-user-activation"
)
"""For an email's own HTML, which has its styles in it, as emails must."""


@get("/demo/mailbox", access=Access.DEMO)
async def mails(request: Request) -> Response[str]:
    """Every email that the portal sent, newest first."""
    return page(request, "pages/demo/mailbox.html", await mailbox.mailbox(request.query_params.get("before", "")))


@get("/demo/panels/mailbox", access=Access.DEMO, touches_session=False)
async def newest_mails(request: Request) -> Response[str]:
    """The newest emails, as the page asks for them every few seconds."""
    return fragment(request, "partials/demo/mailbox.html", await mailbox.mailbox())


@get("/demo/mailbox/{mail:str}", access=Access.DEMO)
async def one_mail(request: Request, mail: FromPath[str]) -> Response[str]:
    """One email as text."""
    return page(request, "pages/demo/mail.html", await mailbox.mail(mail))


@get("/demo/mailbox/{mail:str}/html", access=Access.DEMO)
async def mail_as_html(request: Request, mail: FromPath[str]) -> Response[str]:
    """One email as a mail program shows it, shut off from the portal's pages."""
    found = await mailbox.mail(mail)
    return Response(found.html, media_type="text/html", headers={"Content-Security-Policy": LETTER_POLICY})


@get("/demo/codes", access=Access.DEMO)
async def codes(request: Request) -> Response[str]:
    """What the authenticator apps of the demo's staff show now."""
    return page(request, "pages/demo/codes.html", await mailbox.staff_codes(now_of(request)))


@get("/demo/panels/codes", access=Access.DEMO, touches_session=False)
async def codes_now(request: Request) -> Response[str]:
    """The codes, as the page asks for them every few seconds."""
    return fragment(request, "partials/demo/codes.html", await mailbox.staff_codes(now_of(request)))
