"""What is known of the county before it is written: children, adults, letters, documents, forms.

`id` is 0 until the database has given one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from portal.demo.large.history import Act, History


@dataclass
class Person:
    """Somebody who was invited; they have an account (`id`, `joined`) once they accepted."""

    forename: str
    surname: str
    email: str
    public_id: str
    telephone: str
    house: str
    street: str
    town: str
    organisation: str = ""
    job_title: str = ""
    born: date | None = None
    joined: datetime | None = None
    id: int = 0

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


@dataclass
class Tie:
    """One adult and one child: how far the invitation has got, and the access that came of it.

    `invitation` is its state; `access` is waiting, active, ended, or empty before it was accepted.
    """

    person: Person
    basis: str
    invitation: str
    invited: datetime
    public_id: str
    access_id: str
    verified: datetime | None = None
    answered: datetime | None = None
    activated: datetime | None = None
    ended: datetime | None = None
    access: str = ""
    id: int = 0


@dataclass
class Letter:
    """One message; `read` is when the other side opened it."""

    from_staff: bool
    body: str
    sent: datetime
    public_id: str
    read: datetime | None = None


@dataclass
class Letters:
    """A conversation with one adult."""

    tie: Tie
    message_type: str
    subject: str
    public_id: str
    letters: list[Letter] = field(default_factory=list)
    id: int = 0

    @property
    def waiting_since(self) -> datetime | None:
        """When the oldest message came that the team has not answered."""
        waiting = None
        for letter in self.letters:
            waiting = None if letter.from_staff else waiting or letter.sent
        return waiting


@dataclass
class Row:
    """The id of a row that something else refers to."""

    id: int = 0


@dataclass
class Served:
    """One recipient of a document or of a decision's letter, with the email about it."""

    person: Person
    opened: datetime | None
    email: str
    notice: Row = field(default_factory=Row)
    draft: Row = field(default_factory=Row)


@dataclass
class Paper:
    """A document and who got it. `kind` is the decision that it tells."""

    kind: str
    on: date
    published: datetime
    public_id: str
    file_id: str
    served: list[Served] = field(default_factory=list)
    recalled: datetime | None = None
    draft_id: str = ""
    id: int = 0
    file: Row = field(default_factory=Row)
    draft: Row = field(default_factory=Row)

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft plan, on which the family may comment."""
        return self.kind == "draft_served"


@dataclass
class FormSent:
    """A form that an adult was asked to fill. `reference` and `submitted` are there once it came back."""

    person: Person
    key: str
    assigned: datetime
    due: date
    state: str
    public_id: str
    reference: str = ""
    submitted: datetime | None = None
    read: datetime | None = None


@dataclass
class Adviser:
    """Somebody who was asked for advice. `kind` is one of those of reg 6."""

    kind: str
    name: str
    organisation: str
    asked: date
    returned: date | None
    public_id: str


@dataclass
class Told:
    """The letter about a decision, with the decision's public id: when it was sent, and to whom."""

    public_id: str
    sent: datetime
    served: list[Served]


@dataclass
class Case:
    """One case of a child. `entries` are the public ids of the history's acts, in their order."""

    history: History
    entries: tuple[str, ...] = ()
    told: list[Told] = field(default_factory=list)
    advisers: list[Adviser] = field(default_factory=list)
    id: int = 0


@dataclass
class Child:
    """A child with everything that is known of it. `team` and `caseworker` are places in the staff's lists."""

    forename: str
    surname: str
    born: date
    public_id: str
    reference: str
    team: str
    caseworker: str
    cases: list[Case]
    ties: list[Tie] = field(default_factory=list)
    letters: list[Letters] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    forms: list[FormSent] = field(default_factory=list)
    id: int = 0

    def has_served(self, case: Case) -> bool:
        """Whether the draft plan of one of the cases was served in the portal."""
        acts = {(act.kind, act.on) for act in case.history.acts}
        return any(paper.is_draft and (paper.kind, paper.on) in acts for paper in self.papers)

    def extended(self, case: Case) -> list[Act]:
        """More time that was given for a draft served in the portal: it is kept with whoever has the draft."""
        return [act for act in case.history.acts if act.kind == "comments_extended" and self.has_served(case)]

    def recorded(self, case: Case) -> list[tuple[str, Act]]:
        """The other acts of one case, with their public ids: what is recorded in the case itself."""
        elsewhere = self.extended(case)
        return [pair for pair in zip(case.entries, case.history.acts, strict=True) if pair[1] not in elsewhere]

    @property
    def received(self) -> date:
        """The day of the first request."""
        return min(case.history.received for case in self.cases)
