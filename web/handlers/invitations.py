"""Account Setup: a family opens the emailed link and answers its invitations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath

from portal.invitations import answering, queries
from portal.invitations.queries import AccountSetup, Awaiting, Opened
from portal.once import only_once
from portal.sign_in import mailbox, sessions
from web.access import Access
from web.forms.form import Form
from web.forms.invitations import ANSWERS, AnswerForm
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page

CONTINUE = (
    "Your invitation is open. Now register for a new account, or sign in if you have one."
    " Use the email address that we sent the invitation to."
)
ACCEPTED = "Thank you. The SEND team now checks your access. We email you when it is ready."
DECLINED = "Thank you. The SEND team sees that you do not wish to continue."
ASKED = "We have told the SEND team that your invitation ran out. They send you a new code by email."


@dataclass(frozen=True)
class Answer:
    """What was chosen, to be looked at before it is sent."""

    invitations: tuple[Awaiting, ...]
    answer: str
    answer_in_words: str


@dataclass(frozen=True)
class ClosedLink:
    """A link that leads nowhere any more. `token` is the link's own when a new one may be asked for."""

    heading: str
    sentences: tuple[str, ...]
    token: str = ""


CLOSED: Mapping[Opened, tuple[int, str, tuple[str, ...]]] = {
    Opened.EXPIRED: (
        410,
        "This invitation has run out",
        ("An invitation works for 28 days.", "Ask for a new one, and the SEND team sends you a new code by email."),
    ),
    Opened.USED: (
        410,
        "This invitation has been used",
        ("An invitation works once.", "If you answered it, sign in to see how things stand."),
    ),
    Opened.CANCELLED: (
        410,
        "This invitation has been cancelled",
        ("The SEND team has taken it back.", "If you did not expect that, phone or email the team."),
    ),
    Opened.UNKNOWN: (
        404,
        "We do not know this invitation",
        ("If you have a newer email from us, use the link in that one.", "Check that you copied all of the link."),
    ),
}


@get("/invitations/{token:str}", access=Access.PUBLIC)
async def open_link(request: Request, token: FromPath[str]) -> Response[str]:
    """The emailed link: keep the invitation for this browser and take the link out of the address bar."""
    now = now_of(request)
    opened = await queries.opened_link(token, now=now)
    if opened.what is not Opened.READY:
        status, heading, sentences = CLOSED[opened.what]
        view = ClosedLink(heading, sentences, token if opened.what is Opened.EXPIRED else "")
        return page(request, "pages/invitations/closed.html", view, status=status)
    await sessions.remember(await request.auth.row(now), invitation=opened.invitation)
    if request.user:
        return go(request, "/invitations")
    await request.auth.say(CONTINUE, now)
    return go(request, "/")


@post("/invitations/ask", access=Access.PUBLIC)
async def ask_again(request: Request) -> Response[str]:
    """The link ran out: the SEND team is asked for a new one."""
    form, now = await Form.of(request), now_of(request)
    await answering.ask_again(form.value("token"), now=now)
    await request.auth.say(ASKED, now)
    return go(request, "/children" if request.user else "/")


@get("/invitations", access=Access.FAMILY)
async def account_setup(request: Request) -> Response[str]:
    """The invitations that wait for an answer."""
    return _setup_page(request, await _setup(request), await kept(request, Form()))


@post("/invitations", access=Access.FAMILY)
async def choose(request: Request) -> Response[str]:
    """First step: which, and yes or no. The choice travels in the next page's address; ids tell nothing."""
    view = await _setup(request)
    form = await AnswerForm.of(request, awaiting=_ids(view))
    if not view.invitations:
        return go(request, "/invitations")
    if not form.ok:
        return _setup_page(request, view, form)
    chosen = urlencode({"invitation": form.invitations, "answer": form.answer}, doseq=True)
    return go(request, f"/invitations/confirm?{chosen}")


@get("/invitations/confirm", access=Access.FAMILY)
async def confirm(request: Request) -> Response[str]:
    """Second step: look at it once more."""
    view = await _setup(request)
    query = {name: request.query_params.getall(name, []) for name in ("invitation", "answer")}
    form = _answer((await kept(request, Form(query))).typed, view)
    if not form.ok:
        return go(request, "/invitations")
    chosen = tuple(invitation for invitation in view.invitations if invitation.public_id in form.invitations)
    answer = Answer(chosen, form.answer, ANSWERS[form.answer])
    return page(request, "pages/invitations/confirm.html", answer, form=form)


@post("/invitations/confirm", access=Access.FAMILY)
async def submit(request: Request) -> Response[str]:
    """The answer itself. Whether the invitations still wait is for the command to say, once."""
    asked = (await Form.of(request)).values("invitation")
    form, now = await AnswerForm.of(request, awaiting=asked), now_of(request)
    if not form.ok:
        return go(request, "/invitations")
    key = once_key(request, form, form.answer, *form.invitations)
    try:
        await only_once(key, lambda: _send(request, form, now), now=now)
    except mailbox.NotShown:
        return go(request, "/account/mailbox")
    await sessions.remember(await request.auth.row(now), invitation="")
    await request.auth.say(ACCEPTED if form.answer == "yes" else DECLINED, now)
    return go(request, "/children")


async def _send(request: Request, form: AnswerForm, now: datetime) -> str:
    """A yes needs somebody who reads the invited address now: by the emailed link, or by a code that went there."""
    if form.answer != "yes":
        return await answering.decline(request.actor, form.invitations, now=now)
    session = request.auth.session
    by_link = session is not None and set(form.invitations) == {session.invitation}
    if not by_link and not await mailbox.is_read(request.actor, await request.auth.row(now), now=now):
        raise mailbox.NotShown
    return await answering.accept(request.actor, form.invitations, now=now)


async def _setup(request: Request) -> AccountSetup:
    session = request.auth.session
    opened = session.invitation if session else ""
    return await queries.account_setup(request.actor, opened, now=now_of(request))


def _setup_page(request: Request, view: AccountSetup, form: Form) -> Response[str]:
    return page(request, "pages/invitations/setup.html", view, form=form)


def _answer(typed: Mapping[str, Sequence[str]], view: AccountSetup) -> AnswerForm:
    form = AnswerForm(typed)
    form.awaiting = _ids(view)
    form.read()
    return form


def _ids(view: AccountSetup) -> list[str]:
    return [invitation.public_id for invitation in view.invitations]
