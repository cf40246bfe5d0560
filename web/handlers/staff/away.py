"""Being away: from when to when, and who covers. Managers say it for colleagues too."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.cover import commands, queries
from portal.cover.queries import Absence, Person
from portal.once import only_once
from portal.staff.assigning import colleagues
from web.access import Access
from web.dates import today
from web.forms.away import AwayForm
from web.forms.form import Form
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page
from web.spreadsheet import MOST_ROWS, spreadsheet

HERE = "/staff/away"


@dataclass(frozen=True)
class AwayPage:
    """Whose absences these are, who may cover, and for managers whose else may be looked at.

    `everybody` is who else of the team is away, or will be.
    """

    person: Person
    is_own: bool
    absences: tuple[Absence, ...]
    covers: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    everybody: tuple[Absence, ...]

    @property
    def here(self) -> str:
        """The address of this person's absences."""
        return HERE if self.is_own else f"{HERE}?person={self.person.public_id}"


@get(HERE, access=Access.STAFF)
async def show(request: Request) -> Response[str]:
    """The absences to come, and the form for another."""
    return await _show(request, await _person(request), await kept(request, Form()))


@post(HERE, access=Access.STAFF)
async def record(request: Request) -> Response[str]:
    """Record an absence."""
    form, now, person = await AwayForm.of(request), now_of(request), await _person(request)
    done = await once(
        request,
        form,
        lambda: commands.go_away(request.actor, person, form.days, form.cover, now=now),
        person.public_id,
        *form.all_typed,
    )
    if done is None:
        return await _show(request, person, form)
    await request.auth.say("The absence is recorded. Whoever covers is told. Families see it while it lasts.", now)
    return go(request, _here(request, person))


@get(f"{HERE}.csv", access=Access.STAFF)
async def export(request: Request) -> Response[bytes]:
    """Who is away, as a file for a spreadsheet."""
    found = await queries.everybody_away(request.actor, today(now_of(request)), limit=MOST_ROWS + 1)
    rows = ((one.person, one.first, one.last, one.cover) for one in found)
    return await spreadsheet(request, "absences", ("Who is away", "First day", "Last day", "Who covers"), rows)


@post("/staff/away/{absence:str}/end", access=Access.STAFF)
async def end(request: Request, absence: FromPath[str]) -> Response[str]:
    """End an absence early."""
    form, now = await Form.of(request), now_of(request)
    await only_once(once_key(request, form), lambda: commands.end_early(request.actor, absence, now=now), now=now)
    await request.auth.say("The absence has ended.", now)
    return go(request, _here(request, await _person(request)))


async def _person(request: Request) -> Person:
    return await queries.person_of(request.actor, request.query_params.get("person", "")[:40])


def _here(request: Request, person: Person) -> str:
    return HERE if person.id == request.actor.account else f"{HERE}?person={person.public_id}"


async def _show(request: Request, person: Person, form: Form) -> Response[str]:
    actor, now = request.actor, now_of(request)
    form.typed.setdefault("person", [person.public_id])
    view = AwayPage(
        person,
        person.id == actor.account,
        await queries.absences_of(person.id, today(now)),
        await queries.covers_for(person, today(now)),
        await colleagues(actor, today=today(now)) if actor.is_manager else (),
        await queries.everybody_away(actor, today(now)),
    )
    return page(request, "pages/staff/away.html", view, form=form)
