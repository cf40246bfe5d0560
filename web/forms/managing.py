"""What a manager types about colleagues, teams, a caseload that moves, a stage's words, and the audit trail."""

from collections.abc import Mapping

from portal.cases.stage_texts import PARTS
from portal.staff.audit_trail import AuditAsked
from portal.staff.people import Details
from portal.staff.rules import ROLES
from portal.staff.teams import TeamDetails
from web.forms.form import Form


class ColleagueForm(Form):
    """Somebody of the SEND team. `teams` are the ids that may be chosen; the address of a known person stays.

    `cases` is what happens to the children of somebody who changes team, `along` or `first`, and `seen` says which
    children the page showed; both are empty until that is asked.
    """

    teams: Mapping[int, str]
    address: str
    details: Details
    cases: str
    seen: str

    def read(self) -> None:
        forename = self.text("forename", missing="Enter their forename", limit=50, what="The forename")
        surname = self.text("surname", missing="Enter their surname", limit=50, what="The surname")
        email = self.address or self.email_address("email", missing="Enter their work email address")
        role = self.choice("role", ROLES, missing="Choose what they may do")
        team = self.choice("team", {str(one) for one in self.teams}, missing="Choose their team")
        self.details = Details(forename, surname, email, role, int(team) if self.ok else 0)
        self.seen, self.cases = self.value("seen")[:40], self.value("cases")
        if self.seen and self.cases not in ("along", "first"):
            self.refuse("cases", "Choose what happens to their cases")


TAKES: Mapping[str, str] = {"yes": "Yes", "no": "No, its children are moved here by hand"}
"""Whether a child for whom an assessment is asked for may come to a team."""


class TeamForm(Form):
    """A team, and how families reach it."""

    details: TeamDetails

    def read(self) -> None:
        name = self.text("name", missing="Enter the name of the team", limit=80, what="The name")
        phone = self.text("phone", missing="Enter the phone number that families use", limit=40, what="The number")
        email = self.email_address("email", missing="Enter the email address that families use")
        takes = self.choice("takes_new_requests", TAKES, missing="Choose whether new requests come to this team")
        self.details = TeamDetails(name, phone, email, takes == "yes")


class MoveForm(Form):
    """Whose caseload goes to whom; `seen` says which children the page showed."""

    giver: str
    takers: list[str]
    seen: str

    def read(self) -> None:
        self.giver = self.text("giver", missing="Choose whose caseload is moved")
        self.takers = self.values("takers")
        self.seen = self.value("seen")[:40]
        if not self.takers:
            self.refuse("takers", "Choose who takes it over")


class StageForm(Form):
    """The council's words for a stage. `looks` when they are only to be seen first."""

    texts: Mapping[str, str]
    looks: bool

    def read(self) -> None:
        self.texts = {part: self.text(part, limit=2_000, what=words) for part, words in PARTS.items()}
        self.looks = self.value("act") == "look"


class AuditForm(Form):
    """What the audit trail is narrowed to. A date that is none is refused, and not looked for."""

    asked: AuditAsked

    def read(self) -> None:
        since, until = self.day("since", what="The first day"), self.day("until", what="The last day")
        if since and until and until < since:
            self.refuse("until", "The last day must be the same as or after the first")
        before = self.value("before")
        self.asked = AuditAsked(
            since,
            until,
            self.text("person", limit=100, what="The name"),
            self.text("reference", limit=40, what="The case reference"),
            self.value("group"),
            int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else 0,
        )


class AccountForm(Form):
    """The whole address of the account that is looked up."""

    email: str

    def read(self) -> None:
        self.email = self.email_address("email", missing="Enter the whole email address of the account")
