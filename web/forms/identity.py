"""How the SEND team checked who asks for a lost authenticator app to be forgotten."""

from portal.accounts.rules import ANOTHER_WAY, RESET_CHECKS, IdentityCheck
from web.forms.form import Form


class IdentityForm(Form):
    """One of the ways, or another one in words."""

    check: IdentityCheck

    def read(self) -> None:
        method = self.choice("identity_method", RESET_CHECKS, missing="Choose how you checked who they are")
        how = self.text("how", limit=500, what="What you write")
        if method == ANOTHER_WAY and not how:
            self.refuse("how", "Write how you checked who they are")
        self.check = IdentityCheck(method, how if method == ANOTHER_WAY else "")
