"""What the pages about a draft plan show, put together from the draft, what was said about it, and the day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from portal import keys
from portal.access.queries import AdultWithAccess, ChildRecord
from portal.access.rules import Part
from portal.actions import queries as actions
from portal.actions.queries import ActionsPanel
from portal.actor import Actor
from portal.drafts import rules
from portal.drafts.queries import DraftPlan, OwnDraft, PublishedDocument, Response, Served
from portal.drafts.rules import Section
from portal.drafts.to_ask import NotServed
from portal.evidence.queries import ByPost, RecipientLine
from web.dates import today as today_at


@dataclass(frozen=True)
class PartLine:
    """One section or request in the family's list. `state` is in words."""

    part: str
    title: str
    purpose: str
    state: str
    colour: str


@dataclass(frozen=True)
class OwnView:
    """The draft plan of one child for one adult; `own` is None while no draft was served on them."""

    child: ChildRecord
    own: OwnDraft | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.own is not None and rules.is_late(self.today, self.own.last_day)

    @property
    def countdown(self) -> str:
        return rules.countdown(self.own.last_day, self.today) if self.own else ""

    @property
    def is_finished(self) -> bool:
        """Whether everything that is saved can be sent."""
        return self.own is not None and not any(one.missing for one in self.own.unsent)

    @property
    def seal(self) -> str:
        """What the page carries where it is checked: it fits precisely what is saved. Empty when nothing is."""
        if self.own is None or not self.own.unsent:
            return ""
        saved = (f"{one.part} {one.saved_at.isoformat()}" for one in self.own.unsent)
        return keys.token("send_draft", self.own.draft.public_id, *saved)

    @property
    def sections(self) -> tuple[PartLine, ...]:
        """The sections A to K, and in the place of Section I the school."""
        return tuple(self._line(key, one) for key, one in rules.SECTIONS.items())

    @property
    def meeting(self) -> PartLine:
        return PartLine(rules.MEETING, "Ask for a meeting", "", *self._state(rules.MEETING, "Not asked for"))

    def _line(self, key: str, section: Section) -> PartLine:
        part = rules.SCHOOL if key == rules.PLACEMENT else key
        nothing = "No school asked for" if part == rules.SCHOOL else "No comment yet"
        return PartLine(part, f"{key}: {section.name}", section.purpose, *self._state(part, nothing))

    def _state(self, part: str, nothing: str) -> tuple[str, str]:
        about = [one for one in self.own.responses if one.part == part] if self.own else []
        if not about:
            return nothing, "grey"
        saved = "Request saved" if part in {rules.SCHOOL, rules.MEETING} else "Comment saved"
        for one in about:
            if one.sent_at is None:
                return f"{saved}, {'not finished' if one.missing else 'not sent'}", "orange"
        return ("Answered", "green") if about[0].answers else ("Sent", "")


@dataclass(frozen=True)
class PartView:
    """The page of one part: what was sent about it before, and the form. `following` is the next section's key."""

    child: ChildRecord
    own: OwnDraft
    today: date
    part: str
    here: str

    @property
    def title(self) -> str:
        return {rules.SCHOOL: "Ask for a school or college", rules.MEETING: "Ask for a meeting"}.get(
            self.part, rules.title_of(self.part)
        )

    @property
    def section(self) -> Section | None:
        return rules.SECTIONS.get(self.part)

    @property
    def following(self) -> str:
        return rules.following(self.part) if self.section else ""

    @property
    def is_saved(self) -> bool:
        return self.own.saved(self.part) is not None

    @property
    def sent(self) -> tuple[Response, ...]:
        return tuple(one for one in self.own.sent if one.part == self.part)

    @property
    def school_kinds(self) -> tuple[tuple[str, str], ...]:
        return tuple(rules.SCHOOL_KINDS.items())


@dataclass(frozen=True)
class StaffPart:
    """One section or request as the team reads it, with what every adult sent about it."""

    title: str
    purpose: str
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class StaffView:
    """A draft for the SEND team. `draft` is None while there is none; `drafts` are all, newest first.

    `evidence` says for each adult when they got the document, its email, and opened it. `not_served` are the people
    whom the law wants to be asked, and who have no draft.
    """

    child: ChildRecord
    draft: DraftPlan | None
    drafts: tuple[DraftPlan, ...]
    responses: tuple[Response, ...]
    today: date
    evidence: tuple[RecipientLine, ...] = ()
    not_served: tuple[NotServed, ...] = ()

    @property
    def unanswered(self) -> str:
        """How much is not answered yet, in words; empty when all of it is."""
        number = sum(one.is_unanswered for one in self.responses)
        return rules.unanswered_in_words(number) if number else ""

    @property
    def parts(self) -> tuple[StaffPart, ...]:
        """Sections A to K, with the request for a school beside Section I, and then the request for a meeting."""
        sections = (
            StaffPart(rules.title_of(key), one.purpose, self._about(key)) for key, one in rules.SECTIONS.items()
        )
        return (*sections, StaffPart(rules.title_of(rules.MEETING), "", self._about(rules.MEETING)))

    def countdown(self, served: Served) -> str:
        return rules.countdown(served.last_day, self.today)

    def _about(self, key: str) -> tuple[Response, ...]:
        part = rules.SCHOOL if key == rules.PLACEMENT else key
        return tuple(one for one in self.responses if one.part == part)


@dataclass(frozen=True)
class ServeView:
    """Which documents and adults can be chosen; in the confirmation, which were, and whether they had it `on_paper`."""

    child: ChildRecord
    documents: tuple[PublishedDocument, ...]
    adults: tuple[AdultWithAccess, ...]
    document: PublishedDocument | None = None
    chosen: tuple[AdultWithAccess, ...] = ()
    served: date | None = None
    until: date | None = None
    on_paper: bool = False
    by_post: tuple[ByPost, ...] = ()

    def confirming(self, document: str, people: Iterable[str], on_paper: date | None, *, today: date) -> "ServeView":
        """The same, with what was chosen."""
        served = on_paper or today
        return replace(
            self,
            document=next(one for one in self.documents if one.public_id == document),
            chosen=tuple(one for one in self.adults if one.public_id in people),
            served=served,
            until=rules.last_day(served),
            on_paper=on_paper is not None,
        )


@dataclass(frozen=True)
class ExtendView:
    """Who gets more time, and how long they have now."""

    child: ChildRecord
    served: Served
    today: date

    @property
    def countdown(self) -> str:
        return rules.countdown(self.served.last_day, self.today)


@dataclass(frozen=True)
class MistakeView:
    """Which service is struck out."""

    child: ChildRecord
    draft: DraftPlan
    served: Served


@dataclass(frozen=True)
class AnswerView:
    """What one adult sent, and what can be answered."""

    child: ChildRecord
    response: Response

    @property
    def outcomes(self) -> tuple[tuple[str, str], ...]:
        return tuple(rules.outcomes(self.response.part).items())


async def actions_panel(actor: Actor, child: ChildRecord, *, now: datetime) -> ActionsPanel:
    """Actions to Complete on the dashboard, with one line about a draft plan that is open. One query."""
    panel = await actions.panel(actor, child, now=now)
    if panel.draft_last_day is None:
        return panel
    if not child.shows(Part.DRAFT_PLAN):
        return replace(panel, draft_last_day=None)
    return replace(panel, draft_plan=rules.reminder(panel.draft_last_day, today_at(now)))
