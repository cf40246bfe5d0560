"""What is typed about organisations and who works there."""

from collections.abc import Collection

from portal.accounts import rules as accounts
from portal.organisations.commands import NewMember
from portal.organisations.rules import IDENTITY_CHECKS, KINDS
from web.forms.form import Form


class OrganisationForm(Form):
    """A new organisation."""

    name: str
    kind: str

    def read(self) -> None:
        self.name = self.text("name", missing="Enter the name of the organisation", what="The name")
        self.kind = self.choice("kind", KINDS, missing="Choose what it is")


class MemberForm(Form):
    """Somebody who is to be asked to join. `member` is complete when the form is ok."""

    member: NewMember

    def read(self) -> None:
        name = self.text("name", missing="Enter their name", what="The name")
        email = self.email_address("email", missing="Enter their work email address")
        method = self.choice("identity_method", IDENTITY_CHECKS, missing="Choose how you know them")
        try:
            name = accounts.check_name(name, what="name", whose="their")
        except ValueError as error:
            self.refuse("name", str(error))
        self.member = NewMember(email, name, method)


class PlaceForm(Form):
    """Which organisation works with the child. `known` are the public ids that there are."""

    known: Collection[str]
    organisation: str

    def read(self) -> None:
        self.organisation = self.choice("organisation", self.known, missing="Choose an organisation")
