"""What the SEND team types to prepare, publish and recall a document."""

from collections.abc import Collection
from datetime import date

from litestar.datastructures import UploadFile

from portal import keys
from portal.documents.rules import too_far_ahead
from web.forms.form import Form


class PrepareForm(Form):
    """The file, what it is, and its own date. `today` is the day in London."""

    today: date
    upload: UploadFile | None
    description: str
    document_date: date | None

    def read(self) -> None:
        self.upload = next(iter(self.uploads.get("file", [])), None)
        if self.upload is None:
            self.refuse("file", "Choose the file")
        self.description = self.text(
            "description", missing="Enter a description that the family understands", limit=200, what="The description"
        )
        self.document_date = self.day(
            "document_date", missing="Enter the date on the document", what="The document date"
        )
        if self.document_date and too_far_ahead(self.document_date, self.today):
            self.refuse("document_date", "The document date must not be more than a year ahead")
        if self.errors and self.upload is not None:
            self.refuse("file", "Choose the file again: it cannot be kept while something else has to be mended")


class PublishForm(Form):
    """Who gets it, and when. `adults` are the public ids that may be chosen; `today` is the day in London.

    `seal` stands in the confirmation page only. It fits one document, its recipients and its day, so
    that nothing is published that was not shown once more.
    """

    document: str
    adults: Collection[str]
    today: date
    recipients: list[str]
    later: date | None

    def read(self) -> None:
        chosen = list(dict.fromkeys(self.values("recipient")))
        self.recipients = [one for one in chosen if one in self.adults]
        if not chosen or self.recipients != chosen:
            self.refuse("recipient", "Choose who the document is for")
        when = self.choice("when", ("now", "later"), missing="Choose when the family should see it")
        self.later = self.day("on", missing="Enter the day", what="The day") if when == "later" else None
        if self.later is not None and self.later <= self.today:
            self.refuse("on", "The day must be after today. To publish today, choose Now")
        if self.later is not None and too_far_ahead(self.later, self.today):
            self.refuse("on", "The day must be within a year")

    @property
    def seal(self) -> str:
        """What the confirmation of precisely this carries."""
        return keys.token("publish", self.document, str(self.later), *sorted(self.recipients))

    @property
    def is_confirmed(self) -> bool:
        return keys.same(self.value("seal"), self.seal)


class RecallForm(Form):
    """Why a document is taken back."""

    reason: str

    def read(self) -> None:
        self.reason = self.text("reason", missing="Enter the reason", limit=500, what="The reason")
