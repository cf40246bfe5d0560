"""What staff type to ask for a form."""

from datetime import date

from web.forms.form import Form


class AssignForm(Form):
    """Who is asked, for which form, until when. `forms` are the keys that can be asked for."""

    forms: frozenset[str]
    recipient: str
    form_key: str
    due: date | None

    def read(self) -> None:
        self.recipient = self.text("recipient", missing="Choose who should fill in the form", limit=40)
        self.form_key = self.choice("form", self.forms, missing="Choose a form")
        self.due = self.day("due", what="The due date")
