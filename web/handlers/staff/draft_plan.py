"""The SEND team's side of a draft plan: serve it, see the days left, give more time, read and answer."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, adults_of, child_of
from portal.documents.staff_queries import document_of
from portal.drafts import mistakes, queries, serving
from portal.drafts.rules import may_be_served
from portal.drafts.serving import Serving
from portal.drafts.telling import TOLD
from portal.drafts.to_ask import not_served
from portal.errors import NotFound
from portal.evidence.queries import by_post_only
from web.access import Access
from web.dates import today
from web.forms.draft_plan import HERE, AnswerForm, ExtendForm, MistakeForm, ServeForm
from web.forms.form import Form
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page
from web.views.draft_plan import AnswerView, ExtendView, MistakeView, ServeView, StaffView

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
    unserved = await not_served(record) if draft == next(iter(drafts), None) else ()
    view = StaffView(record, draft, drafts, responses, today(now), evidence, unserved)
    return page(request, f"{PAGES}/show.html", view)


@get("/staff/children/{child:str}/draft-plan/start", access=Access.STAFF)
async def start(request: Request, child: FromPath[str]) -> Response[str]:
    """Which document, on whom, and how."""
    form = await kept(request, Form.showing(how=HERE))
    return page(request, f"{PAGES}/start.html", await _serve_view(request, child), form=form)


@post("/staff/children/{child:str}/draft-plan/start", access=Access.STAFF)
async def serve(request: Request, child: FromPath[str]) -> Response[str]:
    """First show child, document and each adult once more; then serve it."""
    view, now = await _serve_view(request, child), now_of(request)
    documents, adults = {one.public_id for one in view.documents}, {one.public_id for one in view.adults}
    form = await ServeForm.of(request, child=view.child.public_id, documents=documents, adults=adults)
    if not form.ok:
        return page(request, f"{PAGES}/start.html", view, form=form)
    if not form.is_confirmed:
        confirming = view.confirming(form.document, form.recipients, form.on_paper, today=today(now))
        return page(request, f"{PAGES}/confirm.html", confirming, form=form)
    chosen = Serving(form.document, form.recipients, form.on_paper)

    async def act() -> str:
        return await serving.serve(request.actor, view.child, chosen, today=today(now), now=now)

    if await once(request, form, act):
        said = "The draft plan is served. Only the adults whom you chose are told by email."
        return await _back(request, view.child, said)
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

    if told := await once(request, form, act):
        adult = view.served.name
        return await _back(request, view.child, f"{adult} has more time. {_in_words(told, adult)}")
    return page(request, f"{PAGES}/time.html", view, form=form)


@get("/staff/children/{child:str}/draft-plan/{draft:str}/strike-out/{adult:str}", access=Access.STAFF)
async def mistake(request: Request, child: FromPath[str], draft: FromPath[str], adult: FromPath[str]) -> Response[str]:
    """The form to strike out that a draft was served on one adult."""
    view = await _mistake_view(request, child, draft, adult)
    return page(request, f"{PAGES}/mistake.html", view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/draft-plan/{draft:str}/strike-out/{adult:str}", access=Access.STAFF)
async def strike_out(
    request: Request, child: FromPath[str], draft: FromPath[str], adult: FromPath[str]
) -> Response[str]:
    """Strike it out; only this adult is told."""
    view, now = await _mistake_view(request, child, draft, adult), now_of(request)
    form = await MistakeForm.of(request)

    async def act() -> str:
        return await mistakes.strike_out(request.actor, view.child, draft, adult, form.reason, now=now)

    if told := await once(request, form, act):
        name = view.served.name
        return await _back(request, view.child, f"It is struck out. {_in_words(told, name)}")
    return page(request, f"{PAGES}/mistake.html", view, form=form)


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

    if told := await once(request, form, act):
        adult = view.response.adult
        said = f"The answer is sent to {adult}." if told == TOLD else f"The answer is kept. {_in_words(told, adult)}"
        return await _back(request, view.child, said)
    return page(request, f"{PAGES}/answer.html", view, form=form)


async def _serve_view(request: Request, child: str) -> ServeView:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    documents = await queries.documents_to_serve(record, now=now)
    adults = tuple(one for one in await adults_of(record.id) if may_be_served(one.basis))
    return ServeView(record, documents, adults, by_post=await by_post_only(record))


async def _extend_view(request: Request, child: str, adult: str) -> ExtendView:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    standing = [one for one in await queries.drafts_of(record, now=now) if not one.is_taken_back]
    served = [one for draft in standing if (one := draft.of_adult(adult)) and not one.is_taken_back]
    if not served:
        raise NotFound
    return ExtendView(record, max(served, key=lambda one: one.id), today(now))


async def _mistake_view(request: Request, child: str, draft: str, adult: str) -> MistakeView:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    for found in await queries.drafts_of(record, now=now):
        for served in (*found.served, *found.mistakes):
            if (found.public_id, served.public_id) == (draft, adult):
                return MistakeView(record, found, served)
    raise NotFound


async def _answer_view(request: Request, child: str, response: str) -> AnswerView:
    record = await child_of(request.actor, child, now=now_of(request))
    return AnswerView(record, await queries.response_of(record, response))


def _in_words(told: str, adult: str) -> str:
    if told == TOLD:
        return f"{adult} is told by email."
    return f"{adult} has no access now, so no email went out. Write or phone."


async def _back(request: Request, child: ChildRecord, said: str) -> Response[str]:
    await request.auth.say(said, now_of(request))
    return go(request, f"/staff/children/{child.public_id}/draft-plan")
