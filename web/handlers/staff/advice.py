"""The SEND team asks for advice, records what came back, and answers a family that wants another adviser."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.advice import commands, queries
from portal.advice.queries import AdviceOfChild, Adviser, Wish
from portal.advice.rules import ADVISERS, ANSWERS, LATE_REASONS
from portal.once import only_once
from web.access import Access
from web.dates import short_day, today
from web.forms.advice import AskForm, LateForm, MistakeForm, ReminderForm, ReturnForm, WishAnswerForm
from web.forms.form import Form
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page

PAGES = "pages/staff/advice"
TAKEN_BACK = "Taken back. The advice is waited for again, by the same last day."
REMOVED = "Taken out of the list. If nobody was asked on that day, strike out the entry on the timeline, too."
LIST = "/staff/children/{child:str}/advice"
ONE = LIST + "/{adviser:str}"
WISH = LIST + "/wishes/{wish:str}"


@dataclass(frozen=True)
class AskPage:
    """The form for an adviser."""

    child: ChildRecord
    refusal: str
    kinds: tuple[tuple[str, str, str], ...] = tuple((kind, one.label, one.law) for kind, one in ADVISERS.items())


@dataclass(frozen=True)
class AdviserPage:
    """One adviser, with everything that can be recorded."""

    child: ChildRecord
    adviser: Adviser
    documents: tuple[tuple[str, str], ...]
    late_reasons: tuple[tuple[str, str], ...] = tuple(LATE_REASONS.items())


@dataclass(frozen=True)
class WishPage:
    """A family's wish, to be answered."""

    child: ChildRecord
    wish: Wish
    answers: tuple[tuple[str, str], ...] = tuple(ANSWERS.items())


@get(LIST, access=Access.STAFF)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """Who was asked and what came back, who has still to be asked, and what families wish."""
    return page(request, f"{PAGES}/list.html", await _advice(request, child))


@get(f"{LIST}/new", access=Access.STAFF)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """The form for an adviser."""
    chosen = request.query_params.get("kind", "")
    return await _ask_page(request, child, await kept(request, Form.showing(kind=chosen)))


@post(f"{LIST}/new", access=Access.STAFF)
async def ask(request: Request, child: FromPath[str]) -> Response[str]:
    """Record that somebody was asked."""
    record, day, now = await _child(request, child), _today(request), now_of(request)
    form = await AskForm.of(request, today=day)

    async def act() -> str:
        return await commands.ask(request.actor, record, form.adviser, today=day, now=now)

    if await once(request, form, act) is not None:
        await request.auth.say(f"Recorded: {form.adviser.name} was asked on {short_day(form.adviser.asked_on)}.", now)
        return go(request, f"/staff/children/{child}/advice")
    return await _ask_page(request, child, form)


@get([ONE, f"{ONE}/returned", f"{ONE}/not-returned", f"{ONE}/reminded", f"{ONE}/late"], access=Access.STAFF)
async def adviser(request: Request, child: FromPath[str], adviser: FromPath[str]) -> Response[str]:
    """One adviser, with forms for what came back, a reminder and a reason for being late."""
    record = await _child(request, child)
    found = await _adviser_page(request, record, adviser)
    form = await kept(request, _as_recorded(found.adviser, request.actor.name))
    return page(request, f"{PAGES}/adviser.html", found, form=form)


@post(f"{ONE}/returned", access=Access.STAFF)
async def returned(request: Request, child: FromPath[str], adviser: FromPath[str]) -> Response[str]:
    """Record what came back."""
    record, day, now = await _child(request, child), _today(request), now_of(request)
    documents = [one for one, *_ in await queries.documents_to_link(record)]
    form = await ReturnForm.of(request, today=day, documents=documents)

    async def act() -> str:
        return await commands.record_return(request.actor, record, adviser, form.advice, today=day, now=now)

    return await _record(request, record, adviser, form, act, "It is recorded that the advice came.")


@post(f"{ONE}/not-returned", access=Access.STAFF)
async def not_returned(request: Request, child: FromPath[str], adviser: FromPath[str]) -> Response[str]:
    """Take back that the advice came, which was a mistake."""
    record, form, now = await _child(request, child), await MistakeForm.of(request), now_of(request)

    async def act() -> str:
        return await commands.take_back_return(request.actor, record, adviser, form.reason, now=now)

    return await _record(request, record, adviser, form, act, TAKEN_BACK)


@post(f"{ONE}/reminded", access=Access.STAFF)
async def reminded(request: Request, child: FromPath[str], adviser: FromPath[str]) -> Response[str]:
    """Record a reminder."""
    record, day, now = await _child(request, child), _today(request), now_of(request)
    form = await ReminderForm.of(request, today=day)

    async def act() -> str:
        return await commands.record_reminder(request.actor, record, adviser, form.on, today=day, now=now)

    return await _record(request, record, adviser, form, act, "The reminder is recorded.")


@post(f"{ONE}/late", access=Access.STAFF)
async def late(request: Request, child: FromPath[str], adviser: FromPath[str]) -> Response[str]:
    """Record a reason in law for being late."""
    record, day, now = await _child(request, child), _today(request), now_of(request)
    form = await LateForm.of(request, recorder=request.actor.name)

    async def act() -> str:
        return await commands.record_exception(request.actor, record, adviser, form.why, today=day, now=now)

    return await _record(request, record, adviser, form, act, "The reason is recorded. The last day stays as it is.")


@post(f"{ONE}/remove", access=Access.STAFF)
async def remove(request: Request, child: FromPath[str], adviser: FromPath[str]) -> Response[str]:
    """Take out what was recorded by mistake."""
    record, form, now = await _child(request, child), await Form.of(request), now_of(request)
    key = once_key(request, form)
    await only_once(key, lambda: commands.remove(request.actor, record, adviser, now=now), now=now)
    await request.auth.say(REMOVED, now)
    return go(request, f"/staff/children/{child}/advice")


@get(WISH, access=Access.STAFF)
async def wish(request: Request, child: FromPath[str], wish: FromPath[str]) -> Response[str]:
    """What a family wishes, and the form to answer."""
    return await _wish_page(request, await _child(request, child), wish, await kept(request, Form()))


@post(WISH, access=Access.STAFF)
async def answer(request: Request, child: FromPath[str], wish: FromPath[str]) -> Response[str]:
    """Answer it."""
    record, day, now = await _child(request, child), _today(request), now_of(request)
    form = await WishAnswerForm.of(request, today=day)

    async def act() -> str:
        return await commands.answer_wish(request.actor, record, wish, form.answer, today=day, now=now)

    if await once(request, form, act) is not None:
        await request.auth.say("The answer is recorded. We have emailed the family.", now)
        return go(request, f"/staff/children/{child}/advice")
    return await _wish_page(request, record, wish, form)


async def _record(
    request: Request, child: ChildRecord, adviser: str, form: Form, act: Callable[[], Awaitable[str]], done: str
) -> Response[str]:
    if await once(request, form, act) is not None:
        await request.auth.say(done, now_of(request))
        return go(request, f"/staff/children/{child.public_id}/advice")
    return page(request, f"{PAGES}/adviser.html", await _adviser_page(request, child, adviser), form=form)


async def _adviser_page(request: Request, child: ChildRecord, adviser: str) -> AdviserPage:
    found = await queries.adviser_of(child, adviser, today=_today(request))
    documents = await queries.documents_to_link(child)
    return AdviserPage(child, found, tuple((one, f"{said}, {short_day(on)}") for one, said, on in documents))


def _as_recorded(adviser: Adviser, recorder: str) -> Form:
    """What was recorded before, so that it can be put right; `recorder` is who decides unless somebody else did."""
    return Form.showing(
        note=adviser.note,
        document=adviser.document or "",
        late_kind=adviser.exception_kind,
        late_reason=adviser.exception_reason,
        late_approved_by=adviser.exception_approved_by or recorder,
        **_parts("late_starts", adviser.exception_starts),
        **_parts("late_ends", adviser.exception_ends),
        **_parts("late_target", adviser.exception_target),
        **_parts("returned_on", adviser.returned_on),
    )


def _parts(name: str, on: date | None) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")} if on else {}


async def _ask_page(request: Request, child: str, form: Form) -> Response[str]:
    view = await _advice(request, child)
    return page(request, f"{PAGES}/new.html", AskPage(view.child, view.refusal), form=form)


async def _wish_page(request: Request, child: ChildRecord, wish: str, form: Form) -> Response[str]:
    found = await queries.wish_of(request.actor, child, wish)
    return page(request, f"{PAGES}/wish.html", WishPage(child, found), form=form)


async def _advice(request: Request, child: str) -> AdviceOfChild:
    return await queries.advice_of(request.actor, await _child(request, child), today=_today(request))


async def _child(request: Request, child: str) -> ChildRecord:
    return await child_of(request.actor, child, now=now_of(request))


def _today(request: Request) -> date:
    return today(now_of(request))
