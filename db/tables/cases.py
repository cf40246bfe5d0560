"""Children, who may see them, and the statutory life of their case."""

from piccolo.columns import BigSerial, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account, Team
from db.tables.imports import ImportBatch
from db.tables.organisations import Organisation


class Child(Table, db=DB):
    """A child or young person whom the SEND team works with."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    case_reference = Text(unique=True, help_text="what emails may say, such as 7KQ4")
    forename = Text()
    surname = Text()
    date_of_birth = Date()
    team = ForeignKey(Team, on_delete=OnDelete.restrict, null=False)
    caseworker = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    created_at = Timestamptz()
    created_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    import_batch = ForeignKey(
        ImportBatch, on_delete=OnDelete.restrict, null=True, default=None, help_text="the file that brought it"
    )


class Case(Table, tablename="ehc_case", db=DB):
    """One EHC needs assessment and what follows; a child may have several, one after another."""

    id = BigSerial(primary_key=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    received_on = Date(help_text="the day the council received the request: day 0 of the clock")
    source = Text(default="", help_text="who asked: parent, young_person, school or other")
    stage = Text(help_text="key of the current stage")
    branch = Text(default="", help_text="side branch such as not_assessing; empty on the main line")
    next_deadline = Date(
        null=True, default=None, help_text="next statutory date not yet met; kept by portal/cases/deadline.py"
    )
    opened_at = Timestamptz()
    updated_at = Timestamptz()
    came_in_at = Text(default="", help_text="the stage at which an import brought it; empty when it began here")
    public_id = Text(unique=True, help_text="names it in addresses of the SEND team")


class CaseDecision(Table, db=DB):
    """A dated fact of the case: a decision, a draft served, a plan issued."""

    id = BigSerial(primary_key=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    kind = Text()
    happened_on = Date()
    note = Text(default="", help_text="reason told to the family")
    recorded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    public_id = Text(unique=True, help_text="the address of its letter")
    struck_at = Timestamptz(null=True, default=None, help_text="when it was struck out as a mistake")
    struck_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    strike_reason = Text(default="")


class CaseException(Table, db=DB):
    """A lawful exception to a time limit. It stands beside the statutory date and never moves it."""

    id = BigSerial(primary_key=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    kind = Text()
    duty = Text(help_text="which statutory date it applies to")
    starts_on = Date()
    ends_on = Date(null=True, default=None)
    reason = Text()
    revised_target = Date(null=True, default=None)
    approved_by = Text()
    recorded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    public_id = Text(unique=True, help_text="the address of its letter")
    told = Text(default="", help_text="what the family reads about it; the reason stays with the team")
    struck_at = Timestamptz(null=True, default=None, help_text="when it was struck out as a mistake")
    struck_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    strike_reason = Text(default="")


class CaseExplanation(Table, db=DB):
    """Why a date is late, for no reason that the law knows. The newest about a duty replaces those before it."""

    id = BigSerial(primary_key=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    duty = Text(help_text="which date is late: a key of LATE_NAMES in portal/cases/facts.py")
    told = Text(help_text="what the family reads")
    new_target = Date(help_text="the council's own aim, not a date in law")
    explained_on = Date(help_text="the day in London")
    recorded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    public_id = Text(unique=True, help_text="names it when it is struck out")
    struck_at = Timestamptz(null=True, default=None, help_text="when it was struck out as a mistake")
    struck_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    strike_reason = Text(default="")


class CaseDate(Table, db=DB):
    """A date that the SEND team adds to Key Dates, such as a meeting."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    happens_on = Date()
    title = Text()
    recorded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()


class Relationship(Table, db=DB):
    """Access of one account to one child: dated, revocable, with a legal basis."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    basis = Text(help_text="parental_responsibility, carer, young_person, representative or professional")
    state = Text(help_text="waiting (accepted, to be checked), active or ended")
    accepted_at = Timestamptz()
    activated_at = Timestamptz(null=True, default=None)
    activated_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    end_reason = Text(default="")
    organisation = ForeignKey(
        Organisation,
        on_delete=OnDelete.restrict,
        null=True,
        default=None,
        help_text="where it comes from, when somebody has it because of where they work",
    )
    whereabouts_secret = Boolean(default=False, help_text="the team must not give away where this adult is")


class Invitation(Table, db=DB):
    """An offer of access to one child, sent to one email address.

    The code and the link are computed from the row and the service's secret, so neither is
    stored: `code_version` and `link_version` change when a new one is sent, which ends the old.
    """

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    email = Text()
    email_key = Text()
    adult_name = Text(default="", help_text="who the SEND team believes they are inviting")
    basis = Text()
    state = Text(help_text="see portal/invitations/rules.py")
    code_version = Integer(default=1)
    code_expires_at = Timestamptz()
    code_tries = Integer(default=0)
    verified_at = Timestamptz(null=True, default=None)
    verified_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    identity_method = Text(default="")
    link_version = Integer(default=0)
    link_hash = Text(default="", help_text="hex SHA-256 of the link's token")
    link_expires_at = Timestamptz(null=True, default=None)
    answered_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
    created_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    import_batch = ForeignKey(
        ImportBatch, on_delete=OnDelete.restrict, null=True, default=None, help_text="the file that brought it"
    )
