"""The SEND team's own people: who is here, a new colleague, a change, an end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts.rules import RESET_CHECKS
from portal.cover.queries import Absence, covered_by
from portal.staff import moving, people, rules
from portal.staff.people import Colleague
from portal.staff.teams import teams
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.identity import IdentityForm
from web.forms.managing import ColleagueForm
from web.forms.staff_children import ReasonForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page
from web.spreadsheet import spreadsheet

LIST = "/staff/manage/people"
MOVE = "/staff/manage/caseload"
PAGES = "pages/staff/manage"
COLUMNS = ("Name", "Email", "Role", "Team", "Children", "Authenticator app", "Disabled")


@dataclass(frozen=True)
class PeopleList:
    """Everybody of the SEND team."""

    people: tuple[Colleague, ...]


@dataclass(frozen=True)
class ColleaguePage:
    """The form for one; `person` is None for somebody new. `may_change` is False for who stands above."""

    here: str
    person: Colleague | None
    roles: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]
    is_self: bool
    may_change: bool


@dataclass(frozen=True)
class ChangingTeam:
    """Somebody with cases who comes `to` another team; `seen` says which children they have."""

    person: Colleague
    here: str
    to: str
    seen: str


@dataclass(frozen=True)
class Ending:
    """One colleague whose sign-in is to change, and for whom they cover."""

    person: Colleague
    covered: tuple[Absence, ...] = ()
    checks: tuple[tuple[str, str], ...] = tuple(RESET_CHECKS.items())


@get(LIST, access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """Everybody, those who still work here first."""
    return page(request, f"{PAGES}/people.html", PeopleList(await people.people()))


@get(f"{LIST}.csv", access=Access.MANAGER, is_download=True)
async def export(request: Request) -> Response[bytes]:
    """Everybody, as a file for a spreadsheet."""
    rows = [
        (one.name, one.email, one.role_in_words, one.team_name, one.cases, "yes" if one.has_app else "no",
         one.disabled_at)
        for one in await people.people()
    ]  # fmt: skip
    return await spreadsheet(request, "colleagues", COLUMNS, rows)


@get(f"{LIST}/new", access=Access.MANAGER)
async def new(request: Request) -> Response[str]:
    """The form for a new colleague."""
    return await _show(request, None, await kept(request, Form()))


@post(f"{LIST}/new", access=Access.MANAGER)
async def add(request: Request) -> Response[str]:
    """Add a colleague, who is mailed."""
    form, now = await ColleagueForm.of(request, teams=await _teams(), address=""), now_of(request)
    hasher = request.app.state.hasher

    async def act() -> str:
        await people.welcome(request.actor, form.details, hasher, now=now)
        return f"{form.details.forename} {form.details.surname} is in the team now. They are mailed how to sign in."

    return await _do(request, form, act) or await _show(request, None, form)


@get(f"{LIST}/{{person:str}}", access=Access.MANAGER)
async def show(request: Request, person: FromPath[str]) -> Response[str]:
    """One colleague, to be changed."""
    found = await people.colleague(person)
    typed = Form.showing(forename=found.forename, surname=found.surname, role=found.role, team=str(found.team))
    return await _show(request, found, await kept(request, typed))


@post(f"{LIST}/{{person:str}}", access=Access.MANAGER)
async def change(request: Request, person: FromPath[str]) -> Response[str]:
    """Change name, role or team."""
    found, now = await people.colleague(person), now_of(request)
    form = await ColleagueForm.of(request, teams=await _teams(), address=found.email)
    if form.cases == "first":
        await request.auth.say("Nothing is changed yet. Move the cases, then change the team.", now)
        return go(request, f"{MOVE}?giver={found.public_id}")
    if form.ok and not form.cases and found.cases and form.details.team != found.team:
        return await _ask_about_cases(request, found, form)

    async def act() -> str:
        await people.change(request.actor, found, form.details, cases=form.seen, now=now)
        return f"{form.details.forename} {form.details.surname} has been changed."

    show = _ask_about_cases if form.seen else _show
    return await _do(request, form, act) or await show(request, found, form)


@get(f"{LIST}/{{person:str}}/disable", access=Access.MANAGER)
async def disabling(request: Request, person: FromPath[str]) -> Response[str]:
    """The question before a sign-in ends."""
    view = await _ending(request, await people.colleague(person))
    return page(request, f"{PAGES}/disable.html", view, form=await kept(request, Form()))


@post(f"{LIST}/{{person:str}}/disable", access=Access.MANAGER)
async def disable(request: Request, person: FromPath[str]) -> Response[str]:
    """End the sign-in of somebody who has left."""
    found, form, now = await people.colleague(person), await ReasonForm.of(request), now_of(request)

    async def act() -> str:
        await people.disable(request.actor, found, form.reason, now=now)
        still = " Now move their caseload." if found.cases else ""
        return f"{found.name} can no longer sign in, and is signed out everywhere.{still}"

    done = await _do(request, form, act, then=_after_ending(found))
    return done or page(request, f"{PAGES}/disable.html", await _ending(request, found), form=form)


@post(f"{LIST}/{{person:str}}/enable", access=Access.MANAGER)
async def enable(request: Request, person: FromPath[str]) -> Response[str]:
    """Let somebody sign in again."""
    found, form = await people.colleague(person), await Form.of(request)

    async def act() -> str:
        await people.enable(request.actor, found, now=now_of(request))
        return f"{found.name} can sign in again."

    return await _do(request, form, act) or await _show(request, found, form)


@get(f"{LIST}/{{person:str}}/authenticator", access=Access.MANAGER)
async def resetting(request: Request, person: FromPath[str]) -> Response[str]:
    """The question before an authenticator app is forgotten."""
    view = Ending(await people.colleague(person))
    return page(request, f"{PAGES}/authenticator.html", view, form=await kept(request, Form()))


@post(f"{LIST}/{{person:str}}/authenticator", access=Access.MANAGER)
async def reset(request: Request, person: FromPath[str]) -> Response[str]:
    """For a lost telephone: they set up an app anew when they next sign in."""
    found, form = await people.colleague(person), await IdentityForm.of(request)

    async def act() -> str:
        await people.reset_authenticator(request.actor, found, form.check, now=now_of(request))
        return f"{found.name} sets up an authenticator app when they next sign in."

    return await _do(request, form, act) or page(request, f"{PAGES}/authenticator.html", Ending(found), form=form)


async def _ask_about_cases(request: Request, person: Colleague, form: ColleagueForm) -> Response[str]:
    """A second look before somebody with cases changes team: a child belongs to the team of its caseworker."""
    to = (await _teams()).get(form.details.team, "the new team")
    view = ChangingTeam(person, f"{LIST}/{person.public_id}", to, await moving.seen_of(person.id))
    return page(request, f"{PAGES}/colleague_team.html", view, form=form)


async def _ending(request: Request, person: Colleague) -> Ending:
    return Ending(person, await covered_by(person.id, today(now_of(request))))


def _after_ending(person: Colleague) -> str:
    """Whoever leaves cases behind is next on the page that moves them."""
    return f"{MOVE}?giver={person.public_id}" if person.cases else LIST


async def _do(
    request: Request, form: Form, act: Callable[[], Awaitable[str]], *, then: str = LIST
) -> Response[str] | None:
    """The way on when it is done, once; None when a rule forbids it, which then stands in `form`."""
    said = await once(request, form, act, *form.all_typed)
    if said is None:
        return None
    await request.auth.say(said, now_of(request))
    return go(request, then)


async def _show(request: Request, person: Colleague | None, form: Form) -> Response[str]:
    actor = request.actor
    is_self = person is not None and person.id == actor.account
    may_change = person is None or is_self or person.role in rules.GIVES[actor.role]
    roles = ((person.role, person.role_in_words),) if person and is_self else rules.choices(actor.role)
    choices = tuple((str(key), name) for key, name in (await _teams()).items())
    here = f"{LIST}/{person.public_id if person else 'new'}"
    view = ColleaguePage(here, person, roles, choices, is_self, may_change)
    return page(request, f"{PAGES}/colleague.html", view, form=form)


async def _teams() -> dict[int, str]:
    return {one.id: one.name for one in await teams()}
