"""A family of its own, for a journey that would disturb those of the demo: children and adults with access."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from e2e.screens import staff
from e2e.screens.registering import accept, register
from e2e.screens.signing_in import link_from_mail, unique_code
from web.dates import today

SURNAME = {"with JavaScript": "Script", "without JavaScript": "Plain"}
"""One demo serves both ways, so each has people of its own."""

NOW = today(datetime.now(UTC))
OF_AGE = NOW - timedelta(days=365 * 17 + 200)
"""A birthday of somebody whose rights are their own."""


@dataclass(frozen=True)
class Somebody:
    """A person of a journey, by full name; the address follows from it."""

    name: str

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@example.com"

    @property
    def forename(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True)
class Record:
    """A child's record, at the two addresses at which the team and the family have it."""

    child: Somebody
    staff: str

    @property
    def family(self) -> str:
        return self.staff.removeprefix("/staff")


def open_record(
    team: Page,
    child: Somebody,
    adult: Somebody,
    *,
    received: date = NOW - timedelta(days=8),
    born: date = date(2019, 3, 27),
    source: str = "A parent or carer",
    relationship: str = staff.PARENT,
) -> Record:
    """Add `child`, and send `adult` the code."""
    forename, surname = child.name.split()
    path = staff.add_child(
        team,
        forename=forename,
        surname=surname,
        email=adult.email,
        adult=adult.name,
        received=received,
        born=born,
        source=source,
        relationship=relationship,
    )
    return Record(child, path)


def let_in(team: Page, page: Page, record: Record, adult: Somebody, *, born: date | None = None) -> None:
    """Everything from the code that `adult` was sent to their access; `page` is signed in as them then."""
    staff.verify_identity(team, record.staff, unique_code(team, adult.email))
    register(page, adult.email, name=adult.name, born=born)
    page.goto(link_from_mail(page, adult.email, "Accept Portal Invitation"))
    accept(page, record.child.name)
    staff.activate(team, adult.name)
