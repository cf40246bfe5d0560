"""The columns of the file: what each is called, what goes into it, and how a heading is recognised. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

ALWAYS = "Always"
FOR_NEW = "For a new child"
FOR_A_PLAN = "For a case with a plan"
TOGETHER = "With the other two about the adult"


@dataclass(frozen=True)
class Column:
    """One column. `aliases` are other headings that mean the same, as `plain` gives them."""

    key: str
    title: str
    explanation: str
    needed: str = "No"
    example: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a file without this column cannot be read."""
        return self.needed == ALWAYS


COLUMNS = (
    Column("forename", "Child forename", "The child’s first name.", ALWAYS, "Noor", ("forename", "childfirstname")),
    Column("surname", "Child surname", "The child’s last name.", ALWAYS, "Aziz", ("surname", "childlastname")),
    Column(
        "date_of_birth",
        "Date of birth",
        "2019-05-02, 2 May 2019 or 02/05/2019, with the day first.",
        ALWAYS,
        "2019-05-02",
        ("dob", "childdateofbirth"),
    ),
    Column(
        "case_reference",
        "Case reference",
        "Only for a child who is here already, to match the right record.",
        aliases=("reference", "caseref"),
    ),
    Column("team", "Team", "The team’s name. Empty means your team. Only managers may give another."),
    Column(
        "caseworker",
        "Caseworker email",
        "Somebody in that team. Empty means nobody yet.",
        aliases=("caseworker",),
    ),
    Column(
        "received_on",
        "Request received on",
        "The day the request reached the council. The 20 weeks begin on it.",
        FOR_NEW,
        example="2026-01-05",
        aliases=("receivedon", "requestreceived", "datereceived"),
    ),
    Column(
        "source",
        "Source",
        "Who asked: parent, young person, school or other.",
        FOR_NEW,
        example="parent",
        aliases=("whoasked",),
    ),
    Column(
        "stage",
        "Stage",
        "Where the case stands now, by the name on the timeline. Empty means as far as the days below say.",
    ),
    Column(
        "assess_on",
        "Decided to assess on",
        "The day of the decision to assess. Without it the board cannot count the 6 weeks.",
        aliases=("decidedtoassess",),
    ),
    Column("draft_on", "Draft sent on", "The day the draft plan was sent to the family.", aliases=("draftsent",)),
    Column(
        "issued_on",
        "Plan issued on",
        "The day of the final plan. Reviews are counted from it.",
        FOR_A_PLAN,
        aliases=("planissued", "finalplanissuedon"),
    ),
    Column(
        "reviewed_on",
        "Last review decided on",
        "The day of the decision after the last review. The next review is counted from it.",
        aliases=("lastreview", "lastreviewdecided"),
    ),
    Column(
        "adult_name", "Adult name", "The adult who may get access.", TOGETHER, example="Anna Aziz", aliases=("adult",)
    ),
    Column(
        "adult_email", "Adult email", "Their email address.", TOGETHER, example="anna@example.com", aliases=("email",)
    ),
    Column(
        "basis",
        "Relationship",
        "Parental responsibility, carer, young person, representative or professional.",
        TOGETHER,
        example="Parental responsibility",
        aliases=("basis", "adultrelationship"),
    ),
    Column(
        "send",
        "Send invitation",
        "Yes sends “Your unique code”. No keeps the adult for later.",
        example="yes",
        aliases=("invite", "sendinvite"),
    ),
)
"""In the order of the template. One row is one adult for one child."""

REQUIRED = frozenset(column.key for column in COLUMNS if column.required)
TITLES = {column.key: column.title for column in COLUMNS}

_KEYS = {name: c.key for c in COLUMNS for name in ("".join(filter(str.isalnum, c.title.casefold())), *c.aliases)}


def plain(heading: str) -> str:
    """A heading without case, spaces and punctuation."""
    return "".join(filter(str.isalnum, heading.casefold()))


def key_of(heading: str) -> str | None:
    """The key of the column that a heading names, however it is spelled; None when there is none."""
    return _KEYS.get(plain(heading))


def heading_problems(headings: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong with the first line: the heading, and why. Empty when the rows can be read."""
    keys = [key_of(heading) for heading in headings]
    problems = [
        (heading, "We do not know this column. Correct its name, or take it out")
        for heading, key in zip(headings, keys, strict=True)
        if key is None and heading.strip()
    ]
    problems += [(TITLES[key], "This column is there twice") for key in TITLES if keys.count(key) > 1]
    missing = [column.title for column in COLUMNS if column.required and column.key not in keys]
    return problems + [(title, "This column is missing") for title in missing]
