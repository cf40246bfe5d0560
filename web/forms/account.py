"""What is typed on the pages of one's own account."""

from web.forms.form import Form
from web.forms.register import new_password


class ChangePasswordForm(Form):
    """The password used now, and the new one twice. `own_words` may not make it up."""

    own_words: list[str]
    current: str
    password: str

    def read(self) -> None:
        self.current = self.secret("current_password", missing="Enter the password that you use now")
        self.password = new_password(self, self.own_words)
