"""Who works at an organisation, and which children it works with."""

from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Child
from db.tables.organisations import Organisation


class OrganisationMember(Table, db=DB):
    """Somebody who works there: invited by work email, active once they said yes, ended when they leave."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    organisation = ForeignKey(Organisation, on_delete=OnDelete.cascade, null=False)
    email = Text()
    email_key = Text()
    name = Text(help_text="who the SEND team believes they are inviting")
    identity_method = Text()
    state = Text(help_text="invited, active or ended")
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    invited_at = Timestamptz()
    invited_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    expires_at = Timestamptz(help_text="when an invitation that was not answered runs out")
    joined_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    end_reason = Text(default="")


class OrganisationChild(Table, db=DB):
    """A child whom the organisation works with, from one day to another."""

    id = BigSerial(primary_key=True)
    organisation = ForeignKey(Organisation, on_delete=OnDelete.cascade, null=False)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    since = Timestamptz()
    added_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
