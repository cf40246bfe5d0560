"""The panels of Today: which there are, in which order, what each says and where it leads."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.actor import Actor
from portal.cases import stage_texts
from portal.cover.queries import Absence, covering
from portal.errors import NotFound
from portal.staff.queries import stage_names
from portal.today import queries
from portal.today.advice import advice, wishes
from portal.today.dates import dates
from portal.today.queries import CaseParts, Item, Part
from portal.today.unsent import unsent
from web.dates import today
from web.respond import etag_of

TEMPLATE = "partials/staff/today_panel.html"

Ask = Callable[..., Awaitable[Part]]


@dataclass(frozen=True)
class Kind:
    """The words of one panel. `place` is the address of an item, in which its child and its end are named.

    `every` leads to the whole list, empty when the panel is that.
    """

    title: str
    empty: str
    every: str = ""
    every_words: str = ""
    place: str = "/staff/children/{child}{at}"


@dataclass(frozen=True)
class TodayPanel:
    """What one panel shows."""

    name: str
    kind: Kind
    part: Part

    def href(self, item: Item) -> str:
        """Where an item leads."""
        return self.kind.place.format(child=item.child, at=item.at)


@dataclass(frozen=True)
class Panel:
    """One panel of the page, with what the browser sends back when it asks whether it has changed."""

    view: TodayPanel

    @property
    def etag(self) -> str:
        return etag_of(self.view)


@dataclass(frozen=True)
class TodayView:
    """Everything that waits for one person, and for whom they cover."""

    panels: tuple[Panel, ...]
    covering: tuple[Absence, ...]
    manages: bool


KINDS: Mapping[str, Kind] = {
    "deadlines": Kind(
        "Late, or due in 7 days", "Nothing is late, and nothing is due in the next 7 days.",
        "/staff?whose=mine", "All my cases, most urgent first",
    ),
    "messages": Kind(
        "Messages to answer", "Every message has an answer.", "/staff/inbox?show=mine", "All messages for me to answer",
        "/staff/children/{child}/messages/{at}",
    ),
    "returned": Kind(
        "Forms that came back", "You have read every form that came back.",
        "/staff?whose=mine&only=returned", "All cases with forms that came back",
        "/staff/children/{child}/actions/{at}",
    ),
    "tasks": Kind(
        "Tasks", "There is no task to do.", "/staff/tasks?whose=mine", "All my tasks", "/staff/tasks/{at}",
    ),
    "comments": Kind(
        "Comments on draft plans", "Every comment on a draft plan has an answer.",
        "/staff?whose=mine&stage=draft", "All my cases with a draft plan",
        "/staff/children/{child}/draft-plan/answers/{at}",
    ),
    "advice": Kind(
        "Advice late, or due in 7 days", "No advice is late, and none is due in the next 7 days.",
        "/staff?whose=mine&only=advice", "All my cases with late advice",
        "/staff/children/{child}/advice/{at}",
    ),
    "wishes": Kind(
        "People a family wants us to ask", "Every family that wants somebody asked has an answer.",
        place="/staff/children/{child}/advice/wishes/{at}",
    ),
    "dates": Kind(
        "Dates in the next 7 days", "No key date and no last day to comment falls in the next 7 days.",
        "/staff?whose=mine&only=dates", "All my cases with a key date in 7 days",
    ),
    "requests": Kind(
        "Requests to decide", "No request waits for a decision.",
        "/staff?whose=mine&order=newest", "All my cases, newest request first",
    ),
    "reviews": Kind(
        "Reviews due this month", "No review is late or due this month.",
        "/staff?whose=mine&stage=in_place", "All my cases with a plan in place",
    ),
    "unsent": Kind("Messages you have not sent", "No message of yours waits to be sent."),
}  # fmt: skip

OF_CASES: Mapping[str, Callable[[CaseParts], Part]] = {
    "deadlines": lambda found: found.deadlines,
    "requests": lambda found: found.requests,
    "reviews": lambda found: found.reviews,
}
"""Panels that one statement fills together."""

OTHERS: Mapping[str, Ask] = {
    "messages": queries.messages,
    "returned": queries.returned,
    "tasks": queries.tasks,
    "comments": queries.comments,
    "advice": advice,
    "wishes": wishes,
    "dates": dates,
    "unsent": unsent,
}


async def today_of(actor: Actor, *, now: datetime, shown: int | None = None) -> TodayView:
    """Every panel and for whom the actor covers, with twelve statements; `shown` lines of each, or its own number."""
    more = {} if shown is None else {"shown": shown}
    cases = await _cases(actor, now, **more)
    parts = {name: pick(cases) for name, pick in OF_CASES.items()}
    parts |= {name: await ask(actor, now=now, **more) for name, ask in OTHERS.items()}
    panels = tuple(Panel(TodayPanel(name, kind, parts[name])) for name, kind in KINDS.items())
    return TodayView(panels, await covering(actor, today(now)), actor.is_manager)


async def panel_of(actor: Actor, name: str, *, now: datetime) -> TodayPanel:
    """One panel. Raises NotFound when there is none of this name."""
    if name not in KINDS:
        raise NotFound
    ask = OTHERS.get(name)
    part = await ask(actor, now=now) if ask else OF_CASES[name](await _cases(actor, now))
    return TodayPanel(name, KINDS[name], part)


async def _cases(actor: Actor, now: datetime, **more: int) -> CaseParts:
    await stage_texts.refresh()
    return await queries.of_cases(actor, dict(stage_names()), now=now, **more)
