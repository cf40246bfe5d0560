"""What the SEND team types to help itself answer: templates, notes, message types."""

from portal.answers.rules import MAX_BODY, MAX_NAME
from portal.messages.types import MAX_NAME as MAX_TYPE
from portal.notes.notes import MAX_BODY as MAX_NOTE
from web.forms.form import Form


class TemplateForm(Form):
    """An answer template."""

    name: str
    body: str
    active: bool

    def read(self) -> None:
        self.name = self.text("name", missing="Enter a name", limit=MAX_NAME, what="The name")
        self.body = self.text("body", missing="Enter the text", limit=MAX_BODY, what="The text")
        self.active = self.ticked("active")


class NoteForm(Form):
    """A note of the team's own."""

    body: str

    def read(self) -> None:
        self.body = self.text("body", missing="Enter your note", limit=MAX_NOTE, what="The note")


class TypeForm(Form):
    """The name of a message type."""

    name: str

    def read(self) -> None:
        self.name = self.text("name", missing="Enter the name of the message type", limit=MAX_TYPE, what="The name")
