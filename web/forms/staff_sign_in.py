"""What a member of the SEND team types for the second step."""

from web.forms.form import Form


class AuthenticatorForm(Form):
    """The code of an authenticator app."""

    code: str

    def read(self) -> None:
        self.code = self.secret("code", missing="Enter the code from your authenticator app")
