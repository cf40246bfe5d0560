"""The council's own words for the stages."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.cases import stage_texts, stages
from portal.cases.stage_texts import TextChange
from portal.cases.stages import StageTexts
from portal.errors import NotFound, RuleBroken
from web.access import Access
from web.forms.form import Form
from web.forms.managing import StageForm
from web.kept import kept
from web.respond import Request, go, now_of, page

LIST = "/staff/manage/stages"
EXAMPLE = "Sam"


@dataclass(frozen=True)
class StageLine:
    """One stage: its name now, and whether the council says anything in its own words."""

    key: str
    name: str
    is_own: bool


@dataclass(frozen=True)
class StageList:
    """Every stage, in order."""

    stages: tuple[StageLine, ...]


@dataclass(frozen=True)
class StagePage:
    """One stage to be changed; `shown` is how a family would read it."""

    key: str
    standard: StageTexts
    shown: StageTexts
    is_look: bool
    changes: tuple[TextChange, ...]
    parts: tuple[tuple[str, str], ...] = tuple(stage_texts.PARTS.items())


@get(LIST, access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """Every stage, in order."""
    await stage_texts.refresh(at_once=True)
    now, standard = stages.read_stages().stages, stages.standard().stages
    lines = tuple(StageLine(key, texts.name, texts != standard[key]) for key, texts in now.items())
    return page(request, "pages/staff/manage/stages.html", StageList(lines))


@get(f"{LIST}/{{stage:str}}", access=Access.MANAGER)
async def show(request: Request, stage: FromPath[str]) -> Response[str]:
    """The words of one stage, to be changed."""
    await stage_texts.refresh(at_once=True)
    texts = stages.read_stages().stages.get(stage)
    if texts is None:
        raise NotFound
    typed = Form.showing(**{part: getattr(texts, part) for part in stage_texts.PARTS})
    return await _show(request, stage, await kept(request, typed))


@post(f"{LIST}/{{stage:str}}", access=Access.MANAGER)
async def save(request: Request, stage: FromPath[str]) -> Response[str]:
    """Keep the words, or only look at them."""
    if stage not in stages.standard().stages:
        raise NotFound
    form, now = await StageForm.of(request), now_of(request)
    if form.ok and not form.looks:
        try:
            await stage_texts.save(request.actor, stage, form.texts, now=now)
            await request.auth.say("The words are kept. Families read them from now on.", now)
            return go(request, LIST)
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return await _show(request, stage, form, is_look=form.looks)


async def _show(request: Request, stage: str, form: Form, *, is_look: bool = False) -> Response[str]:
    words = {part: form.value(part) for part in stage_texts.PARTS}
    shown = stage_texts.preview(stage, words, EXAMPLE)
    view = StagePage(stage, stages.standard().stages[stage], shown, is_look, await stage_texts.history(stage))
    return page(request, "pages/staff/manage/stage.html", view, form=form)
