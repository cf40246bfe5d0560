"""The SEND team puts right the name or date of birth of a child, or of an adult with access to the record."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adult_of, child_of
from portal.details.commands import correct_adult, correct_child
from portal.details.queries import details_of_adult, details_of_child
from portal.details.rules import Correction, Details
from portal.errors import ChangedSince, RuleBroken
from portal.once import only_once
from web.access import Access
from web.dates import day_and_time, today
from web.forms.details import DetailsForm
from web.forms.form import Form
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page

OF_CHILD = "/staff/children/{child:str}/details"
OF_ADULT = "/staff/children/{child:str}/access/{relationship:str}/details"


@dataclass(frozen=True)
class DetailsPage:
    """The details on record, and whose: the child's, or those of `adult`.

    `typed` is set when they are newer than those that the form was opened with: what was to be put in their place.
    """

    child: ChildRecord
    adult: AdultWithAccess | None
    details: Details
    typed: Details | None = None

    @property
    def name(self) -> str:
        return (self.adult or self.child).name

    @property
    def both(self) -> tuple[tuple[str, object, object], ...]:
        """Each detail with what is on record and what was typed."""
        names = (("Forename", "forename"), ("Surname", "surname"), ("Date of birth", "date_of_birth"))
        return tuple((words, getattr(self.details, one), getattr(self.typed, one)) for words, one in names)


@get([OF_CHILD, OF_ADULT], access=Access.STAFF)
async def show(request: Request, child: FromPath[str], relationship: FromPath[str] = "") -> Response[str]:
    """The details on record, to be put right."""
    view = await _view(request, child, relationship)
    return _page(request, view, await kept(request, DetailsForm.of_details(view.details)))


@post([OF_CHILD, OF_ADULT], access=Access.STAFF)
async def correct(request: Request, child: FromPath[str], relationship: FromPath[str] = "") -> Response[str]:
    """Put them right, unless they are newer than what the form was opened with. Whom it concerns is told."""
    view, now = await _view(request, child, relationship), now_of(request)
    form = await DetailsForm.of(request, today=today(now), is_childs=not relationship)
    if form.ok:
        try:
            await only_once(once_key(request, form), lambda: _correct(request, view, form.correction), now=now)
            told = "the person" if relationship else "the family"
            await request.auth.say(f"The details are corrected. We have emailed {told}.", now)
            return go(request, f"/staff/children/{child}")
        except ChangedSince as error:
            form.refuse("", _look_again(error))
            view = await _view(request, child, relationship, typed=form.correction.to)
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return _page(request, view, form)


async def _view(request: Request, child: str, relationship: str, typed: Details | None = None) -> DetailsPage:
    found = await child_of(request.actor, child, now=now_of(request))
    if not relationship:
        return DetailsPage(found, None, await details_of_child(found), typed)
    adult = await adult_of(found, relationship)
    return DetailsPage(found, adult, (await details_of_adult(found, adult)).details, typed)


async def _correct(request: Request, view: DetailsPage, correction: Correction) -> str:
    now = now_of(request)
    if view.adult is None:
        return await correct_child(request.actor, view.child, correction, now=now)
    return await correct_adult(request.actor, view.child, view.adult, correction, now=now)


def _look_again(changed: ChangedSince) -> str:
    when = f" on {day_and_time(changed.at)}" if changed.at else ""
    return f"{changed.by or 'Somebody'} changed these details{when}. Look at both, then decide"


def _page(request: Request, view: DetailsPage, form: Form) -> Response[str]:
    return page(request, "pages/staff/children/details.html", view, form=form)
