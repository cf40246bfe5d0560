"""What a young person says when they ask to end somebody's access."""

from web.forms.form import Form


class WhyForm(Form):
    """Why, which need not be said."""

    why: str

    def read(self) -> None:
        self.why = self.text("why", limit=2000, what="Your reason")
