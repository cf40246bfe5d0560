"""What the SEND team types about a case: a stage, a decision, an exception, a key date."""

from datetime import date

from portal.cases.decision_letters import NEEDS_REASONS, REASONS_MISSING
from portal.cases.rules import (
    DECISIONS,
    DUTIES,
    EXCEPTIONS,
    LATE_NAMES,
    STAGES,
    Decision,
    Explanation,
    LawfulException,
)
from web.forms.form import Form

NOTE_LIMIT = 2000
REASON_LIMIT = 1000
WHY_LATE_LIMIT = 200
"""Characters: it stands beside the lateness, in a narrow column."""
ID_LIMIT = 64


class StageForm(Form):
    """Where the case is moved by hand."""

    stage: str

    def read(self) -> None:
        self.stage = self.choice("stage", STAGES, missing="Choose a stage")


class DecisionForm(Form):
    """A decision or another dated fact. `decision` is there when the form is ok; `case` names an earlier request."""

    decision: Decision
    case: str

    def read(self) -> None:
        kind = self.choice("kind", DECISIONS, missing="Choose what happened")
        on = self.day("on", missing="Enter the date")
        why = REASONS_MISSING if kind in NEEDS_REASONS else ""
        note = self.text("note", missing=why, limit=NOTE_LIMIT, what="The note to the family")
        self.case = self.value("case")[:ID_LIMIT]
        if on:
            self.decision = Decision(kind, on, note)


class StrikeForm(Form):
    """Which entry is struck out, and why it was a mistake."""

    entry: str
    reason: str

    def read(self) -> None:
        self.entry = self.value("entry")[:ID_LIMIT]
        self.reason = self.text("reason", missing="Enter why it was a mistake", limit=REASON_LIMIT, what="The reason")


class ExceptionForm(Form):
    """A lawful exception to one statutory date. `exception` is there when the form is ok."""

    exception: LawfulException

    def read(self) -> None:
        kind = self.choice("kind", EXCEPTIONS, missing="Choose an exception")
        duty = self.choice("duty", DUTIES, missing="Choose which date it is about")
        starts = self.day("starts", missing="Enter the first day", what="The first day")
        ends = self.day("ends", what="The last day")
        reason = self.text("reason", missing="Enter the reason", limit=REASON_LIMIT, what="The reason")
        approved_by = self.text("approved_by", missing="Enter who approved it", what="Approved by")
        target = self.day("revised_target", what="The new target")
        told = self.text("told", limit=REASON_LIMIT, what="What the family reads")
        if starts:
            self.exception = LawfulException(kind, duty, starts, reason, approved_by, ends, target, told)


class LastDayForm(Form):
    """The last day of an exception that was open."""

    ends: date | None

    def read(self) -> None:
        self.ends = self.day("ends", missing="Enter the last day", what="The last day")


class ExplanationForm(Form):
    """Why a date is late."""

    duty: str
    told: str
    new_target: date | None

    def read(self) -> None:
        self.duty = self.choice("duty", LATE_NAMES, missing="Choose which date is late")
        self.told = self.text("told", missing="Enter why it is late", limit=WHY_LATE_LIMIT, what="Why it is late")
        self.new_target = self.day("new_target", missing="Enter the new target", what="The new target")

    def explanation(self, today: date) -> Explanation:
        """What was typed, given on `today`. Only when the form is ok."""
        assert self.new_target is not None, "the form refuses a missing day"
        return Explanation(self.duty, self.told, self.new_target, today)


class KeyDateForm(Form):
    """A date for Key Dates."""

    title: str
    on: date | None

    def read(self) -> None:
        self.title = self.text("title", missing="Enter what happens", what="What happens")
        self.on = self.day("on", missing="Enter the date")
