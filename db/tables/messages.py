"""Secure messages between one adult and the SEND team, and the files that hang on anything."""

from piccolo.columns import JSONB, BigSerial, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Child


class MessageType(Table, db=DB):
    """One choice in the council's list of message types."""

    id = BigSerial(primary_key=True)
    name = Text(unique=True)
    position = Integer(default=0)
    active = Boolean(default=True)


class Conversation(Table, db=DB):
    """A subject that one adult and the SEND team write about; no other adult sees it."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, help_text="the adult or young person")
    message_type = Text()
    subject = Text()
    started_at = Timestamptz()
    last_message_at = Timestamptz()
    waiting_since = Timestamptz(
        null=True, default=None, help_text="when the family's oldest unanswered message came; null when answered"
    )
    assigned_to = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)


class Message(Table, db=DB):
    """One message. `read_at` is when the other side first opened it."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    conversation = ForeignKey(Conversation, on_delete=OnDelete.cascade, null=False)
    sender = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    from_staff = Boolean()
    body = Text()
    sent_at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)
    read_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)


class MessageDraft(Table, db=DB):
    """A message that was begun. `conversation` is null for a new one; one draft for each place."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    conversation = ForeignKey(Conversation, on_delete=OnDelete.cascade, null=True, default=None)
    recipient = ForeignKey(Account, on_delete=OnDelete.cascade, null=True, default=None, help_text="staff: who to")
    message_type = Text(default="")
    subject = Text(default="")
    body = Text(default="")
    updated_at = Timestamptz()


class StoredFile(Table, db=DB):
    """A file that passed the checks; its bytes lie in the file store under `stored_as`."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    uploaded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    name = Text()
    media_type = Text()
    size = Integer(help_text="bytes")
    sha256 = Text()
    stored_as = Text()
    scan_state = Text(help_text="pending, clean, infected, failed or not_scanned")
    scan_detail = Text(default="")
    created_at = Timestamptz()


class Attachment(Table, db=DB):
    """A file on a message, or on a draft until it is sent."""

    id = BigSerial(primary_key=True)
    file = ForeignKey(StoredFile, on_delete=OnDelete.cascade, null=False)
    message = ForeignKey(Message, on_delete=OnDelete.cascade, null=True, default=None)
    draft = ForeignKey(MessageDraft, on_delete=OnDelete.set_null, null=True, default=None)


class Notice(Table, db=DB):
    """An email that the service owes somebody, and what became of it.

    `about` holds public ids and versions only, never content: the text is made when it is sent.
    """

    id = BigSerial(primary_key=True)
    kind = Text()
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    email = Text()
    about = JSONB(default="{}")
    queued_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    result = Text(default="", help_text="empty while waiting, sent, bounced, overtaken, given_up or turned_off")
    tries = Integer(default=0)
    held_until = Timestamptz(null=True, default=None, help_text="while a worker is sending it")
    came_back_at = Timestamptz(null=True, default=None, help_text="when the team learned that it came back")


class DemoMail(Table, db=DB):
    """An email that the demo kept instead of sending."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    sent_to = Text()
    subject = Text()
    text = Text()
    html = Text()
    sent_at = Timestamptz()
