"""What the SEND team types to prepare, publish and recall a document."""

from collections.abc import Collection
from datetime import date

from litestar.datastructures import UploadFile

from web.forms.form import Form


class PrepareForm(Form):
    """The file, what it is, and its own date."""

    upload: UploadFile | None
    description: str
    document_date: date | None

    def read(self) -> None:
        self.upload = next((one for one in self.files if one.filename), None)
        if self.upload is None:
            self.refuse("file", "Choose the file")
        self.description = self.text(
            "description", missing="Enter a description that the family understands", limit=200, what="The description"
        )
        self.document_date = self.day(
            "document_date", missing="Enter the date on the document", what="The document date"
        )
        if self.errors and self.upload is not None:
            self.refuse("file", "Choose the file again: it cannot be kept while something else has to be mended")


class PublishForm(Form):
    """Who gets it, and when. `adults` are the public ids that may be chosen; `today` is the day in London."""

    adults: Collection[str]
    today: date
    recipients: list[str]
    later: date | None
    is_confirmed: bool

    def read(self) -> None:
        self.recipients = [one for one in dict.fromkeys(self.values("recipient")) if one in self.adults]
        if not self.recipients or len(self.recipients) != len(set(self.values("recipient"))):
            self.refuse("recipient", "Choose who the document is for")
        when = self.choice("when", ("now", "later"), missing="Choose when the family should see it")
        self.later = self.day("on", missing="Enter the day", what="The day") if when == "later" else None
        if self.later is not None and self.later <= self.today:
            self.refuse("on", "The day must be after today. To publish today, choose Now")
        self.is_confirmed = self.value("confirmed") == "yes"


class RecallForm(Form):
    """Why a document is taken back."""

    reason: str

    def read(self) -> None:
        self.reason = self.text("reason", missing="Enter the reason", limit=500, what="The reason")
