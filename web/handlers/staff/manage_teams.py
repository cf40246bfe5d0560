"""The teams, and how families reach them."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.staff import teams
from portal.staff.teams import TeamLine
from web.access import Access
from web.forms.form import Form
from web.forms.managing import TAKES, TeamForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

LIST = "/staff/manage/teams"


@dataclass(frozen=True)
class TeamList:
    """Every team."""

    teams: tuple[TeamLine, ...]


@dataclass(frozen=True)
class TeamPage:
    """The form for one; `team` is None for a new one."""

    here: str
    team: TeamLine | None
    takes: tuple[tuple[str, str], ...] = tuple(TAKES.items())


@get(LIST, access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """Every team by name."""
    return page(request, "pages/staff/manage/teams.html", TeamList(await teams.teams()))


@get(f"{LIST}/new", access=Access.MANAGER)
async def new(request: Request) -> Response[str]:
    """The form for a new team."""
    return _show(request, None, await kept(request, Form.showing(takes_new_requests="yes")))


@post(f"{LIST}/new", access=Access.MANAGER)
async def add(request: Request) -> Response[str]:
    """Add a team."""
    return await _take(request, None)


@get(f"{LIST}/{{team:int}}", access=Access.MANAGER)
async def show(request: Request, team: FromPath[int]) -> Response[str]:
    """One team, to be changed."""
    found = await teams.team(team)
    takes = "yes" if found.takes_new_requests else "no"
    typed = Form.showing(name=found.name, phone=found.phone, email=found.email, takes_new_requests=takes)
    return _show(request, found, await kept(request, typed))


@post(f"{LIST}/{{team:int}}", access=Access.MANAGER)
async def change(request: Request, team: FromPath[int]) -> Response[str]:
    """Change its name, phone number or address, or whether it takes new requests."""
    return await _take(request, await teams.team(team))


async def _take(request: Request, team: TeamLine | None) -> Response[str]:
    form, now = await TeamForm.of(request), now_of(request)
    done = await once(
        request, form, lambda: teams.save_team(request.actor, team, form.details, now=now), *form.all_typed
    )
    if done is None:
        return _show(request, team, form)
    await request.auth.say(f"The team “{form.details.name}” is kept. Families see it at once.", now)
    return go(request, LIST)


def _show(request: Request, team: TeamLine | None, form: Form) -> Response[str]:
    view = TeamPage(f"{LIST}/{team.id if team else 'new'}", team)
    return page(request, "pages/staff/manage/team.html", view, form=form)
