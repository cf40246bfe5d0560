"""What is typed to write a message."""

from collections.abc import Collection

from portal.messages import rules
from web.forms.form import Form


class MessageForm(Form):
    """A new message or a reply. `is_reply` asks for the text alone; `types` are the council's message types.

    `press` is which button was pressed: send, draft, discard, remove (with the file's id in `removed`), or
    template, which puts an answer template's text into the message;
    autosave is htmx while somebody types. `seen` is the newest message that stood on the page.
    """

    is_reply: bool
    is_staff: bool
    types: Collection[str]
    press: str
    removed: str
    template: str
    recipient: str
    seen: str
    message_type: str
    subject: str
    body: str

    def read(self) -> None:
        self.removed = self.value("remove")[:40]
        self.press = "remove" if self.removed else self.value("press") or "send"
        self.template = self.value("template")[:40]
        self.recipient = self.value("recipient")[:40]
        self.seen = self.value("seen")[:40]
        self.message_type = self.value("message_type") if self.value("message_type") in self.types else ""
        # Whole, also when too long to be sent: a draft keeps all that was typed.
        self.subject = self.value("subject").strip()[: rules.MAX_KEPT]
        self.body = self.value("message").strip()[: rules.MAX_KEPT]
        if self.press == "send":
            self._check()
        elif self.press == "draft":
            self.text("message", limit=rules.MAX_KEPT, what="A draft")

    def _check(self) -> None:
        if not self.is_reply:
            if self.is_staff and not self.recipient:
                self.refuse("recipient", "Choose who the message is for")
            self.choice("message_type", self.types, missing="Choose a message type")
            self.text("subject", missing="Enter a subject", limit=rules.MAX_SUBJECT, what="The subject")
        self.text("message", missing="Enter your message", limit=rules.MAX_BODY, what="Your message")
