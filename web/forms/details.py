"""What the SEND team types to put somebody's name or date of birth right."""

from datetime import date

from portal.details.rules import Correction, Details
from web.forms.staff_children import PersonForm


class DetailsForm(PersonForm):
    """Who a child or an adult is, and why it is put right. The date of birth of an adult may be left out."""

    is_childs: bool
    correction: Correction

    def read(self) -> None:
        whose = "the child’s" if self.is_childs else "their"
        forename, surname = self.named("forename", whose), self.named("surname", whose)
        born = self.born() if self.is_childs else self.day("date_of_birth", what="The date of birth")
        reason = self.text("reason", missing="Enter the reason", limit=2000, what="The reason")
        self.correction = Correction(Details(forename, surname, born), self.value("seen"), reason)

    @classmethod
    def of_details(cls, details: Details) -> "DetailsForm":
        """A form that shows what is on record."""
        return cls.showing(
            forename=details.forename, surname=details.surname, seen=details.stamp, **_parts(details.date_of_birth)
        )


def _parts(born: date | None) -> dict[str, str]:
    return {f"date_of_birth-{part}": str(getattr(born, part)) if born else "" for part in ("day", "month", "year")}
