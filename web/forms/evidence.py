"""What the SEND team types about a letter on paper."""

from datetime import date

from web.forms.form import Form


class PostedForm(Form):
    """The day on which it was posted; None for "It was not posted", when a day was kept before (`may_undo`)."""

    may_undo: bool
    on: date | None

    def read(self) -> None:
        self.on = None
        if not (self.may_undo and self.ticked("not_posted")):
            self.on = self.day("on", missing="Enter the day on which it was posted", what="The day")
