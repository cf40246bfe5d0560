"""What the SEND team types to put somebody's name or date of birth right."""

from portal.accounts.correcting import Person
from portal.children.correcting import Details
from web.forms.staff_children import PersonForm


class CorrectionForm(PersonForm):
    """Why something is put right."""

    reason: str

    def read(self) -> None:
        self.reason = self.text("reason", missing="Enter the reason", limit=2000, what="The reason")


class ChildDetailsForm(CorrectionForm):
    """Who a child is."""

    details: Details

    def read(self) -> None:
        forename, surname = self.named("forename", "the child’s"), self.named("surname", "the child’s")
        born = self.born()
        super().read()
        self.details = Details(forename, surname, born or self.today)


class PersonDetailsForm(CorrectionForm):
    """Who an adult or young person is. The date of birth may be left out."""

    person: Person

    def read(self) -> None:
        forename, surname = self.named("forename", "their"), self.named("surname", "their")
        born = self.day("date_of_birth", what="The date of birth")
        super().read()
        self.person = Person(forename, surname, born)
