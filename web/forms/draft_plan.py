"""What is typed about a draft plan: by a family to answer it, by the SEND team to serve it, extend it and answer."""

from collections.abc import Collection
from datetime import date

from portal import keys
from portal.drafts import rules
from portal.drafts.commands import CHANGED, Said
from portal.drafts.queries import Response
from web.forms.form import Form

AGREE, COMMENT = "agree", "comment"
HERE, PAPER = "here", "paper"
AUTOSAVE, DELETE, NEXT = "autosave", "delete", "next"


class SaidForm(Form):
    """What somebody says about one part. `press` is which button was pressed; `said` may be unfinished."""

    part: str
    press: str
    said: Said

    def read(self) -> None:
        self.press = self.value("press")
        if self.press != DELETE:
            self.said = self.read_said()

    @property
    def can_be_kept(self) -> bool:
        """Whether something was typed, and none of it is too long: it need not be finished."""
        too_long = len(self.said.body) > rules.MAX_COMMENT or len(self.said.school_name) > rules.MAX_NAME
        return not (self.said.is_nothing or too_long)

    def read_said(self) -> Said:
        """Each kind of part asks for something else."""
        raise NotImplementedError

    def words(self, name: str, missing: str, what: str) -> str:
        """The long text of a part."""
        return self.text(name, missing=missing, limit=rules.MAX_COMMENT, what=what)


class CommentForm(SaidForm):
    """Agreement with one section, or a comment on it, or both."""

    def read_said(self) -> Said:
        view = self.choice("view", (AGREE, COMMENT), missing="Choose whether you agree with this section")
        missing = "Enter your comment, or choose that you agree" if view == COMMENT else ""
        agrees = {AGREE: True, COMMENT: False}.get(view)
        return Said(self.part, self.words("comment", missing, "Your comment"), agrees=agrees)


class SchoolForm(SaidForm):
    """The school or college that a family asks for (CFA 2014 s.38(2)(b))."""

    def read_said(self) -> Said:
        missing = "Enter the name of the school or college"
        name = self.text("school", missing=missing, limit=rules.MAX_NAME, what="The name")
        kind = self.choice("kind", rules.SCHOOL_KINDS, missing="Choose what kind of place it is")
        known = kind if kind in rules.SCHOOL_KINDS else ""
        return Said(self.part, self.words("why", "", "Your reasons"), school_name=name, school_kind=known)


class MeetingForm(SaidForm):
    """When somebody can come to a meeting about the draft."""

    def read_said(self) -> Said:
        return Said(self.part, self.words("times", "Enter times that suit you", "The times"))


FORMS: dict[str, type[SaidForm]] = {rules.SCHOOL: SchoolForm, rules.MEETING: MeetingForm}


def form_for(part: str) -> type[SaidForm]:
    """The form that one part is filled with."""
    return FORMS.get(part, CommentForm)


def showing_saved(saved: Response | None) -> Form:
    """A form with what was saved about its part."""
    if saved is None:
        return Form()
    long_text = {rules.SCHOOL: "why", rules.MEETING: "times"}.get(saved.part, "comment")
    view = {True: AGREE, False: COMMENT, None: ""}[saved.agrees]
    fields = {"view": view, long_text: saved.body, "school": saved.school_name, "kind": saved.school_kind}
    return Form.showing(**fields)


class SendForm(Form):
    """What is sent from the page where it was checked. `seal` fits what is saved now; empty when nothing is."""

    seal: str

    def read(self) -> None:
        if self.seal and not keys.same(self.value("seal"), self.seal):
            self.refuse("", CHANGED)


class ServeForm(Form):
    """Which document is served as the draft, on whom, and how.

    `child` is its public id; `documents` and `adults` are the public ids that may be chosen. `on_paper` is the day
    on which they had it on paper; None serves it in the portal. `seal` stands in the confirmation page only, and
    fits precisely what was shown there.
    """

    child: str
    documents: Collection[str]
    adults: Collection[str]
    document: str
    on_paper: date | None
    recipients: list[str]

    def read(self) -> None:
        self.document = self.choice("document", self.documents, missing="Choose the document that is the draft")
        how = self.choice("how", (HERE, PAPER), missing="Choose how it is served")
        missing = "Enter the day on which they had it on paper" if how == PAPER else ""
        self.on_paper = self.day("served", missing=missing, what="The day")
        if how == HERE and self.on_paper:
            self.refuse("served", "Leave the day empty, or choose that they had it on paper")
        chosen = list(dict.fromkeys(self.values("recipient")))
        self.recipients = [one for one in chosen if one in self.adults]
        if not chosen or self.recipients != chosen:
            self.refuse("recipient", "Choose who the draft goes to")

    @property
    def seal(self) -> str:
        """What the confirmation of precisely this carries."""
        return keys.token("serve", self.child, self.document, str(self.on_paper), *sorted(self.recipients))

    @property
    def is_confirmed(self) -> bool:
        return keys.same(self.value("seal"), self.seal)


class MistakeForm(Form):
    """Why a service was a mistake."""

    reason: str

    def read(self) -> None:
        missing = "Enter why it was a mistake"
        self.reason = self.text("reason", missing=missing, limit=rules.MAX_REASON, what="The reason")


class ExtendForm(Form):
    """More time for one adult."""

    until: date | None
    reason: str

    def read(self) -> None:
        self.until = self.day("until", missing="Enter the new last day", what="The new last day")
        self.reason = self.text("reason", missing="Enter the reason", limit=rules.MAX_REASON, what="The reason")


class AnswerForm(Form):
    """The answer to what one adult sent about one `part`."""

    part: str
    outcome: str
    answer: str

    def read(self) -> None:
        self.outcome = self.choice("outcome", rules.outcomes(self.part), missing="Choose what you did")
        self.answer = self.text(
            "answer", missing="Enter your answer to the family", limit=rules.MAX_ANSWER, what="Your answer"
        )
