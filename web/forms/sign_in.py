"""What is typed to sign in."""

from web.forms.form import Form
from web.paths import safe_path


class SignInForm(Form):
    """Email and password."""

    email: str
    password: str
    next: str

    def read(self) -> None:
        self.email = self.email_address("email")
        self.password = self.secret("password", missing="Enter your password")
        self.next = safe_path(self.value("next"))


class CodeForm(Form):
    """A code, or the wish for a new one."""

    code: str
    wants_new_code: bool

    def read(self) -> None:
        self.wants_new_code = self.value("new_code") == "yes"
        missing = "" if self.wants_new_code else "Enter the code of 6 digits"
        self.code = self.secret("code", missing=missing)
