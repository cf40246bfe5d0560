"""The panels of the SEND Dashboard: which there are, in which order, and where each gets what it shows."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.access.queries import ChildRecord
from portal.access.rules import Part
from portal.actor import Actor
from portal.cases.queries import Caseworker, ChildCase, case_of
from portal.documents import queries as documents
from portal.errors import NotFound
from portal.messages import queries as messages
from web.dates import today
from web.respond import etag_of
from web.views import draft_plan, key_dates, timescale

Ask = Callable[..., Awaitable[object]]


@dataclass(frozen=True)
class Panel:
    """One panel. Its template takes `view`, as at its own address."""

    name: str
    view: object

    @property
    def template(self) -> str:
        return f"partials/panels/{self.name.replace('-', '_')}.html"

    @property
    def etag(self) -> str:
        """What the browser sends back when it asks whether the panel has changed."""
        return etag_of(self.view)


@dataclass(frozen=True)
class Dashboard:
    """The SEND Dashboard of one child for one person; `at_work` when they work with the child.

    `shows_who_sees`: it is their own record, so that they decide who sees it.
    """

    child: str
    name: str
    reference: str
    panels: tuple[Panel, ...]
    at_work: bool
    shows_who_sees: bool


def _caseworker(case: ChildCase) -> Caseworker:
    return case.caseworker


OF_THE_CASE: Mapping[str, Callable[[ChildCase], object]] = {
    "timescale": timescale.panel_view,
    "key-dates": key_dates.view,
    "caseworker": _caseworker,
}
"""Panels that one query of the case fills together."""

OF_THE_PERSON: Mapping[str, Ask] = {
    "actions": draft_plan.actions_panel,
    "messages": messages.panel,
    "documents": documents.panel,
}
"""Panels that differ from one adult of a child to the other."""

ORDER = ("timescale", "key-dates", "actions", "messages", "documents", "caseworker")


async def dashboard(actor: Actor, child: ChildRecord, *, now: datetime) -> Dashboard:
    """Every panel, with four queries."""
    case = await case_of(actor, child, today=today(now))
    views = {name: look(case) for name, look in OF_THE_CASE.items()}
    views |= {name: await ask(actor, child, now=now) for name, ask in OF_THE_PERSON.items()}
    panels = tuple(Panel(name, views[name]) for name in ORDER)
    return Dashboard(
        child.public_id, child.name, child.case_reference, panels, child.at_work, child.shows(Part.WHO_SEES)
    )


async def panel(actor: Actor, child: ChildRecord, name: str, *, now: datetime) -> Panel:
    """One panel, with one query. Raises NotFound when there is none of this name."""
    if name in OF_THE_CASE:
        return Panel(name, OF_THE_CASE[name](await case_of(actor, child, today=today(now))))
    if name in OF_THE_PERSON:
        return Panel(name, await OF_THE_PERSON[name](actor, child, now=now))
    raise NotFound
