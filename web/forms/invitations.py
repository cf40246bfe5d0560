"""What a family answers to its invitations."""

from collections.abc import Collection

from web.forms.form import Form

ANSWERS = {"yes": "Yes", "no": "No"}


class AnswerForm(Form):
    """Which invitations are answered, and how. `awaiting` holds the public ids of those that wait."""

    awaiting: Collection[str]
    invitations: list[str]
    answer: str

    def read(self) -> None:
        chosen = self.values("invitation")
        self.invitations = [invitation for invitation in self.awaiting if invitation in chosen]
        if not self.invitations:
            self.refuse("invitation", "Tick the name of each child whose invitation you want to answer")
        self.answer = self.choice(
            "answer", ANSWERS, missing="Choose Yes if you wish to continue with setting up your account, otherwise No"
        )
