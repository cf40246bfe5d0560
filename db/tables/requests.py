"""Requests for an EHC needs assessment that came through the portal."""

from piccolo.columns import JSONB, BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Case, Invitation
from db.tables.organisations import Organisation


class AssessmentDraft(Table, db=DB):
    """What somebody has typed so far. It is gone once the request is sent."""

    id = BigSerial(primary_key=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, unique=True, null=False)
    typed = JSONB(default="{}")
    updated_at = Timestamptz()


class AssessmentRequest(Table, db=DB):
    """What was said when the request was sent. The child's name and birth are in the child's record."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None, help_text="who asked")
    answers = JSONB(default="{}")
    sent_at = Timestamptz()
    organisation = ForeignKey(
        Organisation, on_delete=OnDelete.set_null, null=True, default=None, help_text="through which it was made"
    )


class RequestInvitation(Table, db=DB):
    """Who was named in a request, counted from 0 in the order of naming, and how they were invited from there."""

    id = BigSerial(primary_key=True)
    request = ForeignKey(AssessmentRequest, on_delete=OnDelete.cascade, null=False)
    adult = Integer()
    invitation = ForeignKey(Invitation, on_delete=OnDelete.cascade, null=False)
