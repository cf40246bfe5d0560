"""What is typed about organisations and who works there."""

from collections.abc import Collection

from portal import keys
from portal.organisations.commands import NewMember
from portal.organisations.rules import IDENTITY_CHECKS, KINDS
from portal.personal import rules as personal
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
            name = personal.check_name(name, what="name", whose="their")
        except ValueError as error:
            self.refuse("name", str(error))
        self.member = NewMember(email, name, method)


class PlaceForm(Form):
    """Which organisation works with the child. `known` are the public ids that there are.

    The `seal` of the second look fits only the people who were shown there, so that nobody else comes to see the child.
    """

    known: Collection[str]
    organisation: str

    def read(self) -> None:
        self.organisation = self.choice("organisation", self.known, missing="Choose an organisation")

    def seal(self, child: str, people: Collection[str]) -> str:
        """What the second look at these people (public ids of members) carries."""
        return keys.token("place", child, self.organisation, *sorted(people))

    def is_confirmed(self, child: str, people: Collection[str]) -> bool:
        """Whether it was pressed on a page that showed these people."""
        return keys.same(self.value("seal"), self.seal(child, people))
