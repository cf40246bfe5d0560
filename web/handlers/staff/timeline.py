"""The SEND team's side of the timeline: see it, move the stage, record decisions, exceptions and key dates."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.cases import commands, corrections
from portal.cases.explaining import explain_lateness
from portal.cases.queries import ChildCase, case_of, case_of_letter, struck_out_of
from portal.cases.rules import recordable
from portal.drafts.to_ask import before_the_final_plan
from portal.evidence.queries import by_post_only, recipients_of_letter
from portal.once import only_once
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.timeline import (
    DecisionForm,
    ExceptionForm,
    ExplanationForm,
    KeyDateForm,
    LastDayForm,
    StageForm,
    StrikeForm,
)
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page
from web.views.decisions import letter_view
from web.views.timeline import form_view, timeline

FORMS = "pages/staff/timeline"
ENDS_A_DRAFT = frozenset({"final_issued", "reassessed_plan_issued"})
TOLD = "The family has been told by email that there is news."


@get("/staff/children/{child:str}/timeline", access=Access.STAFF)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """The timeline as the family sees it, with warnings and everything that was recorded."""
    record = await _child(request, child)
    shown = request.query_params.get("case", "")
    case = await case_of(request.actor, record, today=today(now_of(request)), case=shown)
    return page(request, f"{FORMS}/show.html", timeline(case, await struck_out_of(case)))


@get("/staff/children/{child:str}/timeline/stage", access=Access.STAFF)
async def stage(request: Request, child: FromPath[str]) -> Response[str]:
    """The form to move the stage."""
    return await _form(request, await _child(request, child), "stage", await kept(request, Form()))


@post("/staff/children/{child:str}/timeline/stage", access=Access.STAFF)
async def move_stage(request: Request, child: FromPath[str]) -> Response[str]:
    """Move the stage by hand."""
    record, form = await _child(request, child), await StageForm.of(request)
    now = now_of(request)

    async def act() -> str:
        return await commands.move_stage(request.actor, record, form.stage, today=today(now), now=now)

    return await _do(request, record, "stage", form, act, f"The stage has been moved. {TOLD}")


@get("/staff/children/{child:str}/timeline/decision", access=Access.STAFF)
async def decision(request: Request, child: FromPath[str]) -> Response[str]:
    """The form to record a decision."""
    return await _form(request, await _child(request, child), "decision", await kept(request, Form()))


@post("/staff/children/{child:str}/timeline/decision", access=Access.STAFF)
async def record_decision(request: Request, child: FromPath[str]) -> Response[str]:
    """Record a decision with its date and a note to the family."""
    record, form = await _child(request, child), await DecisionForm.of(request)
    now = now_of(request)

    async def act() -> str:
        return await commands.record_decision(
            request.actor, record, form.decision, today=today(now), now=now, case=form.case
        )

    return await _do(request, record, "decision", form, act, f"The decision has been recorded. {TOLD}")


@get("/staff/children/{child:str}/timeline/letters/{decision:str}", access=Access.STAFF)
async def letter(request: Request, child: FromPath[str], decision: FromPath[str]) -> Response[str]:
    """The letter about a decision, to read and to print, and who was told of it."""
    record = await _child(request, child)
    view = await letter_view(request.actor, record, decision, now=now_of(request))
    recipients = await recipients_of_letter(record, decision)
    return page(
        request, f"{FORMS}/letter.html", replace(view, recipients=recipients, by_post=await by_post_only(record))
    )


@get("/staff/children/{child:str}/timeline/strike-out", access=Access.STAFF)
async def mistake(request: Request, child: FromPath[str]) -> Response[str]:
    """The form to strike out one entry: the one that is named, or the newest."""
    return await _form(request, await _child(request, child), "strike_out", await kept(request, Form()))


@post("/staff/children/{child:str}/timeline/strike-out", access=Access.STAFF)
async def strike_out(request: Request, child: FromPath[str]) -> Response[str]:
    """Strike out the entry that the page named, which was a mistake."""
    record, form = await _child(request, child), await StrikeForm.of(request)
    now = now_of(request)

    async def act() -> str:
        return await corrections.strike_out(request.actor, record, form.entry, form.reason, now=now)

    return await _do(request, record, "strike_out", form, act, f"The entry has been struck out. {TOLD}")


@get("/staff/children/{child:str}/timeline/exceptions/{exception:str}", access=Access.STAFF)
async def open_exception(request: Request, child: FromPath[str], exception: FromPath[str]) -> Response[str]:
    """The form to give an open exception its last day."""
    return await _form(request, await _child(request, child), "last_day", await kept(request, Form()), exception)


@post("/staff/children/{child:str}/timeline/exceptions/{exception:str}", access=Access.STAFF)
async def record_last_day(request: Request, child: FromPath[str], exception: FromPath[str]) -> Response[str]:
    """Give an open exception its last day."""
    record, form = await _child(request, child), await LastDayForm.of(request)
    now = now_of(request)

    async def act() -> str:
        assert form.ends is not None, "the form refuses a missing day"
        return await corrections.record_last_day(request.actor, record, exception, form.ends, now=now)

    return await _do(request, record, "last_day", form, act, f"The last day has been recorded. {TOLD}", exception)


@get("/staff/children/{child:str}/timeline/exception", access=Access.STAFF)
async def exception(request: Request, child: FromPath[str]) -> Response[str]:
    """The form to record a lawful exception."""
    return await _form(request, await _child(request, child), "exception", await kept(request, Form()))


@post("/staff/children/{child:str}/timeline/exception", access=Access.STAFF)
async def record_exception(request: Request, child: FromPath[str]) -> Response[str]:
    """Record a lawful exception beside a statutory date."""
    record, form = await _child(request, child), await ExceptionForm.of(request)
    now = now_of(request)

    async def act() -> str:
        return await commands.record_exception(request.actor, record, form.exception, today=today(now), now=now)

    return await _do(request, record, "exception", form, act, f"The exception has been recorded. {TOLD}")


@get("/staff/children/{child:str}/timeline/explanation", access=Access.STAFF)
async def explanation(request: Request, child: FromPath[str]) -> Response[str]:
    """The form to explain a late date to the family."""
    return await _form(request, await _child(request, child), "explanation", await kept(request, Form()))


@post("/staff/children/{child:str}/timeline/explanation", access=Access.STAFF)
async def explain(request: Request, child: FromPath[str]) -> Response[str]:
    """Tell the family why a date is late, and what is aimed for now."""
    record, form = await _child(request, child), await ExplanationForm.of(request)
    now = now_of(request)

    async def act() -> str:
        return await explain_lateness(request.actor, record, form.explanation(today(now)), now=now)

    return await _do(request, record, "explanation", form, act, f"The late date has been explained. {TOLD}")


@get("/staff/children/{child:str}/timeline/key-date", access=Access.STAFF)
async def key_date(request: Request, child: FromPath[str]) -> Response[str]:
    """The form to add a key date."""
    return await _form(request, await _child(request, child), "key_date", await kept(request, Form()))


@post("/staff/children/{child:str}/timeline/key-date", access=Access.STAFF)
async def add_key_date(request: Request, child: FromPath[str]) -> Response[str]:
    """Add a key date, such as a meeting."""
    record, form = await _child(request, child), await KeyDateForm.of(request)
    now = now_of(request)

    async def act() -> str:
        assert form.on is not None, "the form refuses a missing day"
        return await commands.add_key_date(request.actor, record, form.on, form.title, today=today(now), now=now)

    return await _do(request, record, "key_date", form, act, f"The key date has been added. {TOLD}")


@post("/staff/children/{child:str}/timeline/key-date/{date:str}/remove", access=Access.STAFF)
async def remove_key_date(request: Request, child: FromPath[str], date: FromPath[str]) -> Response[str]:
    """Take out a key date that the team had added."""
    record, form = await _child(request, child), await Form.of(request)
    now = now_of(request)

    async def act() -> str:
        return await commands.remove_key_date(request.actor, record, date, now=now)

    await only_once(once_key(request, form), act, now=now)
    return await _done(request, record, f"The key date has been taken out. {TOLD}", now)


async def _child(request: Request, child: str) -> ChildRecord:
    return await child_of(request.actor, child, now=now_of(request))


async def _form(request: Request, child: ChildRecord, name: str, form: Form, entry: str = "") -> Response[str]:
    """The form about the newest request; or about the one that the address names, or in which `entry` was recorded."""
    entry = entry or _said(request, form, "entry")
    case = await _about(request, child, entry, _said(request, form, "case"))
    asks = name == "decision" and bool(ENDS_A_DRAFT & set(recordable(case.facts, case.today)))
    before_final = await before_the_final_plan(child) if asks else ()
    view = form_view(case, entry, before_final, await by_post_only(child))
    return page(request, f"{FORMS}/{name}.html", view, form=form)


async def _about(request: Request, child: ChildRecord, entry: str, case: str) -> ChildCase:
    if entry:
        return await case_of_letter(request.actor, child, entry, today=today(now_of(request)))
    return await case_of(request.actor, child, today=today(now_of(request)), case=case)


def _said(request: Request, form: Form, name: str) -> str:
    return form.value(name) or request.query_params.get(name, "")


async def _do(
    request: Request,
    child: ChildRecord,
    name: str,
    form: Form,
    act: Callable[[], Awaitable[str]],
    said: str,
    entry: str = "",
) -> Response[str]:
    """Do it once and go back to the timeline; or show the form again with what is to be mended."""
    now = now_of(request)
    done = await once(request, form, act, *form.all_typed)
    if done is None:
        return await _form(request, child, name, form, entry)
    return await _done(request, child, said, now, case=form.value("case"))


async def _done(request: Request, child: ChildRecord, said: str, now: datetime, case: str = "") -> Response[str]:
    await request.auth.say(said, now)
    shown = f"?case={quote(case)}" if case else ""
    return go(request, f"/staff/children/{child.public_id}/timeline{shown}")
