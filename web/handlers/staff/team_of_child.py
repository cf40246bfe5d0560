"""A manager gives one child to another caseworker or another team."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.colleagues.queries import Choices
from portal.staff import assigning, teams
from portal.staff.teams import TeamLine
from web.access import Access
from web.dates import today
from web.forms.caseload import TakerForm
from web.forms.form import Form
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

HERE = "/staff/children/{child:str}/team"


@dataclass(frozen=True)
class TeamOfChild:
    """The child, its team now, and who may take it over."""

    child: ChildRecord
    team: TeamLine
    takers: Choices


@get(HERE, access=Access.MANAGER)
async def choose(request: Request, child: FromPath[str]) -> Response[str]:
    """Who has the child now, and who could."""
    found = await child_of(request.actor, child, now=now_of(request))
    return await _show(request, found, await kept(request, Form()))


@post(HERE, access=Access.MANAGER)
async def move(request: Request, child: FromPath[str]) -> Response[str]:
    """Give the child to another; the family is told."""
    form, now = await TakerForm.of(request), now_of(request)
    found = await child_of(request.actor, child, now=now)
    done = await once(request, form, lambda: _assign(request, child, form.taker), form.taker)
    if done is None:
        return await _show(request, found, form)
    await request.auth.say("The case changed hands. The family is told by email.", now)
    return go(request, f"/staff/children/{child}")


async def _assign(request: Request, child: str, taker: str) -> str:
    return str(await assigning.assign(request.actor, [child], taker, now=now_of(request)))


async def _show(request: Request, child: ChildRecord, form: Form) -> Response[str]:
    takers = await assigning.takers(request.actor, today=today(now_of(request)))
    view = TeamOfChild(child, await teams.team(child.team), takers)
    return page(request, "pages/staff/children/team.html", view, form=form)
