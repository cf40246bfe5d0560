"""What is typed when a password was forgotten."""

from web.forms.form import Form
from web.forms.register import new_password


class AddressForm(Form):
    """The address of the account."""

    email: str

    def read(self) -> None:
        self.email = self.email_address("email")


class NewPasswordForm(Form):
    """The code from the email and the new password. `own_words` may not make it up."""

    own_words: list[str]
    code: str
    password: str

    def read(self) -> None:
        self.code = self.secret("code", missing="Enter the code from our email")
        self.password = new_password(self, self.own_words)
