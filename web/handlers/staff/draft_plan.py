"""The SEND team's side of a draft plan: serve it, see the days left, give more time, read and answer."""

from collections.abc import Awaitable, Callable

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, adults_of, child_of
from portal.documents.staff_queries import document_of
from portal.drafts import queries, serving
from portal.drafts.queries import Served
from portal.drafts.serving import Serving
from portal.errors import NotFound, RuleBroken
from portal.once import only_once
from web.access import Access
from web.dates import today
from web.draft_plan import AnswerView, ExtendView, ServeView, StaffView
from web.forms.draft_plan import AnswerForm, ExtendForm, ServeForm
from web.forms.form import Form
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page

PAGES = "pages/staff/draft_plan"


@get("/staff/children/{child:str}/draft-plan", access=Access.STAFF)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """Each adult's days, and what they said about each section. `?draft=` shows an earlier draft."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    drafts = await queries.drafts_of(record, now=now)
    wanted = request.query_params.get("draft", "")
    draft = next((one for one in drafts if one.public_id == wanted), drafts[0] if drafts else None)
    responses = await queries.sent_about(draft) if draft else ()
    evidence = (await document_of(record, draft.document)).recipients if draft else ()
    return page(request, f"{PAGES}/show.html", StaffView(record, draft, drafts, responses, today(now), evidence))


@get("/staff/children/{child:str}/draft-plan/start", access=Access.STAFF)
async def start(request: Request, child: FromPath[str]) -> Response[str]:
    """Which document, on which day, on whom."""
    day = today(now_of(request))
    typed = {"served-day": str(day.day), "served-month": str(day.month), "served-year": str(day.year)}
    form = await kept(request, Form.showing(**typed))
    return page(request, f"{PAGES}/start.html", await _serve_view(request, child), form=form)


@post("/staff/children/{child:str}/draft-plan/start", access=Access.STAFF)
async def serve(request: Request, child: FromPath[str]) -> Response[str]:
    """First show child, document and each adult once more; then serve it."""
    view, now = await _serve_view(request, child), now_of(request)
    documents, adults = {one.public_id for one in view.documents}, {one.public_id for one in view.adults}
    form = await ServeForm.of(request, child=view.child.public_id, documents=documents, adults=adults)
    if not form.ok:
        return page(request, f"{PAGES}/start.html", view, form=form)
    assert form.served is not None, "the form is ok"
    if not form.is_confirmed:
        confirming = view.confirming(form.document, form.recipients, form.served)
        return page(request, f"{PAGES}/confirm.html", confirming, form=form)
    chosen = Serving(form.document, form.served, form.recipients)

    async def act() -> str:
        return await serving.serve(request.actor, view.child, chosen, today=today(now), now=now)

    if await _done(request, form, act):
        return await _back(request, view.child, "The draft plan is served. Each of these adults is told by email.")
    return page(request, f"{PAGES}/start.html", view, form=form)


@get("/staff/children/{child:str}/draft-plan/time/{adult:str}", access=Access.STAFF)
async def more_time(request: Request, child: FromPath[str], adult: FromPath[str]) -> Response[str]:
    """How long this adult has, and the form to give more time."""
    view = await _extend_view(request, child, adult)
    return page(request, f"{PAGES}/time.html", view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/draft-plan/time/{adult:str}", access=Access.STAFF)
async def extend(request: Request, child: FromPath[str], adult: FromPath[str]) -> Response[str]:
    """Give more time; nobody can be given less."""
    view, now = await _extend_view(request, child, adult), now_of(request)
    form = await ExtendForm.of(request)

    async def act() -> str:
        assert form.until is not None, "the form is ok"
        return await serving.extend(
            request.actor, view.child, adult, form.until, form.reason, today=today(now), now=now
        )

    if await _done(request, form, act):
        return await _back(request, view.child, f"{view.served.name} has more time, and is told by email.")
    return page(request, f"{PAGES}/time.html", view, form=form)


@get("/staff/children/{child:str}/draft-plan/answers/{response:str}", access=Access.STAFF)
async def ask_answer(request: Request, child: FromPath[str], response: FromPath[str]) -> Response[str]:
    """What one adult sent, and the form to answer it."""
    view = await _answer_view(request, child, response)
    return page(request, f"{PAGES}/answer.html", view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/draft-plan/answers/{response:str}", access=Access.STAFF)
async def answer(request: Request, child: FromPath[str], response: FromPath[str]) -> Response[str]:
    """Answer it; the adult who sent it is told by email."""
    view, now = await _answer_view(request, child, response), now_of(request)
    form = await AnswerForm.of(request, part=view.response.part)

    async def act() -> str:
        return await serving.answer(request.actor, view.child, view.response, form.outcome, form.answer, now=now)

    if await _done(request, form, act):
        return await _back(request, view.child, f"The answer is sent to {view.response.adult}.")
    return page(request, f"{PAGES}/answer.html", view, form=form)


async def _serve_view(request: Request, child: str) -> ServeView:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    documents = await queries.documents_to_serve(record, now=now)
    return ServeView(record, documents, tuple(await adults_of(record.id)))


async def _extend_view(request: Request, child: str, adult: str) -> ExtendView:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    served = [one for draft in await queries.drafts_of(record, now=now) for one in draft.served]
    return ExtendView(record, _of_adult(served, adult), today(now))


def _of_adult(served: list[Served], adult: str) -> Served:
    """The last service on one adult. Raises NotFound."""
    found = max((one for one in served if one.public_id == adult), key=lambda one: one.id, default=None)
    if found is None:
        raise NotFound
    return found


async def _answer_view(request: Request, child: str, response: str) -> AnswerView:
    record = await child_of(request.actor, child, now=now_of(request))
    return AnswerView(record, await queries.response_of(record, response))


async def _done(request: Request, form: Form, act: Callable[[], Awaitable[str]]) -> bool:
    """Do it once if the form is ok; whether it was done. What breaks a rule stands beside its field."""
    if not form.ok:
        return False
    try:
        await only_once(once_key(request, form), act, now=now_of(request))
    except RuleBroken as error:
        form.refuse(error.field, error.message)
    return form.ok


async def _back(request: Request, child: ChildRecord, said: str) -> Response[str]:
    await request.auth.say(said, now_of(request))
    return go(request, f"/staff/children/{child.public_id}/draft-plan")
