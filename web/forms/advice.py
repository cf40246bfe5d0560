"""What is typed about advisers: by the SEND team, and by a family that wants another one asked."""

from collections.abc import Collection
from datetime import date

from portal.advice.commands import Advice, NewAdviser, NewWish, WishAnswer
from portal.advice.rules import ADVISERS, ANSWERS, LATE_REASONS, LateReason
from web.forms.form import Form

NOTE_LIMIT = 2_000


class AskForm(Form):
    """Who is asked. `adviser` is there when the form is ok; without a day it is `today`, in London."""

    today: date
    adviser: NewAdviser

    def read(self) -> None:
        kind = self.choice("kind", ADVISERS, missing="Choose who is asked")
        name = self.text("name", missing="Enter the name", limit=150, what="The name")
        organisation = self.text("organisation", limit=150, what="Where they work")
        asked_on = self.day("asked_on") or self.today
        self.adviser = NewAdviser(kind, name, organisation, asked_on)


class ReturnForm(Form):
    """What came back. `documents` are the public ids that may be chosen."""

    today: date
    documents: Collection[str]
    advice: Advice

    def read(self) -> None:
        on = self.day("returned_on") or self.today
        note = self.text("note", limit=NOTE_LIMIT, what="The note")
        document = self.value("document") and self.choice(
            "document", self.documents, missing="Choose one of the child’s documents"
        )
        self.advice = Advice(on, note, document)


class ReminderForm(Form):
    today: date
    on: date

    def read(self) -> None:
        self.on = self.day("reminded_on") or self.today


class LateForm(Form):
    """A reason that the law knows for being late. Without a name, `recorder` is who decided it."""

    recorder: str
    why: LateReason

    def read(self) -> None:
        kind = self.choice("late_kind", LATE_REASONS, missing="Choose a reason that the law knows")
        starts, ends = self.day("late_starts", what="The first day"), self.day("late_ends", what="The last day")
        target = self.day("late_target", what="The new target")
        approved_by = self.text("late_approved_by", what="The name") or self.recorder
        reason = self.text("late_reason", missing="Enter what happened", limit=1_000, what="What happened")
        self.why = LateReason(kind, reason, approved_by, starts, ends, target)


class MistakeForm(Form):
    """Why it was a mistake to record that advice came."""

    reason: str

    def read(self) -> None:
        self.reason = self.text("mistake", missing="Enter what went wrong", limit=1_000, what="What went wrong")


class WishForm(Form):
    """Whom a family wants asked."""

    wish: NewWish

    def read(self) -> None:
        self.wish = NewWish(
            self.text("name", missing="Enter who we should ask", limit=150, what="The name"),
            self.text("organisation", limit=150, what="Where they work"),
            self.text("why", missing="Write how they know the child. A few words are enough", limit=NOTE_LIMIT),
        )


class WishAnswerForm(Form):
    """The team's answer to it. Without a day the adviser was asked `today`, in London."""

    today: date
    answer: WishAnswer

    def read(self) -> None:
        said = self.choice("answer", ANSWERS, missing="Choose whether you have asked them")
        nameless = "Enter the name for the list. Everybody with access reads it" if said == "asked" else ""
        name = self.text("name", missing=nameless, limit=150, what="The name")
        organisation = self.text("organisation", limit=150, what="Where they work")
        asked_on = self.day("asked_on") or self.today
        missing = "Enter why not. The family reads it" if said == "not_asked" else ""
        reason = self.text("reason", missing=missing, limit=NOTE_LIMIT, what="The reason")
        self.answer = WishAnswer(asked_on if said == "asked" else None, reason, name, organisation)
