"""What is typed about being away."""

from portal.cover.rules import Days
from web.forms.form import Form


class AwayForm(Form):
    """From when to when, and who covers. `days` is there when the form is ok."""

    days: Days
    cover: str

    def read(self) -> None:
        first = self.day("first", missing="Enter the first day away", what="The first day")
        last = self.day("last", missing="Enter the last day away", what="The last day")
        self.cover = self.text("cover", missing="Choose who covers")
        if first and last:
            self.days = Days(first, last)
