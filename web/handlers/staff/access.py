"""The SEND team activates, refuses and withdraws access to a child's record."""

from dataclasses import dataclass
from datetime import date, datetime

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adult_of, child_of
from portal.access.rules import GOES_ON_AS, may_be_given
from portal.accounts import second_factor
from portal.accounts.rules import RESET_CHECKS
from portal.documents.giving import has_earlier_documents
from portal.once import only_once
from portal.relationships import commands
from portal.relationships.waiting import AccessRequest, access_request, waiting_access
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.identity import IdentityForm
from web.forms.staff_children import GroundForm, ReasonForm
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page

APP_PAGE = "pages/staff/access/authenticator.html"


@dataclass(frozen=True)
class AdultOfChild:
    """Whose access to which child is asked about, on which day."""

    child: ChildRecord
    adult: AdultWithAccess
    today: date
    checks: tuple[tuple[str, str], ...] = tuple(RESET_CHECKS.items())

    @property
    def other_grounds(self) -> tuple[tuple[str, str], ...]:
        """The relationships that are not recorded now, as choices."""
        return _choices(self.adult.basis, self.child.date_of_birth, self.today)


@dataclass(frozen=True)
class OtherGround:
    """Somebody who waits for access on a ground that is not right."""

    request: AccessRequest
    today: date

    @property
    def other_grounds(self) -> tuple[tuple[str, str], ...]:
        """The relationships that are not recorded now, as choices."""
        return _choices(self.request.basis, self.request.child_born, self.today)


@get("/staff/access", access=Access.STAFF)
async def access_requests(request: Request) -> Response[str]:
    """Accepted invitations that wait for a last check, oldest first."""
    after = request.query_params.get("after", "")
    view = await waiting_access(request.actor, after=after, now=now_of(request))
    return page(request, "pages/staff/access/index.html", view)


@post("/staff/access/{relationship:str}/activate", access=Access.STAFF)
async def activate(request: Request, relationship: FromPath[str]) -> Response[str]:
    """Activate: give access."""
    form, now = await Form.of(request), now_of(request)
    waiting = await access_request(request.actor, relationship, now=now)
    await only_once(once_key(request, form), lambda: commands.activate(request.actor, waiting, now=now), now=now)
    said = f"{waiting.registered_name} now has access to the record of {waiting.child_name}."
    if await has_earlier_documents(relationship):
        await request.auth.say(f"{said} Choose which earlier documents they get.", now)
        return go(request, f"/staff/children/{waiting.child}/access/{relationship}/documents")
    await request.auth.say(said, now)
    return go(request, "/staff/access")


@get("/staff/access/{relationship:str}/relationship", access=Access.STAFF)
async def ground_of_request(request: Request, relationship: FromPath[str]) -> Response[str]:
    """Ask on what legal ground somebody waits, when the recorded one is not right."""
    now = now_of(request)
    view = OtherGround(await access_request(request.actor, relationship, now=now), today(now))
    return page(request, "pages/staff/access/ground.html", view, form=await kept(request, Form()))


@post("/staff/access/{relationship:str}/relationship", access=Access.STAFF)
async def choose_ground(request: Request, relationship: FromPath[str]) -> Response[str]:
    """Record the right ground. Access still waits."""
    form, now = await GroundForm.of(request, grounds=GOES_ON_AS), now_of(request)
    view = OtherGround(await access_request(request.actor, relationship, now=now), today(now))
    done = await once(request, form, lambda: commands.choose_ground(request.actor, view.request, form.ground, now=now))
    if done is None:
        return page(request, "pages/staff/access/ground.html", view, form=form)
    await request.auth.say(f"The relationship of {view.request.registered_name} is changed. Now activate it.", now)
    return go(request, "/staff/access")


@get("/staff/access/{relationship:str}/refuse", access=Access.STAFF)
async def refusal(request: Request, relationship: FromPath[str]) -> Response[str]:
    """Ask for the reason."""
    waiting = await access_request(request.actor, relationship, now=now_of(request))
    return _refusal(request, waiting, await kept(request, Form()))


@post("/staff/access/{relationship:str}/refuse", access=Access.STAFF)
async def refuse(request: Request, relationship: FromPath[str]) -> Response[str]:
    """Refuse: do not give access."""
    form, now = await ReasonForm.of(request), now_of(request)
    waiting = await access_request(request.actor, relationship, now=now)
    done = await once(request, form, lambda: commands.refuse(request.actor, waiting, form.reason, now=now))
    if done is None:
        return _refusal(request, waiting, form)
    await request.auth.say(f"{waiting.registered_name} was not given access. We have emailed them.", now)
    return go(request, "/staff/access")


@get("/staff/children/{child:str}/access/{relationship:str}/withdraw", access=Access.STAFF)
async def withdrawal(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Ask for the reason."""
    found = await child_of(request.actor, child, now=now_of(request))
    return await _withdrawal(request, found, relationship, await kept(request, Form()))


@post("/staff/children/{child:str}/access/{relationship:str}/withdraw", access=Access.STAFF)
async def withdraw(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Withdraw access, at once."""
    form, now = await ReasonForm.of(request), now_of(request)
    found = await child_of(request.actor, child, now=now)
    done = await once(
        request, form, lambda: commands.withdraw(request.actor, found, relationship, form.reason, now=now)
    )
    if done is None:
        return await _withdrawal(request, found, relationship, form)
    await request.auth.say("Access has ended. We have emailed the person.", now)
    return go(request, f"/staff/children/{child}")


@get("/staff/children/{child:str}/access/{relationship:str}/relationship", access=Access.STAFF)
async def other_ground(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Ask on what legal ground access goes on, and why."""
    now = now_of(request)
    view = await _adult(await child_of(request.actor, child, now=now), relationship, now)
    return page(request, "pages/staff/access/relationship.html", view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/access/{relationship:str}/relationship", access=Access.STAFF)
async def change_ground(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Let access go on, on another legal ground."""
    now = now_of(request)
    view = await _adult(await child_of(request.actor, child, now=now), relationship, now)
    form = await GroundForm.of(request, grounds=GOES_ON_AS)
    done = await once(request, form, lambda: _rebase(request, view, form.ground))
    if done is None:
        return page(request, "pages/staff/access/relationship.html", view, form=form)
    await request.auth.say(f"{view.adult.name} keeps access. We have emailed them.", now)
    return go(request, f"/staff/children/{child}")


@get("/staff/children/{child:str}/access/{relationship:str}/authenticator", access=Access.STAFF)
async def lost_app(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """The question before the authenticator app of an adult is forgotten."""
    now = now_of(request)
    view = await _adult(await child_of(request.actor, child, now=now), relationship, now)
    return page(request, APP_PAGE, view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/access/{relationship:str}/authenticator", access=Access.STAFF)
async def forget_lost_app(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Forget the app: codes come by email again."""
    form, now = await IdentityForm.of(request), now_of(request)
    view = await _adult(await child_of(request.actor, child, now=now), relationship, now)
    done = await once(
        request, form, lambda: second_factor.forget_lost(request.actor, view.child, view.adult, form.check, now=now)
    )
    if done is None:
        return page(request, APP_PAGE, view, form=form)
    await request.auth.say(f"{view.adult.name} signs in with codes by email again. We have emailed them.", now)
    return go(request, f"/staff/children/{child}")


async def _rebase(request: Request, view: AdultOfChild, ground: commands.Ground) -> str:
    return await commands.rebase(request.actor, view.child, view.adult.relationship, ground, now=now_of(request))


def _refusal(request: Request, waiting: AccessRequest, form: Form) -> Response[str]:
    return page(request, "pages/staff/access/refuse.html", waiting, form=form)


async def _withdrawal(request: Request, child: ChildRecord, relationship: str, form: Form) -> Response[str]:
    return page(
        request, "pages/staff/access/withdraw.html", await _adult(child, relationship, now_of(request)), form=form
    )


async def _adult(child: ChildRecord, relationship: str, now: datetime) -> AdultOfChild:
    return AdultOfChild(child, await adult_of(child, relationship), today(now))


def _choices(basis: str, born: date, day: date) -> tuple[tuple[str, str], ...]:
    """The grounds on which access may go on for somebody born then, but for the one that is recorded."""
    lawful = may_be_given(born, day)
    return tuple(one for one in GOES_ON_AS.items() if one[0] in lawful and one[0] != basis)
