"""What the SEND team types about a case: a stage, a decision, an exception, a key date."""

from datetime import date

from portal.cases.rules import DECISIONS, DUTIES, EXCEPTIONS, STAGES, Decision, LawfulException
from web.forms.form import Form

NOTE_LIMIT = 2000
REASON_LIMIT = 1000


class StageForm(Form):
    """Where the case is moved by hand."""

    stage: str

    def read(self) -> None:
        self.stage = self.choice("stage", STAGES, missing="Choose a stage")


class DecisionForm(Form):
    """A decision or another dated fact. `decision` is there when the form is ok."""

    decision: Decision

    def read(self) -> None:
        kind = self.choice("kind", DECISIONS, missing="Choose what happened")
        on = self.day("on", missing="Enter the date")
        note = self.text("note", limit=NOTE_LIMIT, what="The note to the family")
        if on:
            self.decision = Decision(kind, on, note)


class StrikeForm(Form):
    """Why the newest entry was a mistake."""

    reason: str

    def read(self) -> None:
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
        if starts:
            self.exception = LawfulException(kind, duty, starts, reason, approved_by, ends, target)


class KeyDateForm(Form):
    """A date for Key Dates."""

    title: str
    on: date | None

    def read(self) -> None:
        self.title = self.text("title", missing="Enter what happens", what="What happens")
        self.on = self.day("on", missing="Enter the date")
