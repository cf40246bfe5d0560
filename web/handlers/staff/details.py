"""The SEND team puts right the name or date of birth of a child, or of an adult with access to the record."""

from dataclasses import dataclass
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adult_of, child_of
from portal.accounts import correcting as people
from portal.children import correcting as children
from portal.errors import RuleBroken
from portal.once import only_once
from web.access import Access
from web.dates import today
from web.forms.corrections import ChildDetailsForm, PersonDetailsForm
from web.forms.form import Form
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page

OF_CHILD = "/staff/children/{child:str}/details"
OF_ADULT = "/staff/children/{child:str}/access/{relationship:str}/details"


@dataclass(frozen=True)
class DetailsPage:
    """The child, and the adult whose details they are; None when they are the child's own."""

    child: ChildRecord
    adult: AdultWithAccess | None = None

    @property
    def name(self) -> str:
        return (self.adult or self.child).name


@get(OF_CHILD, access=Access.STAFF)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """The child's details, to be put right."""
    found = await child_of(request.actor, child, now=now_of(request))
    shown = _shown(found.forename, found.surname, found.date_of_birth)
    return _page(request, DetailsPage(found), await kept(request, shown))


@post(OF_CHILD, access=Access.STAFF)
async def correct(request: Request, child: FromPath[str]) -> Response[str]:
    """Put them right; the family is told."""
    now = now_of(request)
    found = await child_of(request.actor, child, now=now)
    form = await ChildDetailsForm.of(request, today=today(now))
    if form.ok:
        act = lambda: children.correct(request.actor, found, form.details, form.reason, now=now)  # noqa: E731
        try:
            await only_once(once_key(request, form), act, now=now)
            await request.auth.say("The details are corrected. We have emailed the family.", now)
            return go(request, f"/staff/children/{child}")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return _page(request, DetailsPage(found), form)


@get(OF_ADULT, access=Access.STAFF)
async def show_adult(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """An adult's details, to be put right."""
    view, adult = await _adult(request, child, relationship)
    person = await people.person_of(view.child, adult)
    shown = _shown(person.forename, person.surname, person.date_of_birth)
    return _page(request, view, await kept(request, shown))


@post(OF_ADULT, access=Access.STAFF)
async def correct_adult(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Put them right; the owner of the account is told."""
    now = now_of(request)
    view, adult = await _adult(request, child, relationship)
    form = await PersonDetailsForm.of(request, today=today(now))
    if form.ok:
        act = lambda: people.correct(request.actor, view.child, adult, form.person, form.reason, now=now)  # noqa: E731
        try:
            await only_once(once_key(request, form), act, now=now)
            await request.auth.say("The details are corrected. We have emailed the person.", now)
            return go(request, f"/staff/children/{child}")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return _page(request, view, form)


async def _adult(request: Request, child: str, relationship: str) -> tuple[DetailsPage, AdultWithAccess]:
    found = await child_of(request.actor, child, now=now_of(request))
    adult = await adult_of(found, relationship)
    return DetailsPage(found, adult), adult


def _shown(forename: str, surname: str, born: date | None) -> Form:
    parts = {f"date_of_birth-{part}": str(getattr(born, part)) if born else "" for part in ("day", "month", "year")}
    return Form.showing(forename=forename, surname=surname, **parts)


def _page(request: Request, view: DetailsPage, form: Form) -> Response[str]:
    return page(request, "pages/staff/children/details.html", view, form=form)
